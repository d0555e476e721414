"""How a run may begin: steps that bring dossiers somewhere. They are checked like any other step."""


def dossier(wie, school, niveau, soort, **meer):
    return [(wie, "aanmelding", "nieuw", {"school": school, "niveau": niveau, "soort": soort, **meer})]


def begonnen(wie="abel"):
    """A complex traject in waarnemen."""
    return [
        *dossier("sam", "Berg", "leerling", "complex"),
        ("sam", "aanmelding", "indienen"),
        (wie, "aanmelding", "oppakken_ab"),
        (wie, "traject", "overleg", {"kort_overleg_met": "olga", "voortraject": False}),
        (wie, "traject", "starten"),
    ]


ONDERWEG = [
    *begonnen(),
    ("abel", "traject", "bezoek", {"soort": "observatie", "minuten": 60}),
    ("abel", "traject", "waargenomen"),
    ("abel", "traject", "begrepen"),
    ("abel", "traject", "plannen"),
]
GROEP = [
    *dossier("sam", "Berg", "groep", "licht"),
    ("sam", "aanmelding", "indienen"),
    ("olga", "aanmelding", "oppakken"),
    ("olga", "aanmelding", "gesprek", {"ab": "tess"}),
    ("olga", "aanmelding", "starten_licht", {"uitvoerder": "tess"}),
]
KLAS = [
    *GROEP,
    ("olga", "traject", "klas"),
    ("olga", "expertiseindeklas", "akkoord_os"),
    ("tess", "expertiseindeklas", "akkoord_ab"),
    ("tess", "expertiseindeklas", "starten"),
]
KORT = {"minuten": 30, "werkwijze": "coteaching"}
LICHT = [
    *dossier("dirk", "Dal", "leerling", "licht", setting=True),
    ("dirk", "aanmelding", "indienen"),
    ("olga", "aanmelding", "oppakken"),
    ("olga", "aanmelding", "gesprek", {"ab": "abel"}),
]
OFFERTE = [
    *dossier("bea", "Beek", "groep", "basis"),
    ("bea", "aanmelding", "indienen"),
    ("otto", "aanmelding", "oppakken"),
    ("otto", "aanmelding", "doorzetten", {"soort": "groep"}),
    ("arie", "offerte", "regel"),
]
BEGIN = {
    "vers": [
        *dossier("sam", "Berg", "leerling", "complex", setting=True),
        *dossier("dirk", "Dal", "leerling", "licht"),
        *dossier("bea", "Beek", "school", "basis"),
        *dossier("bea", "Beek", "groep", "complex"),
    ],
    "verstuurd": [
        *dossier("bea", "Beek", "leerling", "complex"),
        ("bea", "aanmelding", "indienen"),
        *dossier("sam", "Berg", "leerling", "complex", setting=True),
        ("sam", "aanmelding", "indienen"),
    ],
    "licht": [
        *dossier("dirk", "Dal", "groep", "licht"),
        ("dirk", "aanmelding", "indienen"),
        ("olga", "aanmelding", "oppakken"),
        *LICHT,
    ],
    "voortraject": [
        *LICHT,
        ("olga", "aanmelding", "starten_licht", {"uitvoerder": "olga"}),
        ("olga", "traject", "omzetten"),
        ("dirk", "aanmelding", "beschrijven", {"hulpvraag": "Hoe?", "ouders_akkoord": True, "ouders_akkoord_op": -30}),
        ("dirk", "aanmelding", "indienen"),
        ("tess", "aanmelding", "oppakken_ab"),
    ],
    "klaar": begonnen()[:-1],
    "bezocht": ONDERWEG[:-3],
    "begrijpen": ONDERWEG[:-2],
    "plannen": ONDERWEG[:-1],
    "expert": [*ONDERWEG, ("abel", "traject", "betrekken", {"expert": "eef"})],
    "klas_nieuw": [*GROEP, ("olga", "traject", "klas")],
    "evaluatie": [*ONDERWEG, ("abel", "traject", "adviseren"), ("abel", "traject", "evalueren_ab")],
    "begonnen": begonnen(),
    "onderweg": ONDERWEG,
    "klas": KLAS,
    "vol": [*KLAS, ("tess", "expertiseindeklas", "ruimer"), *11 * [("tess", "expertiseindeklas", "dagdeel", KORT)]],
    "ot": [
        *ONDERWEG,
        ("sam", "overleg", "nieuw", {"school": "Berg"}),
        ("sam", "overleg", "agenderen"),
        ("olga", "agendapunt", "voorbereiden"),
        ("olga", "agendapunt", "ab_uitnodigen"),
    ],
    "ot_groep": [
        *GROEP,
        ("olga", "aanmelding", "gesprek", {"ab": "abel"}),  # tess carries it out still
        ("sam", "overleg", "nieuw", {"school": "Berg"}),
        ("sam", "overleg", "agenderen"),
        ("olga", "agendapunt", "voorbereiden"),
    ],
    "route": [*begonnen(), ("abel", "aanmelding", "andere_setting"), ("olga", "route", "loopt")],
    "offerte": OFFERTE,
}
