"""Nobody learns from an answer who has an account here (V6, T11)."""

import logging
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from expertteam import mail
from schools.models import User
from tests.accounts.steps import PASSWORD
from tests.post.werken import werk

KINDS = ["sam@berg.test", "nie@berg.test", "uit@berg.test", "lea@berg.test"]
MESSAGE = "E-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw."


@pytest.fixture
def kinds(sam):
    """Somebody, nobody, somebody whose account is off, and somebody who has no password yet."""
    User.objects.create_user("uit@berg.test", PASSWORD, voornaam="Ute", achternaam="Uit", is_active=False)
    User.objects.create_user("lea@berg.test", None, voornaam="Lea", achternaam="Leeg")
    return KINDS


def answer(page, data, hasher):
    """All that somebody sees, and what it costs: hashes and the number of mails made before the answer."""
    cache.clear()
    hasher.clear()
    outbox.outbox = []
    response = Client().post(reverse(page), data)
    text = re.sub(r'value="[^"]*"', "", response.content.decode())
    headers = sorted((k, v) for k, v in response.items() if k not in {"Expires", "X-Request-ID"})  # now, and of each
    cookies = sorted(response.cookies)
    return response.status_code, text, headers, cookies, len(hasher), len(outbox.outbox)


def test_a_wrong_password_is_answered_the_same_for_everybody(kinds, hasher):
    seen = {repr(answer("account_login", {"login": email, "password": "geraden"}, hasher)) for email in kinds}
    assert len(seen) == 1
    assert MESSAGE in seen.pop()


def test_the_password_of_an_account_that_is_off_is_compared_as_any_other(kinds, hasher):
    for email in kinds:
        assert answer("account_login", {"login": email, "password": "geraden"}, hasher)[4] == 1


def test_that_test_sees_an_account_that_is_compared_and_one_that_is_not(kinds, hasher, monkeypatch):
    backend = "allauth.account.auth_backends.AuthenticationBackend._mitigate_timing_attack"
    monkeypatch.setattr(backend, lambda self, password: None)
    costs = [answer("account_login", {"login": email, "password": "geraden"}, hasher)[4] for email in kinds]
    assert costs == [1, 0, 1, 1]


def test_asking_for_a_new_password_is_answered_the_same_for_everybody(kinds, hasher):
    seen = {repr(answer("account_reset_password", {"email": email}, hasher)) for email in kinds}
    assert len(seen) == 1
    assert seen.pop().startswith("(302, ")


def test_that_test_sees_a_sentence_for_who_is_not_known(kinds, hasher, settings):
    settings.ACCOUNT_PREVENT_ENUMERATION = False
    assert len({repr(answer("account_reset_password", {"email": email}, hasher)) for email in kinds}) > 1


def test_a_link_that_is_made_up_is_answered_the_same_for_everybody(kinds):
    pages = set()
    for email in kinds:
        user = User.objects.filter(email=email).first()
        link = mail.link(user or User()).rsplit("-", 1)[0].removeprefix("http://127.0.0.1:8000")
        response = Client().get(f"{link}-{'0' * 32}/")
        pages.add((response.status_code, re.sub(r'value="[^"]*"', "", response.content.decode())))
    assert len(pages) == 1
    assert "Deze link werkt niet meer" in pages.pop()[1]


def test_everybody_gets_one_mail_with_what_concerns_him(kinds, mailoutbox, post_meteen):
    for email in kinds:
        Client().post(reverse("account_reset_password"), {"email": email})
    assert [(sent.to, "/wachtwoord/" in sent.body) for sent in mailoutbox] == [
        (["sam@berg.test"], True), (["nie@berg.test"], False), (["uit@berg.test"], False), (["lea@berg.test"], True),
    ]  # fmt: skip


def test_who_asks_again_and_again_gets_five_mails_an_hour_and_the_same_answer(sam, mailoutbox, post_meteen):
    statuses = {Client().post(reverse("account_reset_password"), {"email": sam.email}).status_code for _ in range(15)}
    assert (statuses, len(mailoutbox)) == ({302}, 5)


def test_no_second_list_of_addresses_comes_to_be(kinds, client):
    """allauth keeps one: an address of before would stay a way in."""
    for email in kinds:
        client.post(reverse("account_reset_password"), {"email": email})
    client.post(reverse("account_login"), {"login": kinds[0], "password": PASSWORD})
    assert EmailAddress.objects.count() == 0


# The mail leaves after the answer


def ask(emails):
    """The answers to who asks for a new password, and how often each asked the database."""
    answers = []
    for email in emails:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answers.append(
                (Client().post(reverse("account_reset_password"), {"email": email}).status_code, len(queries))
            )
    return answers


@pytest.mark.django_db(transaction=True)
def test_every_mail_leaves_after_the_answer_and_the_work_before_it_is_the_same(kinds, settings, mailoutbox):
    settings.WACHTRIJ_METEEN = False  # as in production
    ask(["sam@berg.test"])  # the connection is there
    answers = ask([*kinds, "weg@berg.test"])
    assert mailoutbox == []
    assert {status for status, _ in answers} == {302}
    assert len({cost for _, cost in answers}) == 1
    werk()
    assert sorted(sent.to[0] for sent in mailoutbox) == sorted(["sam@berg.test", *kinds, "weg@berg.test"])


@pytest.mark.django_db(transaction=True)
def test_that_test_sees_a_mail_that_is_sent_before_the_answer(sam, mailoutbox):
    ask(["sam@berg.test"])
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_queue_holds_no_link_and_the_log_no_address(sam, settings, mailoutbox, caplog):
    settings.WACHTRIJ_METEEN = False
    settings.EMAIL_BACKEND = "tests.post.sink.Weg"
    with caplog.at_level("DEBUG"):
        ask(["sam@berg.test", "weg@berg.test"])
        werk()
    assert [job.args for job in ProcrastinateJob.objects.order_by("pk")] == [
        {"adres": "sam@berg.test"}, {"adres": "weg@berg.test"},
    ]  # fmt: skip
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("procrastinate.")]
    assert len([line for line in said if "failed: weg, ConnectionRefusedError" in line]) == 2
    assert [line for line in said if "berg.test" in line] == []
    levels = {name: logging.getLogger(name).level for name in ("procrastinate.worker", "procrastinate.worker.worker")}
    assert levels == {"procrastinate.worker": logging.CRITICAL, "procrastinate.worker.worker": logging.WARNING}
