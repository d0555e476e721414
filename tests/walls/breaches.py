"""How each constraint is run into: {name: (what the database says, how)}.

A breach makes a row that lacks nothing, and gives back the statement that the database must refuse.
"""

import datetime

import pgtrigger
from django.db import transaction

from cases.models import Advies, Beoordeling, Inzage, Offerteregel, Traject, Vraag
from cases.roles import Role
from tests.alles import als_eigenaar
from tests.files.maken import bijlage
from tests.people import TODAY


def change(kind, at, of, /, **fields):
    """One of this kind, in this state and of this soort, in which these fields are then overwritten."""

    def breach(make, people):
        row = make[kind](at, of)
        values = {name: people[value] if isinstance(value, Role) else value for name, value in fields.items()}
        return lambda: type(row).objects.filter(pk=row.pk).update(**values)

    return breach


def second_traject(make, people):
    first = make["traject"]("lopend", "licht")
    return lambda: Traject.objects.create(
        aanmelding=first.aanmelding, soort="licht", state="lopend", uitvoerder=people[Role.OS], doel="Nog een",
        verwachte_einddatum=TODAY,
    )  # fmt: skip


LOOK = {"als": "IB-er", "deel": "dossier", "waarom": "Eigen werk", "pagina": "detail"}


def look(**fields):
    """An inzage that lacks nothing, but for these fields."""

    def breach(make, people):
        a = make["aanmelding"]("ingediend")
        given = LOOK | {"door": people[Role.OS], "dossiers": [a.pk], "keten": a.pk} | fields
        return lambda: Inzage.objects.create(**given)

    return breach


def with_reason(reden, lasts="1 hour"):
    def breach(make, people):
        a, door = make["aanmelding"]("ingediend"), people[Role.COORDINATOR]
        return lambda: als_eigenaar(
            "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) VALUES (gen_random_uuid(),"
            f" '{a.pk}', '{door.pk}', '{reden}', now(), now() + interval '{lasts}')"
        )

    return breach


def judgement(**fields):
    def breach(make, people):
        seen = look()(make, people)()
        return lambda: Beoordeling.objects.create(inzage=seen, door=people[Role.COORDINATOR], **fields)

    return breach


def advies(tekst, soort, state):
    def breach(make, people):
        traject = make["traject"](state)
        return lambda: Advies.objects.create(traject=traject, door=people[Role.AB], soort=soort, tekst=tekst)

    return breach


def vraag(antwoord, number):
    def breach(make, people):
        whole = make["aanmelding"]("ingediend")
        rows = [
            Vraag(aanmelding=whole, door=people[Role.OS], vraag="Hoe gaat het?", antwoord=antwoord)
            for _ in range(number)
        ]
        return lambda: [row.save() for row in rows]

    return breach


def file(**fields):
    """A bijlage that is whole but for these fields."""

    def breach(make, people):
        draft = make["aanmelding"]()
        return lambda: bijlage(aanmelding=draft, door=people[Role.IB], **fields)

    return breach


def offerteregel(**fields):
    """A line of an offerte that is whole but for these fields."""

    def breach(make, people):
        line = {"offerte": make["offerte"](), "uitgave": 1, "omschrijving": "Observatie", "uren": 6, "tarief": 95}
        return lambda: Offerteregel.objects.create(**(line | fields))

    return breach


def no_such_state(kind, at):
    """The arrows refuse a state that does not exist as well; behind them stands this wall."""

    def breach(make, people):
        row = make[kind](at)

        def put():
            with pgtrigger.ignore(f"cases.{type(row).__name__}:pijlen"), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(state="zoek")

        return put

    return breach


def licht_in_voorbereiding(make, people):
    whole = make["aanmelding"]("opgepakt", "licht")
    return lambda: Traject.objects.create(
        aanmelding=whole, soort="licht", state="voorbereiding", uitvoerder=people[Role.OS], doel="Rust",
        verwachte_einddatum=TODAY,
    )  # fmt: skip


CONSTRAINTS = {
    "aanmelding_state": ("Deze status bestaat niet.", no_such_state("aanmelding", "ingediend")),
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
    "contact_state": ("Deze status bestaat niet.", no_such_state("contactmoment", "geboekt")),
    "contact_duur": ("Kies hoe lang het duurde.", change("contactmoment", "geboekt", "complex", minuten=0)),
    "contact_niet_door": (
        "Schrijf op waarom het niet doorging.",
        change("contactmoment", "geboekt", "complex", soort="niet_door", minuten=0),
    ),
    "advies_tekst": ("Schrijf op wat je advies is.", advies("", "proces", "waarnemen")),
    "vraag_een_open": ("Er staat al een vraag open.", vraag("", 2)),
    "vraag_beantwoord": ("Schrijf je antwoord op.", vraag("Goed.", 1)),
    "regel_kwartier": ("Rond de uren af op een kwartier. Bijvoorbeeld 6,25 of 6,5.", offerteregel(uren="6.10")),
    "bijlage_akkoord": (
        "Vink aan dat de ouders het delen van dit onderzoeksverslag goed vinden.", file(verslag=True),
    ),
    "bijlage_akkoord_ingetrokken": (
        "De ouders kunnen dit niet intrekken voor de dag waarop zij het goed vonden.",
        file(verslag=True, akkoord_op=TODAY, akkoord_ingetrokken_op=TODAY - datetime.timedelta(days=1)),
    ),
    "bijlage_grootte": (
        "Dit bestand is leeg of te groot. Het mag 10 MB zijn.",
        file(grootte=10 * 1024 * 1024 + 1, inhoud=b"", scan="besmet"),
    ),
    "bijlage_scan": ("Deze uitkomst van de controle op virussen bestaat niet.", file(scan="prima")),
    "bijlage_sha256": (
        "Dit is geen vingerafdruk van een bestand.", file(sha256="x" * 64, grootte=9, inhoud=b"", scan="besmet"),
    ),
    "bijlage_soort": (
        "Dit soort bestand kan niet. Kies een pdf, docx, xlsx, odt, jpg of png.", file(soort="text/html"),
    ),
    "bijlage_vingerafdruk": ("Dit bestand is niet meer wat het was toen het binnenkwam.", file(sha256="0" * 64)),
    "inzage_van_iets": ("Een inzage gaat over een dossier.", look(dossiers=[])),
    "inzage_waarom": ("Bij een inzage hoort waarom die mocht.", look(waarom="")),
    "met_reden_waarom": (
        "Schrijf in minstens 20 tekens op waarom je dit dossier moet zien.", with_reason("Ik wil het weten   "),
    ),
    "met_reden_een_uur": ("Inzage met reden duurt een uur.", with_reason("De ouders bellen, Olga is er niet", "1 day")),
    "beoordeling_oordeel": ("Kies een oordeel.", judgement(oordeel="", toelichting="Iets")),
    "beoordeling_toelichting": ("Schrijf op wat er niet klopt of wat je navraagt.", judgement(oordeel="navragen")),
}  # fmt: skip
