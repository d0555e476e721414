"""Guessing ends soon, and keeps nobody else out (V6 6.3, T10)."""

import threading
import time
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.cache.backends import base, locmem
from django.db import connections
from django.test import Client
from django.urls import include, path, reverse

from expertteam import toegang
from expertteam.accounts import Adapter
from tests.accounts.steps import code, log_in, with_second_step

LIMIT = 5  # for an account from one address
TOO_OFTEN = ["Te vaak geprobeerd. Wacht 5 minuten en probeer het opnieuw."]
HOME, THIEF = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.7"}
real = pytest.mark.django_db(transaction=True, databases=["default", "tellers"])


@pytest.fixture
def counted(settings):
    """Counters as in production: in the database, on a connection of their own."""
    connections["tellers"].settings_dict["NAME"] = connections["default"].settings_dict["NAME"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "tellers"}}
    yield
    connections["tellers"].close()


@pytest.fixture
def een_minuut(monkeypatch):
    """However long a test takes: for who counts it is one moment."""
    now = time.time()
    still = SimpleNamespace(time=lambda: now, monotonic=time.monotonic, sleep=time.sleep)
    for who_counts in (ratelimit, base, locmem):
        monkeypatch.setattr(who_counts, "time", still)


def guess(user, times, **source):
    """That many wrong passwords, each in a new browser."""
    return [log_in(Client(), user, f"geraden {n}", **source) for n in range(times)]


def test_of_a_thousand_guesses_no_more_than_the_limit_are_compared(sam, hasher, een_minuut):
    answers = guess(sam, 1000, **THIEF)
    assert len(hasher) == LIMIT
    assert [a.status_code for a in answers] == [200] * 30 + [429] * 970
    assert answers[LIMIT].context["form"].errors == {"__all__": TOO_OFTEN}


def test_that_test_sees_a_guess_that_does_not_count(sam, hasher, een_minuut, monkeypatch):
    monkeypatch.setattr(Adapter, "pre_authenticate", lambda self, request, **credentials: None)
    guess(sam, 1000, **THIEF)
    assert len(hasher) == 30


def test_another_account_at_the_same_address_goes_on_until_the_address_has_had_enough(sam, people, hasher, een_minuut):
    others = [user for user in people.values() if user != sam]
    for user in [sam, *others]:
        guess(user, 20, **THIEF)
    assert len(hasher) == LIMIT + LIMIT  # thirty a minute: all of Sam, and the first of the others


def test_whoever_guesses_elsewhere_keeps_nobody_out(sam):
    guess(sam, 100, **THIEF)
    client = Client()
    assert log_in(client, sam, **HOME).headers["Location"] == reverse("start")
    assert log_in(Client(), sam, **THIEF).status_code == 429


def test_that_test_sees_a_limit_on_the_account_alone(sam, monkeypatch):
    monkeypatch.setattr(Adapter, "_get_login_attempts_cache_key", lambda self, request, email, **rest: email)
    guess(sam, 100, **THIEF)
    assert log_in(Client(), sam, **HOME).context["form"].errors == {"__all__": TOO_OFTEN}


def test_the_account_is_counted_however_it_is_written(sam, hasher):
    for email in ["sam@berg.test", "SAM@berg.test", " sam@berg.test ", "Sam@Berg.Test"] * 3:
        Client().post(reverse("account_login"), {"login": email, "password": "geraden"}, **THIEF)
    assert len(hasher) == LIMIT


def test_an_address_of_the_visitors_own_making_does_not_count_anew(sam, hasher, settings):
    for n in range(20):
        log_in(Client(), sam, "geraden", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}", **THIEF)
    assert len(hasher) == LIMIT
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # behind a proxy the last one is the proxy's word
    for n in range(20):
        log_in(Client(), sam, "geraden", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.7", REMOTE_ADDR="10.0.0.1")
    assert len(hasher) == 2 * LIMIT


def test_a_login_that_succeeds_is_no_guess(sam):
    assert [log_in(Client(), sam, **HOME).status_code for _ in range(2 * LIMIT)] == [302] * 2 * LIMIT


def test_who_chose_a_new_password_may_try_again_at_once(sam, client, mailoutbox, post_meteen):
    guess(sam, 10, **HOME)
    client.post(reverse("account_reset_password"), {"email": sam.email})
    link = mailoutbox[0].body.split("http://127.0.0.1:8000")[1].split()[0]
    form = client.get(link, follow=True, **HOME).redirect_chain[-1][0]
    new = "een nieuw paard in de gang"
    assert client.post(form, {"password1": new, "password2": new}, **HOME).status_code == 302
    assert log_in(client, sam, new, **HOME).status_code == 302


def test_codes_are_limited_from_everywhere_together(sam, on):
    secret, answers = with_second_step(sam), []
    for n in range(20):
        client = Client(REMOTE_ADDR=f"198.51.100.{n}")
        log_in(client, sam)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}))
    assert [a.context["form"].errors["code"] == TOO_OFTEN for a in answers] == [False] * LIMIT + [True] * 15
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret)}).context["form"].errors["code"] == TOO_OFTEN
    assert log_in(Client(), sam, **HOME).headers["Location"] == reverse("mfa_authenticate")  # the password goes on


def test_guesses_at_proving_it_is_you_are_limited_too(sam, client, hasher):
    log_in(client, sam)
    hasher.clear()
    for n in range(50):
        client.post(reverse("account_reauthenticate"), {"password": f"geraden {n}"})
    assert len(hasher) == LIMIT


# In the database, with real transactions


@login_not_required
def breaks_after_the_password(request):
    """A page that counts a guess, compares it, and then goes wrong."""
    Adapter(request).authenticate(request, email="sam@berg.test", password="geraden")
    raise RuntimeError


urlpatterns = [path("stuk/", breaks_after_the_password), path("", include("expertteam.urls"))]


def compared(sam, hasher):
    """How many guesses are compared on a page that rolls everything back."""
    for _ in range(12):
        assert Client(**THIEF).post("/stuk/").status_code == 500
    return len(hasher)


@real
@pytest.mark.urls(__name__)
def test_a_guess_counts_also_when_the_request_is_rolled_back(counted, sam, hasher):
    assert compared(sam, hasher) == LIMIT


@real
@pytest.mark.urls(__name__)
def test_that_test_sees_counters_in_the_transaction_of_the_request(counted, sam, hasher, monkeypatch):
    monkeypatch.setattr(toegang.Tellers, "db_for_read", lambda self, model, **hints: None)
    monkeypatch.setattr(toegang.Tellers, "db_for_write", lambda self, model, **hints: None)
    assert compared(sam, hasher) == 12


@real
def test_processes_share_the_counters(counted, sam, hasher):
    guess(sam, 3, **THIEF)
    with connections["default"].cursor() as cursor:  # as any other process sees them
        cursor.execute("SELECT count(*) FROM tellers WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone() == (1,)
    guess(sam, 10, **THIEF)
    assert len(hasher) == LIMIT
    assert log_in(Client(), sam, **HOME).headers["Location"] == reverse("start")


@real
def test_guesses_at_the_same_time_are_counted_one_by_one(counted, sam, hasher):
    def many():
        guess(sam, 5, **THIEF)
        connections.close_all()

    threads = [threading.Thread(target=many) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert 1 <= len(hasher) <= LIMIT


@real
def test_a_code_is_used_up_for_all_processes(counted, sam, on):
    secret = with_second_step(sam)
    seen, browsers = code(secret), [Client(), Client()]
    for client in browsers:
        log_in(client, sam)
    answers = [client.post(reverse("mfa_authenticate"), {"code": seen}) for client in browsers]
    assert [answer.status_code for answer in answers] == [302, 200]
