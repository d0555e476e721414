"""What is counted, out of the views without a name: one Feit for each thing in a school and a schooljaar."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cases.models import Afstemming, TelAanmelding, TelContact, TelGebeurtenis, TelTraject
from cases.models.keuzes import Soort, Werk
from schools.models import Bron, Rol, Schooljaar
from schools.schooldagen import schooldagen

CLUSTERS = {"1": "Cluster 1", "2": "Cluster 2", "3": "Cluster 3", "4": "Cluster 4", "3, 4": "Cluster 3 en 4"}
SNEL = datetime.timedelta(weeks=4)


@dataclass(frozen=True)
class Feit:
    school: int
    jaar: int  # in which its schooljaar begins
    kwartaal: int  # of that schooljaar: 1 is August to October
    wat: object  # of which thing it is: what has many Feiten is counted once
    soort: str = ""
    ken: dict = field(default_factory=dict, hash=False)  # {what is told apart by: in which part it is}
    waarde: int = 1


def wanneer(dag):
    """(schooljaar, kwartaal) of a day or moment."""
    dag = timezone.localtime(dag).date() if isinstance(dag, datetime.datetime) else dag
    return Schooljaar.of(dag).begin, (dag.month - 8) % 12 // 3 + 1


def tussen(field, jaren, moment=False):
    """Q: on a day of one of these schooljaren, that follow each other."""
    begin, end = min(j.eerste_dag for j in jaren), max(j.laatste_dag for j in jaren)
    field = f"{field}__date" if moment else field
    return Q(**{f"{field}__gte": begin, f"{field}__lte": end})


def feiten(scholen, jaren):
    """{population: [Feit]} of these schools {key: School} in these schooljaren, in five statements."""
    found, own, kalender = defaultdict(list), Q(school__in=scholen), schooldagen()
    for a in TelAanmelding.objects.filter(own, schooljaar__begin__in=[j.begin for j in jaren]).order_by("pk"):
        found["aanmeldingen"].append(van_aanmelding(a, kalender[scholen[a.school_id].regio]))
        if a.afgerond_reden:
            found["zonder_traject"].append(
                Feit(a.school_id, *wanneer(a.ingediend_op), a.pk, a.soort, {"reden": a.afgerond_reden})
            )
    ever = tussen("begonnen_op", jaren, True) | tussen("geeindigd_op", jaren, True)
    for t in TelTraject.objects.filter(own & ever).order_by("pk"):
        for population, feit in van_traject(t):
            found[population].append(feit)
    for population, feit in van_contacten(own & tussen("datum", jaren)):
        found[population].append(feit)
    for g in TelGebeurtenis.objects.filter(own & tussen("op", jaren)).order_by("pk"):
        found[g.soort].append(Feit(g.school_id, *wanneer(g.op), g.pk, "", {"hoe": g.hoe}))
    return found


def met_afstemmingen(kringen):
    """Kringen, each with the days (`geweest`) of the afstemmingen that it held."""
    held = Afstemming.objects.filter(kring=OuterRef("pk"), gehouden=True)
    return kringen.annotate(geweest=ArraySubquery(held.values("datum")))


def van_aanmelding(a, dagen):
    sent = timezone.localtime(a.ingediend_op).date()
    contact, start = "geen", "niet"
    if a.eerste_contact_op:
        contact = "snel" if dagen.aantal(sent, a.eerste_contact_op) <= settings.EERSTE_CONTACT_SCHOOLDAGEN else "later"
    if a.gestart_op:
        start = "snel" if timezone.localtime(a.gestart_op).date() - sent <= SNEL else "later"
    ken = {"soort": a.soort, "niveau": a.niveau, "thema": a.thema, "contact": contact, "start": start}
    return Feit(a.school_id, *wanneer(a.ingediend_op), a.pk, a.soort, ken)


def van_traject(t):
    """A traject counts where it began and where it ended."""
    began = t.school_id, *wanneer(t.begonnen_op), t.pk, t.soort
    cluster = ", ".join(sorted({*t.clusters} & {*"1234"}))
    yield "trajecten", Feit(*began, {"soort": t.soort, "cluster": cluster if cluster in CLUSTERS else ""})
    if t.soort == Soort.COMPLEX and t.voortraject:
        yield "voortrajecten", Feit(*began, {"overdracht": "ja" if t.overgedragen else "nee"})
    if t.geeindigd_op:
        tijd, behaald = "ander", t.doel_behaald if t.state == "afgesloten" else "gestopt"
        if t.soort == Soort.LICHT and t.verwachte_einddatum:
            tijd = "later" if timezone.localtime(t.geeindigd_op).date() > t.verwachte_einddatum else "op_tijd"
        ken = {"behaald": behaald, "tijd": tijd}
        yield "klaar", Feit(t.school_id, *wanneer(t.geeindigd_op), t.pk, t.soort, ken)


def van_contacten(where):
    """Hours are of a traject: how many trajecten are behind them, says whether they are shown."""
    groups = TelContact.objects.filter(where).annotate(maand=TruncMonth("datum")).order_by()
    for row in groups.values("school", "traject_id", "traject_soort", "als", "soort", "maand").annotate(
        m=Sum("minuten")
    ):
        at = row["school"], *wanneer(row["maand"]), row["traject_id"], row["traject_soort"]
        bron = Bron.VLIEGER if row["als"] == Rol.SBO else Bron.AED
        ken = {"soort": row["traject_soort"], "werk": row["soort"], "bron": bron}
        yield "os_uren" if row["als"] == "os" else "uren", Feit(*at, ken, row["m"])
        if row["soort"] in {Werk.COTEACHING, Werk.COACHING}:
            yield "in_de_klas", Feit(*at, {"werk": row["soort"]}, row["m"])
        if row["soort"] == Werk.LEERLINGGESPREK:
            yield "gesprekken", Feit(*at, {}, row["m"])
