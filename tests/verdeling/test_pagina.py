"""The page of the verdeling: the coördinator of all kringen looks first, and then fixes."""

import re
import uuid
from functools import partial

import pytest
from django.urls import reverse

from cases.roles import Role
from expertteam import sleutel
from schools.models import Kring, Leerlingaantal, Rol, School, Schooljaar, Urenbudget, Verdeeldeel, Verdeling
from tests.people import person, pot
from tests.verdelen import GEGEVEN, JAAR, cells

UREN = "Vul het aantal uren in met cijfers, op een kwartier. Bijvoorbeeld 2760 of 2760,25."
THIS, NEXT = (str(Schooljaar(begin=begin)) for begin in (JAAR, JAAR + 1))


@pytest.fixture
def kies(coen, world):
    """The page of the verdeling, with the third kring."""
    Kring.objects.create(naam="Oost")
    return partial(coen, "verdeling")


def example(**more):
    """The answers of the worked example."""
    rows = {kring.naam.lower().replace(" ", "-"): GEGEVEN.get(kring.naam, (5, 5)) for kring in Kring.objects.all()}
    given = {
        f"{soort}-{naam}": n
        for naam, row in rows.items()
        for soort, n in zip(("leerlingen", "rugzakken"), row, strict=True)
    }
    return {"aed": "2760", "vlieger": "310"} | given | more


def concept():
    return Verdeling.objects.get(state="concept")


@pytest.mark.regel("A-25", "A-28", "A-29", "A-30")
def test_the_outcome_is_seen_before_it_is_fixed(kies):
    page = kies(**example())
    assert "Zo wordt het: versie 1" in page
    assert "De uren van dit schooljaar zijn nog niet vastgesteld." in page
    assert ["Oost", "828", "234", "1062", "3000", "9", "11,7"] in cells(page)
    assert ["Samen", "2760", "310", "3070", "10000", "69", "15,5"] in cells(page)
    assert Urenbudget.objects.count() == 0
    page = kies(vaststellen=concept().pk)
    assert f"De verdeling van {THIS} is vastgesteld. Elke kring heeft nu deze uren." in page
    assert "Zo is het nu: versie 1" in page
    assert "Vastgesteld door Coen Kring op" in page
    assert sum(b.uren for b in Urenbudget.objects.all()) == 3070


@pytest.mark.regel("A-28")
def test_a_bijstelling_asks_why_and_shows_the_earlier_version(kies):
    kies(**example())
    kies(vaststellen=concept().pk)
    assert "Schrijf op waarom je de verdeling bijstelt." in kies(**example(aed="2800"))
    page = kies(**example(aed="2800", waarom="Er zijn 40 uren bij"))
    assert ("Zo is het nu: versie 1" in page, "Zo wordt het: versie 2" in page) == (True, True)
    page = kies(vaststellen=concept().pk)
    assert "Waarom: Er zijn 40 uren bij" in page
    assert re.search(r"Eerdere versies</h2><details><summary>Versie 1 · Coen Kring", page)
    assert 'name="waarom" value="Er zijn' not in page


def test_leerlingen_come_from_the_first_of_october_and_rugzakken_from_the_last_time(kies):
    for naam, jaar, aantal in [("De Berg", JAAR - 1, 200), ("De Berg", JAAR, 210), ("Het Dal", JAAR - 1, 90)]:
        Leerlingaantal.objects.create(school=School.objects.get(naam=naam), jaar=jaar, aantal=aantal)
    assert 'name="leerlingen-noord" value="300"' in kies()
    kies(**example())
    kies(vaststellen=concept().pk)
    page = kies(f"?jaar={NEXT}")
    assert 'name="rugzakken-noord" value="50"' in page
    assert 'name="leerlingen-noord" value="300"' in page
    assert 'name="waarom"' not in page


@pytest.mark.parametrize("wrong", ["veel", "-1", "1.380", "1000000", "12,345", "12,1", ""])
def test_what_is_no_number_of_hours_is_refused_and_stays_as_typed(kies, wrong):
    page = kies(**example(aed=wrong))
    assert (UREN in page, Verdeling.objects.count()) == (True, 0)
    assert not wrong or f'value="{wrong}"' in page


@pytest.mark.parametrize("wrong", ["veel", "-1", "2,5", "1.380", ""])
def test_what_is_no_number_of_leerlingen_is_refused_with_the_name_of_the_kring(kies, wrong):
    page = kies(**example(**{"leerlingen-noord": wrong}))
    assert "Vul het aantal leerlingen van kring Noord in met cijfers. Bijvoorbeeld 50." in page
    assert Verdeling.objects.count() == 0


def test_hours_that_no_kring_can_get_are_refused(kies):
    nobody = {name: 0 for name in example() if name.startswith("leerlingen")}
    assert "Er zijn geen leerlingen om de uren over te verdelen." in kies(**example(**nobody))
    equal = {name: 0 for name in example() if name.startswith("rugzakken")}
    assert "Geen enkele kring komt tekort. Dan valt er van de Vlieger niets te verdelen. Vul 0 in." in kies(
        **example(**equal)
    )
    assert Verdeling.objects.count() == 0
    assert "Zo wordt het" in kies(**example(**equal, vlieger="0"))


@pytest.mark.parametrize("old", ["gone", "x", ""])
def test_a_concept_that_is_not_there_any_more_is_not_fixed(kies, client, coordinator, old):
    kies(**example())
    gone = concept().pk
    kies(**example(aed="100"))
    key = {"vaststellen": gone if old == "gone" else old, "sleutel": sleutel.make(coordinator)}
    answer = client.post(reverse("verdeling"), key)
    assert "Dit concept is er niet meer. Bekijk de uitkomst opnieuw." in answer.content.decode()
    assert (answer.status_code, Urenbudget.objects.count()) == (409, 0)


@pytest.mark.regel("A-28")
def test_a_concept_is_thrown_away_and_what_counts_stays(kies):
    kies(**example())
    kies(vaststellen=concept().pk)
    assert "Concept weggooien" not in kies()
    assert "De verdeling die nu geldt, blijft." in kies(**example(aed="2800", waarom="Er zijn 40 uren bij"))
    page = kies(weggooien=concept().pk)
    assert (f"Het concept van {THIS} is weg." in page, "Zo wordt het" in page) == (True, False)
    assert [(v.versie, v.state) for v in Verdeling.objects.all()] == [(1, "vastgesteld")]
    assert (Verdeeldeel.objects.count(), sum(b.uren for b in Urenbudget.objects.all())) == (3, 3070)


@pytest.mark.parametrize("old", ["fixed", "gone", "x", ""])
def test_what_is_no_concept_any_more_is_not_thrown_away(kies, client, coordinator, old):
    kies(**example())
    fixed = concept().pk
    kies(vaststellen=fixed)
    pk = {"fixed": fixed, "gone": uuid.uuid4()}.get(old, old)
    answer = client.post(reverse("verdeling"), {"weggooien": pk, "sleutel": sleutel.make(coordinator)})
    assert "Dit concept is er niet meer. Bekijk de uitkomst opnieuw." in answer.content.decode()
    assert (answer.status_code, [v.pk for v in Verdeling.objects.all()]) == (409, [fixed])


@pytest.mark.regel("A-7", "A-28")
def test_a_kring_that_gets_less_than_is_in_use_is_named_before_it_is_fixed_and_not_refused(kies, make):
    noord = make["besluit"](uren=0).afstemming.kring
    kies(**example())
    kies(vaststellen=concept().pk)
    make["contactmoment"](minuten=600)
    make["dagdeel"](minuten=180)  # gives the kring hours of its own
    make["besluit"](uren=2)
    pot(noord, 1380)
    enough = kies(**example(aed="31", vlieger="0", waarom="Minder"))  # half is for Noord: 15,5 hours
    assert "krijgt 15,5 uur" not in enough
    page = kies(**example(aed="29", vlieger="0", waarom="Nog minder"))
    assert "Kring Noord krijgt 14,5 uur. Er is al 15 uur gebruikt, gepland of bewaard." in page
    assert [word for word in ("Kring Oost krijgt", "Kring Zuid krijgt") if word in page] == []
    assert f"De verdeling van {THIS} is vastgesteld." in kies(vaststellen=concept().pk)


@pytest.mark.regel("A-28")
@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.AED, None, "coordinator of a kring"])
def test_the_page_is_for_the_coordinator_of_all_kringen(people, client, world, who):
    own = (Rol.COORDINATOR, {"kring": world["zuid"]})
    user = people[who] if who in people else person("cor@ppo.test", "Cor", "Een", own)
    client.force_login(user)
    assert client.get(reverse("verdeling")).status_code == 403
    assert client.post(reverse("verdeling"), example() | {"sleutel": sleutel.make(user)}).status_code == 403
    assert Verdeling.objects.count() == 0
    if who == "coordinator of a kring":
        assert reverse("verdeling") not in client.get(reverse("kringen")).content.decode()


def test_the_page_asks_as_much_for_many_kringen_and_versions_as_for_few(kies, client, django_assert_max_num_queries):
    for n in range(3):
        kies(**example(waarom=f"Keer {n}"))
        kies(vaststellen=concept().pk)
    Kring.objects.bulk_create(Kring(naam=f"Kring {n}") for n in range(20))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("verdeling")).status_code == 200
    kies(
        **example(waarom="Nog een concept")
        | {f"{s}-kring-{n}": 5 for s in ("leerlingen", "rugzakken") for n in range(20)}
    )
    with django_assert_max_num_queries(15):
        assert "Zo wordt het" in client.get(reverse("verdeling")).content.decode()


def test_the_kringoverzicht_shows_what_was_fixed(kies, client):
    kies(**example())
    kies(vaststellen=concept().pk)
    page = client.get(reverse("kringen"), {"jaar": THIS, "kring": "Oost"}).content.decode()
    assert "<strong>1062</strong> uren" in page
