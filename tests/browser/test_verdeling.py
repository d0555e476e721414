"""The hours and the money of the kringen: no barrier, filled and with errors, on a telephone and on a desk."""

import pytest
from django.urls import reverse

from cases.roles import Role
from schools.models import Inzetafspraak, Middelen, School, Schooldeel, Schooljaar
from tests.browser.onderzoek import barriers
from tests.people import TODAY

pytestmark = [pytest.mark.xdist_group("axe"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled(vast, concept, people, world):
    """A version that was replaced, one that counts, a concept, and what was agreed and paid."""
    vast()
    vast(aed=2800, waarom="Er zijn 40 uren bij gekomen.")
    concept(aed=2812.5, vlieger=300, waarom="Team Spreeuw heeft meer uren nodig.")
    jaar = Schooljaar.objects.van(TODAY)
    Inzetafspraak.objects.create(schooljaar=jaar, expert=people[Role.AB], team=world["merel"], uren="700.25")
    middelen = Middelen.objects.create(schooljaar=jaar, per_leerling=10_000)
    Schooldeel.objects.create(middelen=middelen, school=School.objects.get(naam="De Berg"), bedrag=250_050)


def test_who_divides_sees_no_barrier(filled, coordinator, open_as):
    page, found = open_as(coordinator), {}
    for name in ("verdeling", "inzet", "middelen"):
        page.goto(reverse(name))
        found[name] = barriers(page, set())
    page.goto(reverse("verdeling"))
    page.get_by_label("Uren van de AED").fill("veel")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekijk de uitkomst").click()
    assert page.title().startswith("Fout: ")
    found["errors"] = barriers(page, set())
    page.goto(reverse("middelen"))
    page.get_by_label("Bedrag per leerling").fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="Bedragen opslaan").click()
    found["no amount"] = barriers(page, set())
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_an_ib_er_sees_no_barrier(filled, people, open_as):
    page = open_as(people[Role.IB])
    page.goto(reverse("middelen"))
    assert barriers(page, set()) == []
