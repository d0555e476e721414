"""What stands on the papers that leave the system. How they look stands in templates/papier/."""

import datetime
from collections import defaultdict
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from cases.models import Overleg
from cases.models.dossier import ROWS
from cases.models.keuzes import Btw
from expertteam import papier


@dataclass(frozen=True, kw_only=True)
class Advies:
    soort: str  # "Handelingsadvies"
    datum: datetime.date
    door: str  # name and function
    tekst: str


@dataclass(frozen=True, kw_only=True)
class Brief:
    """The letter to the parents with every advice about their child (WPO 18a lid 14)."""

    nummer: str
    datum: datetime.date
    plaats: str  # where it was written
    afzender: list[str]  # samenwerkingsverband, expertteam, person, telephone: a line each
    aan: str  # "De ouders/verzorgers van Yara"
    onderwerp: str
    school: str
    adviezen: list[Advies]
    bellen: list[str]  # whom to call: a line each
    groet: list[str]  # who signs: name, function

    def pdf(self):
        return papier.pdf("brief", asdict(self))


@dataclass(frozen=True, kw_only=True)
class Regel:
    omschrijving: str
    minuten: int
    tarief: int  # cents an hour, without btw
    btw: int | None  # per cent; None: vrijgesteld

    @property
    def bedrag(self):
        return halves_up(self.minuten * self.tarief, 60)


@dataclass(frozen=True, kw_only=True)
class Offerte:
    """What the AED offers a school (B-17, B-18, B-19). There is nothing of a leerling in it."""

    nummer: str
    versie: int
    datum: datetime.date | None
    geldig_tot: datetime.date | None  # none yet: it was not sent, and is no paper
    school: list[str]  # the client: a line each
    afzender: list[str]  # the AED: a line each
    soort: str
    thema: str  # "" when there is none
    regels: list[Regel]
    link: str  # where to say yes

    @property
    def subtotaal(self):
        return sum(regel.bedrag for regel in self.regels)

    @property
    def btw(self):
        """[(per cent, over how much, btw)], the highest first; btw is rounded once for each rate."""
        over = defaultdict(int)
        for regel in self.regels:
            over[regel.btw] += regel.bedrag
        rates = sorted(over, key=lambda rate: -1 if rate is None else rate, reverse=True)
        return [(rate, over[rate], halves_up(over[rate] * (rate or 0), 100)) for rate in rates]

    @property
    def totaal(self):
        return self.subtotaal + sum(btw for *_, btw in self.btw)

    def pdf(self):
        sums = {"subtotaal": self.subtotaal, "btw": self.btw, "totaal": self.totaal}
        lines = [asdict(regel) | {"bedrag": regel.bedrag} for regel in self.regels]
        return papier.pdf("offerte", asdict(self) | sums | {"regels": lines})


@dataclass(frozen=True, kw_only=True)
class Verklaring:
    """What was destroyed, and by whom: kept longer than what it is about, so it holds no name of a leerling."""

    nummer: str
    samenwerkingsverband: str
    kring: str
    jaren: int
    voorgesteld: list  # [name, day]
    bevestigd: list
    regels: list  # [number, school, closed on, kept until]
    aantallen: list  # [what, how many]

    def pdf(self):
        return papier.pdf("verklaring", asdict(self))


def verklaring(v, regels):
    """The certificate of a vernietiging that was confirmed."""
    return Verklaring(
        nummer=v.nummer, samenwerkingsverband=settings.SWV_NAAM, jaren=settings.BEWAREN_JAREN,
        kring=f"kring {v.kring}" if v.kring else "scholen zonder kring",
        voorgesteld=[str(v.voorgesteld_door), timezone.localdate(v.voorgesteld_op)],
        bevestigd=[str(v.bevestigd_door), timezone.localdate(v.bevestigd_op)],
        regels=[[r.nummer, str(r.school), r.gesloten_op, r.bewaard_tot] for r in regels],
        aantallen=in_woorden(v.aantallen),
    )  # fmt: skip


def in_woorden(aantallen):
    """[(what, how many)] of what was destroyed, as people call it."""
    names = {m.__name__.lower(): m._meta.verbose_name_plural for m in (*ROWS, Overleg)}
    names["geschiedenis"] = "regels van de geschiedenis"
    return [(capfirst(label), aantallen[name]) for name, label in names.items() if aantallen.get(name)]


def uitgave(o, versie):
    """One version of an offerte: what the page adds up and the paper says. Its lines are in quarters of an hour."""
    lines = [
        Regel(
            omschrijving=r.omschrijving, minuten=int(r.uren * 60), tarief=int(r.tarief * 100),
            btw=None if r.btw == Btw.VRIJ else int(r.btw),
        )
        for r in o.regels.all()
        if r.uitgave == versie
    ]  # fmt: skip
    street, place = f"{o.school.straat} {o.school.huisnummer}".strip(), f"{o.school.postcode} {o.school.plaats}".strip()
    return Offerte(
        nummer=o.nummer, versie=versie, datum=o.uitgebracht_op, geldig_tot=o.geldig_tot,
        school=[line for line in (o.school.naam, street, place) if line],
        afzender=[settings.AED_NAAM, *settings.AED_ADRES], soort=o.get_soort_display(),
        thema=o.get_thema_display() if o.thema else "", regels=lines, link=f"{settings.BASE_URL}/offerte/{o.pk}/",
    )  # fmt: skip


def halves_up(a, b):
    """a / b in whole cents, a half upwards: never by way of a float."""
    return (2 * a + b) // (2 * b)
