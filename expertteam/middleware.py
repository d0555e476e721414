"""One transaction per request that knows its actor; 503 when the database is away; nothing typed is lost."""

import hashlib
import logging

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation, ValidationError
from django.db import DataError, Error
from django.http import Http404
from django.shortcuts import redirect

from expertteam import sleutel, views
from expertteam.actor import acting_as
from expertteam.logboek import WIE
from expertteam.models import Verzoek

MADE_UP = (SuspiciousOperation, BadRequest)  # what no page of ours sends
NO_KEY = (ValueError, ValidationError, DataError)  # Django's admin believes that every address holds a key


class DoorMiddleware:
    """Everything a request does happens in one transaction, under the name of whoever is logged in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            WIE.set(str(request.user.pk or ""))
            with acting_as(request.user):
                response = self.once(request)
                getattr(response, "in_the_end", bool)()  # what must be written with the answer, or there is none
                return response
        except Error as error:  # lost, restarting, too busy; or it would not keep what belongs to the answer
            logging.getLogger(__name__).exception("database away")
            return views.even_weg(request, error)

    def once(self, request):
        """The answer to this request; to the same request twice, the same answer and one effect."""
        try:
            key = request.method == "POST" and sleutel.read(request)
        except SuspiciousOperation:  # too large, too many fields
            return views.te_groot(request)
        if not key or key[0] != request.user.pk:
            return self.get_response(request)
        what = digest(request)
        verzoek, new = Verzoek.objects.get_or_create(sleutel=key[1], defaults={"door": request.user, "inhoud": what})
        if not new and verzoek.inhoud == what and verzoek.antwoord:
            return redirect(verzoek.antwoord)
        response = self.get_response(request)
        if response.status_code == 302 and len(response.url) <= 500:
            Verzoek.objects.filter(pk=verzoek.pk).update(antwoord=response.url, inhoud=what)
            views.vergeet(request)
        elif new:
            verzoek.delete()
        return response

    def process_exception(self, request, exception):
        """In the demo too, people see a page of ours; the log has the rest."""
        if isinstance(exception, Http404):
            return views.niet_gevonden(request, exception)
        if isinstance(exception, PermissionDenied):
            return views.mag_niet(request, exception)
        if isinstance(exception, MADE_UP) or in_beheer(request) and isinstance(exception, NO_KEY):
            return views.te_groot(request)
        logging.getLogger("django.request").exception("%s", request.path, exc_info=exception)
        return views.fout(request)


def in_beheer(request):
    return request.resolver_match is not None and request.resolver_match.app_name == "admin"


def digest(request):
    """What is asked, without the token that differs each time."""
    fields = sorted((k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken")
    files = [(f.name, content(f)) for _, sent in request.FILES.lists() for f in sent]
    return hashlib.sha256(repr((request.get_full_path(), fields, files)).encode()).hexdigest()


def content(file):
    """The digest of a file, which can be read again afterwards."""
    try:
        return hashlib.file_digest(file, "sha256").hexdigest()
    finally:
        file.seek(0)


class LoginMiddleware(LoginRequiredMiddleware):
    """Closed by default. What somebody sent after the login had run out, is there again after logging in."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and sleutel.read(request):
            return views.bewaar_en_log_in(request)
        return super().handle_no_permission(request, view_func)
