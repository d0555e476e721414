"""What somebody does to log in, and what the tests count meanwhile."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.hashers import BasePasswordHasher
from django.urls import reverse

PASSWORD = "zes geiten op het dak"


class Teller(BasePasswordHasher):
    """A hasher that takes no time, and counts how often it is asked."""

    algorithm = "teller"
    asked = []

    def salt(self):
        return "zout"

    def encode(self, password, salt):
        self.asked.append("encode")
        return f"teller${salt}${password}"

    def verify(self, password, encoded):
        self.asked.append("verify")
        return encoded == f"teller$zout${password}"

    def must_update(self, encoded):
        return False


def code(secret, periods=0):
    """The code that the app shows now, or so many half minutes later."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + periods))


def log_in(client, user, password=PASSWORD, **headers):
    """Send the password."""
    return client.post(reverse("account_login"), {"login": user.email, "password": password}, **headers)


def set_up(client, user):
    """Log in and switch the second step on; returns the secret."""
    log_in(client, user)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session[auth.SECRET_SESSION_KEY]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret, -1)})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_view_recovery_codes"))
    return secret


def with_second_step(user):
    """The second step of somebody, past the pages; returns the secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def factors(user):
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
