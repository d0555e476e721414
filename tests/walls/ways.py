"""The ways in which a breach is made.

A breach makes a row that lacks nothing, and gives back the statement that the database must refuse.
"""

import pgtrigger
from django.db import transaction

from cases.models import Aanmelding
from cases.roles import Role
from tests.people import TODAY

GEEN_STAP = "Deze stap bestaat niet in de werkwijze."
GEEN_STATUS = "Deze status bestaat niet."


def with_people(people, fields):
    return {name: people[value] if isinstance(value, Role) else value for name, value in fields.items()}


def change(kind, at, of="complex", /, **fields):
    """One of this kind, in this state and of this soort, in which these fields are then overwritten."""

    def breach(make, people):
        row = make[kind](at, of)
        return lambda: type(row).objects.filter(pk=row.pk).update(**with_people(people, fields))

    return breach


def new(model, whole, **fields):
    """A new row of this model in a whole (make -> {field: row}), that lacks nothing but for these fields."""

    def breach(make, people):
        given = with_people(people, fields) | whole(make)
        return lambda: model.objects.create(**given)

    return breach


def twice(kind, whole):
    """A second one of this kind in the same whole."""

    def breach(make, people):
        given = whole(make)
        make[kind](**given)
        return lambda: make[kind](**given)

    return breach


def no_such_state(kind, at):
    """The arrows refuse a state that does not exist as well; behind them stands this wall."""

    def breach(make, people):
        row = make[kind](at)

        def put():
            with pgtrigger.ignore(f"cases.{type(row).__name__}:pijlen"), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(state="zoek")

        return put

    return breach


def in_traject(make):
    return {"traject": make["traject"]("waarnemen")}


def without_toestemming(make, *traject, **fields):
    """A traject of which the parents have taken back their toestemming today."""
    made = make["traject"](*(traject or ("waarnemen",)), **fields)
    Aanmelding.objects.filter(pk=made.aanmelding_id).update(toestemming_weg_op=TODAY)
    return made


def weg(make):
    return {"traject": without_toestemming(make)}
