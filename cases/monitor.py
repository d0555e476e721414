"""Counts of a kring, without a name of anybody: what is asked, what runs, how many hours, how long people waited."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Avg, Count, DateField, F, Max, Min, Q, Sum
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from cases.models import Aanmelding, Contactmoment, Event, Soort, Traject
from cases.models.traject import ENDED
from schools.models import School, Urenbudget


@dataclass
class Rij:
    """One school, or one kring: whole numbers and hours."""

    naam: str
    minuten: int = 0
    open: int = 0
    trajecten: int = 0
    complex: int = 0
    langst: int | None = None
    soorten: dict = field(default_factory=dict)

    @property
    def uren(self):
        return round(self.minuten / 60, 1)


def per_school(kringen, jaar):
    """{kring: [Rij of each school]} of a schooljaar: four statements, however many schools."""
    scholen = School.objects.filter(team__kring__in=kringen).order_by("naam").values_list("pk", "naam", "team__kring")
    rows = {pk: (kring, Rij(naam)) for pk, naam, kring in scholen}
    at = {"team__kring__in": kringen}
    sent = Aanmelding.objects.filter(nummer__isnull=False, **{f"school__{k}": v for k, v in at.items()})
    waiting = sent.filter(state__in=["ingediend", "opgepakt"]).order_by().values("school")
    for r in waiting.annotate(n=Count("pk"), oldest=Min("ingediend_op", filter=Q(state="ingediend"))):
        rij = rows[r["school"]][1]
        rij.open, rij.langst = r["n"], r["oldest"] and (timezone.now() - r["oldest"]).days
    running = Traject.objects.filter(aanmelding__school__team__kring__in=kringen).exclude(state__in=ENDED)
    by_school = running.order_by().values(school=F("aanmelding__school"))
    for r in by_school.annotate(n=Count("pk"), complex=Count("pk", filter=Q(soort=Soort.COMPLEX))):
        rij = rows[r["school"]][1]
        rij.trajecten, rij.complex = r["n"], r["complex"]
    booked = Contactmoment.objects.filter(
        state="geboekt", datum__gte=jaar.eerste_dag, datum__lte=jaar.laatste_dag,
        traject__aanmelding__school__team__kring__in=kringen,
    )  # fmt: skip
    for r in booked.order_by().values(school=F("traject__aanmelding__school")).annotate(m=Sum("minuten")):
        rows[r["school"]][1].minuten = r["m"]
    found = {kring.pk: [] for kring in kringen}
    for kring, rij in rows.values():
        found[kring].append(rij)
    return found


def total(naam, rows):
    """The sum of some rows."""
    waits = [r.langst for r in rows if r.langst is not None]
    return Rij(
        naam, sum(r.minuten for r in rows), sum(r.open for r in rows), sum(r.trajecten for r in rows),
        sum(r.complex for r in rows), max(waits, default=None),
    )  # fmt: skip


def by_soort_and_state(kringen, jaar):
    """{soort: {state: number}} of the aanmeldingen of a schooljaar."""
    sent = Aanmelding.objects.filter(
        nummer__isnull=False, schooljaar__begin=jaar.begin, school__team__kring__in=kringen
    )
    table = {soort: dict.fromkeys(Aanmelding.State, 0) for soort in Soort}
    for r in sent.order_by().values("soort", "state").annotate(n=Count("pk")):
        table[Soort(r["soort"])][Aanmelding.State(r["state"])] = r["n"]
    return table


def waiting_times(kringen, jaar):
    """Days from aanmelding to the first contact, and to the start: (average, longest, number) each (A-31)."""
    sent = Aanmelding.objects.filter(
        nummer__isnull=False, schooljaar__begin=jaar.begin, school__team__kring__in=kringen
    )
    day = Cast(TruncDate("ingediend_op"), DateField())
    contact = sent.filter(eerste_contact_op__isnull=False).annotate(d=F("eerste_contact_op") - day)
    started = Event.objects.filter(dossier__in=sent, step__in=["starten", "starten_basis", "starten_licht"])
    started = started.annotate(d=F("at") - F("dossier__ingediend_op"))
    return {
        "contact": days(contact.order_by().aggregate(a=Avg("d"), m=Max("d"), n=Count("pk"))),
        "start": days(started.order_by().aggregate(a=Avg("d"), m=Max("d"), n=Count("pk"))),
    }


def days(found):
    def whole(value):
        return max(0, round(value / datetime.timedelta(days=1))) if value is not None else None

    return {"gemiddeld": whole(found["a"]), "langst": whole(found["m"]), "aantal": found["n"]}


def budget(kringen, jaar):
    """{kring: hours of the whole kring in a schooljaar}."""
    found = Urenbudget.objects.filter(kring__in=kringen, schooljaar__begin=jaar.begin).order_by().values("kring")
    return {r["kring"]: r["uren"] for r in found.annotate(uren=Sum("uren"))}
