"""How the walls of an OT, its agenda and its afspraken are run into."""

from cases.models import Agendapunt
from cases.models.overleg import DIEP, FASE_EERST
from cases.models.toestemming import WEG
from cases.roles import Role
from tests.walls.ways import GEEN_STAP, GEEN_STATUS, change, no_such_state, twice, without_toestemming


def on_one_agenda(make):
    return {"whole": make["overleg"](), "aanmelding": make["traject"]("waarnemen").aanmelding}


def of_another_school(make, people):
    there, overleg = make["aanmelding"]("opgepakt", school="Het Dal"), make["overleg"]()
    return lambda: make["agendapunt"](whole=overleg, aanmelding=there)


def held_without_a_fase(make, people):
    punt = make["agendapunt"]("gepland")
    return lambda: type(punt.overleg).objects.filter(pk=punt.overleg_id).update(state="gehouden", os_erbij="ja")


def on_the_agenda_after_all(make, people):
    overleg, whole = make["overleg"](), without_toestemming(make).aanmelding
    return lambda: Agendapunt.objects.create(overleg=overleg, aanmelding=whole)


def agreed_after_all(make, people):
    whole = without_toestemming(make).aanmelding
    return lambda: make["afspraak"](aanmelding=whole)


CONSTRAINTS = {
    "overleg_state": (GEEN_STATUS, no_such_state("overleg", "gepland")),
    "overleg_wanneer": ("Vul in op welke dag en hoe laat het OT is.", change("overleg", "gepland", datum=None)),
    "overleg_duur": ("Een OT duurt 10 minuten tot 8 uur.", change("overleg", "gepland", minuten=481)),
    "overleg_os_erbij": (
        "Schrijf op waarom de onderwijsspecialist er niet bij was.", change("overleg", "gehouden", os_erbij="nee"),
    ),
    "agendapunt_een_keer": ("Deze leerling staat al op de agenda.", twice("agendapunt", on_one_agenda)),
    "agendapunt_state": (GEEN_STATUS, no_such_state("agendapunt", "voorbereid")),
    "agendapunt_fase": (FASE_EERST, change("agendapunt", "voorbereid", fase="")),
    "agendapunt_ab": (
        "Schrijf op waarom de ambulant begeleider diep in de casus zit, en wat het doel is.",
        change("agendapunt", "voorbereid", ab=Role.AB),
    ),
    "afspraak_state": (GEEN_STATUS, no_such_state("afspraak", "open")),
    "afspraak_wat": ("Schrijf op wat jullie afspreken.", change("afspraak", "open", wat="")),
}  # fmt: skip
TRIGGERS = {
    "Overleg:pijlen": (GEEN_STAP, change("overleg", "vastgesteld", state="gepland")),
    "Overleg:fase_eerst": (FASE_EERST, held_without_a_fase),
    "Agendapunt:pijlen": (GEEN_STAP, change("agendapunt", "besproken", state="voorbereid")),
    "Agendapunt:met_toestemming": (WEG, on_the_agenda_after_all),
    "Agendapunt:van_de_school": ("Deze leerling is van een andere school.", of_another_school),
    "Agendapunt:ab_diep": (DIEP, change("agendapunt", "voorbereid", ab=Role.TEAM, ab_reden="Elke week")),
    "Afspraak:pijlen": (GEEN_STAP, change("afspraak", "gedaan", state="open")),
    "Afspraak:met_toestemming": (WEG, agreed_after_all),
}
