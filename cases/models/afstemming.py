"""The IB-ers of a kring talk about the inzet, again and again, and adjust it (A-18, A-19, A-20).

No state machine: an afstemming is planned until it was held, and then it is history. A bijstelling is the next one.
"""

import uuid
from decimal import Decimal

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, TextChoices, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import filled, refuse, wall, written
from cases.models.offerte import KWARTIER
from cases.models.pot import NIET_VRIJ, beurt
from cases.models.zicht import policy
from schools.models import Kring

GEHOUDEN = "Deze afstemming is geweest. Leg een bijstelling vast in een nieuwe afstemming."
NOG_NIET = "Deze afstemming is nog niet geweest."
WIE = "Vul in wie erbij waren."
NIET_OPEN = "Deze vraag staat niet meer open."
ANDERE_KRING = "Deze vraag is van een andere kring."
AL_BESLOTEN = "Er is al besloten in deze afstemming. Je kunt haar niet meer afzeggen, wel verzetten."
VOORBIJ = (
    "In deze afstemming is al besloten. Kies een dag in hetzelfde schooljaar, en niet voorbij een andere afstemming."
)
MEEST = 1000  # hours for one vraag
FUNCTIONS = """
-- the kringen where who asks has one of these roles
CREATE OR REPLACE FUNCTION kringen_als(rollen text[]) RETURNS SETOF bigint ROWS 10
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.kring_id FROM aanstellingen_nu() x LEFT JOIN schools_school s ON s.id = x.school_id
        JOIN schools_expertteam e ON e.id = coalesce(x.team_id, s.team_id)
        WHERE x.user_id = actor() AND x.rol = ANY (rollen)
    UNION SELECT k.id FROM schools_kring k JOIN aanstellingen_nu() c ON c.kring_id IS NULL OR c.kring_id = k.id
        WHERE c.user_id = actor() AND c.rol = 'coordinator' AND 'coordinator' = ANY (rollen)
$$;
"""
READS = "ARRAY(SELECT kringen_als('{ib,os,coordinator}'))"
LEADS = "ARRAY(SELECT kringen_als('{os,coordinator}'))"
OF = "EXISTS (SELECT FROM cases_afstemming f WHERE f.id = afstemming_id AND f.kring_id = ANY ({}))"
BESLOTEN = "EXISTS (SELECT FROM cases_afstemmingsbesluit b WHERE b.afstemming_id = {}.id)"
DAY = "(SELECT f.datum FROM cases_afstemming f WHERE f.id = NEW.afstemming_id)"


class Afstemming(models.Model):
    """One meeting of the IB-ers of a kring with its onderwijsspecialisten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    versie = models.PositiveIntegerField(default=0, editable=False)
    kring = models.ForeignKey(Kring, models.PROTECT, related_name="afstemmingen", editable=False)
    door = person("door", editable=False)
    datum = models.DateField("op welke dag?")
    aanwezig = models.TextField("wie waren erbij?", max_length=3000, blank=True)  # a line for each, as they were called
    verslag = models.TextField("wat spraken jullie af? Noem geen namen van leerlingen", max_length=3000, blank=True)
    gehouden = models.BooleanField(default=False, editable=False)
    POLICY = policy(
        f"kring_id = ANY ({READS})",
        insert=f"door_id = actor() AND kring_id = ANY ({LEADS})",
        update=f"kring_id = ANY ({LEADS})",
        delete=f"kring_id = ANY ({LEADS})",  # what was planned and nothing was decided in: its history stays
    )

    class Meta:
        verbose_name = "afstemming"
        verbose_name_plural = "afstemmingen"
        ordering = ["-datum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "datum"], name="afstemming_een_per_dag",
                violation_error_message="Op die dag is er al een afstemming van deze kring.",
            ),
            wall("afstemming_aanwezig", Q(gehouden=False) | filled("aanwezig"), WIE),
        ]  # fmt: skip
        triggers = [
            refuse("geweest_is_geweest", "OLD.gehouden", GEHOUDEN, pgtrigger.Update | pgtrigger.Delete),
            refuse("al_besloten", BESLOTEN.format("OLD"), AL_BESLOTEN, pgtrigger.Delete),
            refuse(  # which besluit is the last one follows from the days
                "voorbij",
                f"OLD.datum <> NEW.datum AND {BESLOTEN.format('NEW')} AND (schooljaar_van(OLD.datum) <>"
                " schooljaar_van(NEW.datum) OR EXISTS (SELECT FROM cases_afstemming f WHERE f.kring_id = NEW.kring_id"
                " AND f.id <> NEW.id AND f.datum BETWEEN least(OLD.datum, NEW.datum) AND"
                " greatest(OLD.datum, NEW.datum)))",
                VOORBIJ,
                pgtrigger.Update,
            ),
            refuse("nog_niet", "NEW.gehouden AND NEW.datum > (now() AT TIME ZONE 'Europe/Amsterdam')::date", NOG_NIET),
        ]

    def __str__(self):
        return f"Afstemming {self.kring}"


class Besluit(TextChoices):
    EERST = "eerst", "Eerst"
    LATER = "later", "Later"
    ANDERS = "anders", "Anders"


class Afstemmingsbesluit(models.Model):
    """What they decided about one vraag; it counts until a later afstemming decides otherwise.

    The hours are for the whole schooljaar: what is used counts, and what is not used yet is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    afstemming = models.ForeignKey(Afstemming, models.PROTECT, related_name="besluiten", editable=False)
    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, related_name="besluiten", editable=False)
    besluit = models.CharField("eerst, later of anders?", max_length=10, choices=Besluit)
    uren = models.DecimalField(
        "uren voor deze vraag dit schooljaar", max_digits=6, decimal_places=2, default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MEEST)],
    )  # fmt: skip
    toelichting = models.CharField("waarom? Noem geen namen", max_length=200, blank=True)
    door = person("door", editable=False)
    op = models.DateTimeField(auto_now=True)
    KEEPS = ("DELETE",)
    POLICY = policy(
        OF.format(READS),
        insert=f"door_id = actor() AND {OF.format(LEADS)}",
        update=OF.format(LEADS),
    )

    class Meta:
        verbose_name = "besluit van een afstemming"
        verbose_name_plural = "besluiten van een afstemming"
        ordering = ["-afstemming__datum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["afstemming", "aanmelding"], name="besluit_een_per_vraag",
                violation_error_message="Over deze vraag is in deze afstemming al besloten.",
            ),
            wall("besluit_bestaat", Q(besluit__in=Besluit.values), "Kies eerst, later of anders."),
            wall("besluit_uren", Q(uren__range=(0, MEEST)), "Vul het aantal uren in met cijfers. Bijvoorbeeld 6,5."),
            wall("besluit_kwartier", Exact(Mod("uren", Value(Decimal("0.25"))), Value(0)), KWARTIER),
        ]  # fmt: skip
        triggers = [
            refuse(
                "geweest",
                "(SELECT f.gehouden FROM cases_afstemming f WHERE f.id = NEW.afstemming_id)",
                GEHOUDEN,
            ),
            refuse("open_vraag", f"{written('aanmelding_id')} AND NOT is_open(NEW.aanmelding_id)", NIET_OPEN),
            refuse(
                "van_de_kring",
                f"{written('aanmelding_id', 'afstemming_id')} AND kring_van(NEW.aanmelding_id) IS DISTINCT FROM"
                " (SELECT f.kring_id FROM cases_afstemming f WHERE f.id = NEW.afstemming_id)",
                ANDERE_KRING,
            ),
            refuse(
                "uren_vrij",
                f"{written('uren')} AND niet_vrij(NEW.aanmelding_id, {DAY}, NEW.uren)",
                NIET_VRIJ,
                first=beurt("NEW.aanmelding_id", written("uren")),
            ),
        ]

    def __str__(self):
        return f"{self.get_besluit_display()}, {self.uren} uur"
