"""Every wall of the cases app has a twin here that runs into it. A wall without one fails the build."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import CheckConstraint, F, Q

from cases.engine import sentence
from cases.models import Aanmelding, Advies, Contactmoment, Event, Traject, Vraag
from cases.models.zicht import NOTHING
from cases.roles import Role
from schools.models import School
from tests.walls.breaches import CONSTRAINTS, EMPTY
from tests.walls.triggers import TRIGGERS

# the tables of the history are closed to everybody: what keeps those is proved in tests/security/test_keten.py
OPEN = [m for m in apps.get_app_config("cases").get_models() if getattr(m, "KEEPS", ()) != NOTHING]
MODELS = sorted(OPEN, key=lambda model: model.__name__)
WRITES = {
    "schakel",
    "insert_insert",
    "update_update",
    "delete_delete",
    "achter_elkaar",
    "vernietigen",
}  # triggers that write history, wait or destroy, and refuse nothing
WALLS = {c.name: str(c.violation_error_message) for m in MODELS for c in m._meta.constraints}
TRIGGER_NAMES = {f"{m.__name__}:{t.name}" for m, t in pgtrigger.registered() if m in OPEN and t.name not in WRITES}


def refusal(breach, make, people):
    """What the database says to this, or "" when it lets it pass."""
    prepared = breach(make, people)
    try:
        with transaction.atomic():
            prepared()
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name or "", sentence(error)
    return "", ""


def test_every_wall_has_a_twin_and_every_twin_a_wall():
    assert set(CONSTRAINTS) == set(WALLS)
    assert set(TRIGGERS) == TRIGGER_NAMES


@pytest.mark.parametrize("name", sorted(CONSTRAINTS))
def test_a_constraint_refuses_with_its_own_sentence(make, people, name):
    text, breach = CONSTRAINTS[name]
    assert refusal(breach, make, people) == (name, text)
    assert WALLS[name] == text


@pytest.mark.parametrize("name", sorted(TRIGGERS))
def test_a_trigger_refuses_with_its_own_sentence(make, people, name):
    text, breach = TRIGGERS[name]
    assert refusal(breach, make, people) == ("", text)


@pytest.mark.parametrize("name", sorted(TRIGGERS))
def test_without_the_trigger_the_same_thing_is_not_refused_so(make, people, name):
    """The broken twin: it is this wall that refuses, and the test sees when it is gone."""
    text, breach = TRIGGERS[name]
    with pgtrigger.ignore(f"cases.{name}"):
        assert refusal(breach, make, people)[1] != text


COMPARING = {"gt", "gte", "lt", "lte", "range"}


def compared(q):
    """The fields that a condition compares with one another or with a number."""
    for child in getattr(q, "children", ()):  # or a lookup, which compares what is always filled in
        if isinstance(child, Q):
            yield from compared(child)
        elif child[0].rpartition("__")[2] in COMPARING:
            yield child[0].rpartition("__")[0]
            yield from [child[1].name] if isinstance(child[1], F) else []


def comparing_what_may_be_empty():
    """The walls that compare a field that may hold nothing: such a comparison is neither true nor false, and passes."""
    checks = [(m, c) for m in MODELS for c in m._meta.constraints if isinstance(c, CheckConstraint)]
    return {c.name for m, c in checks if any(m._meta.get_field(name).null for name in compared(c.condition))}


def test_every_wall_that_compares_what_may_be_empty_is_run_into_with_nothing_filled_in():
    assert set(EMPTY) == comparing_what_may_be_empty()


@pytest.mark.parametrize("name", sorted(EMPTY))
def test_a_wall_is_not_passed_by_leaving_empty_what_it_compares(make, people, name):
    refused, text = refusal(EMPTY[name], make, people)
    assert refused in WALLS
    assert text == WALLS[refused]


def test_the_rows_of_these_tests_are_whole_before_they_are_broken(make, people):
    """The broken twin of the constraints: what a breach starts from is refused by nothing."""
    for name, (_, breach) in {**CONSTRAINTS, **TRIGGERS}.items():
        with transaction.atomic():
            assert callable(breach(make, people)), name


HISTORY = [(Event, "UPDATE"), (Event, "DELETE"), (Advies, "UPDATE"), (Advies, "DELETE")]
KEPT = [(model, "DELETE") for model in (Aanmelding, Traject, Contactmoment, Vraag, School)]


@pytest.mark.parametrize(("model", "verb"), HISTORY + KEPT)
def test_what_is_history_is_not_changed_and_a_dossier_is_not_removed(make, people, model, verb):
    contact = make["contactmoment"]()
    whole = contact.aanmelding
    Advies.objects.create(traject=contact.traject, door=people[Role.OS], soort="proces", tekst="Plan een gesprek.")
    Vraag.objects.create(aanmelding=whole, door=people[Role.OS], vraag="Hoe gaat het?")
    Event.objects.create(
        dossier=whole, kind="aanmelding", object_id=whole.pk, step="vragen", source="gestart", target="gestart",
        by=people[Role.OS],
    )  # fmt: skip
    column = model._meta.fields[-1].column
    statement = {"UPDATE": f"UPDATE {model._meta.db_table} SET {column} = {column}",
                 "DELETE": f"DELETE FROM {model._meta.db_table}"}[verb]  # fmt: skip
    before = model.objects.count()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert (model.objects.count(), before > 0) == (before, True)
