"""Counts of a kring, without a name of anybody: what is asked, what runs, how many hours, how long people waited."""

from dataclasses import dataclass

from django.db.models import Count, DateField, F, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from cases.models import Aanmelding, Soort
from cases.models.muren_traject import ENDED
from cases.models.tellen import TelAanmelding, TelContact, TelTraject
from schools.models import Leerlingaantal, Regio, School


@dataclass
class Rij:
    """One school, or one kring: whole numbers and hours."""

    naam: str
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
    """{kring: [Rij of each school]} of a schooljaar, in one statement, however many schools."""
    sent = TelAanmelding.objects.filter(school=OuterRef("pk"), state__in=["ingediend", "opgepakt"])
    running = TelTraject.objects.filter(school=OuterRef("pk")).exclude(state__in=ENDED)
    booked = TelContact.objects.filter(school=OuterRef("pk"), datum__gte=jaar.eerste_dag, datum__lte=jaar.laatste_dag)
    counted = Leerlingaantal.objects.filter(school=OuterRef("pk"), jaar__lte=jaar.begin).order_by("-jaar")
    scholen = School.objects.filter(team__kring__in=kringen).annotate(
        leerlingen=Subquery(counted.values("aantal")[:1]),
        kring=F("team__kring"),
        minuten=per(booked.exclude(als="os"), Sum("minuten")),
        os_minuten=per(booked.filter(als="os"), Sum("minuten")),
        open=per(sent, Count("pk")),
        oudste=per(sent.filter(state="ingediend"), Min("ingediend_op")),
        trajecten=per(running, Count("pk")),
        complexe=per(running.filter(soort=Soort.COMPLEX), Count("pk")),
    )
    found = {kring.pk: [] for kring in kringen}
    for s in scholen.order_by("naam", "pk"):
        langst = (timezone.now() - s.oudste).days if s.oudste else None
        counts = (n or 0 for n in (s.minuten, s.os_minuten, s.open, s.trajecten, s.complexe))
        found[s.kring].append(Rij(s.naam, *counts, langst, s.leerlingen))
    return found


def per(rows, aggregate):
    """One number over the rows that belong to the outer row."""
    return Subquery(rows.order_by().annotate(one=Value(1)).values("one").annotate(n=aggregate).values("n"))


def total(naam, rows):
    """The sum of some rows."""
    waits = [r.langst for r in rows if r.langst is not None]
    sums = {
        name: sum(getattr(r, name) for r in rows) for name in ("minuten", "os_minuten", "open", "trajecten", "complex")
    }
    leerlingen = [r.leerlingen for r in rows]
    everybody = None if None in leerlingen else sum(leerlingen)
    return Rij(naam, **sums, langst=max(waits, default=None), leerlingen=everybody)


def aanmeldingen(kringen, jaar):
    """{soort: {state: number}} of the aanmeldingen of a schooljaar."""
    groups = of_year(kringen, jaar).order_by().values_list("soort", "state").annotate(Count("pk"))
    table = {soort: dict.fromkeys(Aanmelding.State, 0) for soort in Soort}
    for soort, state, n in groups:
        table[Soort(soort)][Aanmelding.State(state)] = n
    return table


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


def wachttijden(kringen, jaar, kalender):
    """[(kring, until the first contact, until the start of the traject)], the last one of all together (A-31)."""
    place = ("school__team__kring", "school__vakantieregio")
    days = (local("ingediend_op"), "eerste_contact_op", local("gestart_op"))
    rows = of_year(kringen, jaar).order_by().values_list(*place, *days)
    waits = {kring.pk: ([], []) for kring in kringen}
    for kring, regio, sent, *reached in rows:
        for waited, day in zip(waits[kring], reached, strict=True):
            waited += [kalender[Regio.van(regio)].aantal(sent, day)] if day else []
    found = [(k, *map(Wachttijd.of, waits[k.pk])) for k in kringen]
    every = ([d for pair in waits.values() for d in pair[n]] for n in (0, 1))
    return [*found, (None, *map(Wachttijd.of, every))]


def local(moment):
    """SQL: the day, in the Netherlands."""
    return Cast(TruncDate(moment), DateField())


def of_year(kringen, jaar):
    """The aanmeldingen that were sent in a schooljaar."""
    at = {"schooljaar__begin": jaar.begin, "school__team__kring__in": kringen}
    return TelAanmelding.objects.filter(**at)
