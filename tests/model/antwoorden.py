"""What somebody may fill in with a step: for each question the answers to choose from, days counted from today."""

from tests.model.werkwijze import MENSEN, TEAM, is_

MENS = {"ab", "uitvoerder", "kort_overleg_met", "aan", "expert", "wie"}
DAG = {"datum", "op", "wanneer", "geldig_tot", "verwachte_einddatum"}  # and whatever ends in _op
GEWOON = {  # one answer, that is always right
    "eerste_contact_met": "Sam", "vraag": "Wat?", "antwoord": "Dit.", "gesprek_wie": "Wie", "gesprek_inzet": "2 uur",
    "gesprek_offerte": "nee", "doel": "Zelf beginnen", "afgerond_reden": "school", "afgerond_toelichting": "Zelf.",
    "overdracht_tekst": "Alles.", "bevinding": "Iets.", "onderwijsbehoeften": "Rust.", "afspraken": "Wie.",
    "tekst": "Zo.", "doel_behaald": "ja", "opbrengst": "Rust.", "uitzondering": "Klein.", "expertise": "Motoriek",
    "partij": "Buurtteam", "motivering": "Drie keer.", "fase": "plannen", "ab_reden": "Elke week.", "wat": "Maatje",
    "setting": "sbo", "instelling": "De Vlieger", "meer_dan_acht": "Groot.", "resultaat": "Rust.",
    "omschrijving": "Kijken", "uren": 2, "tarief": 95, "btw": "0", "verwachte_einddatum": 30,
}  # fmt: skip


def antwoorden(w, x, naam, straks, gisteren):
    """{question: answers}; the first of them is a good one, mostly."""
    stap = f"{x.kind}.{naam}"
    if stap in VAN_EEN_STAP:
        return VAN_EEN_STAP[stap](w, x, straks, gisteren)
    return MEER.get(naam, lambda w, x: {})(w, x)


def team(x, *rollen):
    school = x.school if hasattr(x, "school") else x.a.school
    return [p for p in MENSEN for rol in rollen if is_(rol, p, TEAM[school])]


def iemand(x):
    """Who may do what was agreed in an OT, and some who have nothing to do with it."""
    return [*filter(None, [x.a.ab]), *team(x, "os"), x.a.door, "dirk", "vera"]


def duren(*soorten):
    return {"soort": [*soorten], "minuten": [60, 0, 90], "notitie": ["", "Ziek."]}


OFFERTE = {"soort": ["groep", "scholing"], "thema": ["", "klimaat"]}
WERK = {"minuten": [180, 181, 60, 120], "werkwijze": ["coteaching", "coaching"]}
DIENST = {"datum": [0], "tijd": ["15:00"], "minuten": [60]}
VAN_EEN_STAP = {
    "aanmelding.beschrijven": lambda w, x, s, g: {"hulpvraag": ["Hoe?", "Hoe?", ""], "ouders_akkoord": [True],
                                                  "ouders_akkoord_op": [-30]},
    "aanmelding.doorzetten": lambda w, x, s, g: OFFERTE,
    "aanmelding.toestemming_weg": lambda w, x, s, g: {"toestemming_weg_op": [0, -1]},
    "traject.offerte": lambda w, x, s, g: OFFERTE,
    "traject.overleg": lambda w, x, s, g: {"kort_overleg_met": team(x, "os"), "voortraject": [False, True]},
    "traject.bezoek": lambda w, x, s, g: duren("observatie", "bezoek", "niet_door") | {"datum": [0, g]},
    "traject.leerlinggesprek": lambda w, x, s, g: {"gesprek_doel": ["sterk", "vaardigheden"], "minuten": [30]},
    "traject.jeugdhulp": lambda w, x, s, g: {"op": [0], "ouders_akkoord_op": [0, 1]},
    "traject.afsluiten_ab": lambda w, x, s, g: {"afschrift_ouders_op": [0, None], "afschrift_reden": ["", "Wil niet"]},
    "contactmoment.wijzigen": lambda w, x, s, g: duren("bezoek", "niet_door", "leerlinggesprek"),
    "expertiseindeklas.dagdeel": lambda w, x, s, g: WERK | {"datum": [0, s]},
    "dagdeel.verzetten": lambda w, x, s, g: WERK | {"datum": [0, s]},
    "overleg.verslag": lambda w, x, s, g: {"verslag": ["Besproken.", ""]},
    "offerte.uitbrengen": lambda w, x, s, g: {"geldig_tot": [30, -1]},
    "offerte.werk": lambda w, x, s, g: {"minuten": [60]},
}  # fmt: skip
MEER = {
    "toewijzen": lambda w, x: {"ab": team(x, "ab")},
    "gesprek": lambda w, x: {"ab": team(x, "ab")},
    "starten_basis": lambda w, x: {"uitvoerder": team(x, "os", "ab")},
    "starten_licht": lambda w, x: {"uitvoerder": team(x, "os", "ab")},
    "soort_wijzigen": lambda w, x: {"soort": ["licht", "complex", "basis"]},
    "overnemen": lambda w, x: {"uitvoerder": team(x, "ab")},
    "consult": lambda w, x: {"aan": ["gerda"]},
    "betrekken": lambda w, x: {"expert": ["eef", "abel", "tess"]},
    "agenderen": lambda w, x: {"aanmelding": [a for a in w.alle("aanmelding") if a.verstuurd]},
    "verplaatsen": lambda w, x: DIENST,
    "houden": lambda w, x: {"os_erbij": ["ja", "nee"], "os_reden": ["", "Ziek."]},
    "afspreken": lambda w, x: {"wie": iemand(x)},
    "uitvoeren": lambda w, x: {"uitvoerder": team(x, "ab")},
}
