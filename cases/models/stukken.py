"""Facts inside a dossier that have no life of their own: adviezen, vragen aan school, bijlagen."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import muren_bijlage
from cases.models.aanmelding import Aanmelding, person
from cases.models.base import filled, present, refuse, wall
from cases.models.toestemming import met_toestemming
from cases.models.traject import Traject
from cases.models.zicht import carried_out, in_dossier, in_traject, policy
from schools.models import vandaag


class Advies(models.Model):
    """A handelingsadvies (how to act) or a procesadvies (how to go on). The gate of B-14 is about the first."""

    class Soort(models.TextChoices):
        HANDELING = "handeling", "Handelingsadvies"
        PROCES = "proces", "Procesadvies"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="adviezen", editable=False)
    door = person("door", editable=False)
    soort = models.CharField(max_length=10, choices=Soort, editable=False)
    op = models.DateField(default=vandaag, editable=False)
    tekst = models.TextField("wat is je advies?", max_length=3000)
    KEEPS = ("DELETE", "UPDATE")
    POLICY = policy(
        in_traject("traject_id", "advies"),
        insert=f"door_id = actor() AND {carried_out('traject_id')}",
    )

    class Meta:
        verbose_name_plural = "adviezen"
        ordering = ["-op"]
        constraints = [wall("advies_tekst", filled("tekst"), "Schrijf op wat je advies is.")]
        triggers = [
            met_toestemming("traject"),
            refuse(
                "waarnemen_en_begrijpen_eerst",
                "NEW.soort = 'handeling' AND EXISTS (SELECT 1 FROM cases_traject t WHERE t.id = NEW.traject_id AND"
                " t.soort = 'complex' AND (t.waarnemen_afgerond_op IS NULL OR t.begrijpen_afgerond_op IS NULL))",
                "Nog geen handelingsadvies mogelijk: de fasen waarnemen en begrijpen zijn nog niet doorlopen.",
            ),
        ]

    def __str__(self):
        return self.get_soort_display()


class Vraag(models.Model):
    """A question of the expertteam to the school, and its answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, related_name="vragen", editable=False)
    door = person("door", editable=False)
    gesteld_op = models.DateTimeField(auto_now_add=True)
    vraag = models.TextField("wat wil je weten?", max_length=1500)
    antwoord = models.TextField("antwoord", max_length=1500, blank=True)
    beantwoord_door = person("beantwoord door", null=True, editable=False)
    beantwoord_op = models.DateTimeField(null=True, editable=False)
    KEEPS = ("DELETE",)
    POLICY = policy(
        in_dossier("aanmelding_id", "vraag"),
        insert=f"door_id = actor() AND {in_dossier('aanmelding_id', 'vraag', write=True)}",
        update=in_dossier("aanmelding_id", "vraag", write=True),
    )

    class Meta:
        verbose_name_plural = "vragen"
        ordering = ["-gesteld_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding"],
                condition=Q(antwoord=""),
                name="vraag_een_open",
                violation_error_message="Er staat al een vraag open.",
            ),
            wall(
                "vraag_beantwoord",
                Q(antwoord="", beantwoord_door=None, beantwoord_op=None)
                | (filled("antwoord") & present("beantwoord_door", "beantwoord_op")),
                "Schrijf je antwoord op.",
            ),
        ]

    def __str__(self):
        return f"Vraag over {self.aanmelding}"


class Bijlage(models.Model):
    """A file with an aanmelding. It lies in the database: same transaction, same rights, same backup."""

    Soort, Scan, MAX = muren_bijlage.Soort, muren_bijlage.Scan, muren_bijlage.MAX

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, related_name="bijlagen", editable=False)
    door = person("door", editable=False)
    op = models.DateTimeField(auto_now_add=True)
    naam = models.CharField(max_length=150)
    soort = models.CharField(max_length=100, choices=Soort)
    grootte = models.PositiveIntegerField()
    inhoud = models.BinaryField()
    sha256 = models.CharField(max_length=64, editable=False)
    scan = models.CharField(max_length=6, choices=Scan, editable=False)
    verslag = models.BooleanField("dit is een onderzoeksverslag", default=False, editable=False)
    akkoord_op = models.DateField("wanneer vonden de ouders dat goed?", null=True, editable=False)
    akkoord_ingetrokken_op = models.DateField("wanneer trokken de ouders dat in?", null=True, editable=False)
    POLICY = policy(
        in_dossier("aanmelding_id", "bijlage"),
        insert="door_id = actor() AND aanmelding_id = ANY (ARRAY(SELECT dossiers('{ib}')))",
        update="aanmelding_id = ANY (ARRAY(SELECT dossiers('{ib,os}')))",  # which columns: the triggers
        delete="aanmelding_id = ANY (ARRAY(SELECT dossiers('{ib}')))",
    )

    class Meta:
        verbose_name_plural = "bijlagen"
        ordering = ["op"]
        constraints = muren_bijlage.CONSTRAINTS
        triggers = muren_bijlage.TRIGGERS

    def __str__(self):
        return self.naam

    @property
    def op_te_halen(self):
        """Whether people get the content: no parent took that back, and it was found clean (a demo has no scanner)."""
        looked_at = self.scan == self.Scan.SCHOON or (self.scan == self.Scan.GEEN and settings.ZONDER_SCANNER)
        return looked_at and not self.akkoord_ingetrokken_op
