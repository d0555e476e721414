"""The model sees it when the table says something else than the werkwijze."""

import dataclasses

import pytest
from django.db import DatabaseError
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from cases.engine import FLOWS
from tests.model.mutanten import MUTANTEN
from tests.model.test_werkwijze import GEWOON

SEEN = (AssertionError, DatabaseError)  # the two differ, or the database does not let it happen
ZOEK = settings(GEWOON, max_examples=30, stateful_step_count=25)
NAMEN = [f"{n}_{kind}_{step}" for n, (kind, step, *_) in enumerate(MUTANTEN)]


@pytest.fixture
def zoek(machine):
    """Looks for a difference from these beginnings, trying one step more often than the others."""

    def run(begin, kind, step):
        machine.begin, machine.liever, machine.vaak = begin.split(), (kind, step), 0.5
        run_state_machine_as_test(machine, settings=ZOEK)

    return run


@pytest.mark.parametrize(("kind", "step", "wrong", "begin"), MUTANTEN, ids=NAMEN)
def test_a_row_that_says_something_else_is_found(zoek, monkeypatch, kind, step, wrong, begin):
    row = FLOWS[kind].steps[step]
    monkeypatch.setitem(FLOWS[kind].steps, step, dataclasses.replace(row, **wrong(row)))
    with pytest.raises(SEEN):
        zoek(begin, kind, step)
