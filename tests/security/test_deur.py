"""The door: whoever asked last leaves nothing behind on a connection; not his name, and not in a plan."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from cases.models import Aanmelding, Inzage
from cases.roles import Role
from expertteam import middleware
from expertteam.actor import acting_as
from tests.alles import als_eigenaar, closed
from tests.security.test_rechten import one


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_used_again_forgets_who_used_it(people, make):
    make["aanmelding"]("ingediend")
    with closed():
        with acting_as(people[Role.OS]):
            assert Aanmelding.objects.count() == 1
        assert (Aanmelding.objects.count(), one("SELECT current_setting('app.uid', true)")) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_that_test_sees_a_name_that_stays(people, make, monkeypatch):
    """The broken twin: a setting that outlives its transaction."""
    make["aanmelding"]("ingediend")
    monkeypatch.setattr("expertteam.actor.SETTINGS", "SELECT set_config('app.uid', %s, false)")
    with closed():
        with acting_as(people[Role.OS]):
            pass
        assert Aanmelding.objects.count() == 1


def test_without_the_door_the_pages_show_nothing_instead_of_everything(people, make, client, monkeypatch):
    """A door that forgets to say who asks closes the house."""
    make["aanmelding"]("ingediend", hulpvraag="Wat nu?")
    client.force_login(people[Role.OS])
    assert "26-" in client.get(reverse("werklijst")).content.decode()
    monkeypatch.setattr(middleware, "acting_as", lambda user: transaction.atomic())
    assert "/aanmelding/" not in client.get(reverse("werklijst")).content.decode()


def in_turns(model, *people):
    """How many rows each of them sees, one after the other, and how often PostgreSQL did that with a plan it kept."""
    found = []
    for who in people:
        with acting_as(who):
            found.append(model.objects.count())
    kept = "SELECT coalesce(max(generic_plans), 0) FROM pg_prepared_statements WHERE statement LIKE %s"
    return found, connection.connection.execute(kept, [f"SELECT COUNT(%{model._meta.db_table}%"]).fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_was_made_for_one_person_shows_another_only_his_own(people, make):
    make["aanmelding"]("ingediend")
    os_, out = people[Role.OS], people[None]
    with closed():
        assert in_turns(Aanmelding, os_, os_, os_, os_, out, os_, out) == ([1, 1, 1, 1, 0, 1, 0], 5)


@pytest.mark.django_db(transaction=True)
def test_that_test_sees_a_plan_that_holds_who_it_was_made_for(people, make, client):
    """The broken twin: a database that believes that who asks is always the same."""
    a, (os_, out) = make["aanmelding"]("ingediend"), (people[Role.OS], people[None])
    client.force_login(os_)
    client.get(reverse("detail", args=["aanmelding", a.pk]))
    als_eigenaar("ALTER FUNCTION actor() IMMUTABLE")
    try:
        with closed():
            assert in_turns(Inzage, os_, os_, os_, out) == ([1, 1, 1, 1], 2)
    finally:
        als_eigenaar("ALTER FUNCTION actor() STABLE")
    with closed():
        assert in_turns(Inzage, os_, os_, os_, out)[0] == [1, 1, 1, 0]
