"""How the walls of an offerte are run into: its lines, its decision and the work that is done for it."""

import datetime

from cases.models import Offerte, Offerteregel, Offertewerk
from cases.roles import Role
from tests.people import TODAY
from tests.walls.ways import GEEN_STAP, GEEN_STATUS, change, new, no_such_state

REGEL = {"uitgave": 1, "omschrijving": "Observatie", "uren": 6, "tarief": 95}
WERK = {"door": Role.AB, "minuten": 60}
YESTERDAY = TODAY - datetime.timedelta(days=1)


def at(state):
    """make -> an offerte in this state, to put something in."""
    return lambda make: {"offerte": make["offerte"](state)}


def without_lines(make, people):
    offerte = make["offerte"](regels=0)
    given = {"state": "uitgebracht", "uitgebracht_op": TODAY, "geldig_tot": TODAY}
    return lambda: Offerte.objects.filter(pk=offerte.pk).update(**given)


CONSTRAINTS = {
    "offerte_state": (GEEN_STATUS, no_such_state("offerte", "uitgebracht")),
    "offerte_vraag": (
        "Schrijf op waar het om gaat. Noem geen namen.", change("offerte", "gevraagd", vraag=""),
    ),
    "offerte_thema": ("Kies het thema van de scholing.", change("offerte", "gevraagd", soort="scholing")),
    "offerte_uitgebracht": (
        "Vul in tot wanneer de offerte geldig is.", change("offerte", "uitgebracht", geldig_tot=YESTERDAY),
    ),
    "offerte_besloten": ("De school beslist over de offerte.", change("offerte", "akkoord", besloten_op=None)),
    "offerte_uitvoerder": ("Kies wie de offerte uitvoert.", change("offerte", "in_uitvoering", uitvoerder=None)),
    "regel_omschrijving": (
        "Schrijf op wat je aanbiedt.", new(Offerteregel, at("gevraagd"), **REGEL | {"omschrijving": ""}),
    ),
    "regel_bedrag": (
        "Vul het aantal uren en het tarief in met cijfers.", new(Offerteregel, at("gevraagd"), **REGEL | {"uren": 0}),
    ),
    "regel_btw": ("Dit btw-tarief bestaat niet.", new(Offerteregel, at("gevraagd"), **REGEL | {"btw": "6"})),
    "regel_kwartier": (
        "Rond de uren af op een kwartier. Bijvoorbeeld 6,25 of 6,5.",
        new(Offerteregel, at("gevraagd"), **REGEL | {"uren": "6.10"}),
    ),
    "offertewerk_duur": ("Kies hoe lang het duurde.", new(Offertewerk, at("in_uitvoering"), **WERK | {"minuten": 0})),
}  # fmt: skip
TRIGGERS = {
    "Offerte:pijlen": (GEEN_STAP, change("offerte", "afgerond", state="in_uitvoering")),
    "Offerte:met_regels": ("Zet eerst een regel in de offerte.", without_lines),
    "Offerte:de_school_beslist": (
        "De school beslist over de offerte.", change("offerte", "uitgebracht", besloten_door=Role.OS),
    ),
    "Offerteregel:uitgebracht_is_uitgebracht": (
        "Een offerte die is uitgebracht, verandert niet. Maak een nieuwe versie.",
        new(Offerteregel, at("uitgebracht"), **REGEL),
    ),
    "Offertewerk:in_uitvoering": (
        "De offerte is nog niet in uitvoering.", new(Offertewerk, at("akkoord"), **WERK),
    ),
}  # fmt: skip
