"""Who logged in with a password alone, reaches nothing but the second step."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse

from expertteam.sessies import factoren

OPEN = ["mfa_activate_totp", "mfa_reauthenticate", "account_reauthenticate", "account_logout"]


def missing(request):
    """The page of the second step that this session still has to pass; None when it has passed."""
    records = get_authentication_records(request, request.user)
    if settings.OIDC_HEEFT_TWEEDE_FACTOR and any(r["method"] == "socialaccount" for r in records):
        return None  # the provider asked
    if not hasattr(request.user, "factoren"):  # asked when the session was looked at, but not in a new one
        factoren(request.user)
    totp = next((f for f in request.user.factoren if f.type == Authenticator.Type.TOTP), None)
    if not totp:
        return "mfa_activate_totp"
    # another session may have set it up: this one has to show a code of it too
    passed = [r["at"] for r in records if r["method"] == "mfa"]
    return None if any(at >= totp.created_at.timestamp() for at in passed) else "mfa_reauthenticate"


class SecondStepMiddleware:
    """Closed by default, also for an address that does not exist."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.TWEEDE_FACTOR or not request.user.is_authenticated:
            return self.get_response(request)
        if request.path in map(reverse, OPEN) or not (page := missing(request)):
            return self.get_response(request)
        return redirect(page)


class Tellers:
    """Counters have a connection of their own: what is counted stays counted when the request is rolled back."""

    def db_for_read(self, model, **hints):
        return "tellers" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read
