"""What asks for attention: why it stands on somebody's list, and the one thing to do about it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, UUIDField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.db.models.lookups import LessThan
from django.urls import reverse
from django.utils.formats import date_format

from cases.gereed import rijen
from cases.models import Aanmelding, Agendapunt, Contactmoment, Event, Soort
from cases.models.traject import open_vraag
from cases.roles import NOTHING, Role, either
from cases.workflow import FLOWS, HGW
from expertteam.gereed import DEZE
from schools.models import Regio, Schooljaar, vandaag
from schools.schooldagen import schooldagen

MOST = 20
WEEK = datetime.timedelta(weeks=1)
EINDE_SCHOOLJAAR = {5, 6, 7}  # months
AKKOORD = Q(aanmelding__toestemming_weg_op=None)  # else nothing new can be done
DOSSIER = {"aanmelding": "pk", "traject": "aanmelding", "agendapunt": "aanmelding", "afspraak": "aanmelding",
           "expertiseindeklas": "traject__aanmelding"}  # fmt: skip
WAT = {  # how something is called, beside the dossier it belongs to
    "afspraak": F("wat"),
    "overleg": Concat(Value("OT "), "school__naam"),
    "offerte": Concat(Value("Offerte "), "nummer"),
}
NO_MORE = Q()
GEEN_DOSSIER = Cast(Value(None), UUIDField())


@dataclass(frozen=True)
class Dag:
    """Today, and until when something may wait: (regio, day) by the calendars of the schools."""

    nu: datetime.date
    contact: tuple  # the first contact
    stil: tuple  # the next contact


def dag_van(nu, kalender):
    """Today with these calendars."""
    waits = settings.EERSTE_CONTACT_SCHOOLDAGEN, settings.SIGNAAL_GEEN_CONTACT_WEKEN * 5
    return Dag(nu, *(tuple((regio, dagen.terug(nu, n)) for regio, dagen in kalender.items()) for n in waits))


def sinds(grens, school):
    """SQL: this day where the school is."""
    back = {regio: Value(dag) for regio, dag in grens}
    whens = [When(**{f"{school}__vakantieregio__icontains": regio}, then=back[regio]) for regio in Regio]
    return Case(*whens, default=back[Regio.MIDDEN], output_field=DateField())


@dataclass(frozen=True, kw_only=True)
class Bron:
    """One reason for which something stands on a list."""

    kind: str
    by: set  # roles
    which: Callable  # Dag -> Q
    op: object  # SQL: the day it is about
    waarom: str  # {} is that day
    laat: str = ""  # once that day is past
    stap: str = ""  # the one thing to do; none: its page
    knop: str = ""

    def rijen(self, n, user, dag):
        """[(n, key, dossier, day, what it is)] of what this person has such a role in; None when he has none."""
        model = FLOWS[self.kind].model
        held = either(*(model.RELATIONS[role].objects(user) for role in self.by))
        if held is NOTHING:
            return None
        dossier = F(DOSSIER[self.kind]) if self.kind in DOSSIER else GEEN_DOSSIER
        rows = model.objects.filter(held, self.which(dag)).order_by()
        return rows.values_list(Value(n), F("pk"), dossier, self.op, WAT.get(self.kind, Value("")))

    def aan(self, pk, dossier, op, wat, nu):
        """The row as it is shown."""
        what = [f"{dossier.nummer or 'Concept'} · {dossier.over} · {dossier.school}"] if dossier else []
        said = self.laat if self.laat and op and op < nu else self.waarom
        url = reverse("step", args=[self.kind, pk, self.stap]) if self.stap else reverse("detail", args=[self.kind, pk])
        knop = self.knop or FLOWS[self.kind].steps[self.stap].label
        return Rij(" · ".join([*what, *filter(None, [wat])]), said.format(op and date_format(op, "j F")), knop, url)


@dataclass(frozen=True)
class Rij:
    wat: str
    waarom: str
    knop: str
    url: str


@dataclass(frozen=True)
class Aandacht:
    rijen: list
    meer: int  # that are not shown


def werk(kind, stap, op, waarom, laat="", also=NO_MORE, knop=""):
    """A step of the werkwijze that somebody waits for."""
    step = FLOWS[kind].steps[stap]
    which = Q(state__in=step.frm, **step.waits) & also
    there = "" if knop else stap  # a button of its own leads to the page: there is something to see or choose first
    return Bron(kind=kind, by=step.by, which=lambda d: which, op=op, waarom=waarom, laat=laat, stap=there, knop=knop)


def contact_te_laat(d):
    sent = LessThan(TruncDate("ingediend_op"), sinds(d.contact, "school"))
    return Q(sent, state="ingediend", vraag_open=False, toestemming_weg_op=None)


def concept_gaat_weg(d):
    """The database throws it away on that day, whoever looks: a week before it is said."""
    return Q(state="concept", gewijzigd_op__date__lte=d.nu - datetime.timedelta(settings.CONCEPT_DAGEN) + WEEK)


def lang_geen_contact(d):
    return AKKOORD & Q(LessThan(LAATST, sinds(d.stil, "aanmelding__school")), state__in=["lopend", *HGW])


def schooljaar_om(d):
    """Complex often takes long (B-5): once a year somebody says that it goes on."""
    if d.nu.month not in EINDE_SCHOOLJAAR:
        return NOTHING
    said = Event.objects.filter(kind="traject", step="doorzetten", at__date__gte=Schooljaar.of(d.nu).eerste_dag)
    return AKKOORD & Q(soort=Soort.COMPLEX, state__in=[*HGW, "evaluatie"]) & ~Q(pk__in=said.values("object_id"))


CONTACTEN = Contactmoment.objects.filter(traject=OuterRef("pk"), state="geboekt").exclude(soort="niet_door")
LAATST = Coalesce(Subquery(CONTACTEN.order_by("-datum").values("datum")[:1]), TruncDate("gemaakt_op"))
WEG_OP = Cast(TruncDate("gewijzigd_op") + datetime.timedelta(settings.CONCEPT_DAGEN), DateField())
AGENDA = Exists(Agendapunt.objects.filter(overleg=OuterRef("pk")).exclude(state="vervallen"))
IB, OS, AB = {Role.IB}, {Role.OS}, {Role.AB}

BRONNEN = [
    Bron(kind="aanmelding", by=OS, which=contact_te_laat, op=TruncDate("ingediend_op"),
         waarom="Verstuurd op {}. Het eerste contact is te laat.", stap="oppakken"),
    Bron(kind="aanmelding", by=IB, which=concept_gaat_weg, op=WEG_OP, knop="Ga verder",
         waarom="Dit concept wordt op {} weggegooid. Verstuur het, of sla het opnieuw op."),
    Bron(kind="traject", by=OS, which=lambda d: Q(soort=Soort.LICHT, state="lopend", verwachte_einddatum__lt=d.nu),
         op=F("verwachte_einddatum"), waarom="De einddatum was {}.", knop="Kies hoe het verdergaat"),
    Bron(kind="aanmelding", by=IB | OS, op=F("opp_evaluatie_op"), stap="opp",
         which=lambda d: open_vraag() & Q(opp_evaluatie_op__lte=d.nu + 4 * WEEK, toestemming_weg_op=None),
         waarom="De evaluatie van het OPP is op {}.", laat="De evaluatie van het OPP was op {}."),
    Bron(kind="offerte", by=IB, which=lambda d: Q(state="uitgebracht", geldig_tot__lte=d.nu + 2 * WEEK),
         op=F("geldig_tot"), waarom="De offerte verloopt op {}. Jullie beslissen.",
         laat="De offerte was geldig tot {}. Vraag een nieuwe versie.", knop="Bekijk de offerte"),
    Bron(kind="offerte", by=IB, which=lambda d: Q(state="uitgebracht", geldig_tot__gt=d.nu + 2 * WEEK),
         op=F("geldig_tot"), waarom="Jullie beslissen over de offerte, tot {}.", knop="Bekijk de offerte"),
    Bron(kind="traject", by={Role.UITVOERDER}, which=lang_geen_contact, op=LAATST,
         waarom="Geen contact sinds {}.", stap="bezoek"),
    Bron(kind="traject", by=AB, which=schooljaar_om, op=TruncDate("gemaakt_op"),
         waarom="Het schooljaar is bijna om. Zet het traject door, of sluit het af.", stap="doorzetten"),
    Bron(kind="overleg", by=IB, which=lambda d: Q(state="gepland", datum__lt=d.nu), op=F("datum"),
         waarom="Het OT was op {}. Leg vast of het doorging.", knop="Rond het OT af"),
    Bron(kind="overleg", by=IB, op=F("datum"), knop="Bereid het OT voor",
         which=lambda d: ~Q(AGENDA) & Q(state="gepland", datum__range=(d.nu, d.nu + WEEK)),
         waarom="Het OT is op {}. Er staat nog niemand op de agenda."),
    werk("agendapunt", "voorbereiden", F("overleg__datum"), "Het OT is op {}. Bepaal de fase en het doel.",
         "Het OT was op {}. De fase en het doel staan er nog niet.", AKKOORD),
    werk("afspraak", "gedaan", F("wanneer"), "Klaar op {}.", "Had klaar moeten zijn op {}."),
    werk("overleg", "verslag", F("datum"), "Het OT was op {}. Stel het verslag vast."),
    werk("expertiseindeklas", "akkoord_os", TruncDate("op"), "Voorgesteld op {}. Jouw akkoord is nodig."),
    werk("expertiseindeklas", "akkoord_ab", TruncDate("op"), "Voorgesteld op {}. Jouw akkoord is nodig."),
    werk("expertiseindeklas", "starten", TruncDate("op"), "De voorwaarden zijn getoetst. Je kunt beginnen."),
    werk("offerte", "uitbrengen", TruncDate("op"), "Gevraagd op {}. De school wacht op de offerte.",
         knop="Bekijk de offerte"),
    werk("offerte", "uitvoeren", F("besloten_op"), "De school ging akkoord op {}.", knop="Bekijk de offerte"),
]  # fmt: skip


def alles(user, dag):
    """Of every source in which this person has a role, in one statement."""
    none = Aanmelding.objects.none().values_list("pk", "pk", "pk", "pk", "pk")
    found = [rows for n, bron in enumerate(BRONNEN) if (rows := bron.rijen(n, user, dag)) is not None]
    return found[0].union(*found[1:], all=True) if found else none


def waarover(user):
    """The dossiers that the rows are about."""
    return Aanmelding.objects.visible_to(user).select_related("school").filter(pk__in=DEZE)


def aandacht(user, kalender=None):
    """What asks for attention, the earliest day first; at most MOST. Three statements, whatever there is."""
    dag = dag_van(vandaag(), kalender or schooldagen())
    found = rijen(alles, user, dag)
    rows = sorted(found, key=lambda row: (row[3] or datetime.date.max, row[0], row[1]))
    keys = {dossier for _, _, dossier, _, _ in rows[:MOST] if dossier}
    dossiers = {a.pk: a for a in rijen(waarover, user, deze=keys)} if keys else {}
    shown = [BRONNEN[n].aan(pk, dossiers.get(dossier), op, wat, dag.nu) for n, pk, dossier, op, wat in rows[:MOST]]
    return Aandacht(shown, len(rows) - len(shown))
