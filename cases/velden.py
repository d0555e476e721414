"""Which fields of the aanmeldformulier are required of whom: the table of the werkwijze, and nothing else."""

from cases.models import Niveau, Soort

# column: (niveau, soort); V required, o optional, - not asked
COLUMNS = (
    (Niveau.LEERLING, Soort.BASIS), (Niveau.LEERLING, Soort.LICHT), (Niveau.LEERLING, Soort.COMPLEX),
    (Niveau.GROEP, Soort.BASIS), (Niveau.GROEP, Soort.LICHT), (Niveau.SCHOOL, Soort.BASIS),
)  # fmt: skip
TABLE = {
    #                     leerling    groep   school
    #                     b  l  c    b  l    b
    "niveau":            "V  V  V    V  V    V",
    "soort":             "V  V  V    V  V    V",
    "hulpvraag":         "V  V  V    V  V    V",
    "al_gedaan":         "o  V  V    o  V    o",
    "gaat_goed":         "o  o  o    o  o    -",
    "voornaam":          "V  V  V    -  -    -",
    "achternaam":        "V  V  V    -  -    -",
    "geboortedatum":     "V  V  V    -  -    -",
    "groep":             "V  V  V    V  V    -",
    "groep_naam":        "-  -  -    V  V    -",
    "aantal_leerlingen": "-  -  -    o  o    -",
    "leerkracht":        "V  V  V    V  V    -",
    "thema":             "o  o  o    o  o    V",
    "opp":               "o  o  V    -  -    -",
    "andere_setting":    "o  o  V    -  -    -",
    "jeugdhulp":         "-  -  o    -  -    -",
    "voortraject":       "o  o  V    o  o    -",
    "eerder_traject":    "o  o  o    o  o    -",
    "voorkeur_ab":       "-  -  o    -  -    -",
    "groeidocument_url": "o  o  o    -  -    -",
    "ouders_akkoord":    "V  V  V    -  -    -",
    "ouders_akkoord_op": "V  V  V    -  -    -",
}  # fmt: skip
FIELDS = tuple(TABLE)

ONTBREEKT = {
    "niveau": "Kies waar je vraag over gaat.",
    "soort": "Kies welke ondersteuning je zoekt.",
    "thema": "Kies een thema.",
    "hulpvraag": "Schrijf op wat je vraag is.",
    "al_gedaan": "Schrijf op wat de school al deed.",
    "voornaam": "Vul de voornaam van de leerling in.",
    "achternaam": "Vul de achternaam van de leerling in.",
    "geboortedatum": "Vul de geboortedatum in.",
    "groep": "Kies de groep.",
    "groep_naam": "Vul de naam van de groep in.",
    "leerkracht": "Vul in wie de leerkracht is.",
    "opp": "Kies of er een OPP is.",
    "andere_setting": "Kies of een andere onderwijssetting in beeld is.",
    "voortraject": "Kies of er al eerder begeleiding was.",
    "ouders_akkoord": "Vink aan dat de ouders ervan weten. Anders kun je de aanmelding niet versturen.",
    "ouders_akkoord_op": "Vul in wanneer de ouders het goed vonden.",
}


TE_LANG = "Je tekst is {} tekens te lang. Maak de tekst korter."


def asked(niveau, soort):
    """{field: required?} for this kind of aanmelding; only the first two questions while that is not known."""
    if (niveau, soort) not in COLUMNS:
        return {"niveau": True, "soort": True}
    column = COLUMNS.index((niveau, soort))
    marks = {name: row.split()[column] for name, row in TABLE.items()}
    return {name: mark == "V" for name, mark in marks.items() if mark != "-"}


def missing(aanmelding):
    """{field: sentence} of what must still be filled in before it can be sent."""
    niveau, soort = aanmelding.niveau, aanmelding.soort
    if niveau == Niveau.SCHOOL and soort == Soort.LICHT:
        return {"soort": "Lichte ondersteuning gaat over een leerling of een groep."}
    if niveau in {Niveau.SCHOOL, Niveau.GROEP} and soort == Soort.COMPLEX:
        return {"soort": "Complexe ondersteuning gaat over een leerling."}
    required = [name for name, must in asked(niveau, soort).items() if must]
    gaps = {name: ONTBREEKT[name] for name in required if getattr(aanmelding, name) in (None, "", False)}
    return gaps | too_long(aanmelding)


def too_long(aanmelding):
    """{field: sentence} of the texts that a draft keeps but that cannot be sent."""
    limits = {name: aanmelding._meta.get_field(name).max_length for name in ("hulpvraag", "al_gedaan", "gaat_goed")}
    over = {name: len(getattr(aanmelding, name)) - limit for name, limit in limits.items()}
    return {name: TE_LANG.format(number) for name, number in over.items() if number > 0}
