"""How much work each expert has in a team, for who arranges it; and beside the name where somebody is chosen."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import belasting
from cases.models import TelInzet
from cases.roles import Role
from schools.models import Expertteam, Rol, Schooljaar
from tests.alles import als_eigenaar, closed
from tests.people import TODAY, ontsla, person
from tests.scenarios.browser import Document

LAST_YEAR = Schooljaar.of(TODAY).eerste_dag - datetime.timedelta(days=1)


@pytest.fixture
def work(people, make, world):
    """Abel carries out two trajecten of which one runs; he booked 1,5 hours, and 3 are planned."""
    als_eigenaar(
        f"UPDATE schools_aanstelling SET clusters = '3', expertise = 'Autisme' WHERE user_id = '{people[Role.AB].pk}'"
    )
    t = make["contactmoment"](minuten=90).traject
    make["contactmoment"](whole=t, minuten=45, datum=LAST_YEAR)
    make["contactmoment"]("vervallen", whole=t, minuten=45)
    make["contactmoment"](whole=t, minuten=45, als="os", door=people[Role.OS])
    make["traject"]("afgesloten")
    make["dagdeel"]()


def page(client, user, **query):
    client.force_login(user)
    return Document(client.get(reverse("belasting"), query).content.decode()).root


def cells(root):
    return [[c.text for c in r if c.tag in ("td", "th")] for r in root.all("tr")[1:]]


ABEL = ["Abel Visser", "Team Merel", "3", "Autisme", "–", "1,5", "3", "2"]
TESS = ["Tess Smit", "Team Merel", "–", "–", "–", "0", "0", "0"]
EEF = ["Eef Motoriek", "Team Uil", "–", "–", "–", "0", "0", "0"]


@pytest.mark.regel("A-27", "A-28")
def test_each_arranges_the_people_of_her_own_teams_and_the_aed_all(work, people, client, world):
    assert cells(page(client, people[Role.OS])) == [TESS, ABEL]
    assert cells(page(client, people[Role.COORDINATOR])) == [TESS, ABEL, EEF]
    assert cells(page(client, people[Role.AED])) == [TESS, ABEL, EEF]
    zuid = person("zoe@ppo.test", "Zoë", "Zuid", (Rol.COORDINATOR, {"kring": world["zuid"]}), organisatie="ppo")
    assert cells(page(client, zuid)) == [EEF]


@pytest.mark.parametrize("who", [Role.IB, Role.AB, Role.GW, None])
def test_for_others_it_is_not_there_and_the_database_says_so_too(work, people, client, who):
    client.force_login(people[who])
    assert client.get(reverse("belasting")).status_code == 403
    with closed(people[who]):
        assert not TelInzet.objects.exists()


def test_another_schooljaar_has_its_own_hours(work, people, client):
    before = Schooljaar.objects.create(begin=Schooljaar.of(TODAY).begin - 1)
    assert cells(page(client, people[Role.OS], jaar=str(before)))[1][5:] == ["0,75", "0", "2"]


def test_who_went_away_stands_there_while_hours_or_trajecten_of_this_schooljaar_do(work, people, client):
    ontsla(people[Role.AB])
    assert cells(page(client, people[Role.OS])) == [TESS, ["Abel Visser", "Team Merel", "–", "–", "–", "1,5", "3", "2"]]


@pytest.mark.regel("A-28")
def test_what_was_agreed_stands_beside_it(work, people, client, monkeypatch):
    agreed = {(people[Role.AB].pk, Expertteam.objects.get(naam="Team Merel").pk): 6000}
    monkeypatch.setattr(belasting, "afgesproken", lambda teams, jaar: agreed)
    assert cells(page(client, people[Role.OS]))[1][4:6] == ["100", "1,5"]
    said = belasting.Werk(None, None, "3", "", 6000, 90, 0, 1).in_woorden
    assert said == "cluster 3 · 1,5 van de 100 uur geboekt · 1 open traject"


@pytest.mark.parametrize(
    ("soort", "step"), [("complex", "toewijzen"), ("licht", "gesprek"), ("licht", "starten_licht")]
)
def test_the_work_stands_beside_the_name_where_an_ambulant_begeleider_is_chosen(
    work, make, people, client, soort, step
):
    vraag = make["aanmelding"]("opgepakt", soort, **({"ab": None} if soort == "complex" else {}))
    client.force_login(people[Role.OS])
    text = client.get(reverse("step", args=["aanmelding", vraag.pk, step])).content.decode()
    assert "Abel Visser · cluster 3 · 1,5 uur geboekt · 2 open trajecten" in text
    assert "Tess Smit · 0 uur geboekt · 0 open trajecten" in text


def test_it_asks_as_much_for_one_expert_as_for_thirty(work, people, client, world):
    client.force_login(people[Role.AED])
    counts = []
    for many in (0, 30):
        for n in range(many):
            person(f"ab{n}@aed.test", "Ab", f"Nummer{n}", (Rol.AB, {"team": world["uil"]}))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("belasting")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
