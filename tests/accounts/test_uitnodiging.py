"""A link to choose a password: once, 24 hours, for the address it was sent to (V6 6.4, T12)."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from expertteam import mail
from schools.models import User
from tests.accounts.steps import log_in

NEW = "een nieuw paard in de gang"
DEAD = "Deze link werkt niet meer"
NOOR = {
    "email": "noor@berg.test",
    "voornaam": "Noor",
    "achternaam": "O'Dijk",
    "organisatie": "school",
    "is_active": "on",
}
BAD_HOSTS = [
    {"headers": {"host": "kwaad.example"}},
    {"headers": {"host": "127.0.0.1:8000@kwaad.example"}},
    {"headers": {"host": "kwaad.example#127.0.0.1"}},
    {"headers": {"x-forwarded-host": "kwaad.example"}},
    {"headers": {"forwarded": "host=kwaad.example"}},
    {"headers": {"x-host": "kwaad.example"}},
    {"SERVER_NAME": "kwaad.example"},
]


def add(beheer):
    """The beheerder adds Noor; the path of the link in her mail."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert beheer.post(reverse("admin:schools_user_add"), NOOR).status_code == 302
    return User.objects.get(email=NOOR["email"])


def path(sent):
    """The path of the link in a mail."""
    return re.search(r"http://127\.0\.0\.1:8000(/wachtwoord/\S+)", sent.body)[1]


def choose(client, link, password=NEW):
    """Follow the link and choose a password; the page that comes back."""
    form = client.get(link, follow=True)
    if not form.redirect_chain:
        return form
    fields = {"password1": password, "password2": password}
    return client.post(form.redirect_chain[-1][0], fields, follow=True)


def works(client, link):
    page = choose(client, link)
    text = page.content.decode()
    assert ("Je wachtwoord is gewijzigd" in text) != (DEAD in text)
    assert page.status_code == 200
    return DEAD not in text


def test_who_is_added_gets_a_mail_and_chooses_a_password(beheer, mailoutbox, django_user_model):
    noor = add(beheer)
    (sent,) = mailoutbox
    assert (sent.to, sent.subject) == ([noor.email], "Kies je wachtwoord voor Expertteam")
    assert "Hallo Noor," in sent.body
    assert "werkt één keer, en 24 uur lang" in sent.body
    assert works(beheer, path(sent))
    noor.refresh_from_db()
    assert noor.check_password(NEW)
    assert not works(beheer, path(sent))


def test_the_mail_does_not_say_what_somebody_may_do(beheer, mailoutbox):
    add(beheer)
    roles = r"IB-?er|intern begeleider|specialist|begeleider|expert SBO|gedrags|coördinator|beheerder|school"
    assert re.findall(roles, mailoutbox[0].body, re.IGNORECASE) == []


def test_nobody_is_invited_when_the_person_is_not_kept(beheer, mailoutbox):
    with TestCase.captureOnCommitCallbacks(execute=True):
        beheer.post(reverse("admin:schools_user_add"), NOOR | {"achternaam": ""})
    assert mailoutbox == []


CHANGES = {
    "another address": lambda user: User.objects.filter(pk=user.pk).update(email="noor@elders.test"),
    "another password": lambda user: User.objects.filter(pk=user.pk).update(password="teller$zout$anders"),
    "account off": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "logged in since": lambda user: User.objects.filter(pk=user.pk).update(last_login=timezone.now()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_link_is_dead_after(beheer, client, mailoutbox, change):
    noor = add(beheer)
    CHANGES[change](noor)
    page = choose(client, path(mailoutbox[0]))
    assert DEAD in page.content.decode()
    assert "Een link werkt één keer, en 24 uur lang. Vraag een nieuwe link aan." in page.content.decode()
    assert not User.objects.filter(password__contains=NEW).exists()


@pytest.mark.parametrize("change", ["another address", "another password"])
def test_a_link_is_dead_too_when_it_changes_between_opening_and_sending(beheer, client, mailoutbox, change):
    noor = add(beheer)
    form = client.get(path(mailoutbox[0]), follow=True).redirect_chain[-1][0]
    CHANGES[change](noor)
    assert DEAD in client.post(form, {"password1": NEW, "password2": NEW}).content.decode()


@pytest.mark.parametrize(("hours", "alive"), [(23.9, True), (24.1, False)])
def test_a_link_works_for_24_hours(beheer, client, mailoutbox, monkeypatch, settings, hours, alive):
    assert settings.PASSWORD_RESET_TIMEOUT == 24 * 60 * 60
    add(beheer)
    moment = PasswordResetTokenGenerator()._now() + timezone.timedelta(hours=hours)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: moment)
    assert works(client, path(mailoutbox[0])) == alive


def test_those_tests_see_a_link_that_never_dies(beheer, client, mailoutbox, monkeypatch):
    noor = add(beheer)
    monkeypatch.setattr(PasswordResetTokenGenerator, "check_token", lambda self, user, token: True)
    CHANGES["another address"](noor)
    assert works(client, path(mailoutbox[0]))


def again(beheer, *users):
    data = {"action": "opnieuw_uitnodigen", "_selected_action": [user.pk for user in users]}
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = beheer.post(reverse("admin:schools_user_changelist"), data, follow=True)
    said = [str(message) for message in page.context["messages"]]
    return [sentence for sentence in said if "toegevoegd" not in sentence]


def test_who_was_too_late_is_invited_again_and_the_first_link_is_void(beheer, mailoutbox):
    noor = add(beheer)
    assert again(beheer, noor) == ["Noor O'Dijk krijgt een e-mail met een nieuwe link."]
    first, second = mailoutbox
    assert not works(beheer, path(first))
    assert works(beheer, path(second))


def test_who_has_a_password_or_is_off_is_not_invited_again(beheer, sam, mailoutbox):
    off = User.objects.create(email="uit@berg.test", voornaam="Ute", achternaam="Ibema", is_active=False)
    assert sorted(again(beheer, sam, off)) == [
        "Sam Ibema heeft al een wachtwoord. Vergeten? Dan vraagt deze persoon zelf een nieuw aan op de inlogpagina.",
        "Ute Ibema kan niet inloggen. Zet eerst ‘kan inloggen’ aan.",
    ]
    assert mailoutbox == []
    assert log_in(beheer, sam).status_code == 302


def test_the_old_address_hears_that_it_was_changed(beheer, sam, mailoutbox):
    url = reverse("admin:schools_user_change", args=[sam.pk])
    fields = {name: getattr(sam, name) for name in ("voornaam", "achternaam", "organisatie")} | {"is_active": "on"}
    for email in (sam.email, "sam@dal.test"):
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert beheer.post(url, fields | {"email": email}).status_code == 302
    assert [(sent.to, sent.subject) for sent in mailoutbox] == [
        (["sam@berg.test"], "Je e-mailadres voor Expertteam is veranderd")
    ]


def hosts(client, sam, mailoutbox):
    """The answers to a request for a new password under a host that is not ours, and the links that were sent."""
    statuses = [
        client.post(reverse("account_reset_password"), {"email": sam.email}, **bad).status_code for bad in BAD_HOSTS
    ]
    return statuses, [re.search(r"http\S+/wachtwoord/", sent.body)[0] for sent in mailoutbox]


def test_a_link_never_comes_from_the_request(client, sam, mailoutbox, settings, post_meteen):
    settings.ALLOWED_HOSTS = ["testserver"]
    statuses, links = hosts(client, sam, mailoutbox)
    assert statuses == [400, 400, 400, 302, 302, 302, 400]
    assert links == ["http://127.0.0.1:8000/wachtwoord/"] * 3
    settings.ALLOWED_HOSTS, settings.USE_X_FORWARDED_HOST = ["*"], True  # even then
    assert set(hosts(client, sam, mailoutbox)[1]) == {"http://127.0.0.1:8000/wachtwoord/"}


def test_that_test_sees_a_link_of_the_request(client, sam, mailoutbox, settings, monkeypatch, post_meteen):
    settings.ALLOWED_HOSTS, settings.USE_X_FORWARDED_HOST = ["*"], True
    real, seen = mail.new_password, SimpleNamespace(host="")

    def with_the_host(email):
        monkeypatch.setattr(mail, "link", lambda user: f"http://{seen.host}/wachtwoord/x/")
        real(email)

    monkeypatch.setattr("expertteam.accounts.mail.new_password", with_the_host)
    seen.host = "kwaad.example"
    assert hosts(client, sam, mailoutbox)[1][0] == "http://kwaad.example/wachtwoord/"
