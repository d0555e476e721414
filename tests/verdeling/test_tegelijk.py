"""Two coördinators at once: one verdeling counts, and the other reads a sentence."""

import pytest

from expertteam.actor import acting_as
from schools.models import Kring, Urenbudget, Verdeling, gooi_weg, leg_voor, stel_verdeling_vast
from schools.models.verdeling import VAST
from tests.test_race import meanwhile
from tests.verdelen import GEGEVEN, JAAR

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.regel("A-28")
def test_a_concept_is_fixed_once(concept, coordinator):
    made, said = concept(), []

    def first():
        with acting_as(coordinator):
            stel_verdeling_vast(made.pk)

    def second():
        try:
            first()
        except ValueError as refused:
            said.append(str(refused))

    meanwhile(first, second)
    assert said == ["Dit concept is er niet meer. Bekijk de uitkomst opnieuw."]
    assert [(v.versie, v.state) for v in Verdeling.objects.all()] == [(1, "vastgesteld")]
    assert Urenbudget.objects.count() == 6


def test_of_two_concepts_the_last_stays(concept, coordinator):
    concept()

    def again(aed):
        def make():
            with acting_as(coordinator):
                kringen = {kring: GEGEVEN[kring.naam] for kring in Kring.objects.all()}
                leg_voor(JAAR, coordinator, aed, 0, kringen)

        return make

    assert meanwhile(again(100), again(200)) == "taken"
    assert [v.aed_totaal for v in Verdeling.objects.all()] == [200]


@pytest.mark.parametrize("fixed_first", [True, False])
def test_of_fixing_and_throwing_away_at_once_one_is_done(concept, coordinator, fixed_first):
    made, said = concept(), []

    def does(what):
        def do():
            try:
                with acting_as(coordinator):
                    what(made.pk)
            except ValueError as refused:
                said.append(str(refused))

        return do

    pair = [does(stel_verdeling_vast), does(gooi_weg)]
    meanwhile(*pair if fixed_first else pair[::-1])
    assert [v.state for v in Verdeling.objects.all()] == (["vastgesteld"] if fixed_first else [])
    assert said == [VAST if fixed_first else "Dit concept is er niet meer. Bekijk de uitkomst opnieuw."]
    assert Urenbudget.objects.count() == (6 if fixed_first else 0)
