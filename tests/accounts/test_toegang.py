"""Every address, for who has passed only half of the way in."""

import pytest
from allauth.account.authentication import get_authentication_records
from django.test import Client
from django.urls import reverse

from expertteam import toegang
from schools.models import User
from tests.access.addresses import OBJECTS, pages
from tests.access.addresses import address as of
from tests.access.test_beside import admin_urls
from tests.accounts.steps import code, log_in, set_up, with_second_step

NOWHERE = "/bestaat/niet/"
SET_UP = reverse("mfa_activate_totp")


def addresses():
    """Every address of the urlconf, the beheer's too, and one that does not exist."""
    found = (
        {of(page, "eigen" if page in OBJECTS else "lijst", {}) for page in pages()}
        | {url for _, url in admin_urls()}
        | {NOWHERE}
    )
    assert len(found) > 80
    return sorted(found)


def reached(client, there):
    """The addresses that do anything but send somebody on."""
    answers = [(url, send(url)) for url in addresses() for send in (client.get, client.post) if url not in ALLOWED]
    return [url for url, answer in answers if (answer.status_code, answer.headers.get("Location")) != (302, there)]


ALLOWED = {reverse(name) for name in toegang.OPEN}


def test_without_a_second_step_there_is_only_setting_it_up(sam, client, on):
    log_in(client, sam)
    assert reached(client, SET_UP) == []
    assert client.get(SET_UP).status_code == 200
    assert client.get(reverse("account_reauthenticate")).status_code == 200
    assert client.get(reverse("mfa_reauthenticate")).status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("twin", ["open to all", "one page too many"])
def test_that_walk_sees_a_page_that_is_open(sam, client, on, monkeypatch, twin):
    log_in(client, sam)
    if twin == "open to all":
        monkeypatch.setattr(toegang, "missing", lambda request: None)
        assert len(reached(client, SET_UP)) > 50
    else:
        monkeypatch.setattr(toegang, "OPEN", [*toegang.OPEN, "werklijst"])
        assert reached(client, SET_UP) == [reverse("werklijst")] * 2


def test_who_passed_the_password_but_not_the_code_is_nobody(sam, client, on):
    secret, anybody = with_second_step(sam), Client()
    log_in(client, sam)
    half = [url for url in addresses() if not url.startswith(("/inloggen/", "/uitloggen/"))]
    for url in half:
        mine, theirs = client.get(url), anybody.get(url)
        assert (mine.status_code, mine.headers.get("Location")) == (theirs.status_code, theirs.headers.get("Location"))
        assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("mijn_aanmeldingen")).status_code == 200


def test_a_session_that_knew_only_the_password_does_not_grow_with_another_one(sam, client, on):
    """A thief with the password waits until the owner has set up the second step."""
    thief = Client()
    log_in(thief, sam)
    set_up(client, sam)
    answer = thief.get(reverse("mijn_aanmeldingen"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith((reverse("mfa_reauthenticate"), reverse("account_login")))
    assert client.get(reverse("mijn_aanmeldingen")).status_code == 200


def test_a_session_has_to_pass_the_second_step_that_stands_now(sam, rf, on):
    request = rf.get("/")
    request.user, request.session = sam, {}
    assert toegang.missing(request) == "mfa_activate_totp"
    with_second_step(sam)
    request.user = User.objects.get(pk=sam.pk)  # as in a next request
    assert toegang.missing(request) == "mfa_reauthenticate"
    mine = {"account_authentication_methods_user": str(sam.pk)}
    for method, at, page in [
        ("password", 9e9, "mfa_reauthenticate"),
        ("mfa", 1, "mfa_reauthenticate"),
        ("mfa", 9e9, None),
    ]:
        request.session = mine | {"account_authentication_methods": [{"method": method, "at": at}]}
        assert len(get_authentication_records(request, sam)) == 1
        assert toegang.missing(request) == page


def test_who_logged_in_at_a_provider_that_asks_a_second_step_is_not_asked_ours(sam, rf, on):
    request = rf.get("/")
    request.user, request.session = (
        sam,
        {
            "account_authentication_methods_user": str(sam.pk),
            "account_authentication_methods": [{"method": "socialaccount", "at": 9e9}],
        },
    )
    assert toegang.missing(request) == "mfa_activate_totp"
    on.OIDC_HEEFT_TWEEDE_FACTOR = True
    assert toegang.missing(request) is None


def test_where_it_is_off_nobody_is_asked(sam, client):
    log_in(client, sam)
    assert client.get(reverse("mijn_aanmeldingen")).status_code == 200
