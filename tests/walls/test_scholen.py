"""Every wall of the hours that are divided has a twin here that runs into it, also for the owner of the tables."""

import pgtrigger
import pytest
from django.db import IntegrityError, transaction

from cases.roles import Role
from schools.models import Inzetafspraak, Middelen, School, Schooldeel, Schooljaar, Verdeeldeel, Verdeling
from tests.alles import als_eigenaar
from tests.people import TODAY

MODELS = [Verdeling, Verdeeldeel, Inzetafspraak, Middelen, Schooldeel]
VAST = "Een vastgestelde verdeling verandert niet. Maak een bijstelling."
SOM = "De delen van de kringen zijn samen niet het totaal."
UREN = "Vul het aantal uren in met cijfers, op een kwartier. Bijvoorbeeld 2760 of 2760,25."
WAAROM = "Schrijf op waarom je de verdeling bijstelt."
COPY = (
    "INSERT INTO schools_verdeling (id, schooljaar_id, versie, state, aed_totaal, vlieger_totaal, waarom, door_id, op)"
    " SELECT gen_random_uuid(), schooljaar_id, {versie}, {state}, 0, 0, 'Anders', door_id, op FROM schools_verdeling"
)
DEEL = (
    "INSERT INTO schools_verdeeldeel (verdeling_id, kring_id, leerlingen, rugzakken, aed, vlieger)"
    " SELECT v.id, (SELECT max(id) FROM schools_kring), 0, 0, 0, 0 FROM schools_verdeling v"
)


def change(fields, model="verdeling"):
    return f"UPDATE schools_{model} SET {fields}"


CONSTRAINTS = {  # name: (sentence, what is there, the statement)
    "verdeling_een_per_versie": (
        "Deze versie van de verdeling is er al.", "vast", COPY.format(versie="versie", state="'concept'"),
    ),
    "verdeling_een_concept": (
        "Er is al een verdeling die concept is.", "concept", COPY.format(versie=2, state="state"),
    ),
    "verdeling_een_vastgesteld": (
        "Er is al een verdeling die geldt.", "vast", COPY.format(versie=2, state="state"),
    ),
    "verdeling_state": ("Deze status bestaat niet.", "concept", change("state = 'zoek'")),
    "verdeling_uren": (UREN, "concept", change("aed_totaal = 2760.10")),
    "verdeling_waarom": (WAAROM, "concept", change("versie = 2")),
    "verdeeldeel_een_per_kring": ("Elke kring staat één keer in een verdeling.", "concept", DEEL),
    "verdeeldeel_uren": (UREN, "concept", change("aed = aed + 0.10", "verdeeldeel")),
    "inzetafspraak_een_keer": (
        "De uren van deze expert in dit team staan er al.", "afspraak",
        "INSERT INTO schools_inzetafspraak (schooljaar_id, expert_id, team_id, uren)"
        " SELECT schooljaar_id, expert_id, team_id, 1 FROM schools_inzetafspraak",
    ),
    "inzetafspraak_uren": (
        "Vul het aantal uren in met cijfers, op een kwartier. Bijvoorbeeld 320 of 320,25.", "afspraak",
        change("uren = 0", "inzetafspraak"),
    ),
    "schooldeel_een_per_school": (
        "Elke school heeft één schooldeel in een schooljaar.", "schooldeel",
        "INSERT INTO schools_schooldeel (middelen_id, school_id, bedrag) SELECT middelen_id, school_id, 1"
        " FROM schools_schooldeel",
    ),
}  # fmt: skip
TRIGGERS = {
    "Verdeling:vast": (VAST, "vast", change("waarom = 'Anders'")),
    "Verdeling:opgeteld": (SOM, "concept", change("aed_totaal = 2761")),
    "Verdeeldeel:vast": (VAST, "vast", change("aed = aed - 1 WHERE aed > 1", "verdeeldeel")),
    "Verdeeldeel:opgeteld": (SOM, "concept", "DELETE FROM schools_verdeeldeel"),
    "Inzetafspraak:in_team": (
        "Kies een ambulant begeleider of een expert SBO die dit schooljaar in dit team zit.",
        "afspraak",
        change("team_id = (SELECT id FROM schools_expertteam WHERE naam = 'Team Uil')", "inzetafspraak"),
    ),
}
WALLS = {c.name: str(c.violation_error_message) for m in MODELS for c in m._meta.constraints}


def refusal(statement):
    """(constraint, sentence) of what the database says to this; nothing when it lets it pass."""
    try:
        with transaction.atomic():
            als_eigenaar(statement)
            als_eigenaar("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except IntegrityError as error:
        said = error.__cause__.diag
        return said.constraint_name or "", WALLS.get(said.constraint_name, said.message_primary)
    return "", ""


@pytest.fixture
def afspraak(people, world):
    """Hours of Abel in his team."""
    jaar = Schooljaar.objects.van(TODAY)
    return lambda: Inzetafspraak.objects.create(schooljaar=jaar, expert=people[Role.AB], team=world["merel"], uren=320)


@pytest.fixture
def schooldeel(world):
    middelen = Middelen.objects.create(schooljaar=Schooljaar.objects.van(TODAY), per_leerling=10_000)
    berg = School.objects.get(naam="De Berg")
    return lambda: Schooldeel.objects.create(middelen=middelen, school=berg, bedrag=250_000)


@pytest.fixture
def there(request):
    """A concept of the worked example, one that was fixed, or another row that lacks nothing."""

    def make(what):
        request.getfixturevalue(what)()
        als_eigenaar("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction, is looked at now
        als_eigenaar("SET CONSTRAINTS ALL DEFERRED")

    return make


def test_every_wall_has_a_twin_and_every_twin_a_wall():
    assert set(CONSTRAINTS) == set(WALLS)
    assert set(TRIGGERS) == {f"{m.__name__}:{t.name}" for m, t in pgtrigger.registered() if m in MODELS}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_constraint_refuses_with_its_own_sentence(there, name):
    text, what, statement = CONSTRAINTS[name]
    there(what)
    assert refusal(statement) == (name, text)


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_trigger_refuses_with_its_own_sentence_and_without_it_nothing_does(there, name):
    text, what, statement = TRIGGERS[name]
    there(what)
    assert refusal(statement)[1] == text
    with pgtrigger.ignore(f"schools.{name}"):
        assert refusal(statement)[1] != text


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM schools_verdeling", change("state = 'concept'"), change("state = 'bijgesteld', aed_totaal = 1"),
     change("state = 'vastgesteld'"), DEEL, "DELETE FROM schools_verdeeldeel"],
)  # fmt: skip
def test_a_fixed_version_is_not_changed_removed_or_opened_again(there, statement):
    there("vast")
    assert refusal(statement)[1] == VAST


@pytest.mark.parametrize("what", ["vast", "concept", "afspraak", "schooldeel"])
def test_what_the_twins_start_from_is_refused_by_nothing(there, what):
    there(what)
    assert refusal("SELECT 1 AS ok") == ("", "")
