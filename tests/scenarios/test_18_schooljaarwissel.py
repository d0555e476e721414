"""Scenario 18. A complex traject runs on in the new schooljaar; its hours go to the budget of the year they are of."""

import datetime

import pytest

from cases.models.pot import VERDEELD, pot_over
from schools.models import Schooljaar, Urenbudget
from tests.people import TODAY
from tests.scenarios.browser import Page

NU = Schooljaar.of(TODAY)
EERSTE, LAATSTE = NU.eerste_dag, NU.eerste_dag - datetime.timedelta(days=1)


@pytest.fixture
def both_pots(world):
    """320 hours in the schooljaar that ended, 2 in this one."""
    for dag, uren in [(LAATSTE, 320), (EERSTE, 2)]:
        jaar = Schooljaar.objects.van(dag)
        Urenbudget.objects.create(kring=world["noord"], schooljaar=jaar, uren=uren)


def used(coen, jaar):
    page = Page(coen.client.get(f"/kring/?kring=Noord&jaar={jaar}"))
    return next(row for row in page.rows if row[0] == "Samen")[:5]


def visit(abel, traject, dag, minuten):
    abel.press(traject, "bezoek", soort="observatie", minuten_0=minuten, datum=dag.isoformat())


@pytest.mark.regel("B-5")
def test_hours_of_before_1_august_are_of_the_old_budget_and_after_of_the_new(both_pots, make, abel, coen):
    t = make["traject"]("uitvoeren")
    visit(abel, t, LAATSTE, "180")
    visit(abel, t, EERSTE, "60")
    assert used(coen, Schooljaar(begin=NU.begin - 1)) == ["Samen", "320", "3", "0", "317"]
    assert used(coen, NU) == ["Samen", "2", "1", "0", "1"]
    t.refresh_from_db()
    assert (t.state, t.contacten.count()) == ("uitvoeren", 2)


@pytest.mark.regel("B-5")
def test_the_traject_goes_on_with_a_reason_and_nothing_else_is_asked(both_pots, make, abel):
    t = make["traject"]("uitvoeren")
    visit(abel, t, LAATSTE, "60")
    abel.press(t, "doorzetten", note="De leerling is nog niet zover.")
    visit(abel, t, TODAY, "60")
    t.refresh_from_db()
    assert t.state == "uitvoeren"


@pytest.mark.regel("B-5", "B-19")
def test_what_is_left_of_the_old_pot_does_not_go_along_to_the_new_schooljaar(both_pots, make, world):
    klas = make["expertiseindeklas"]("lopend")
    assert (pot_over(world["noord"], LAATSTE), pot_over(world["noord"], EERSTE)) == (320 * 60, 120)
    klas.dagdelen.create(datum=EERSTE, minuten=120, werkwijze="coaching")
    with pytest.raises(Exception, match=VERDEELD):
        klas.dagdelen.create(datum=EERSTE, minuten=15, werkwijze="coaching")
