"""What breaks while people work: small versions of bench/chaos, in the order of events and never on the clock."""

import threading

import pytest

from bench.chaos import database, gaps, identical, lock
from bench.chaos.verdict import Before, judge
from bench.chaos.worker import Crew
from bench.chaos.world import world

pytestmark = pytest.mark.xdist_group("chaos")


def test_a_process_killed_in_any_gap_of_a_step_loses_halves_and_doubles_nothing(made, service):
    verdict = gaps.run(made, service, [(table, "bezoek") for table in gaps.TABLES + gaps.OF_A_VISIT])
    assert verdict.faults == []


def test_that_test_sees_a_step_without_a_transaction():
    with world() as other, gaps.broken(other, "transaction") as service:
        verdict = gaps.run(other, service, [("cases_contactmoment", "bezoek")])
    assert verdict.doubled


def test_the_same_form_sent_twenty_times_at_once_has_one_effect_and_one_answer(made, service):
    outcome = identical.run(made, service, 20)
    assert not identical.wrong(outcome)


def test_that_test_sees_a_form_without_its_key():
    with world() as other, gaps.broken(other, "key") as service:
        outcome = identical.run(other, service, 3)
    assert identical.wrong(outcome)


@pytest.mark.parametrize("kind", [database.shut, database.cut_once])
def test_a_database_that_goes_away_loses_nothing_and_nobody_sees_a_500(made, service, kind):
    before, found = Before.of(made), []
    crew = Crew(made, service, 2)
    crew.work(8, 300, kind(made, service, found))
    assert found
    assert judge(made, before, crew).faults == []


def test_who_wants_to_write_where_another_holds_on_is_told_so_and_gets_his_text_back(made, service):
    """And when the other lets go, the same form goes in."""
    pk, email = made.trajecten[0]
    stubborn = lock.Stubborn(service, pk, email, "merk blijft proberen")
    with made.connect() as holder, holder.transaction():
        holder.execute("SELECT 1 FROM cases_traject WHERE id = %s FOR UPDATE", [pk])
        stubborn.try_once()
    assert [status for status, _, _ in stubborn.answers] == [503]
    stubborn.insist(threading.Event())
    assert stubborn.refused_well
    assert lock.visits(made) == 1
