"""The hours of each expert in a team, as PPO and the AED agree: beside the hours of the kring, and for who divides."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils.text import slugify

from cases.roles import Role
from expertteam import sleutel
from schools.models import Inzetafspraak, Kring, Rol, Schooljaar
from tests.alles import als_eigenaar, closed
from tests.people import TODAY, person, pot, stel_aan
from tests.verdelen import JAAR, cells

NEXT = Schooljaar(begin=JAAR + 1)


@pytest.fixture
def kies(coen, world):
    return partial(coen, "inzet")


@pytest.fixture
def vera(people, world):
    """An expert of the SBO in the team of Abel."""
    return person("vera@vlieger.test", "Vera", "Vlieger", (Rol.SBO, {"team": world["merel"]}), organisatie="vlieger")


def name(user, team):
    return f"uren-{slugify(team.naam)}-{user.pk}"


def agreed():
    """{who: hours} that were agreed."""
    return {(i.expert.voornaam, i.team.naam): i.uren for i in Inzetafspraak.objects.select_related("expert", "team")}


@pytest.mark.regel("A-26", "A-28")
def test_the_hours_of_the_experts_stand_beside_the_hours_of_the_kring(kies, people, world, vera, vast):
    vast()
    abel, tess, merel = people[Role.AB], people[Role.TEAM], world["merel"]
    assert ["Noord", "AED", "1380", "0", "1380 te weinig"] in cells(kies())
    page = kies(**{name(abel, merel): "700,5", name(tess, merel): "700", name(vera, merel): ""})
    assert f"De uren van de experts in {Schooljaar(begin=JAAR)} zijn opgeslagen." in page
    assert agreed() == {("Abel", "Team Merel"): 700.5, ("Tess", "Team Merel"): 700}
    assert ["Noord", "AED", "1380", "1400,50", "20,50 te veel"] in cells(page)
    assert ["Noord", "SBO de Vlieger", "0", "0", "klopt"] in cells(page)
    page = kies(**{name(abel, merel): "680", name(tess, merel): "700", name(vera, merel): "10"})
    assert ["Noord", "AED", "1380", "1380", "klopt"] in cells(page)
    assert ["Noord", "SBO de Vlieger", "0", "10", "10 te veel"] in cells(page)
    kies(**{name(abel, merel): "", name(tess, merel): "0", name(vera, merel): "10"})
    assert agreed() == {("Vera", "Team Merel"): 10}


def test_who_leaves_or_comes_in_the_schooljaar_stands_there_and_who_is_gone_does_not(kies, people, world):
    stel_aan(people[Role.IB], Rol.AB, van=NEXT.eerste_dag, team=world["uil"])
    stel_aan(people[Role.OS], Rol.AB, van=TODAY, tot=NEXT.eerste_dag - timedelta(days=1), team=world["uil"])
    sam, olga = (name(people[role], world["uil"]) for role in (Role.IB, Role.OS))
    assert [field in kies() for field in (sam, olga)] == [False, True]
    assert [field in kies(f"?jaar={NEXT}") for field in (sam, olga)] == [True, False]
    kies(f"?jaar={NEXT}", **{sam: "40"})
    assert [(str(i.schooljaar), i.uren) for i in Inzetafspraak.objects.all()] == [(str(NEXT), 40)]


def test_who_has_two_roles_in_a_team_stands_there_once_as_ambulant_begeleider(kies, people, world):
    pot(world["noord"], 100)
    stel_aan(people[Role.AB], Rol.SBO, team=world["merel"])
    field = name(people[Role.AB], world["merel"])
    assert kies().count(f'name="{field}"') == 1
    assert ["Noord", "AED", "100", "100", "klopt"] in cells(kies(**{field: "100"}))


@pytest.mark.parametrize("wrong", ["veel", "-1", "1.380", "20000", "12,1"])
def test_what_is_no_number_of_hours_is_refused_with_the_name_and_nothing_is_saved(kies, people, world, wrong):
    abel, tess = (name(people[role], world["merel"]) for role in (Role.AB, Role.TEAM))
    page = kies(**{abel: wrong, tess: "5"})
    assert "Vul het aantal uren van Abel Visser in met cijfers, op een kwartier. Bijvoorbeeld 320." in page
    assert (f'value="{wrong}"' in page, agreed()) == (True, {})


@pytest.mark.regel("A-28")
@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.AED, None, "coordinator of a kring"])
def test_the_page_and_the_table_are_written_by_the_coordinator_of_all_kringen(people, client, world, who):
    own = (Rol.COORDINATOR, {"kring": world["noord"]})
    user = people[who] if who in people else person("cor@ppo.test", "Cor", "Een", own)
    client.force_login(user)
    answers = {name(people[Role.AB], world["merel"]): "5", "sleutel": sleutel.make(user)}
    assert client.get(reverse("inzet")).status_code == 403
    assert client.post(reverse("inzet"), answers).status_code == 403
    there = {"schooljaar": Schooljaar.objects.van(TODAY), "expert": people[Role.AB], "team": world["merel"]}
    made = Inzetafspraak.objects.create(**there, uren=5)
    with closed(user):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Inzetafspraak.objects.create(**there | {"expert": people[Role.TEAM]}, uren=6)
        assert Inzetafspraak.objects.filter(pk=made.pk).update(uren=6) == 0
        assert Inzetafspraak.objects.filter(pk=made.pk).delete()[0] == 0
    assert agreed() == {("Abel", "Team Merel"): 5}


@pytest.fixture
def sight(people, world, vera):
    """{who: whose hours he sees}; one who works in Zuid is there as well."""
    jaar = Schooljaar.objects.van(TODAY)
    for expert, team in [(people[Role.AB], "merel"), (vera, "merel"), (people[Role.EXPERT], "uil")]:
        Inzetafspraak.objects.create(schooljaar=jaar, expert=expert, team=world[team], uren=5)
    zuid = person("cor@ppo.test", "Cor", "Een", (Rol.COORDINATOR, {"kring": world["zuid"]}))

    def sight():
        seen = {}
        for user in [*people.values(), vera, zuid]:
            with closed(user):
                seen[user.voornaam] = sorted(i.expert.voornaam for i in Inzetafspraak.objects.select_related("expert"))
        return seen

    return sight


def test_who_sees_the_hours_of_an_expert(sight):
    """His own, those of his team or kring, and the coördinator of the AED all."""
    assert sight() == {
        "Sam": [], "Olga": ["Abel", "Vera"], "Abel": ["Abel", "Vera"], "Tess": ["Abel", "Vera"], "Eef": ["Eef"],
        "Coen": ["Abel", "Eef", "Vera"], "Gerda": [], "Arie": ["Abel", "Eef", "Vera"], "Dirk": [], "Vera": ["Vera"],
        "Cor": ["Eef"],
    }  # fmt: skip


def test_a_policy_that_lets_everybody_in_is_seen(sight):
    """The broken twin."""
    als_eigenaar("ALTER POLICY mag_select ON schools_inzetafspraak USING (true)")
    assert sight()["Sam"] == ["Abel", "Eef", "Vera"]


def test_the_page_asks_as_much_for_many_experts_as_for_few(kies, people, world, client, django_assert_max_num_queries):
    for n in range(20):
        person(f"ab{n}@aed.test", f"Ab {n}", "Visser", (Rol.AB, {"team": world["uil"]}))
    Kring.objects.bulk_create(Kring(naam=f"Kring {n}") for n in range(20))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("inzet")).status_code == 200
