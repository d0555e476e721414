"""Logging in through the provider of an organisation. It only says who somebody is: nobody is made or linked here."""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from requests import RequestException


class Adapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request, sociallogin):
        """The account with the same address, that the provider says it has verified; else a page that says so."""
        proved = [a.email.lower() for a in sociallogin.email_addresses if a.verified is True]
        user = get_user_model().objects.filter(email__in=proved, is_active=True).order_by("pk").first()
        if not user or sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(render(request, "socialaccount/onbekend.html", status=403))
        sociallogin.user = user

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, **details):
        """Cancelled, refused, out of date or replayed: one page, which says to try again."""
        raise ImmediateHttpResponse(failed(request, 401, details.get("exception") or details.get("error")))


def failed(request, status, why):
    """A plain page; the log says why."""
    logging.getLogger(__name__).warning("login through the provider: %.200r", why)
    return render(request, "socialaccount/mislukt.html", status=status)


@login_not_required
def login(request, provider_id):
    """To the provider, by the button on the page for logging in."""
    return when_on(request, views.login) if request.method == "POST" or not settings.OIDC_NAAM else redirect("start")


@login_not_required
def terug(request, provider_id):
    """And back."""
    return when_on(request, views.callback)


def when_on(request, view):
    """Without the settings these pages do not exist; a provider that does not answer is no fault of ours."""
    if not settings.OIDC_NAAM:
        raise Http404
    try:
        return view(request, "oidc")
    except RequestException as error:
        return failed(request, 503, error)
