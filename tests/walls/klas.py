"""How the walls of Expertise in de klas are run into: its voorwaarden, its dagdelen and the pot of the kring."""

from cases.models import Dagdeel, Voorwaarde
from cases.models.klas import MEER_DAN_ACHT, TE_LANG, TE_VEEL, VOORWAARDEN
from cases.models.pot import VERDEELD
from cases.models.toestemming import WEG
from cases.roles import Role
from tests.people import TODAY, pot
from tests.walls.ways import GEEN_STAP, GEEN_STATUS, change, new, no_such_state, twice, without_toestemming


def no_group(make, people):
    whole = make["traject"]("waarnemen")
    return lambda: make["expertiseindeklas"](whole=whole)


def proposed_after_all(make, people):
    whole = without_toestemming(make, "lopend", "licht", uitvoerder=people[Role.AB], niveau="groep")
    return lambda: make["expertiseindeklas"](whole=whole)


def after(dagdelen, **fields):
    """One dagdeel more, in a klas that has these many."""

    def breach(make, people):
        klas = make["expertiseindeklas"]("lopend", **fields)
        for _ in range(dagdelen):
            make["dagdeel"](whole=klas)
        return lambda: make["dagdeel"](whole=klas)

    return breach


def beyond_the_pot(make, people):
    klas = make["expertiseindeklas"]("lopend")
    pot(klas.aanmelding.school.team.kring, uren=2)
    return lambda: Dagdeel.objects.create(klas=klas, datum=TODAY, minuten=180, werkwijze="coaching")


def group(make):
    return {"whole": make["expertiseindeklas"]("gestopt").traject}


CONSTRAINTS = {
    "voorwaarde_tekst": ("Schrijf de voorwaarde op.", new(Voorwaarde, lambda make: {}, tekst="")),
    "klas_een_lopend": ("Er is al Expertise in de klas bij dit traject.", twice("expertiseindeklas", group)),
    "klas_state": (GEEN_STATUS, no_such_state("expertiseindeklas", "lopend")),
    "klas_motivering": (
        "Schrijf op waarom dit een uitzondering is.", change("expertiseindeklas", "voorgesteld", motivering=""),
    ),
    "klas_voorwaarden": (VOORWAARDEN, change("expertiseindeklas", "getoetst", akkoord_os=None)),
    "klas_resultaat": ("Schrijf op wat het opleverde.", change("expertiseindeklas", "afgerond", resultaat="")),
    "dagdeel_state": (GEEN_STATUS, no_such_state("dagdeel", "gepland")),
    "dagdeel_duur": (TE_LANG, change("dagdeel", "gepland", minuten=181)),
    "dagdeel_gegeven": (
        "Een dagdeel dat gegeven is, is een contact met uren.", change("dagdeel", "gegeven", contact=None),
    ),
}  # fmt: skip
TRIGGERS = {
    "ExpertiseInDeKlas:pijlen": (GEEN_STAP, change("expertiseindeklas", "gestopt", state="voorgesteld")),
    "ExpertiseInDeKlas:met_toestemming": (WEG, proposed_after_all),
    "ExpertiseInDeKlas:een_groep": (
        "Expertise in de klas is voor een groep, en een ambulant begeleider voert het uit.", no_group,
    ),
    "Dagdeel:pijlen": (GEEN_STAP, change("dagdeel", "vervallen", state="gepland")),
    "Dagdeel:acht": (MEER_DAN_ACHT, after(8)),
    "Dagdeel:twaalf": (TE_VEEL, after(12, meer_dan_acht="Twee groepen")),
    "Dagdeel:pot": (VERDEELD, beyond_the_pot),
}  # fmt: skip
