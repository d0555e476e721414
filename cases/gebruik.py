"""The hours of a kring in a schooljaar: vastgesteld, gebruikt, gepland, gereserveerd, vrij; and where it goes.

All in minutes. An ambulant begeleider uses hours of the AED, an expert SBO those of de Vlieger (A-25, A-29); what the
onderwijsspecialist does counts nowhere here.
"""

from dataclasses import dataclass, replace

from django.db.models import BigIntegerField, Count, F, Func, OuterRef, Q, Subquery, Sum, Value

from cases.models import TelDag
from cases.tempo import WENNEN, Stand, Verwacht
from schools.models import Bron, Kring, Regio, Rol, School, Urenbudget, vandaag


def gereserveerd(jaar):
    """SQL: minutes that afstemmingen of a kring keep for a vraag in this schooljaar, not used or planned yet."""
    return Func(F("pk"), Value(jaar.eerste_dag), function="gereserveerd", output_field=BigIntegerField())


class Pot:
    """What is left of it; below zero more was used, planned and kept than there is."""

    @property
    def te_veel(self):
        return max(0, -self.vrij)


@dataclass(frozen=True)
class Deel(Pot):
    """The hours of one source; `vastgesteld` is None while nobody said how many there are."""

    bron: Bron
    vastgesteld: int | None = None
    gebruikt: int = 0
    gepland: int = 0

    @property
    def vrij(self):
        return (self.vastgesteld or 0) - self.gebruikt - self.gepland


@dataclass(frozen=True)
class Gebruik(Pot):
    """One kring, or some together: then without an expectation, for each kring has a pot of its own."""

    kring: Kring | None
    delen: list
    gereserveerd: int = 0
    verwacht: Verwacht | None = None
    wennen = WENNEN

    @property
    def vastgesteld(self):
        known = [d.vastgesteld for d in self.delen if d.vastgesteld is not None]
        return sum(known) if known else None

    @property
    def gebruikt(self):
        return sum(d.gebruikt for d in self.delen)

    @property
    def gepland(self):
        return sum(d.gepland for d in self.delen)

    @property
    def vrij(self):
        return (self.vastgesteld or 0) - self.bezet - self.gereserveerd

    @property
    def bezet(self):
        """Used and planned."""
        return self.gebruikt + self.gepland

    @property
    def vol(self):
        """Nothing is left of what was vastgesteld."""
        return self.vastgesteld is not None and self.gebruikt >= self.vastgesteld

    @property
    def procent(self):
        """How much of the pot was used; rounded down, so that 100 means that it is empty."""
        return 100 * self.gebruikt // self.vastgesteld if self.vastgesteld else None

    @property
    def schaal(self):
        """The longest thing in the picture."""
        more = [60 * self.verwacht.hoog] if self.verwacht else []
        return max(self.vastgesteld or 0, self.bezet + self.gereserveerd, *more)


def own_kringen(user):
    """The coördinator's kringen (all, when his aanstelling names none) and the onderwijsspecialist's own."""
    held = [a.kring_id for a in user.vandaag if a.rol == Rol.COORDINATOR]
    own = Q(pk__in=[pk for pk in held if pk]) | Q(teams__in=user.teams(Rol.OS))
    return Kring.objects.filter(Q() if None in held else own).distinct().order_by("naam")


def per_kring(kringen, jaar, kalender):
    """[Gebruik of each of these kringen (a query)], by name, in two statements; `kalender` is schooldagen()."""
    schools = School.objects.filter(team__kring=OuterRef("pk")).order_by().values("vakantieregio")
    most = schools.annotate(n=Count("pk")).order_by("-n", "vakantieregio").values("vakantieregio")[:1]
    hours = Urenbudget.objects.filter(kring=OuterRef("pk"), schooljaar__begin=jaar.begin)
    pots = {f"pot_{bron}": Subquery(hours.filter(bron=bron).values("uren")) for bron in Bron}
    found = Kring.objects.filter(pk__in=kringen.values("pk"))
    found = found.annotate(**pots, vakantieregio=Subquery(most), bewaard=gereserveerd(jaar))
    found = list(found.order_by("naam"))
    standen = {regio: Stand(jaar, vandaag(), dagen) for regio, dagen in kalender.items()}
    used = minuten(found, jaar, standen)
    return [van(kring, standen[regio(kring)], used, kring.bewaard) for kring in found]


def alleen_gebruikt(kringen, jaar):
    """[Gebruik of each kring of a query without joins], of all sources, without what is planned, kept or expected."""
    used = days(jaar).filter(kring=OuterRef("pk"), wat="gebruikt").annotate(one=Value(1)).values("one")
    pot = Sum("budgetten__uren", filter=Q(budgetten__schooljaar__begin=jaar.begin))
    found = kringen.order_by("naam").annotate(pot=pot, gebruikt=Subquery(used.annotate(n=Sum("minuten")).values("n")))
    return [Gebruik(k, [Deel(Bron.AED, in_minuten(k.pot), k.gebruikt or 0)]) for k in found]


def days(jaar):
    """The days of a schooljaar, of all kringen that who asks may see."""
    return TelDag.objects.filter(datum__range=(jaar.eerste_dag, jaar.laatste_dag)).order_by()


def in_minuten(uren):
    return None if uren is None else int(uren * 60)


def regio(kring):
    """Where most of its schools are."""
    return Regio.van(kring.vakantieregio or "")


def minuten(kringen, jaar, standen):
    """{(kring, what, source): (minutes in this schooljaar, minutes in the last eight weeks)}"""
    where = {r: [k.pk for k in kringen if regio(k) == r] for r in standen}
    recent = Q(pk__in=[])
    for r, stand in standen.items():
        recent |= Q(kring__in=where[r], datum__gt=stand.sinds, datum__lte=stand.nu)
    rows = (
        days(jaar)
        .filter(kring__in=kringen)
        .values_list("kring", "wat", "bron")
        .annotate(Sum("minuten"), laatst=Sum("minuten", filter=recent))
    )
    return {(kring, wat, bron): (n, laatst or 0) for kring, wat, bron, n, laatst in rows}


def van(kring, stand, used, kept):
    """The Gebruik of one kring."""
    delen, laatst = [], 0
    for bron in Bron:
        gebruikt, recent = used.get((kring.pk, "gebruikt", bron), (0, 0))
        gepland, _ = used.get((kring.pk, "gepland", bron), (0, 0))
        delen.append(Deel(bron, in_minuten(getattr(kring, f"pot_{bron}")), gebruikt, gepland))
        laatst += recent
    g = Gebruik(kring, delen, kept)
    return replace(g, verwacht=stand.verwacht(g.vastgesteld, g.gebruikt, laatst))


def samen(gebruiken):
    """Some kringen together."""
    delen = []
    for bron in Bron:
        parts = [d for g in gebruiken for d in g.delen if d.bron == bron]
        known = [d.vastgesteld for d in parts if d.vastgesteld is not None]
        gebruikt, gepland = sum(d.gebruikt for d in parts), sum(d.gepland for d in parts)
        delen.append(Deel(bron, sum(known) if known else None, gebruikt, gepland))
    return Gebruik(None, delen, sum(g.gereserveerd for g in gebruiken))
