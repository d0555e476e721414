"""What belongs to a dossier beside the aanmelding and the traject: each with its facts and its own steps."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.text import capfirst

from cases.gereed import rijen
from cases.models import Afspraak, Agendapunt, Consult, Dagdeel, ExpertiseInDeKlas, Route
from cases.models.pot import ruimte
from cases.models.route import REGIE
from cases.roles import SEES, Role
from cases.workflow import FLOWS
from expertteam.gereed import DIE
from schools.models import vandaag

TLV = (
    "De school vraagt de TLV aan bij het samenwerkingsverband. Twee deskundigen geven advies. De onderwijsspecialist en"
    " de ambulant begeleider van dit dossier zijn dat niet."
)
NAAR_SPECIAAL = {"sbo", "so3", "so4"}  # settings that ask for a TLV
FACTS = {  # what is shown of it, in this order
    Route: ("setting", "instelling", "tlv_aangevraagd_op", "tlv_afgegeven_op", "tlv_niet_op"),
    ExpertiseInDeKlas: ("motivering", "voorwaarden", "akkoord_os", "akkoord_ab", "meer_dan_acht", "resultaat"),
    Agendapunt: ("fase", "doel", "ab", "ab_reden"),
    Afspraak: ("wat", "wie", "wanneer"),
    Consult: ("aan", "vraag", "antwoord", "beantwoord_op"),
}
PART = {  # kind: the part of a dossier it is
    "traject": "traject", "contactmoment": "contactmoment", "expertiseindeklas": "traject", "dagdeel": "traject",
    "agendapunt": "overleg", "afspraak": "overleg", "route": "route", "consult": "consult",
}  # fmt: skip
WITH = {  # what is needed to show it, fetched along
    ExpertiseInDeKlas: ("akkoord_os", "akkoord_ab", "traject__aanmelding"),
    Dagdeel: ("klas__traject__aanmelding",),
    Agendapunt: ("ab", "aanmelding"),  # not the OT: who is not invited, does not see it
    Afspraak: ("wie", "aanmelding"),
    Consult: ("aan", "door"),
    Route: ("aanmelding",),
}


UITLEG = {  # (what is said, when)
    Route: (
        (REGIE, lambda r: Role.OS not in r.roles),
        (TLV, lambda r: r.state in {"loopt", "aangemeld"} and r.setting in NAAR_SPECIAAL),
        ("De leerling blijft op school. Dat is een goede uitkomst.", lambda r: r.state == "blijft"),
    ),
}


@dataclass
class Onderdeel:
    obj: object
    steps: list  # [(step, why it must wait)]
    flow: object
    dagdelen: list = field(default_factory=list)  # of Expertise in de klas: the same again
    over: int | None = None  # minutes left in the pot of the kring

    @property
    def titel(self):
        return self.obj._meta.verbose_name

    def minuten(self, state):
        return sum(d.obj.minuten for d in self.dagdelen if d.obj.state == state)

    @property
    def gegeven(self):
        return self.minuten("gegeven")

    @property
    def gepland(self):
        return self.minuten("gepland")

    @property
    def uitleg(self):
        """What people ought to know about it."""
        return [text for text, when in UITLEG.get(type(self.obj), ()) if when(self.obj)]

    @property
    def feiten(self):
        """[(label, value)] of what is filled in."""
        return [
            (label(self.obj, name), shown(self.obj, name)) for name in FACTS[type(self.obj)] if getattr(self.obj, name)
        ]


def label(obj, name):
    return capfirst(obj._meta.get_field(name).verbose_name.rstrip("?"))


def shown(obj, name):
    """A value as people read it."""
    value = getattr(obj, name)
    if name == "minuten":
        return f"{value / 60:g} uur".replace(".", ",")
    if hasattr(value, "year"):
        return date_format(value, "j F Y")
    display = getattr(obj, f"get_{name}_display", None)
    return display() if display else str(value)


def onderdeel(obj):
    flow = FLOWS[obj._meta.model_name]
    return Onderdeel(obj, flow.offered(obj), flow)


def seen(user, model, of, pk):
    """The parts of this kind that this person sees, as pieces of a page."""
    return [onderdeel(obj) for obj in rijen(parts_of, user, model, of, die=pk)]


def parts_of(user, model, of):
    """Those of a dossier (or a traject, or an OT), with what is needed to show them."""
    return model.objects.visible_to(user).filter(**{of: DIE}).select_related(*WITH[model])


def onderdelen(user, a, t):
    """Everything beside the traject, in the order of the page; what somebody cannot see is not asked for."""
    parts = set().union(*(SEES.get(role, ()) for role in a.roles))
    found = []
    if "route" in parts:
        found += seen(user, Route, "aanmelding", a.pk)
    if "overleg" in parts:
        found += seen(user, Agendapunt, "aanmelding", a.pk) + seen(user, Afspraak, "aanmelding", a.pk)
    if t and "consult" in parts:
        found += seen(user, Consult, "dossier", a.pk)
    if t and a.niveau == "groep":
        found += klassen(user, a, t)
    return found


def klassen(user, a, t):
    """Expertise in de klas, with its dagdelen as a table and what is left in the pot (B-19)."""
    found = seen(user, ExpertiseInDeKlas, "traject", t.pk)
    if found:
        dagdelen = seen(user, Dagdeel, "klas__traject", t.pk)
        over = ruimte(a, vandaag()) if a.school.team else None
    for klas in found:
        klas.dagdelen, klas.over = [d for d in dagdelen if d.obj.klas_id == klas.obj.pk], over
    return found


def kinds(roles):
    """The kinds of which somebody with these roles sees what happened."""
    parts = set().union(*(SEES.get(role, ()) for role in roles))
    return [kind for kind, part in PART.items() if part in parts]
