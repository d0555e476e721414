"""Mail about accounts: put in the queue, also for an address that nobody has. The worker makes the link in it."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from expertteam.models import NietVerstuurd
from expertteam.verzenden import opgemaakt, verstuur
from expertteam.wachtrij import Vervalt, taak, zet


def tell(sjabloon, wie, adres="", **mensen):
    """A mail from templates/mail/ to this user, or to the address that he had; `mensen` are named in it."""
    keys = {name: str(user.pk) for name, user in {"wie": wie, **mensen}.items()}
    zet("account", {"sjabloon": sjabloon, "adres": adres, **keys})


def invite(user):
    """The first mail: choose a password. It says nothing about what somebody may do."""
    zet("uitnodiging", {"wie": str(user.pk)})


def new_password(email):
    """For who asked for a new password; also who is not known, or may not log in. The work is the same."""
    zet("wachtwoord", {"adres": email})


def send(sleutel, template, email, **about):
    """One mail from templates/mail/."""
    about |= {"swv": settings.SWV_NAAM, "telefoon": settings.AANMELDPUNT_TELEFOON, "start": settings.BASE_URL}
    verstuur(sleutel, email, *opgemaakt(f"mail/{template}.txt", **about))


def link(user):
    """Where somebody chooses a password: once, 24 hours, and never at an address that a request brought along."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)


def users(**where):
    return get_user_model().objects.filter(is_active=True, **where)


@taak("uitnodiging")
def uitnodiging(job, wie):
    user = users(pk=wie).first()
    if not user:
        raise Vervalt(NietVerstuurd.Waarom.ACCOUNT)
    send(f"account/{job}", "uitnodiging", user.email, voornaam=user.voornaam, link=link(user))


@taak("wachtwoord")
def wachtwoord(job, adres):
    if user := users(email=adres).first():
        send(f"account/{job}", "nieuw_wachtwoord", user.email, voornaam=user.voornaam, link=link(user))
    else:
        send(f"account/{job}", "onbekend_adres", adres)


@taak("account")
def account(job, sjabloon, wie, adres, **mensen):
    found = get_user_model().objects.in_bulk([wie, *mensen.values()])
    named = {name: user for name, key in mensen.items() for user in found.values() if str(user.pk) == key}
    (user,) = (user for user in found.values() if str(user.pk) == wie)
    send(f"account/{job}", sjabloon, adres or user.email, voornaam=user.voornaam, **named)
