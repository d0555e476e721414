"""The rules of the source documents: each has a test that carries its number, and some are shown here."""

import ast
import re
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from cases.models import Afspraak, Agendapunt, Consult, Contactmoment, ExpertiseInDeKlas, Route, Soort, Traject
from cases.models.keuzes import Werk
from cases.roles import Role
from cases.workflow import AANMELDING, FLOWS, TRAJECT
from schools.models import Expertteam, Rol, School
from schools.models.mensen import Organisatie
from tests.people import person

HERE = Path(__file__).parent
BACKGROUND = {  # nothing that a product can show
    "A-0": "what PPO strives for",
    "A-5": "how the money is divided",
    "A-10": "numbers of 2014",
    "A-14": "who the AED is made of",
    "A-15": "what the AED did until 2014, and in which regions",
}
OF_THE_KRING = {  # proved where the kring and its year are: dividing the hours, the afstemming, the report
    "A-8": "the report of a year",
    "A-16": "the six goals are lines of that report",
    "A-22": "the report of a year",
    "A-27": "what the AED sees of its own experts",
}
B = (1, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26)  # the source skips numbers
RULES = {f"A-{n}" for n in range(33)} | {f"B-{n}" for n in B}
APPROVAL = ("goedgekeurd", "afgewezen", "beschikking", "toekenning", "indicatie", "arrangement")


def unproved(sources):
    """The rules that no test in these sources is marked with."""
    marks = [call for source in sources for call in re.findall(r"@pytest\.mark\.regel\(([^)]*)\)", source)]
    return sorted(
        RULES
        - BACKGROUND.keys()
        - OF_THE_KRING.keys()
        - {rule for call in marks for rule in re.findall(r'"([AB]-\d+)"', call)}
    )


def test_every_rule_has_a_test_that_is_marked_with_it():
    assert unproved(path.read_text() for path in HERE.rglob("test_*.py")) == []


def test_what_needs_no_test_is_a_rule_and_is_not_named_twice():
    assert BACKGROUND.keys() | OF_THE_KRING.keys() < RULES
    assert BACKGROUND.keys() & OF_THE_KRING.keys() == set()


def test_a_rule_without_a_test_is_named():
    """The broken twin."""
    assert unproved(f'@pytest.mark.regel("{rule}")' for rule in RULES if rule != "B-14") == ["B-14"]


def words_for_people():
    """{where: text} of what people may come to read: templates, and the strings in the code but for docstrings."""
    root = HERE.parent
    found = {str(path.relative_to(root)): path.read_text() for path in (root / "templates").rglob("*.*")}
    for app in ("cases", "schools", "expertteam"):
        for path in (root / app).rglob("*.py"):
            tree = ast.parse(path.read_text())
            docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
            texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs]
            found[str(path.relative_to(root))] = " ".join(text for text in texts if isinstance(text, str))
    return found


def of_approval(texts):
    return sorted((where, word) for where, text in texts.items() for word in APPROVAL if word in text.lower())


@pytest.mark.regel("A-6", "A-12")
def test_nobody_ever_reads_of_approval():
    assert of_approval(words_for_people()) == []


def test_a_word_of_approval_would_be_found():
    """The broken twin."""
    assert of_approval({"x.html": "Het arrangement is afgewezen."}) == [
        ("x.html", "afgewezen"),
        ("x.html", "arrangement"),
    ]
    assert len(words_for_people()) > 60


@pytest.mark.regel("A-12")
def test_no_step_and_no_state_is_an_approval():
    assert {str(s) for s in AANMELDING.model.State} == {
        "concept", "ingediend", "opgepakt", "gestart", "doorgezet", "afgerond", "ingetrokken"
    }  # fmt: skip
    assert [
        name for flow in FLOWS.values() for name in flow.steps if re.search("keur|besluit|beoordeel|wijs_af", name)
    ] == []


@pytest.mark.regel("A-17")
def test_a_team_serves_one_kring_and_a_school_has_at_most_one_team(world):
    assert {str(team): str(team.kring) for team in Expertteam.objects.all()} == {
        "Team Merel": "Noord", "Team Spreeuw": "Noord", "Team Uil": "Zuid"
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Expertteam.objects.create(naam="Team Nergens")
    assert School._meta.get_field("team").many_to_one
    assert School.objects.get(naam="Het Eiland").team is None


@pytest.mark.regel("A-9")
def test_a_kring_is_its_schools_by_way_of_their_teams(world):
    schools = School.objects.filter(team__kring=world["noord"]).order_by("naam")
    assert [school.naam for school in schools] == ["De Beek", "De Berg", "Het Dal"]


@pytest.mark.regel("A-23", "A-26")
def test_the_experts_have_three_employers(world):
    assert [o for o in Organisatie.labels if o != "School"] == ["PPO", "AED", "SBO de Vlieger"]
    team = {"team": world["merel"]}
    for naam, rol, organisatie in [("Os", Rol.OS, "ppo"), ("Ab", Rol.AB, "aed"), ("Bo", Rol.SBO, "vlieger")]:
        person(f"{organisatie}@x.test", naam, "Expert", (rol, team), organisatie=organisatie)
    found = world["merel"].aanstellingen.values_list("rol", "user__organisatie")
    assert set(found) == {("os", "ppo"), ("ab", "aed"), ("sbo", "vlieger")}


@pytest.mark.regel("B-11")
def test_complex_intensief_and_zwaar_are_one_soort():
    assert Soort.values == ["basis", "licht", "complex"]


@pytest.mark.regel("A-24", "B-11", "B-7")
def test_basis_and_licht_go_to_the_onderwijsspecialist_and_only_complex_to_the_team(make, people):
    for soort in Soort:
        sent = make["aanmelding"]("ingediend", soort)
        told = {user for role in AANMELDING.steps["indienen"].tells for user in sent.RELATIONS[role].people(sent)}
        team = {people[Role.AB], people[Role.TEAM]} if soort == Soort.COMPLEX else set()
        assert told == {people[Role.OS]} | team


@pytest.mark.regel("B-12")
def test_what_is_done_is_for_the_adults_around_the_leerling():
    """There is no kind of contact in which a leerling is trained; a leerlinggesprek has its own rules (B-13)."""
    assert Werk.labels == [
        "Bezoek", "Observatie", "Overleg", "Oudergesprek", "Telefoon of mail", "Verslag", "Ging niet door",
        "Leerlinggesprek", "Co-teaching", "Coaching op de werkvloer",
    ]  # fmt: skip


@pytest.mark.regel("A-21")
def test_everything_hangs_on_a_hulpvraag(make):
    sent = make["aanmelding"]("ingediend", "basis")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(sent).objects.update(hulpvraag="")
    parts = {Traject: "aanmelding", Contactmoment: "traject", Route: "aanmelding", Agendapunt: "aanmelding",
             Afspraak: "aanmelding", Consult: "traject", ExpertiseInDeKlas: "traject"}  # fmt: skip
    assert {model.__name__ for model, field in parts.items() if model._meta.get_field(field).null} == set()


@pytest.mark.regel("B-25")
def test_both_advise_and_each_leads_his_own_half():
    assert TRAJECT.steps["procesadvies"].by == {Role.OS, Role.AB, Role.EXPERT}
    for inhoud in ("waargenomen", "begrepen", "plannen", "terug_waarnemen", "afsluiten_ab"):
        assert TRAJECT.steps[inhoud].by == {Role.AB}
    assert TRAJECT.steps["overdragen"].by == AANMELDING.steps["soort_wijzigen"].by == {Role.OS}


@pytest.mark.regel("B-3")
def test_basis_is_for_school_groep_and_leerling(make, people):
    for niveau, soort in [("school", "basis"), ("groep", "basis"), ("leerling", "basis")]:
        sent = make["aanmelding"]("opgepakt", soort, niveau=niveau)
        AANMELDING.take("starten_basis", sent.pk, people[Role.OS], doel="Rust", uitvoerder=people[Role.OS])
        assert sent.trajecten.get().state == "lopend"
