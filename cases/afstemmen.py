"""The afstemming of a kring: what is open, what a change in hours does, what is decided, and when it is time again."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When

from cases.engine import Refused, one_at_a_time, sentence
from cases.models import Afstemming, Afstemmingsbesluit, OpenVraag, Soort
from cases.models.afstemming import AL_BESLOTEN
from cases.models.pot import pot_over
from cases.roles import places
from schools.models import Kring, Rol, School, Schooljaar, vandaag
from schools.schooldagen import schooldagen

NET_GEWIJZIGD = "Iemand anders heeft hier net iets opgeslagen. Kijk het na en sla het opnieuw op."
SOORT = Case(
    *[When(soort=soort, then=Value(n)) for n, soort in enumerate((Soort.COMPLEX, Soort.LICHT, Soort.BASIS))],
    output_field=IntegerField(),
)


def kringen(user, *, leads=False):
    """The kringen of which somebody reads the afstemming; or leads it, which an IB-er does not."""
    held = places(user, Rol.COORDINATOR, "kring")
    mine = Q(pk__in=[pk for pk in held if pk]) | Q(teams__in=user.teams(Rol.OS))
    if not leads:
        mine |= Q(teams__scholen__in=places(user, Rol.IB, "school"))
    return Kring.objects.filter(Q() if None in held else mine).distinct().order_by("naam")


def open_vragen(kring):
    """By need: what waits before what runs, complex before licht before basis, who waits longest first (A-9)."""
    rows = OpenVraag.objects.filter(kring=kring).select_related("school")
    return rows.order_by("-wacht", SOORT, "ingediend_op", "pk")


@dataclass(frozen=True)
class Effect:
    """What is free in the kring before and after, and the vragen for which something changes: minutes."""

    voor: int
    na: int
    rijen: list  # [(vraag, kept before, kept after)]


def effect(afstemming, given):
    """What these hours would do: [(open vraag, the besluit as it would be)]; nothing is saved."""
    rows = [(vraag, vraag.over, max(0, int(after["uren"] * 60) - vraag.ingezet)) for vraag, after in given]
    voor = pot_over(afstemming.kring, afstemming.datum)
    return Effect(voor, voor - sum(na - was for _, was, na in rows), [row for row in rows if row[1] != row[2]])


def leg_vast(afstemming, user, versie, given, **fields):
    """Save the meeting and its besluiten together, or nothing: `Refused` says why. Less comes before more."""
    given = sorted(given, key=lambda row: row[1]["uren"] - row[0].uren)
    try:
        with transaction.atomic():
            one_at_a_time(f"afstemming {afstemming.kring_id}")
            here = Afstemming.objects.filter(pk=afstemming.pk, versie=versie)
            if not here.update(versie=F("versie") + 1):
                raise Refused(NET_GEWIJZIGD)
            for vraag, besluit in given:
                key = {"afstemming": afstemming, "aanmelding_id": vraag.pk}
                Afstemmingsbesluit.objects.update_or_create(**key, defaults=besluit | {"door": user})
            Afstemming.objects.filter(pk=afstemming.pk).update(**fields)
    except IntegrityError as error:
        raise Refused(sentence(error)) from error


def plan(kring, user, datum):
    """The next afstemming of a kring; `Refused` when there is one on that day."""
    try:
        with transaction.atomic():
            return Afstemming.objects.create(kring=kring, door=user, datum=datum)
    except IntegrityError as error:
        raise Refused(sentence(error)) from error


def zeg_af(afstemming, versie):
    """What was planned does not happen, unless something was decided in it already: `Refused` says so."""
    try:
        with transaction.atomic():
            one_at_a_time(f"afstemming {afstemming.kring_id}")
            here = Afstemming.objects.filter(pk=afstemming.pk, versie=versie, gehouden=False)
            if afstemming.besluiten.exists():
                raise Refused(AL_BESLOTEN)
            if not here.delete()[0]:
                raise Refused(NET_GEWIJZIGD)
    except IntegrityError as error:
        raise Refused(sentence(error)) from error


def met_besluit(aanmeldingen):
    """Marks each with what the last afstemming decided about it."""
    last = Afstemmingsbesluit.objects.filter(aanmelding=OuterRef("pk")).order_by("-afstemming__datum")
    return aanmeldingen.annotate(besluit=Subquery(last.values("besluit")[:1]))


def met_afstemming(kringen):
    """Each with `laatst` and `open`, the days of the last and of the next afstemming, and `regio` of its schools."""
    there = Afstemming.objects.filter(kring=OuterRef("pk"))
    schools = School.objects.filter(team__kring=OuterRef("pk")).order_by("vakantieregio")
    return kringen.annotate(
        laatst=Subquery(there.filter(gehouden=True).order_by("-datum").values("datum")[:1]),
        open=Subquery(there.filter(gehouden=False).order_by("datum").values("datum")[:1]),
        regio=Subquery(schools.values("vakantieregio")[:1]),
    )


def te_lang_geleden(kringen, kalender=None):
    """[(kring, day of the last afstemming or None, day of one that must be written down or None)] (A-20).

    Of kringen fetched by `met_afstemming`. The last one, or else the first day of the schooljaar, is longer ago than so
    many weeks with school.
    """
    nu, dagen = vandaag(), kalender or schooldagen()
    found = []
    for kring in kringen:
        grens = dagen[School(vakantieregio=kring.regio or "").regio].terug(nu, settings.AFSTEMMING_WEKEN * 5)
        since = kring.laatst or Schooljaar.of(nu).eerste_dag
        geweest = kring.open and kring.open < nu
        if geweest or (since < grens and not kring.open):
            found.append((kring, kring.laatst, kring.open if geweest else None))
    return found
