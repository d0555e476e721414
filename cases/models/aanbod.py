"""What schools and experts of a kring offer one another, for nothing: training, materiaal, a groepsaanbod (A-32)."""

import uuid

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, TextChoices

from cases.models.aanmelding import person
from cases.models.base import filled, refuse, wall, written
from cases.models.zicht import policy
from schools.models import Kring, School

VOL = "Dit aanbod is vol."
WEG = "Dit aanbod is er niet meer."
ZELF = "Jullie bieden dit zelf aan."
ANDERE_KRING = "Deze school hoort bij een andere kring."
TE_WEINIG = "Er doen al meer scholen mee."
MEEST = 50  # schools
READS = "kring_id = ANY (ARRAY(SELECT kringen_als('{ib,os,ab,coordinator}')))"
OWN = "school_id = ANY (ARRAY(SELECT scholen_als('ib')))"
OF = "(SELECT a.{} FROM cases_aanbod a WHERE a.id = NEW.aanbod_id)"
KRING = (
    "(SELECT e.kring_id FROM schools_school s JOIN schools_expertteam e ON e.id = s.team_id WHERE s.id = NEW.school_id)"
)


class AanbodSoort(TextChoices):
    TRAINING = "training", "Training of scholing"
    MATERIAAL = "materiaal", "Materiaal"
    GROEP = "groep", "Groepsaanbod"


class Aanbod(models.Model):
    """Of a school, or of an expert of a team (then there is no school). Who offers it, takes it away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kring = models.ForeignKey(Kring, models.PROTECT, related_name="aanbod", editable=False)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="aanbod", editable=False)
    door = person("door", editable=False)
    op = models.DateTimeField(auto_now_add=True)
    soort = models.CharField("wat voor aanbod?", max_length=20, choices=AanbodSoort)
    titel = models.CharField("hoe heet het?", max_length=100)
    omschrijving = models.CharField("wat houdt het in? Noem geen namen van leerlingen", max_length=500)
    wanneer = models.CharField("wanneer en waar?", max_length=100)
    plekken = models.PositiveSmallIntegerField(
        "voor hoeveel scholen is er plek?", validators=[MinValueValidator(1), MaxValueValidator(MEEST)]
    )
    weg = models.BooleanField(default=False, editable=False)
    KEEPS = ("DELETE",)
    POLICY = policy(
        READS,
        insert="door_id = actor() AND (school_id IS NOT NULL AND " + OWN + " OR school_id IS NULL"
        " AND kring_id = ANY (ARRAY(SELECT kringen_als('{ab}'))))",
        update=f"door_id = actor() AND {READS}",
    )

    class Meta:
        verbose_name = "aanbod"
        verbose_name_plural = "aanbod"
        ordering = ["-op", "pk"]
        constraints = [
            wall("aanbod_soort", Q(soort__in=AanbodSoort.values), "Kies wat voor aanbod het is."),
            wall("aanbod_tekst", filled("titel", "omschrijving", "wanneer"),
                 "Vul in hoe het heet, wat het inhoudt, en wanneer het is."),
            wall("aanbod_plekken", Q(plekken__range=(1, MEEST)), f"Vul een aantal in van 1 tot {MEEST}."),
        ]  # fmt: skip
        triggers = [
            refuse(
                "van_de_kring",
                f"{written('school_id', 'kring_id')} AND NEW.school_id IS NOT NULL AND {KRING} IS DISTINCT FROM"
                " NEW.kring_id",
                ANDERE_KRING,
            ),
            refuse(
                "niet_minder",
                "NEW.plekken < (SELECT count(*) FROM cases_deelname d WHERE d.aanbod_id = NEW.id)",
                TE_WEINIG,
                pgtrigger.Update,
            ),
        ]

    def __str__(self):
        return self.titel


class Deelname(models.Model):
    """A school joins: it can leave again, and then its place is free."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanbod = models.ForeignKey(Aanbod, models.PROTECT, related_name="deelnames", editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="deelnames", editable=False)
    door = person("door", editable=False)
    op = models.DateTimeField(auto_now_add=True)
    KEEPS = ("UPDATE",)
    POLICY = policy(
        "EXISTS (SELECT FROM cases_aanbod a WHERE a.id = aanbod_id)",  # who sees the aanbod, by its own policy
        insert=f"door_id = actor() AND {OWN}",
        delete=OWN,
    )

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        ordering = ["op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanbod", "school"], name="deelname_een_per_school",
                violation_error_message="Jullie doen al mee.",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="vol",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                # who comes second waits for the first, and only then counts
                func="PERFORM 1 FROM cases_aanbod a WHERE a.id = NEW.aanbod_id FOR NO KEY UPDATE; IF (SELECT count(*)"
                f" FROM cases_deelname d WHERE d.aanbod_id = NEW.aanbod_id) >= {OF.format('plekken')} THEN"
                f" RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{VOL}'; END IF; RETURN NEW;",
            ),
            refuse("weg", OF.format("weg"), WEG, pgtrigger.Insert),
            refuse("zelf", f"{OF.format('school_id')} = NEW.school_id", ZELF, pgtrigger.Insert),
            refuse("van_de_kring", f"{KRING} IS DISTINCT FROM {OF.format('kring_id')}", ANDERE_KRING, pgtrigger.Insert),
        ]

    def __str__(self):
        return f"{self.school} doet mee"
