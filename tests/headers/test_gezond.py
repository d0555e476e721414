"""Two addresses for machines: open, plain, and no word about anything but themselves."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection
from django.test import Client

from expertteam import gezond
from expertteam.actor import acting_as


def away(*anything):
    raise OperationalError("connection refused: host db-7.intern, user expertteam_app")


@pytest.fixture(autouse=True)
def _as_behind_a_proxy(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["expertteam.example"]


def ask(path):
    """(status, text, when to come back) for who asks on this machine, by its number, over plain http."""
    answer = Client(raise_request_exception=False).get(path, headers={"host": "127.0.0.1:8000"})
    return answer.status_code, answer.content.decode(), answer.get("Retry-After")


def test_it_lives_and_needs_no_database_for_that(monkeypatch):
    monkeypatch.setattr(gezond, "acting_as", away)
    assert ask("/healthz") == (200, "ok", None)  # without a mark for the database: a question to it would fail


def test_it_is_ready_when_the_database_answers_and_has_every_migration(db):
    assert ask("/readyz") == (200, "ok", None)


def test_without_the_database_it_is_not_ready_and_says_no_more(db, monkeypatch):
    monkeypatch.setattr(gezond, "acting_as", away)
    assert ask("/readyz") == (503, "not ready", "5")


def test_with_a_migration_that_was_not_applied_it_is_not_ready(db, monkeypatch):
    newer = gezond.wanted() | {("cases", "9999_later")}
    monkeypatch.setattr(gezond, "wanted", lambda: newer)
    assert ask("/readyz") == (503, "not ready", "5")


def test_a_database_that_is_ahead_is_ready_for_the_version_of_before(db, monkeypatch):
    older = gezond.wanted() - {("schools", "0007_verdeling")}
    monkeypatch.setattr(gezond, "wanted", lambda: older)
    assert ask("/readyz") == (200, "ok", None)


def test_a_question_to_the_database_that_hangs_ends(db):
    with acting_as(AnonymousUser()), connection.cursor() as cursor:
        for name, limit in [("statement_timeout", "10s"), ("lock_timeout", "3s"),
                            ("idle_in_transaction_session_timeout", "1min")]:  # fmt: skip
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (limit,)


@pytest.mark.parametrize("path", ["/healthz/", "/healthz?x=1", "/HEALTHZ", "/readyz/elders", "/beheer/healthz"])
def test_nothing_else_is_open_by_that(db, path):
    assert (ask(path) == (200, "ok", None)) is (path == "/healthz?x=1")
