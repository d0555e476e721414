"""A real mail server that is away, slow or refuses: afterwards every mail is there, exactly once."""

import os

import pytest

from bench.post import ronde
from tests.post.sink import Sink, free_port

STAPPEN = int(os.environ.get("STAPPEN", "20"))  # `make post` takes 500
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(wacht):
    """The settings of a mail server on this machine, that is not there yet; its port."""
    wacht.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    wacht.EMAIL_HOST, wacht.EMAIL_PORT, wacht.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    wacht.EMAIL_USE_TLS = wacht.EMAIL_USE_SSL = False
    wacht.EMAIL_HOST_USER = wacht.EMAIL_HOST_PASSWORD = ""
    return wacht.EMAIL_PORT


def test_after_steps_with_the_mail_server_down_every_mail_arrives_once_with_nothing_personal(people, make, server):
    done = ronde(STAPPEN, people, make, server)
    assert done.mislukt == {"weg"}
    assert (done.mails, done.dubbel, done.persoonlijk, done.over) == (STAPPEN, 0, [], 0)


def test_that_test_sees_a_mail_that_leaves_twice(people, make, server):
    assert ronde(3, people, make, server, nog_eens=True).dubbel == 3


def test_a_server_that_says_no_and_then_yes(people, make, server):
    done = ronde(3, people, make, server, eerst=Sink("451 later"))
    assert done.mislukt == {"druk"}
    assert (done.mails, done.dubbel, done.over) == (3, 0, 0)
