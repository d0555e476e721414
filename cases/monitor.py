"""Counts of a kring, without a name of anybody: what is asked, what runs, how many hours, how long people waited."""

from dataclasses import dataclass

from django.db.models import Count, DateField, DateTimeField, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from cases.models import Aanmelding, Soort
from cases.models.muren_traject import ENDED
from cases.models.tellen import TelAanmelding, TelContact, TelTraject
from schools.models import Leerlingaantal, Regio, School, Schooljaar

COUNTS = ("minuten", "os_minuten", "open", "trajecten", "complex")
NEVER = Cast(Value(None), DateTimeField())


@dataclass
class Rij:
    """One school, or one kring: whole numbers and hours."""

    naam: str
    pk: int | None = None
    regio: str = ""
    minuten: int = 0  # of the hours of the kring: AED and de Vlieger
    os_minuten: int = 0  # of the onderwijsspecialist: counted, not capped
    open: int = 0
    trajecten: int = 0
    complex: int = 0
    langst: int | None = None
    leerlingen: int | None = None

    @property
    def per_honderd(self):
        """Minutes for each hundred leerlingen, in whole quarters; what shows who used much, and no right to more."""
        return kwartier(100 * self.minuten, self.leerlingen)

    @property
    def per_vraag(self):
        """Minutes for each vraag that is open now: an aanmelding that waits, or a traject that runs."""
        return kwartier(self.minuten, self.open + self.trajecten)


def kwartier(minuten, over):
    """Divided, in whole quarters of an hour; None over nothing."""
    return 15 * round(minuten / over / 15) if over else None


def per_school(kringen, jaar):
    """{kring: [Rij of each school]} of a schooljaar, in two statements, however many schools."""
    found, rijen = schools(kringen, jaar)
    here = {"school__in": [*rijen]}  # by key: so PostgreSQL looks at no other school
    booked = TelContact.objects.filter(datum__range=(jaar.eerste_dag, jaar.laatste_dag), **here)
    sent = TelAanmelding.objects.filter(state__in=["ingediend", "opgepakt"], **here)
    running = TelTraject.objects.filter(**here).exclude(state__in=ENDED)
    is_os = Q(als="os")
    counted = columns(booked, minuten=Sum("minuten", filter=~is_os), os_minuten=Sum("minuten", filter=is_os)).union(
        columns(sent, Min("ingediend_op", filter=Q(state="ingediend")), open=Count("pk")),
        columns(running, trajecten=Count("pk"), complex=Count("pk", filter=Q(soort=Soort.COMPLEX))), all=True,
    )  # fmt: skip
    for school, oudste, *numbers in counted:
        rij = rijen[school]
        for name, n in zip(COUNTS, numbers, strict=True):
            setattr(rij, name, getattr(rij, name) + (n or 0))
        rij.langst = (timezone.now() - oudste).days if oudste else rij.langst
    return found


def columns(rows, oudste=NEVER, **counts):
    """The same columns of each school, whatever is counted: so that one statement asks for all."""
    named = {f"n_{name}": counts.get(name, Value(0)) for name in COUNTS}
    grouped = rows.order_by().values("school").annotate(oudste=oudste, **named)
    return grouped.values_list("school", "oudste", *named)


def schools(kringen, jaar):
    """({kring: [Rij]}, {school: the same Rij}), by name, with nothing counted yet but the leerlingen."""
    october = Leerlingaantal.objects.filter(school=OuterRef("pk"), jaar__lte=jaar.begin).order_by("-jaar")
    scholen = School.objects.filter(team__kring__in=kringen).order_by("naam", "pk")
    rows = scholen.values_list("team__kring", "naam", "pk", "vakantieregio", Subquery(october.values("aantal")[:1]))
    found, rijen = {kring.pk: [] for kring in kringen}, {}
    for kring, naam, pk, regio, leerlingen in rows:
        rijen[pk] = Rij(naam, pk, regio, leerlingen=leerlingen)
        found[kring].append(rijen[pk])
    return found, rijen


def total(naam, rows):
    """The sum of some rows."""
    waits = [r.langst for r in rows if r.langst is not None]
    sums = {name: sum(getattr(r, name) for r in rows) for name in COUNTS}
    leerlingen = [r.leerlingen for r in rows]
    everybody = None if None in leerlingen else sum(leerlingen)
    return Rij(naam, **sums, langst=max(waits, default=None), leerlingen=everybody)


@dataclass(frozen=True)
class Wachttijd:
    """How long it took, in schooldagen: half of them no longer than `midden`, nine of ten no longer than `negen`."""

    aantal: int
    midden: int | None = None
    negen: int | None = None

    @classmethod
    def of(cls, days):
        """By nearest rank, so that both are a number of schooldagen that somebody really waited."""
        days = sorted(days)
        return cls(len(days), *(days[-(-len(days) * part // 10) - 1] for part in (5, 9))) if days else cls(0)


def aanmeldingen(kringen, scholen, jaar, kalender):
    """What the `scholen` of kringen asked in a schooljaar, and how long people waited (A-31), in one statement.

    ({soort: {state: number}}, [(kring, until the first contact, until the start)]), the last one of all together.
    """
    days = (local("ingediend_op"), "eerste_contact_op", local("gestart_op"))
    jaren = Schooljaar.objects.filter(begin=jaar.begin).values("pk")
    here = {r.pk: (kring.pk, kalender[Regio.van(r.regio)]) for kring in kringen for r in scholen[kring.pk]}
    of_year = TelAanmelding.objects.filter(schooljaar=Subquery(jaren), school__in=[*here]).order_by()
    table = {soort: dict.fromkeys(Aanmelding.State, 0) for soort in Soort}
    waits = {kring: ([], []) for kring in [*scholen, None]}
    for school, soort, state, sent, *reached in of_year.values_list("school", "soort", "state", *days):
        table[Soort(soort)][Aanmelding.State(state)] += 1
        kring, schooldagen = here[school]
        for n, day in enumerate(reached):
            waited = [schooldagen.aantal(sent, day)] if day else []
            waits[kring][n].extend(waited)
            waits[None][n].extend(waited)
    found = {kring: map(Wachttijd.of, pair) for kring, pair in waits.items()}
    return table, [*((k, *found[k.pk]) for k in kringen), (None, *found[None])]


def local(moment):
    """SQL: the day, in the Netherlands."""
    return Cast(TruncDate(moment), DateField())
