"""What the coördinator keeps: the voorwaarden for Expertise in de klas."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases.models import Voorwaarde
from cases.roles import Role
from expertteam import sleutel
from tests.alles import closed
from tests.people import TODAY

EERSTE = "OS en AB zijn het eens"
LAATSTE = "Er moet minstens één voorwaarde zijn. Voeg eerst een andere toe."


@pytest.fixture
def post(client, people):
    """The coördinator sends a form; the page that follows, as text."""
    client.force_login(people[Role.COORDINATOR])

    def send(page, query="", **answers):
        key = {"sleutel": sleutel.make(people[Role.COORDINATOR])}
        return client.post(reverse(page) + query, answers | key, follow=True).content.decode()

    return send


def active():
    return [v.tekst for v in Voorwaarde.objects.filter(tot=None)]


@pytest.mark.regel("B-19")
def test_the_product_comes_with_one_voorwaarde_and_says_that_the_list_must_be_completed(post, client):
    assert active() == [EERSTE]
    assert (
        "Maak deze lijst compleet met de voorwaarden uit jullie eigen document"
        in client.get(reverse("voorwaarden")).content.decode()
    )


@pytest.mark.regel("B-19")
def test_one_is_added_and_ended_and_comes_back_but_is_never_deleted(post):
    assert "De voorwaarde staat in de lijst." in post("voorwaarden", tekst="  De directeur   weet het ")
    assert active() == [EERSTE, "De directeur weet het"]
    assert "De voorwaarde is vervallen." in post("voorwaarden", einde="De directeur weet het")
    assert active() == [EERSTE]
    assert Voorwaarde.objects.get(tot=TODAY).tekst == "De directeur weet het"
    post("voorwaarden", tekst="De directeur weet het")
    assert (active(), Voorwaarde.objects.count()) == ([EERSTE, "De directeur weet het"], 2)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Voorwaarde.objects.all().delete()


@pytest.mark.regel("B-19")
def test_the_last_one_stays_and_an_empty_one_is_refused(post):
    assert LAATSTE in post("voorwaarden", einde=EERSTE)
    assert "Schrijf de voorwaarde op." in post("voorwaarden", tekst="  ")
    assert "Je tekst is 1 tekens te lang." in post("voorwaarden", tekst="x" * 201)
    assert active() == [EERSTE]


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.AED, None])
def test_the_page_is_for_the_coordinator(people, client, who):
    client.force_login(people[who])
    assert client.get(reverse("voorwaarden")).status_code == 403
    assert client.post(reverse("voorwaarden"), {"tekst": "Anders"}).status_code == 403
    assert active() == [EERSTE]


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.AED])
def test_the_database_lets_nobody_else_write_a_voorwaarde(people, who):
    with closed(people[who]), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Voorwaarde.objects.create(tekst="Anders")
