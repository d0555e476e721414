"""Mail about accounts. It leaves after the answer, in order: no answer takes longer for somebody who is known."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse

POST = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")  # one, so that the order stays


def later(job, *args, **about):
    """Do a job after the answer, without a word to who asked. With the mail of the tests: at once."""
    if settings.EMAIL_BACKEND.endswith(".locmem.EmailBackend"):
        quietly(job, *args, **about)
    else:
        POST.submit(_in_the_thread, job, *args, **about)


def when_it_is_so(job, *args, **about):
    """The same, once what the mail tells is kept."""
    transaction.on_commit(partial(later, job, *args, **about))


def quietly(job, *args, **about):
    """A mail server that is away is news for the log alone, and the log gets no address."""
    try:
        job(*args, **about)
    except Exception as error:  # whatever it was, nobody waits for it
        logging.getLogger(__name__).error("account mail was not sent: %s", type(error).__name__)


def _in_the_thread(job, *args, **about):
    quietly(job, *args, **about)
    connection.close()


def send(template, email, **about):
    """One mail from templates/mail/; its first line is the subject."""
    about |= {"swv": settings.SWV_NAAM, "telefoon": settings.AANMELDPUNT_TELEFOON, "start": settings.BASE_URL}
    subject, _, text = render_to_string(f"mail/{template}.txt", about).partition("\n\n")
    send_mail(" ".join(subject.split()), text.strip() + "\n", None, [email])


def link(user):
    """Where somebody chooses a password: once, 24 hours, and never at an address that a request brought along."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)


def invite(user):
    """The first mail: choose a password. It says nothing about what somebody may do."""
    send("uitnodiging", user.email, voornaam=user.voornaam, link=link(user))


def new_password(email):
    """What somebody gets who asked for a new password; also who is not known, or may not log in."""
    user = get_user_model().objects.filter(email=email, is_active=True).first()
    if user:
        send("nieuw_wachtwoord", user.email, voornaam=user.voornaam, link=link(user))
    else:
        send("onbekend_adres", email)
