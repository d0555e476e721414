"""The second step of logging in: a code of an app on the phone, or one of ten codes on paper."""

import re
from base64 import urlsafe_b64encode

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms, views
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp import views as totp_views
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from expertteam import mail
from expertteam.accounts import in_plain_dutch

SECONDS = 120  # longer than a code can be right: half a minute, and as much before and after


def box():
    """What locks with the key of today, and opens with those of before too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [HKDF(SHA256(), 32, salt=None, info=b"tweede stap").derive(key.encode()) for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived])


class Adapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en vul die in.",
        "cannot_delete_authenticator": "De tweede stap blijft aan. Een nieuwe telefoon? Bel je beheerder.",
        "cannot_generate_recovery_codes": "Zet eerst de tweede stap aan.",
        "unreadable": "Je code kan niet meer worden gecontroleerd. Bel je beheerder.",
    }

    def encrypt(self, text):
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return box().decrypt(encrypted_text).decode()

    def can_delete_authenticator(self, authenticator):
        return False  # only somebody else can: HerstelTweedeFactor


class Once:
    """A field for one code, that works once: allauth forgets a code sooner than the clock of a phone may differ."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_plain_dutch(self, code="Code")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}

    def clean_code(self):
        try:
            code = super().clean_code()
        except InvalidToken as error:
            raise Adapter().validation_error("unreadable") from error
        if not cache.add(f"code:{self.user.pk}:{re.sub('[^0-9]', '', code)}", 1, SECONDS):
            raise Adapter().validation_error("incorrect_code")
        return code


class CodeForm(Once, forms.AuthenticateForm):
    def clean_code(self):
        """What was locked with the key of before, is locked with today's from now on."""
        code = super().clean_code()
        self.authenticator.refresh_from_db()  # it knows by now which code was used
        data = self.authenticator.data
        for name in data.keys() & {"secret", "seed"}:
            data[name] = box().rotate(data[name]).decode()
        self.authenticator.save(update_fields=["data"])
        return code


class AgainForm(Once, forms.ReauthenticateForm):
    pass


class FirstForm(Once, totp_forms.ActivateTOTPForm):
    pass


class CodeView(views.AuthenticateView):
    template_name = "mfa/code.html"

    @method_decorator(login_not_required)
    def dispatch(self, request, *args, **kwargs):
        """Without a code allauth would take it for a security key, which we do not have."""
        if request.method == "POST" and "code" not in request.POST:
            return redirect("mfa_authenticate")
        return super().dispatch(request, *args, **kwargs)


class ActivateView(totp_views.ActivateTOTPView):
    template_name = "mfa/aanzetten.html"
    success_url = reverse_lazy("mfa_view_recovery_codes")

    def get_success_url(self):
        return str(self.success_url)

    def form_valid(self, form):
        """The first code counts as the second step of this session, and is told: it may be somebody else's work."""
        response = super().form_valid(form)
        user = authenticated_user(self.request)
        record_authentication(self.request, user, "mfa", type=Authenticator.Type.TOTP, reauthenticated=True)
        mail.tell("tweede_stap_aan", user)
        return response
