"""How each constraint is run into: {name: (what the database says, how)}. Here of a dossier; the rest by object."""

import datetime

from cases.models import Traject
from cases.roles import Role
from tests.people import TODAY
from tests.walls import aanbod, afstemming, bewaren, klas, offerte, overleg, rond_traject, stukken, verhaal
from tests.walls.ways import GEEN_STATUS, change, no_such_state


def second_traject(make, people):
    first = make["traject"]("lopend", "licht")
    return lambda: Traject.objects.create(
        aanmelding=first.aanmelding, soort="licht", state="lopend", uitvoerder=people[Role.OS], doel="Nog een",
        verwachte_einddatum=TODAY,
    )  # fmt: skip


def licht_in_voorbereiding(make, people):
    whole = make["aanmelding"]("opgepakt", "licht")
    return lambda: Traject.objects.create(
        aanmelding=whole, soort="licht", state="voorbereiding", uitvoerder=people[Role.OS], doel="Rust",
        verwachte_einddatum=TODAY,
    )  # fmt: skip


CONSTRAINTS = {
    "aanmelding_state": (GEEN_STATUS, no_such_state("aanmelding", "ingediend")),
    "aanmelding_nummer": (
        "Een verstuurde aanmelding heeft een nummer.",
        change("aanmelding", "concept", "licht", nummer="26-9999"),
    ),
    "aanmelding_volledig": (
        "Vul eerst in waar de vraag over gaat, welke ondersteuning het is en wat jullie vraag is.",
        change("aanmelding", "ingediend", "licht", hulpvraag=""),
    ),
    "aanmelding_licht": (
        "Lichte ondersteuning gaat over een leerling of een groep.",
        change("aanmelding", "ingediend", "licht", niveau="school"),
    ),
    "aanmelding_complex": (
        "Complexe ondersteuning gaat over een leerling.",
        change("aanmelding", "ingediend", "complex", niveau="groep"),
    ),
    "aanmelding_leerling": (
        "Vul eerst de naam en de geboortedatum van de leerling in.",
        change("aanmelding", "ingediend", "licht", geboortedatum=None),
    ),
    "aanmelding_ouders": (
        "Vink aan dat de ouders ervan weten. Anders kun je de aanmelding niet versturen.",
        change("aanmelding", "ingediend", "licht", ouders_akkoord=False),
    ),
    "aanmelding_eerste_contact": (
        "Leg eerst het eerste contact met de school vast.",
        change("aanmelding", "opgepakt", "licht", eerste_contact_op=None),
    ),
    "aanmelding_gesprek": (
        "Leg van het OS-AB gesprek vast: wanneer, met wie, wie wat doet, welke inzet, offerte ja of nee.",
        change("aanmelding", "opgepakt", "licht", gesprek_offerte=""),
    ),
    "aanmelding_afgerond": (
        "Kies hoe de aanmelding is afgerond en schrijf er één regel bij.",
        change("aanmelding", "opgepakt", "licht", state="afgerond"),
    ),
    "traject_een_lopend": ("Er loopt al een traject bij deze aanmelding.", second_traject),
    "traject_state": ("Deze status past niet bij deze ondersteuning.", licht_in_voorbereiding),
    "traject_kort_overleg": (
        "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast.",
        change("traject", "waarnemen", "complex", kort_overleg_op=None),
    ),
    "traject_overdracht": (
        "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast.",
        change("traject", "waarnemen", "complex", voortraject=True),
    ),
    "traject_overdracht_heel": (
        "Leg van de overdracht vast: wanneer, door wie, en wat er al bekend is.",
        change("traject", "voorbereiding", "complex", overdracht_op=TODAY),
    ),
    "traject_waarnemen": ("Rond eerst waarnemen af.", change("traject", "begrijpen", "complex", bevinding="")),
    "traject_begrijpen": (
        "Rond eerst waarnemen en begrijpen af.",
        change("traject", "plannen", "complex", onderwijsbehoeften=""),
    ),
    "traject_begrijpen_na_waarnemen": (
        "Rond eerst waarnemen af.",
        change("traject", "waarnemen", "complex", begrijpen_afgerond_op=TODAY),
    ),
    "traject_waarnemen_op_voortraject": (
        "Neem eerst de overdracht in ontvangst.",
        change("traject", "begrijpen", "complex", waarnemen_op_voortraject=True),
    ),
    "traject_kortdurend": (
        "Vul in wanneer het klaar is. Lichte ondersteuning is altijd kortdurend.",
        change("traject", "lopend", "licht", verwachte_einddatum=None),
    ),
    "traject_doel": ("Schrijf op wat het doel is.", change("traject", "lopend", "basis", doel="")),
    "traject_opbrengst": (
        "Vul in of het doel behaald is en wat het opleverde.",
        change("traject", "evaluatie", "licht", state="afgesloten"),
    ),
    "traject_afschrift": (
        "Leg vast wanneer de ouders een afschrift van het advies kregen.",
        change("traject", "afgesloten", "complex", afschrift_ouders_op=None),
    ),
    "contact_state": (GEEN_STATUS, no_such_state("contactmoment", "geboekt")),
    "contact_duur": ("Kies hoe lang het duurde.", change("contactmoment", "geboekt", "complex", minuten=0)),
    "contact_niet_door": (
        "Schrijf op waarom het niet doorging.",
        change("contactmoment", "geboekt", "complex", soort="niet_door", minuten=0),
    ),
    "aanmelding_opp": (
        "Een OPP wordt eerst vastgesteld en daarna geëvalueerd.",
        change("aanmelding", "ingediend", "complex", opp_vastgesteld_op=TODAY, opp_evaluatie_op=TODAY),
    ),
    "aanmelding_toestemming": (
        "Toestemming die er niet was, kan niet worden ingetrokken.",
        change("aanmelding", "ingediend", "complex", toestemming_weg_op=TODAY - datetime.timedelta(days=1)),
    ),
}
for kind in (stukken, overleg, rond_traject, klas, offerte, afstemming, aanbod, verhaal, bewaren):
    CONSTRAINTS |= kind.CONSTRAINTS
EMPTY = {  # what is compared is left empty: that is no way around a wall
    "aanmelding_opp": change("aanmelding", "ingediend", opp_evaluatie_op=TODAY),
    "aanmelding_toestemming": change(
        "aanmelding", "ingediend", "licht", niveau="groep", ouders_akkoord_op=None, toestemming_weg_op=TODAY
    ),
    "bijlage_akkoord_ingetrokken": stukken.file(verslag=True, akkoord_ingetrokken_op=TODAY),
    "offerte_uitgebracht": change("offerte", "uitgebracht", geldig_tot=None),
    "route_tlv": change("route", "loopt", tlv_afgegeven_op=TODAY),
}
