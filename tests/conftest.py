"""The strict harness. The people stand in tests/people.py, who sees what in tests/alles.py."""

import random
from importlib import import_module
from types import SimpleNamespace

import pgtrigger
import pytest
from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.test import TransactionTestCase

from cases import gereed
from expertteam import wachtrij
from tests.alles import prepare, the_product_sees_what_it_may, without_walls  # noqa: F401
from tests.gelijk import same_question, vergeet
from tests.sjabloon import create_test_db

pytest_plugins = ["tests.people", "tests.verdelen"]
VAKANTIES = import_module("schools.migrations.0004_vakantie").VAKANTIES
VOORWAARDE = import_module("cases.migrations.0006_voorwaarde").VOORWAARDE


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """The owner makes the test database; every test then works in it as the app role, as in production."""
    owner, app = connections["owner"], connections["default"]
    with django_db_blocker.unblock():
        real = app.settings_dict["NAME"]
        app.settings_dict["NAME"] = create_test_db(owner)
        prepare(owner)
        yield
        for connection in (app, owner):  # a thread of a test may still hold one
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                    " AND usename = current_user AND pid <> pg_backend_pid()",
                    [app.settings_dict["NAME"]],
                )
            connection.close()
        app.settings_dict["NAME"] = real
        owner.creation.destroy_test_db(real, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def _no_static_files():
    """Those that are collected are of the tests that collect them, and may go while another looks."""
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "STATIC_ROOT", None)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _emptied_by_the_owner():
    """After a test with real transactions the owner empties the tables, but for what a migration put there."""

    def empty(self):
        connection = connections["owner"].copy()
        connection.connect()  # by hand: a test itself may not reach this one
        with connection.cursor() as cursor:
            skip = {"django_migrations", "django_content_type"}
            tables = [t for t in connection.introspection.table_names(cursor) if t not in skip]
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
            cursor.executemany(
                "INSERT INTO schools_vakantie (naam, regio, van, tot) VALUES (%s, %s, %s, %s)", VAKANTIES
            )
            cursor.execute("INSERT INTO cases_voorwaarde (tekst) VALUES (%s)", [VOORWAARDE])
        connection.close()

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _walls_named_beforehand():
    """pgtrigger.ignore() names the walls in front of each statement; one with parameters of its own takes no second."""
    patch = pytest.MonkeyPatch()
    patch.setattr(pgtrigger.runtime, "_inject_pgtrigger_ignore", without_walls)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _unordered_means_unordered(monkeypatch):
    """A list that names no order comes back shuffled, so that no test rests on luck."""
    fetch = QuerySet._fetch_all

    def shuffled(self):
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and not self.query.distinct_fields:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)


@pytest.fixture
def post_meteen(monkeypatch):
    """What is put in the queue leaves at once, also in a test that never commits."""
    monkeypatch.setattr(wachtrij, "transaction", SimpleNamespace(on_commit=lambda job, robust: job()))


@pytest.fixture
def production(settings):
    """Pages as they are in production: static files with a hash in their name are not needed for that."""
    settings.DEBUG = False
    return settings


@pytest.fixture(autouse=True)
def _what_is_kept_is_what_would_be_written(monkeypatch):
    """Every question that is kept (cases/gereed.py) is, filled in, what Django writes for who asks."""
    kept = gereed.vraag
    vergeet()

    def checked(maak, user, rest):
        found = kept(maak, user, rest)
        same_question(found, maak, user, rest)
        return found

    monkeypatch.setattr(gereed, "vraag", checked)
