"""A password alone is not enough (V6)."""

import re
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.urls import reverse

from expertteam import tweede_stap
from expertteam.tweede_stap import Adapter
from tests.accounts.steps import code, factors, log_in, set_up, with_second_step

CODE = reverse("mfa_authenticate")
WRONG = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en vul die in."


def rows():
    """Everything that stands in the table, as it stands there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        return " ".join(row[0] for row in cursor.fetchall())


def noodcodes(client):
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r'<span class="font-monospace">(\d{8})</span>', page)


def test_somebody_sets_it_up_with_a_picture_or_a_key_and_gets_ten_codes(sam, client, on, mailoutbox):
    log_in(client, sam)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = client.session[auth.SECRET_SESSION_KEY]
    assert f">{secret}</span>" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert answer.redirect_chain == [(reverse("mfa_view_recovery_codes"), 302)]
    assert len(set(noodcodes(client))) == 10
    assert factors(sam) == ["recovery_codes", "totp"]
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([sam.email], "De tweede stap van je account staat aan")
    ]
    assert client.get(reverse("mijn_aanmeldingen")).status_code == 200


def test_a_wrong_first_code_switches_nothing_on(sam, client, on):
    log_in(client, sam)
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert page.context["form"].errors == {"code": [WRONG]}
    assert factors(sam) == []


def test_who_set_it_up_needs_a_code_at_the_next_login(sam, client, on):
    secret = set_up(client, sam)
    client.post(reverse("account_logout"))
    assert log_in(client, sam).headers["Location"] == CODE
    page = client.get(CODE).content.decode()
    assert page.count('autocomplete="one-time-code"') == 1
    assert "_auth_user_id" not in client.session
    assert client.post(CODE, {"code": code(secret)}).headers["Location"] == reverse("start")
    assert client.session["_auth_user_id"] == str(sam.pk)


def test_a_code_of_the_wrong_half_minute_is_refused(sam, client, on, monkeypatch):
    secret = with_second_step(sam)
    log_in(client, sam)
    for periods in (-3, -2, 2, 3):
        page = client.post(CODE, {"code": code(secret, periods)})
        assert page.context["form"].errors == {"code": [WRONG]}
    assert client.post(CODE, {"code": code(secret, -1)}).status_code == 302


def replay(client, sam, secret, monkeypatch, later):
    """Log in with a code, and again with the same code so many seconds later; the second answer."""
    now = 1_800_000_015
    stopped = SimpleNamespace(time=lambda: now)
    monkeypatch.setattr(auth, "time", stopped)
    seen = auth.format_hotp_value(auth.hotp_value(secret, now // 30 + 1))
    log_in(client, sam)
    assert client.post(CODE, {"code": seen}).status_code == 302
    client.post(reverse("account_logout"))
    stopped.time = lambda: now + later
    if later:  # what allauth remembers for half a minute is forgotten by then
        cache.delete(f"allauth.mfa.totp.used?user={sam.pk}&code={seen}")
    log_in(client, sam)
    return client.post(CODE, {"code": f"{seen[:3]} {seen[3:]}"})


@pytest.mark.parametrize("later", [0, 31])
def test_the_same_code_twice_is_refused(sam, client, on, monkeypatch, later):
    page = replay(client, sam, with_second_step(sam), monkeypatch, later)
    assert page.context["form"].errors == {"code": [WRONG]}
    assert "_auth_user_id" not in client.session


def test_that_test_sees_a_code_that_works_twice(sam, client, on, monkeypatch):
    monkeypatch.delattr(tweede_stap.Once, "clean_code")
    assert replay(client, sam, with_second_step(sam), monkeypatch, 31).status_code == 302


def test_the_code_that_switched_it_on_does_not_log_anybody_in(sam, client, on):
    log_in(client, sam)
    client.get(reverse("mfa_activate_totp"))
    seen = code(client.session[auth.SECRET_SESSION_KEY])
    client.post(reverse("mfa_activate_totp"), {"code": seen})
    client.post(reverse("account_logout"))
    log_in(client, sam)
    assert client.post(CODE, {"code": seen}).context["form"].errors == {"code": [WRONG]}


def test_a_noodcode_works_once(sam, client, on):
    set_up(client, sam)
    first = noodcodes(client)[0]
    for status in (302, 200):
        client.post(reverse("account_logout"))
        cache.clear()  # this is remembered for good, not for two minutes
        log_in(client, sam)
        assert client.post(CODE, {"code": first}).status_code == status


def test_noodcodes_are_shown_and_remade_only_after_proving_it_is_you(sam, client, on, monkeypatch):
    set_up(client, sam)
    old = noodcodes(client)
    client.post(reverse("account_logout"))
    log_in(client, sam)
    client.post(CODE, {"code": old[0]})
    for name in ("mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    page = client.post(reverse("account_reauthenticate"), {"password": "niet dit wachtwoord"})
    assert page.context["form"].errors == {"password": ["Dit is niet je wachtwoord. Probeer het opnieuw."]}
    assert client.post(reverse("account_reauthenticate"), {"password": "zes geiten op het dak"}).status_code == 302
    assert noodcodes(client) == old[1:]
    client.post(reverse("mfa_generate_recovery_codes"))
    new = noodcodes(client)
    assert (len(new), set(new) & set(old)) == (10, set())


def test_it_cannot_be_switched_off_by_oneself(sam, client, on):
    set_up(client, sam)
    assert client.post(reverse("mfa_deactivate_totp"), follow=True).redirect_chain == [(reverse("mfa_index"), 302)]
    assert client.get(reverse("mfa_activate_totp")).headers["Location"] == reverse("mfa_deactivate_totp")
    assert factors(sam) == ["recovery_codes", "totp"]


def test_the_database_holds_no_secret_that_can_be_read(sam, client, on):
    secret = set_up(client, sam)
    codes = noodcodes(client)
    stored = rows()
    seed = tweede_stap.Adapter().decrypt(Authenticator.objects.get(user=sam, type="recovery_codes").data["seed"])
    assert [word for word in [secret, seed, *codes] if word in stored] == []
    assert secret not in str(client.session.items())


def test_that_test_sees_a_secret_that_is_stored_as_it_is(sam, client, on, monkeypatch):
    monkeypatch.setattr(Adapter, "encrypt", lambda self, text: text)
    assert with_second_step(sam) in rows()


def test_a_key_of_before_still_opens_and_the_next_login_locks_with_the_new_key(sam, client, on):
    secret = with_second_step(sam)
    on.SECRET_KEY_FALLBACKS, on.SECRET_KEY = [on.SECRET_KEY], "de nieuwe sleutel van dit jaar"
    log_in(client, sam)
    assert client.post(CODE, {"code": code(secret)}).status_code == 302
    on.SECRET_KEY_FALLBACKS = []
    assert Adapter().decrypt(Authenticator.objects.get(user=sam).data["secret"]) == secret


def test_without_the_key_of_before_nobody_gets_in_and_the_page_says_what_to_do(sam, client, on):
    secret = with_second_step(sam)
    on.SECRET_KEY, on.SECRET_KEY_FALLBACKS = "de nieuwe sleutel van dit jaar", []
    log_in(client, sam)
    page = client.post(CODE, {"code": code(secret)})
    assert page.context["form"].errors == {"code": ["Je code kan niet meer worden gecontroleerd. Bel je beheerder."]}


def test_a_form_without_a_code_goes_back_to_the_question(sam, client, on):
    with_second_step(sam)
    log_in(client, sam)
    assert client.post(CODE, {"credential": "{}"}).headers["Location"] == CODE


def test_the_demo_says_that_the_second_step_is_off(people, client, settings):
    off = "De tweede stap van het inloggen staat hier uit"
    settings.DEBUG = True
    for name in ("account_login", "demo"):
        assert off in client.get(reverse(name)).content.decode()
    settings.TWEEDE_FACTOR = True
    for name in ("account_login", "demo"):
        assert off not in client.get(reverse(name)).content.decode()
