"""The walls of an aanmelding: what the database refuses, and the sentence it refuses with."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.base import filled, has_role, present, refuse, wall, written
from cases.models.keuzes import Niveau, Soort

STATES = ("concept", "ingediend", "opgepakt", "gestart", "doorgezet", "afgerond", "ingetrokken")
CONCEPT, INGEDIEND, OPGEPAKT, GESTART, DOORGEZET, AFGEROND, INGETROKKEN = STATES


class State(models.TextChoices):
    CONCEPT = CONCEPT, "Concept"
    INGEDIEND = INGEDIEND, "Verstuurd"
    OPGEPAKT = OPGEPAKT, "Opgepakt"
    GESTART = GESTART, "Traject gestart"
    DOORGEZET = DOORGEZET, "Op offerte doorgezet"
    AFGEROND = AFGEROND, "Afgerond zonder traject"
    INGETROKKEN = INGETROKKEN, "Ingetrokken"


CONSTRAINTS = [
    wall("aanmelding_state", Q(state__in=STATES), "Deze status bestaat niet."),
    wall(
        "aanmelding_nummer",
        Q(state=CONCEPT, nummer=None)
        | Q(state=INGETROKKEN)
        | (present("nummer", "schooljaar", "ingediend_op") & ~Q(state=CONCEPT)),
        "Een verstuurde aanmelding heeft een nummer.",
    ),
    wall(
        "aanmelding_volledig",
        Q(nummer=None) | filled("niveau", "soort", "hulpvraag"),
        "Vul eerst in waar de vraag over gaat, welke ondersteuning het is en wat jullie vraag is.",
    ),
    wall(
        "aanmelding_licht",
        Q(nummer=None) | ~Q(soort=Soort.LICHT) | Q(niveau__in=[Niveau.LEERLING, Niveau.GROEP]),
        "Lichte ondersteuning gaat over een leerling of een groep.",
    ),
    wall(
        "aanmelding_complex",
        Q(nummer=None) | ~Q(soort=Soort.COMPLEX) | Q(niveau=Niveau.LEERLING),
        "Complexe ondersteuning gaat over een leerling.",
    ),
    wall(
        "aanmelding_leerling",
        Q(nummer=None) | ~Q(niveau=Niveau.LEERLING) | (filled("voornaam", "achternaam") & present("geboortedatum")),
        "Vul eerst de naam en de geboortedatum van de leerling in.",
    ),
    wall(
        "aanmelding_ouders",
        Q(nummer=None) | ~Q(niveau=Niveau.LEERLING) | (Q(ouders_akkoord=True) & present("ouders_akkoord_op")),
        "Vink aan dat de ouders ervan weten. Anders kun je de aanmelding niet versturen.",
    ),
    wall(
        "aanmelding_eerste_contact",
        ~Q(state__in=[OPGEPAKT, GESTART, DOORGEZET, AFGEROND])
        | (present("eerste_contact_op") & filled("eerste_contact_met")),
        "Leg eerst het eerste contact met de school vast.",
    ),
    wall(
        "aanmelding_gesprek",
        Q(gesprek_op=None, gesprek_wie="", gesprek_inzet="", gesprek_offerte="")
        | (present("gesprek_op", "ab") & filled("gesprek_wie", "gesprek_inzet", "gesprek_offerte")),
        "Leg van het OS-AB gesprek vast: wanneer, met wie, wie wat doet, welke inzet, offerte ja of nee.",
    ),
    wall(
        "aanmelding_afgerond",
        (Q(state=AFGEROND) & filled("afgerond_reden", "afgerond_toelichting"))
        | (~Q(state=AFGEROND) & Q(afgerond_reden="", afgerond_toelichting="")),
        "Kies hoe de aanmelding is afgerond en schrijf er één regel bij.",
    ),
    wall(
        "aanmelding_opp",
        Q(opp_evaluatie_op=None) | present("opp_vastgesteld_op") & Q(opp_evaluatie_op__gt=F("opp_vastgesteld_op")),
        "Een OPP wordt eerst vastgesteld en daarna geëvalueerd.",
    ),
    wall(
        "aanmelding_toestemming",
        Q(toestemming_weg_op=None) | present("ouders_akkoord_op") & Q(toestemming_weg_op__gte=F("ouders_akkoord_op")),
        "Toestemming die er niet was, kan niet worden ingetrokken.",
    ),
]

BLIJFT = "NEW.{0} IS DISTINCT FROM OLD.{0}"
TRIGGERS = [
    refuse(
        "blijft",
        f"{BLIJFT.format('school_id')} OR {BLIJFT.format('door_id')} OR (OLD.nummer IS NOT NULL AND"
        f" ({BLIJFT.format('nummer')} OR {BLIJFT.format('schooljaar_id')} OR {BLIJFT.format('ingediend_op')}))",
        "De school, de IB-er en het nummer van een aanmelding blijven zoals ze zijn.",
        pgtrigger.Update,
    ),
    refuse(
        "initiatief",
        f"{written('door_id', 'school_id')} AND NOT {has_role('NEW.door_id', 'ib', 'x.school_id = NEW.school_id')}",
        "Het initiatief ligt bij de IB-er van de school.",
    ),
    refuse(
        "traject_eerst",
        f"NEW.state = 'gestart' AND NEW.soort = 'complex' AND {written('state')} AND NOT EXISTS (SELECT 1 FROM"
        " cases_traject t WHERE t.aanmelding_id = NEW.id AND t.state NOT IN ('voorbereiding', 'gestopt'))",
        "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast.",
    ),
]
