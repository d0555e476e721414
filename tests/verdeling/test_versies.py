"""A verdeling is made, fixed and adjusted: what counts is always one whole version, and the old ones stay."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from cases.models.pot import pot_over
from cases.roles import Role
from schools.models import (
    Inzetafspraak,
    Kring,
    Rol,
    Schooljaar,
    Urenbudget,
    Verdeeldeel,
    Verdeling,
    gooi_weg,
    leg_voor,
    stel_verdeling_vast,
)
from tests.alles import als_eigenaar, closed
from tests.people import TODAY, person
from tests.verdelen import JAAR

ZELF = "Alleen de coördinator van alle kringen stelt de verdeling vast."
WEG = "Dit concept is er niet meer. Bekijk de uitkomst opnieuw."


def budgets(bron):
    """{kring: hours} that count."""
    found = Urenbudget.objects.filter(bron=bron, schooljaar__begin=JAAR)
    return dict(found.values_list("kring__naam", "uren"))


@pytest.mark.regel("A-25", "A-28", "A-29", "A-30")
def test_the_worked_example_is_fixed_and_becomes_the_hours_of_the_kringen(vast):
    made = vast()
    assert (made.state, made.versie) == ("vastgesteld", 1)
    assert budgets("aed") == {"Noord": 1380, "Oost": 828, "Zuid": 552}
    assert budgets("vlieger") == {"Noord": 0, "Oost": 234, "Zuid": 76}
    assert pot_over(Kring.objects.get(naam="Oost"), TODAY) == (828 + 234) * 60


@pytest.mark.regel("A-28")
def test_a_concept_counts_for_nothing_and_gives_way_to_the_next(concept):
    first = concept()
    second = concept(aed=1000)
    assert ({*Verdeling.objects.all()}, second.versie) == ({second}, 1)
    assert (Verdeeldeel.objects.count(), Urenbudget.objects.count()) == (3, 0)
    assert not Verdeling.objects.filter(pk=first.pk).exists()


@pytest.mark.regel("A-28")
def test_a_bijstelling_is_a_new_version_and_the_old_one_is_kept(vast, concept):
    old = vast()
    new = vast(aed=2800, vlieger=0, waarom="Er zijn 40 uren bij gekomen.")
    old.refresh_from_db()
    assert [(v.versie, v.state, v.aed_totaal) for v in (old, new)] == [
        (1, "bijgesteld", 2760),
        (2, "vastgesteld", 2800),
    ]
    assert [d.aed for d in old.delen.order_by("kring__naam")] == [1380, 828, 552]
    assert budgets("aed") == {"Noord": 1400, "Oost": 840, "Zuid": 560}
    assert budgets("vlieger") == {"Noord": 0, "Oost": 0, "Zuid": 0}
    assert concept(waarom="Nog eens").versie == 3
    assert sum(budgets("aed").values()) == 2800


def test_each_schooljaar_has_its_own(vast):
    vast()
    vast(aed=100, vlieger=0, begin=JAAR + 1)
    assert [v.state for v in Verdeling.objects.all()] == ["vastgesteld", "vastgesteld"]
    assert budgets("aed") == {"Noord": 1380, "Oost": 828, "Zuid": 552}


def test_a_concept_that_was_made_again_or_fixed_is_not_fixed(concept, vast, coordinator):
    gone, fixed = concept(), vast()
    for old in (gone, fixed):
        with closed(coordinator), pytest.raises(ValueError, match=WEG):
            stel_verdeling_vast(old.pk)


@pytest.mark.regel("A-28")
@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.AED, "coordinator of a kring"])
def test_the_database_lets_nobody_else_make_fix_or_adjust_one(concept, people, world, who):
    made = concept()
    own = (Rol.COORDINATOR, {"kring": world["noord"]})
    user = people.get(who) or person("cor@ppo.test", "Cor", "Een", own)
    kringen = dict.fromkeys(Kring.objects.all(), (10, 1))
    with closed(user):
        with pytest.raises(ValueError, match=ZELF):
            stel_verdeling_vast(made.pk)
        with pytest.raises(ProgrammingError, match="row-level security"):
            leg_voor(JAAR + 1, user, 10, 0, kringen)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Verdeeldeel.objects.create(
                verdeling=made, kring=world["noord"], leerlingen=1, rugzakken=1, aed=0, vlieger=0
            )
        with pytest.raises(ValueError, match=WEG):
            gooi_weg(made.pk)
    assert [v.state for v in Verdeling.objects.all()] == ["concept"]


def test_without_the_rule_of_who_divides_another_could_fix_one(concept, people):
    """The broken twin."""
    made = concept()
    als_eigenaar("CREATE OR REPLACE FUNCTION verdeelt() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true'")
    with closed(people[Role.OS]):
        stel_verdeling_vast(made.pk)
    assert [v.state for v in Verdeling.objects.all()] == ["vastgesteld"]


def test_the_beheerder_reads_why_a_kring_or_a_team_that_has_hours_stays(vast, people, world, client):
    vast()
    jaar = Schooljaar.objects.van(TODAY)
    Inzetafspraak.objects.create(schooljaar=jaar, expert=people[Role.AB], team=world["merel"], uren=5)
    client.force_login(person("bea@ppo.test", "Bea", "Heer", (Rol.BEHEERDER, {})))
    for thing in (world["noord"], world["merel"]):
        page = client.post(
            reverse(f"admin:schools_{thing._meta.model_name}_delete", args=[thing.pk]), {"post": "yes"}
        ).content.decode()
        assert "Het verwijderen" in page
        assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.regel("A-28")
def test_nobody_writes_the_hours_of_a_kring_but_by_fixing_a_verdeling(vast, coordinator):
    vast()
    with closed(coordinator):
        assert Urenbudget.objects.update(uren=5) == 0
        assert Urenbudget.objects.all().delete()[0] == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Urenbudget.objects.create(kring=Kring.objects.first(), schooljaar_id=1, uren=5)
    assert budgets("aed") == {"Noord": 1380, "Oost": 828, "Zuid": 552}


@pytest.mark.parametrize("model", [Verdeling, Verdeeldeel])
def test_the_application_changes_no_row_of_a_verdeling(vast, coordinator, model):
    vast()
    with closed(coordinator), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"UPDATE {model._meta.db_table} SET id = id")
