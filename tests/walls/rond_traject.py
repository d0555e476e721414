"""How the walls of what stands around a traject are run into: experts, jeugdhulp, consult, route, gesprekken."""

import datetime

from cases.models import Advies, Betrokkene, Contactmoment, Jeugdhulp
from cases.models.contact import OP_OFFERTE
from cases.models.toestemming import WEG
from cases.roles import Role
from tests.people import TODAY
from tests.walls.ways import (
    GEEN_STAP,
    GEEN_STATUS,
    change,
    in_traject,
    new,
    no_such_state,
    twice,
    weg,
    without_toestemming,
)

DAY = datetime.timedelta(days=1)
EXPERT = {"door": Role.AB, "expert": Role.EXPERT, "expertise": "Motoriek", "overleg_os_op": TODAY,
          "overleg_ib_op": TODAY}  # fmt: skip
HULP = {"door": Role.AB, "op": TODAY, "partij": "Buurtteam", "ouders_akkoord_op": TODAY}
GESPREK = {"door": Role.AB, "als": "ab", "soort": "leerlinggesprek", "minuten": 30, "gesprek_doel": "sterk"}
ADVIES = {"door": Role.AB, "soort": "proces", "tekst": "Plan een gesprek."}


def same_expert_again(make, people):
    again = new(Betrokkene, in_traject, **EXPERT)(make, people)
    traject = again().traject
    return new(Betrokkene, lambda make: {"traject": traject}, **EXPERT)(make, people)


def empty_consult(make, people):
    whole = make["traject"]("waarnemen")
    return lambda: make["consult"](whole=whole, vraag="")


def consult_to_an_ab(make, people):
    whole = make["traject"]("waarnemen")
    return lambda: make["consult"](whole=whole, aan=people[Role.AB])


def consult_after_all(make, people):
    whole = without_toestemming(make)
    return lambda: make["consult"](whole=whole)


def route_of_a_group(make, people):
    whole = make["aanmelding"]("opgepakt", "licht", niveau="groep")
    return lambda: make["route"](aanmelding=whole)


def one_dossier(make):
    return {"aanmelding": make["traject"]("waarnemen").aanmelding}


def no_gesprekken_left(make):
    return {"traject": make["traject"]("waarnemen", gesprekken_max=0)}


CONSTRAINTS = {
    "betrokkene_een_keer": ("Deze expert is al betrokken bij dit traject.", same_expert_again),
    "betrokkene_waarvoor": (
        "Schrijf op waarvoor je deze expert betrekt.", new(Betrokkene, in_traject, **EXPERT | {"expertise": ""}),
    ),
    "jeugdhulp_partij": (
        "Schrijf op welke jeugdhulp het is.", new(Jeugdhulp, in_traject, **HULP | {"partij": ""}),
    ),
    "jeugdhulp_akkoord": (
        "Vraag eerst de ouders. Zonder hun akkoord schakel je geen jeugdhulp in.",
        new(Jeugdhulp, in_traject, **HULP | {"ouders_akkoord_op": TODAY + DAY}),
    ),
    "consult_state": (GEEN_STATUS, no_such_state("consult", "gevraagd")),
    "consult_vraag": ("Schrijf op wat je wilt weten.", empty_consult),
    "consult_antwoord": ("Schrijf op wat je antwoord is.", change("consult", "beantwoord", beantwoord_op=None)),
    "route_een_open": ("Er is al een route bij dit dossier.", twice("route", one_dossier)),
    "route_state": (GEEN_STATUS, no_such_state("route", "loopt")),
    "route_setting": ("Kies naar welke setting de route loopt.", change("route", "loopt", setting="")),
    "route_waar": ("Schrijf op welke school of voorziening het is.", change("route", "aangemeld", instelling="")),
    "route_tlv": (
        "Een TLV is eerst aangevraagd, en daarna afgegeven of niet.",
        change("route", "loopt", tlv_aangevraagd_op=TODAY, tlv_afgegeven_op=TODAY - DAY),
    ),
    "contact_gesprek": (
        "Kies waar het leerlinggesprek over ging.", new(Contactmoment, in_traject, **GESPREK | {"gesprek_doel": ""}),
    ),
}  # fmt: skip
TRIGGERS = {
    "Advies:met_toestemming": (WEG, new(Advies, weg, **ADVIES)),
    "Betrokkene:met_toestemming": (WEG, new(Betrokkene, weg, **EXPERT)),
    "Betrokkene:door_de_uitvoerder": (
        "Alleen degene die het traject uitvoert benadert andere experts, in overleg met de onderwijsspecialist en de"
        " IB-er.",
        new(Betrokkene, in_traject, **EXPERT | {"door": Role.OS}),
    ),
    "Betrokkene:is_expert": (
        "Kies een ambulant begeleider of een expert van het SBO.",
        new(Betrokkene, in_traject, **EXPERT | {"expert": Role.IB}),
    ),
    "Jeugdhulp:met_toestemming": (WEG, new(Jeugdhulp, weg, **HULP)),
    "Contactmoment:met_toestemming": (WEG, new(Contactmoment, weg, **GESPREK | {"datum": TODAY + DAY})),
    "Contactmoment:leerlinggesprek": (
        "Het beperkte aantal leerlinggesprekken is bereikt.", new(Contactmoment, no_gesprekken_left, **GESPREK),
    ),
    "Contactmoment:op_offerte": (
        OP_OFFERTE, new(Contactmoment, in_traject, **GESPREK | {"gesprek_doel": "vaardigheden"}),
    ),
    "Consult:pijlen": (GEEN_STAP, change("consult", "beantwoord", state="gevraagd")),
    "Consult:met_toestemming": (WEG, consult_after_all),
    "Consult:aan_een_gedragswetenschapper": ("Een consult gaat naar een gedragswetenschapper.", consult_to_an_ab),
    "Consult:de_vraag_blijft": (
        "De vraag blijft zoals ze gesteld is. Alleen wie gevraagd is, antwoordt.",
        change("consult", "gevraagd", vraag="Wat vind je van deze ouders?"),
    ),
    "Route:pijlen": (GEEN_STAP, change("route", "geplaatst", state="verkennen")),
    "Route:een_leerling": ("Een route gaat over een leerling.", route_of_a_group),
}  # fmt: skip
