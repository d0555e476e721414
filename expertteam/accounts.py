"""Logging in, in plain Dutch. Nobody makes an account by himself: the beheerder does."""

import logging
import time

from allauth.account import app_settings, forms
from allauth.account import views as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from expertteam import mail, views

LEEG = {
    "login": "Vul je e-mailadres in.",
    "email": "Vul je e-mailadres in.",
    "password": "Vul je wachtwoord in.",
    "password1": "Vul een nieuw wachtwoord in.",
    "password2": "Vul het wachtwoord nog een keer in.",
    "code": "Vul de code in.",
}
LOG = logging.getLogger(__name__)
E_MAIL = "Vul een e-mailadres in zoals naam@school.nl."


def in_plain_dutch(form, **labels):
    """Our own label and our own sentence for every field, and no placeholder."""
    form.use_required_attribute = False
    for name, field in form.fields.items():
        field.label, field.help_text = labels[name], ""
        field.error_messages |= {"required": LEEG[name], "invalid": E_MAIL}
        field.widget.attrs.pop("placeholder", None)
        for validator in field.validators if name in {"login", "email"} else []:
            validator.message = E_MAIL


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw.",
        "incorrect_password": "Dit is niet je wachtwoord. Probeer het opnieuw.",
        "too_many_login_attempts": "Te vaak geprobeerd. Wacht 5 minuten en probeer het opnieuw.",
        "rate_limited": "Te vaak geprobeerd. Wacht 5 minuten en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request):
        return False

    def login(self, request, user):
        """The log says who came in."""
        super().login(request, user)
        LOG.info("logged in: %s", user.pk)

    def authentication_failed(self, request, **credentials):
        """The log says that somebody guessed wrong, and from where; the address he typed is no business of it."""
        super().authentication_failed(request, **credentials)
        LOG.info("login refused, from %s", self.get_client_ip(request))

    def is_safe_url(self, url):
        """Only to our own pages, whatever else this installation is called."""
        host = {self.request.get_host()}
        return url_has_allowed_host_and_scheme(url, host, require_https=self.request.is_secure())

    def get_login_stages(self):
        """A provider that asks for a second step itself, is believed when the settings say so."""
        stages = super().get_login_stages()
        back = reverse("openid_connect_callback", kwargs={"provider_id": "oidc"})
        if settings.OIDC_HEEFT_TWEEDE_FACTOR and self.request.path == back:
            stages.remove("allauth.mfa.stages.AuthenticateStage")
        return stages

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Guesses count for an account from one address: whoever guesses elsewhere keeps nobody out."""
        return f"{credentials.get('email', '').lower()} {self.get_client_ip(request)}"

    def set_password(self, user, password):
        """Who was shut out for guessing and chose a new password, may try again from here."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who sets up the second step, has just typed the password."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh or is_mfa_enabled(self.request.user)


def te_vaak(request):
    """Too much from one address. What was typed is a password or an address: it is not shown again."""
    return views.give_back(request, "429.html", 429, velden=[])


class LoginForm(forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_plain_dutch(self, login="E-mailadres", password="Wachtwoord")  # noqa: S106


class ReauthenticateForm(forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_plain_dutch(self, password="Wachtwoord")  # noqa: S106


class ResetForm(forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_plain_dutch(self, email="E-mailadres")


class ResetView(account.PasswordResetView):
    def form_valid(self, form):
        """The same work for every address. Who asks often gets no more mail: the earlier links still work."""
        email, stop = form.cleaned_data["email"], ratelimit.consume_or_429(self.request, action="reset_password")
        if not stop and ratelimit.consume(self.request, action="reset_mail", key=email):
            mail.new_password(email)
        return stop or redirect("account_reset_password_done")


class TokenForm(forms.UserTokenForm):
    def clean(self):
        """A link of somebody who may not log in is no link."""
        cleaned = super().clean()
        if not self.reset_user.is_active:
            raise Adapter().validation_error("invalid_password_reset")
        return cleaned


class PasswordForm(forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_plain_dutch(self, password1="Nieuw wachtwoord", password2="Nieuw wachtwoord, nog een keer")  # noqa: S106
