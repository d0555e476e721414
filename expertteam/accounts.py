"""Logging in, in plain Dutch. Nobody makes an account by himself: the beheerder does."""

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter

LEEG = {"login": "Vul je e-mailadres in.", "password": "Vul je wachtwoord in.", "email": "Vul je e-mailadres in."}
E_MAIL = "Vul een e-mailadres in zoals naam@school.nl."


def in_plain_dutch(form):
    """Our own sentence for every empty field, and no placeholder."""
    form.use_required_attribute = False
    for name, field in form.fields.items():
        field.error_messages |= {"required": LEEG[name], "invalid": E_MAIL}
        field.widget.attrs.pop("placeholder", None)
        for validator in field.validators:
            validator.message = E_MAIL


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw.",
        "too_many_login_attempts": "Te vaak geprobeerd. Wacht 5 minuten en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request):
        return False


class LoginForm(forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mailadres"
        self.fields["password"].label = "Wachtwoord"
        self.fields["password"].help_text = ""
        in_plain_dutch(self)


class ResetForm(forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mailadres"
        in_plain_dutch(self)
