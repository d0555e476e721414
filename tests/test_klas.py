"""What the coördinator keeps: the voorwaarden for Expertise in de klas, and the hours of each kring."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases.models import Voorwaarde
from cases.roles import Role
from expertteam import sleutel
from schools.models import Kring, Rol, Schooljaar, Urenbudget
from tests.alles import closed
from tests.people import TODAY, person, pot

EERSTE = "OS en AB zijn het eens"
LAATSTE = "Er moet minstens één voorwaarde zijn. Voeg eerst een andere toe."
GETAL = "Vul het aantal uren in met cijfers. Bijvoorbeeld 1380."


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


@pytest.mark.parametrize("page", ["voorwaarden", "pot"])
@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.AED, None])
def test_both_pages_are_for_the_coordinator(people, client, page, who):
    client.force_login(people[who])
    assert client.get(reverse(page)).status_code == 403
    assert client.post(reverse(page), {"tekst": "Anders", "uren-noord": "5"}).status_code == 403
    assert (active(), Urenbudget.objects.count()) == ([EERSTE], 0)


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.AED])
def test_the_database_lets_nobody_else_write_a_voorwaarde(people, who):
    with closed(people[who]), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Voorwaarde.objects.create(tekst="Anders")


@pytest.mark.regel("A-28")
def test_the_hours_of_all_kringen_are_saved_with_one_button(post, world):
    assert "opgeslagen." in post("pot", **{"uren-noord": "1380", "uren-zuid": "828,5"})
    jaar = Schooljaar.objects.van(TODAY)
    assert [(b.kring.naam, b.uren, b.bron, b.schooljaar) for b in Urenbudget.objects.order_by("kring__naam")] == [
        ("Noord", 1380, "aed", jaar), ("Zuid", 828.5, "aed", jaar),
    ]  # fmt: skip
    post("pot", **{"uren-noord": "1400", "uren-zuid": ""})
    assert sorted(b.uren for b in Urenbudget.objects.all()) == [828.5, 1400]


@pytest.mark.parametrize("wrong", ["veel", "-1", "1.380", "1000000", "12,345"])
def test_what_is_no_number_of_hours_is_refused_and_nothing_is_saved(post, world, wrong):
    text = post("pot", **{"uren-noord": wrong, "uren-zuid": "5"})
    assert (GETAL in text, f'value="{wrong}"' in text, Urenbudget.objects.count()) == (True, True, 0)


def test_the_next_schooljaar_has_hours_of_its_own(post, world, client):
    pot(world["noord"], 100)
    after = Schooljaar(begin=Schooljaar.of(TODAY).begin + 1)
    post("pot", f"?jaar={after}", **{"uren-noord": "200"})
    assert {(str(b.schooljaar), b.uren) for b in Urenbudget.objects.all()} == {
        (str(Schooljaar.of(TODAY)), 100), (str(after), 200),
    }  # fmt: skip
    page = client.get(reverse("pot")).content.decode()
    assert 'value="100,00"' in page


def test_a_coordinator_of_one_kring_keeps_that_one(people, client, world):
    own = person("cor@ppo.test", "Cor", "Een", (Rol.COORDINATOR, {"kring": world["zuid"]}))
    client.force_login(own)
    page = client.get(reverse("pot")).content.decode()
    assert [f"uren-{k.naam.lower()}" in page for k in Kring.objects.order_by("naam")] == [False, True]
    client.post(reverse("pot"), {"uren-noord": "5", "uren-zuid": "6", "sleutel": sleutel.make(own)})
    assert [(b.kring, b.uren) for b in Urenbudget.objects.all()] == [(world["zuid"], 6)]
