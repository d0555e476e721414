"""Two addresses for machines: does this process answer, can it work. They say ok, and nothing of anything else."""

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse

from expertteam.actor import acting_as


class GezondMiddleware:
    """Before every door: who asks has no name and speaks plain http; /healthz needs no database either."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz":
            return say("ok", 200)
        if request.path_info == "/readyz":
            return say("ok", 200) if ready() else say("not ready", 503)
        return self.get_response(request)


def say(word, status):
    headers = {"Retry-After": "5"} if status == 503 else {}
    return HttpResponse(word, status=status, content_type="text/plain", headers=headers)


def ready():
    """The database answers, and knows every migration of this code; it may know newer ones, after going back."""
    try:
        with acting_as(AnonymousUser()):
            return wanted() <= MigrationRecorder(connection).applied_migrations().keys()
    except Error:
        return False


@cache
def wanted():
    """The migrations of this code."""
    return frozenset(MigrationLoader(None).graph.nodes)
