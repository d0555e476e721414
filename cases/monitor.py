"""Counts of a kring, without a name of anybody: what is asked, what runs, how many hours, how long people waited."""

import datetime
from dataclasses import dataclass

from django.db.models import Avg, Count, DateField, F, Max, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from cases.models import Aanmelding, Soort
from cases.models.muren_traject import ENDED
from cases.models.tellen import TelAanmelding, TelContact, TelTraject
from schools.models import School, Urenbudget


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

    @property
    def uren(self):
        return round(self.minuten / 60, 1)


def per_school(kringen, jaar):
    """{kring: [Rij of each school]} of a schooljaar, in one statement, however many schools."""
    sent = TelAanmelding.objects.filter(school=OuterRef("pk"), state__in=["ingediend", "opgepakt"])
    running = TelTraject.objects.filter(school=OuterRef("pk")).exclude(state__in=ENDED)
    booked = TelContact.objects.filter(school=OuterRef("pk"), datum__gte=jaar.eerste_dag, datum__lte=jaar.laatste_dag)
    scholen = School.objects.filter(team__kring__in=kringen).annotate(
        kring=F("team__kring"),
        minuten=per(booked.filter(als="ab"), Sum("minuten")),
        os_minuten=per(booked.filter(als="os"), Sum("minuten")),
        open=per(sent, Count("pk")),
        oudste=per(sent.filter(state="ingediend"), Min("ingediend_op")),
        trajecten=per(running, Count("pk")),
        complexe=per(running.filter(soort=Soort.COMPLEX), Count("pk")),
    )
    found = {kring.pk: [] for kring in kringen}
    for s in scholen.order_by("naam", "pk"):
        langst = (timezone.now() - s.oudste).days if s.oudste else None
        found[s.kring].append(
            Rij(s.naam, s.minuten or 0, s.os_minuten or 0, s.open or 0, s.trajecten or 0, s.complexe or 0, langst)
        )
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
    return Rij(naam, **sums, langst=max(waits, default=None))


def aanmeldingen(kringen, jaar):
    """({soort: {state: number}}, waiting time to the first contact) of the aanmeldingen of a schooljaar (A-31)."""
    day = Cast(TruncDate("ingediend_op"), DateField())
    groups = of_year(kringen, jaar).order_by().values("soort", "state").annotate(
        n=Count("pk"), waited=Sum(F("eerste_contact_op") - day), longest=Max(F("eerste_contact_op") - day),
        contacts=Count("eerste_contact_op"),
    )  # fmt: skip
    table = {soort: dict.fromkeys(Aanmelding.State, 0) for soort in Soort}
    waited, longest, contacts = datetime.timedelta(), datetime.timedelta(), 0
    for group in groups:
        table[Soort(group["soort"])][Aanmelding.State(group["state"])] = group["n"]
        waited, contacts = waited + (group["waited"] or datetime.timedelta()), contacts + group["contacts"]
        longest = max(longest, group["longest"] or longest)
    return table, wait(waited / contacts if contacts else None, longest, contacts)


def until_start(kringen, jaar):
    """Waiting time from aanmelding to the start of the traject."""
    gap = F("gestart_op") - F("ingediend_op")
    started = of_year(kringen, jaar).filter(gestart_op__isnull=False).order_by()
    found = started.aggregate(a=Avg(gap), m=Max(gap), n=Count("pk"))
    return wait(found["a"], found["m"], found["n"])


def of_year(kringen, jaar):
    """The aanmeldingen that were sent in a schooljaar."""
    at = {"schooljaar__begin": jaar.begin, "school__team__kring__in": kringen}
    return TelAanmelding.objects.filter(**at)


def wait(average, longest, number):
    """Whole days, for people."""

    def days(value):
        return max(0, round(value / datetime.timedelta(days=1))) if value is not None else None

    return {"gemiddeld": days(average), "langst": days(longest), "aantal": number}


def with_budget(kringen, jaar):
    """Each kring with `uren`: the hours of the whole kring in a schooljaar, or None."""
    set_for = Urenbudget.objects.filter(kring=OuterRef("pk"), schooljaar__begin=jaar.begin)
    return kringen.annotate(uren=per(set_for, Sum("uren")))
