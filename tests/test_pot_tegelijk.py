"""Two people take hours of one kring at once: the second waits, and hears that they are gone (A-19, B-19)."""

from decimal import Decimal

import pytest

from cases.afstemmen import leg_vast
from cases.models import Afstemmingsbesluit, Dagdeel, OpenVraag
from cases.models.pot import FUNCTIONS, NIET_VRIJ, VERDEELD, pot_over
from cases.roles import Role
from cases.workflow import KLAS
from expertteam.actor import acting_as
from schools.models import Kring
from tests.alles import als_eigenaar
from tests.people import TODAY, pot
from tests.test_race import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = {"datum": TODAY, "minuten": 180, "werkwijze": "coaching"}


@pytest.fixture
def noord(world):
    """A kring with the hours of one dagdeel."""
    kring = Kring.objects.get(naam="Noord")
    pot(kring, 3)
    return kring


@pytest.fixture
def without_turns():
    """The kring without its lock, for one test."""
    als_eigenaar("CREATE OR REPLACE FUNCTION beurt(vraag uuid) RETURNS void LANGUAGE sql AS 'SELECT'")
    yield
    als_eigenaar(FUNCTIONS)


@pytest.fixture
def plan(make, people):
    """Plans a dagdeel for a vraag of its own."""

    def prepared(school="De Berg", ab=people[Role.AB]):
        whole = make["aanmelding"]("gestart", "licht", school, niveau="groep", ab=ab)
        klas = make["expertiseindeklas"]("lopend", whole=make["traject"]("lopend", "licht", whole, uitvoerder=ab))
        return lambda: KLAS.take("dagdeel", klas.pk, ab, **GIVEN)

    return prepared


@pytest.fixture
def keep(make, people):
    """Keeps 3 hours for a vraag that waits."""

    def prepared():
        f, vraag = make["afstemming"](), make["aanmelding"]("ingediend", school="De Beek")
        given = {"besluit": "eerst", "uren": Decimal(3), "toelichting": ""}

        def save():
            with acting_as(people[Role.OS]):
                leg_vast(f, people[Role.OS], f.versie, [(OpenVraag.objects.get(pk=vraag.pk), given)])

        return save

    return prepared


def taken():
    return Dagdeel.objects.count() + Afstemmingsbesluit.objects.count()


@pytest.mark.regel("B-19")
def test_of_two_dagdelen_at_once_one_has_the_last_hours(noord, plan):
    assert meanwhile(plan(), plan("Het Dal")) == VERDEELD
    assert (taken(), pot_over(noord, TODAY)) == (1, 0)


@pytest.mark.regel("A-19")
def test_of_a_dagdeel_and_an_afstemming_at_once_the_first_has_the_last_hours(noord, plan, keep):
    assert meanwhile(plan(), keep()) == NIET_VRIJ
    assert (taken(), pot_over(noord, TODAY)) == (1, 0)


def test_and_the_other_way_round(noord, plan, keep):
    assert meanwhile(keep(), plan()) == VERDEELD
    assert (taken(), pot_over(noord, TODAY)) == (1, 0)


def test_without_the_lock_both_would_have_them(noord, plan, keep, without_turns):
    """The broken twin: the same race ends beyond the pot."""
    assert meanwhile(plan(), keep()) == "taken"
    assert (taken(), pot_over(noord, TODAY)) == (2, -180)


def test_another_kring_does_not_wait(noord, world, people, plan):
    pot(world["zuid"], 3)
    assert meanwhile(plan(), plan("De Duin", people[Role.EXPERT])) == "taken"
    assert taken() == 2
