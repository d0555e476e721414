"""How the walls of what lies in a dossier are run into: adviezen, vragen, bijlagen, inzages."""

import datetime

from cases.models import Advies, Beoordeling, Inzage, Vraag
from cases.roles import Role
from tests.alles import als_eigenaar
from tests.files.maken import bijlage
from tests.people import TODAY

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


CONSTRAINTS = {
    "advies_tekst": ("Schrijf op wat je advies is.", advies("", "proces", "waarnemen")),
    "vraag_een_open": ("Er staat al een vraag open.", vraag("", 2)),
    "vraag_beantwoord": ("Schrijf je antwoord op.", vraag("Goed.", 1)),
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
