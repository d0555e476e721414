"""Pages that ask to prove once more that it is you: `@gevoelig`, and everything of the beheer."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows import reauthentication
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from expertteam import sleutel, views

OPEN = {"login", "logout", "jsi18n"}  # of the admin


def gevoelig(view):
    """Mark a view: who did not log in or prove himself in the last ten minutes, does that first."""
    view.gevoelig = True
    return view


def bevestigd(request):
    """Has this user shown a moment ago that it is really him? In the demo nobody has a password."""
    records = get_authentication_records(request, request.user)
    fresh = records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(fresh) or not settings.TWEEDE_FACTOR


class OpnieuwMiddleware:
    """Between a sensitive page and who has been away from the keyboard."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        match = request.resolver_match
        marked = getattr(view_func, "gevoelig", False) or "admin" in match.namespaces and match.url_name not in OPEN
        due = marked and request.user.is_authenticated and not bevestigd(request)
        return prove(request) if due else None


def prove(request):
    """To the page that asks, and then on to where somebody was going; what he sent is kept meanwhile."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:  # no password and no code here: he logs in again, where he always does
        logout(request)
    where = methods[0]["url"] if methods else reverse("account_login")
    if request.method == "POST" and sleutel.read(request):
        kept = views.bewaar_en_log_in(request)
        if kept.status_code != 302:
            return kept
        where = f"{where}?{urlencode({'next': reverse('verder')})}"
        return HttpResponse(status=303, headers={"Location": where})  # no answer to the form: it is still to be sent
    return reauthentication.suspend_request(request, where)
