"""Logging in through a provider, against a real one on loopback: the whole flow, with the browser's part done here."""

import logging
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from oidc_provider_mock import User as Known
from oidc_provider_mock import run_server_in_thread

from expertteam import oidc
from schools.models import User
from tests.sessions.conftest import enters
from tests.test_production import PRODUCTION, manage

NAAM = "Schoolpas"
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")  # of the provider


def settings_for(issuer):
    """What the settings make of the four variables."""
    app = {"provider_id": "oidc", "name": NAAM, "client_id": "expertteam", "secret": "geheim",
           "settings": {"server_url": issuer, "oauth_pkce_enabled": True}}  # fmt: skip
    return {"openid_connect": {"APPS": [app]}}


@pytest.fixture(scope="module")
def issuer():
    """A provider that knows people with and without a verified address."""
    known = {
        "abel": {"email": "abel@aed.test", "email_verified": True},
        "kapitaal": {"email": "ABEL@aed.test", "email_verified": True},
        "vreemd": {"email": "niemand@elders.test", "email_verified": True},
        "ongezien": {"email": "abel@aed.test", "email_verified": False},
        "zegt-niets": {"email": "abel@aed.test"},
        "woord": {"email": "abel@aed.test", "email_verified": "false"},
        "leeg": {"email_verified": True},
    }
    for name in ("werkzeug", "oidc-provider-mock", "oidc_provider_mock"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    claims = [Known(sub=sub, claims=claims) for sub, claims in known.items()]
    with run_server_in_thread(user_claims=claims) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def on(settings, issuer):
    settings.SOCIALACCOUNT_PROVIDERS = settings_for(issuer)
    settings.OIDC_NAAM, settings.OIDC_ISSUER = NAAM, issuer
    return settings


def to_the_provider(client, **query):
    """Press the button; the address of the provider it leads to."""
    response = client.post(reverse("openid_connect_login", kwargs={"provider_id": "oidc"}), query_params=query)
    assert response.status_code == 302
    return response.headers["Location"]


def back_from(address, sub):
    """Log in at the provider; the address it sends the browser back to, without the host."""
    response = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    where = urlsplit(response.headers["Location"])
    assert (where.scheme, where.netloc) == ("http", "testserver")
    return f"{where.path}?{where.query}"


def through(client, sub, **query):
    return client.get(back_from(to_the_provider(client, **query), sub))


def refused(client, response, status, words):
    assert response.status_code == status
    assert words in response.content.decode()
    assert not enters(client)


@pytest.mark.parametrize("sub", ["abel", "kapitaal"])
def test_somebody_with_the_same_verified_address_is_in(on, ab, client, sub):
    before = User.objects.count()
    response = through(client, sub)
    assert response.headers["Location"] == reverse("start")
    assert client.session["_auth_user_id"] == str(ab.pk)
    assert enters(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    ab.refresh_from_db()
    assert ab.has_usable_password()


def test_the_button_stands_on_the_page_and_keeps_where_somebody_was_going(on, ab, client):
    page = client.get(reverse("account_login"), {"next": "/uren/"}).content.decode()
    assert f"Inloggen met {NAAM}" in page
    assert f'action="{reverse("openid_connect_login", kwargs={"provider_id": "oidc"})}?next=%2Furen%2F"' in page
    assert through(client, "abel", next="/uren/").headers["Location"] == "/uren/"


def test_nobody_is_sent_elsewhere_after_it(on, ab, client):
    assert through(client, "abel", next="//e.example").headers["Location"] == reverse("start")


def test_a_link_to_it_leads_to_the_page_with_the_button(on, db, client):
    response = client.get(reverse("openid_connect_login", kwargs={"provider_id": "oidc"}), follow=True)
    assert [where for where, _ in response.redirect_chain] == ["/", f"{reverse('account_login')}?next=/"]
    assert f"Inloggen met {NAAM}" in response.content.decode()


STRANGERS = ["vreemd", "ongezien", "zegt-niets", "woord", "leeg"]


@pytest.mark.parametrize("sub", STRANGERS)
def test_an_unknown_or_unverified_address_is_refused_and_nobody_is_made(on, ab, client, sub):
    before = User.objects.count()
    refused(client, through(client, sub), 403, "We kennen geen account met dit e-mailadres")
    assert User.objects.count() == before


def test_that_test_sees_an_address_that_was_taken_unverified(on, ab, client, monkeypatch):
    class Gullible(oidc.Adapter):
        def pre_social_login(self, request, sociallogin):
            for address in sociallogin.email_addresses:
                address.verified = True
            super().pre_social_login(request, sociallogin)

    monkeypatch.setattr("expertteam.oidc.Adapter", Gullible)
    with pytest.raises(AssertionError):
        refused(client, through(client, "ongezien"), 403, "We kennen geen account met dit e-mailadres")


def test_an_account_that_is_off_stays_off(on, ab, client):
    User.objects.filter(pk=ab.pk).update(is_active=False)
    refused(client, through(client, "abel"), 403, "We kennen geen account met dit e-mailadres")


def test_another_state_is_refused(on, ab, client):
    url = back_from(to_the_provider(client), "abel")
    wrong = re.sub(r"state=[^&]+", "state=" + "x" * 16, url)
    refused(client, client.get(wrong), 401, "Inloggen is niet gelukt")
    refused(client, client.get(re.sub(r"&?state=[^&]+", "", url)), 401, "Inloggen is niet gelukt")


def test_an_answer_for_another_browser_is_refused(on, ab, client):
    url, other = back_from(to_the_provider(client), "abel"), Client()
    to_the_provider(other)
    refused(other, other.get(url), 401, "Inloggen is niet gelukt")


def test_a_code_that_was_used_is_refused(on, ab, client):
    url = back_from(to_the_provider(client), "abel")
    client.get(url)
    assert enters(client)
    client.post(reverse("account_logout"))
    refused(client, client.get(url), 401, "Inloggen is niet gelukt")
    fresh = parse_qs(urlsplit(to_the_provider(client)).query)["state"][0]  # the old code under a new state
    refused(client, client.get(re.sub(r"state=[^&]+", f"state={fresh}", url)), 401, "Inloggen is niet gelukt")


def test_who_cancels_comes_to_a_plain_page(on, ab, client):
    state = parse_qs(urlsplit(to_the_provider(client)).query)["state"][0]
    url = reverse("openid_connect_callback", kwargs={"provider_id": "oidc"})
    refused(client, client.get(url, {"error": "access_denied", "state": state}), 401, "Inloggen is niet gelukt")


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_an_account_of_the_provider_is_never_linked(on, beheerder, ab, client, log_in, process):
    log_in(beheerder, client)
    response = through(client, "abel", process=process)
    assert response.status_code == 403
    assert SocialAccount.objects.count() == 0
    assert client.session["_auth_user_id"] == str(beheerder.pk)


def test_a_provider_that_is_away_leads_to_a_plain_page(on, db, client):
    on.SOCIALACCOUNT_PROVIDERS = settings_for("http://localhost:9")
    response = client.post(reverse("openid_connect_login", kwargs={"provider_id": "oidc"}))
    assert response.status_code == 503
    assert "Inloggen is niet gelukt" in response.content.decode()


def test_the_request_proves_that_it_is_ours(on, db, client):
    query = parse_qs(urlsplit(to_the_provider(client)).query)
    assert query["code_challenge_method"] == ["S256"]
    assert (query["response_type"], sorted(query["scope"][0].split())) == (["code"], ["email", "openid", "profile"])
    assert len(query["state"][0]) == 16


def test_our_own_second_factor_still_applies(on, ab, client):
    Authenticator.objects.create(user=ab, type=Authenticator.Type.TOTP, data={"secret": "x"})
    on.OIDC_HEEFT_TWEEDE_FACTOR = False
    assert through(client, "abel").headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_the_second_factor_of_the_provider_is_enough_when_the_settings_say_so(on, ab, client):
    Authenticator.objects.create(user=ab, type=Authenticator.Type.TOTP, data={"secret": "x"})
    on.OIDC_HEEFT_TWEEDE_FACTOR = on.TWEEDE_FACTOR = True
    assert through(client, "abel").headers["Location"] == reverse("start")
    assert client.get(reverse("hulp")).status_code == 200


def test_without_the_settings_there_is_nothing(db, client):
    assert "Inloggen met" not in client.get(reverse("account_login")).content.decode()
    for name in ("openid_connect_login", "openid_connect_callback"):
        url = reverse(name, kwargs={"provider_id": "oidc"})
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


FOUR = {"OIDC_ISSUER": "https://pas.example/realm", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b", "OIDC_NAAM": "c"}
ASK = """from django.conf import settings
print(settings.SOCIALACCOUNT_PROVIDERS, settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"])"""


def test_all_four_settings_switch_it_on_and_the_browser_may_go_there():
    done = manage("shell", "-v", "0", "-c", ASK, **PRODUCTION, **FOUR)
    assert "https://pas.example/realm" in done.stdout
    assert done.stdout.strip().endswith("""["'self'", 'https://pas.example']""")


@pytest.mark.parametrize("missing", FOUR)
def test_three_of_them_do_nothing(missing):
    done = manage("shell", "-v", "0", "-c", ASK, **PRODUCTION, **{k: v for k, v in FOUR.items() if k != missing})
    assert done.stdout.strip() == """{} ["'self'"]"""
