"""How each trigger is run into, in the same shape as the constraints. Here of a dossier; the rest by object."""

from cases.models import Aanmelding, Beoordeling, Bijlage, Contactmoment, Traject
from cases.roles import Role
from schools.models import Expertteam, Rol, School
from tests.files.maken import bijlage
from tests.people import TODAY, person
from tests.walls import aanbod, afstemming, bewaren, klas, offerte, overleg, rond_traject, verhaal
from tests.walls.stukken import advies, look
from tests.walls.ways import GEEN_STAP, change

NO_GESPREK = {"gesprek_op": None, "gesprek_wie": "", "gesprek_inzet": "", "gesprek_offerte": ""}
NOG_NIET = "Nog geen handelingsadvies mogelijk: de fasen waarnemen en begrijpen zijn nog niet doorlopen."
GEGEVEN = {"overdracht_op": TODAY, "overdracht_tekst": "Zij werkt graag samen."}


def by_another(make, people):
    return lambda: Aanmelding.objects.create(school=School.objects.get(naam="De Berg"), door=people[Role.OS])


def own_look(make, people):
    seen = look()(make, people)()
    return lambda: Beoordeling.objects.create(inzage=seen, door=people[Role.OS], oordeel="terecht")


def hours_without_gesprek(make, people):
    whole = make["aanmelding"]("gestart", "licht", ab=None, **NO_GESPREK)
    traject = make["traject"]("lopend", "licht", whole)
    return lambda: Contactmoment.objects.create(
        traject=traject, door=people[Role.AB], als="ab", soort="overleg", minuten=60, datum=TODAY
    )


def ab_without_gesprek(make, people):
    whole = make["aanmelding"]("gestart", "licht", ab=None, **NO_GESPREK)
    traject = make["traject"]("lopend", "licht", whole)
    return lambda: Traject.objects.filter(pk=traject.pk).update(uitvoerder=people[Role.AB])


def to_another_team(make, people):
    traject, spreeuw = make["traject"]("waarnemen"), Expertteam.objects.get(naam="Team Spreeuw")
    other = person("ria@aed.test", "Ria", "Rond", (Rol.AB, {"team": spreeuw}))
    return lambda: Traject.objects.filter(pk=traject.pk).update(uitvoerder=other)


def gestart_without_start(make, people):
    whole = make["traject"]("voorbereiding").aanmelding
    return lambda: Aanmelding.objects.filter(pk=whole.pk).update(state="gestart")


def voortraject_waved_away(make, people):
    earlier = make["traject"]("afgesloten", "licht")
    whole = make["aanmelding"]("opgepakt", eerder_traject=earlier)
    traject = make["traject"]("voorbereiding", whole=whole, voortraject=True)
    return lambda: Traject.objects.filter(pk=traject.pk).update(voortraject=False)


def bijlage_of_what_was_sent(make, people):
    return bijlage(aanmelding=make["aanmelding"]("ingediend"), door=people[Role.IB]).delete


def bijlage_by_another_name(make, people):
    file = bijlage(aanmelding=make["aanmelding"](), door=people[Role.IB], scan="wacht")
    return lambda: Bijlage.objects.filter(pk=file.pk).update(naam="ander.pdf")


def verslag_changed(make, people, state, **fields):
    known = {"verslag": True, "akkoord_op": TODAY, "aanmelding": make["aanmelding"](state), "door": people[Role.IB]}
    file = bijlage(**known | fields)
    return lambda **change: Bijlage.objects.filter(pk=file.pk).update(**change)


def verslag_after_all(make, people):
    change = verslag_changed(make, people, "ingediend", verslag=False, akkoord_op=None)
    return lambda: change(verslag=True, akkoord_op=TODAY)


def akkoord_after_all(make, people):
    change = verslag_changed(make, people, "ingediend", akkoord_ingetrokken_op=TODAY)
    return lambda: change(akkoord_ingetrokken_op=None)


TRIGGERS = {
    "Aanmelding:traject_eerst": (
        "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast.",
        gestart_without_start,
    ),
    "Traject:soort": (
        "Het traject heeft dezelfde soort als de aanmelding.",
        change("traject", "lopend", "basis", soort="licht"),
    ),
    "Traject:voortraject": (
        "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast.",
        voortraject_waved_away,
    ),
    "Bijlage:verstuurd_is_verstuurd": (
        "Een bijlage bij een verstuurde aanmelding blijft erbij.",
        bijlage_of_what_was_sent,
    ),
    "Bijlage:blijft_zoals_ze_is": (
        "Een bijlage verandert niet. Alleen de controle op virussen komt er nog bij.",
        bijlage_by_another_name,
    ),
    "Bijlage:akkoord_voor_versturen": (
        "Of dit een onderzoeksverslag is, verandert niet meer na het versturen.",
        verslag_after_all,
    ),
    "Bijlage:ingetrokken_is_ingetrokken": ("De ouders trokken hun akkoord al in. Dat blijft zo.", akkoord_after_all),
    "Aanmelding:pijlen": (GEEN_STAP, change("aanmelding", "ingediend", "licht", state="gestart")),
    "Aanmelding:initiatief": ("Het initiatief ligt bij de IB-er van de school.", by_another),
    "Traject:pijlen": (GEEN_STAP, change("traject", "waarnemen", "complex", state="uitvoeren")),
    "Traject:uitvoerder": (
        "Een ambulant begeleider voert een complex traject uit.",
        change("traject", "waarnemen", "complex", uitvoerder=Role.OS),
    ),
    "Traject:uitvoerder_van_het_team": (
        "Kies een andere ambulant begeleider van het team van de school.",
        to_another_team,
    ),
    "Traject:os_ab_gesprek": ("Leg eerst het OS-AB gesprek vast.", ab_without_gesprek),
    "Traject:overdracht": (
        "De onderwijsspecialist geeft de overdracht.",
        change("traject", "voorbereiding", "complex", overdracht_door=Role.AB, **GEGEVEN),
    ),
    "Traject:kort_overleg": (
        "Het korte overleg is met de onderwijsspecialist.",
        change("traject", "waarnemen", "complex", kort_overleg_met=Role.IB),
    ),
    "Contactmoment:pijlen": (GEEN_STAP, change("contactmoment", "vervallen", "complex", state="geboekt")),
    "Contactmoment:os_ab_gesprek": (
        "Leg eerst het OS-AB gesprek vast. Daarna kan de ambulant begeleider uren vastleggen.",
        hours_without_gesprek,
    ),
    "Advies:waarnemen_en_begrijpen_eerst": (NOG_NIET, advies("Geef korte taken.", "handeling", "begrijpen")),
    "Aanmelding:blijft": (
        "De school, de IB-er en het nummer van een aanmelding blijven zoals ze zijn.",
        change("aanmelding", "ingediend", "basis", nummer="26-9999"),
    ),
    "Beoordeling:niet_zichzelf": ("Een ander beoordeelt jouw inzage.", own_look),
}
for kind in (overleg, rond_traject, klas, offerte, afstemming, aanbod, verhaal, bewaren):
    TRIGGERS |= kind.TRIGGERS
