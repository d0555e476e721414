"""Who decides that a dossier goes, and what stays behind to prove and to count it.

One proposes, another confirms; the database destroys in the same statement that keeps the confirmation.
"""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models.aanmelding import person
from cases.models.base import refuse, wall
from cases.models.termijn import LEIDT
from cases.models.zicht import CLOSED, NOTHING, policy
from schools.models import Kring, School

TE_VROEG = "Van een dossier in deze lijst is de bewaartermijn nog niet om. Trek het voorstel in."
EEN_ANDER = "Een ander dan jij bevestigt dit voorstel."
KLAAR = "Dit voorstel is al bevestigd of ingetrokken."
BLIJFT = "Een voorstel om te vernietigen verandert niet. Trek het in en doe een nieuw voorstel."
ANDERE_KRING = "Een dossier in deze lijst hoort bij een andere kring."
AL_VOORGESTELD = "Een ander stelde dit net al voor."
MEEST = 100  # dossiers that a page offers: a proposal is destroyed in one go
OPEN = "bevestigd_door_id IS NULL AND {0}.ingetrokken_op IS NULL"


class Vernietiging(models.Model):
    """A proposal; once another confirmed it, the dossiers are gone and this is the certificate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kring = models.ForeignKey(Kring, models.PROTECT, null=True, related_name="+", editable=False)
    dossiers = ArrayField(models.UUIDField(), editable=False)
    voorgesteld_door = person("voorgesteld door", editable=False)
    voorgesteld_op = models.DateTimeField(auto_now_add=True)
    ingetrokken_op = models.DateTimeField(null=True, editable=False)
    bevestigd_door = person("bevestigd door", null=True, editable=False)
    # by the database, with the destruction
    bevestigd_op = models.DateTimeField(null=True, editable=False)
    nummer = models.CharField(max_length=10, unique=True, null=True, editable=False)
    aantallen = models.JSONField(default=dict, editable=False)  # {model: how many rows}
    KEEPS = ("DELETE",)
    POLICY = policy(
        LEIDT,
        insert=f"voorgesteld_door_id = actor() AND {LEIDT}",
        update=f"coalesce(bevestigd_door_id, actor()) = actor() AND {LEIDT}",
    )

    class Meta:
        verbose_name = "vernietiging"
        verbose_name_plural = "vernietigingen"
        ordering = ["-voorgesteld_op"]
        constraints = [
            wall(
                "vernietiging_een_ander", Q(bevestigd_door=None) | ~Q(bevestigd_door=F("voorgesteld_door")), EEN_ANDER
            ),
            wall("vernietiging_dossiers", ~Q(dossiers=[]), "Kies minstens één dossier."),
        ]
        triggers = [
            pgtrigger.Trigger(  # by name before the others: what they find stays so
                name="achter_elkaar",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("bevestigd_door_id"),
                declare=[("d", "uuid")],
                func="PERFORM pg_advisory_xact_lock(hashtext('cases_vernietiging'));"
                " FOR d IN SELECT x FROM unnest(NEW.dossiers) x ORDER BY x LOOP"
                " PERFORM pg_advisory_xact_lock(hashtextextended(d::text, 0)); END LOOP; RETURN NEW;",
            ),
            refuse(
                "al_voorgesteld",
                f"EXISTS (SELECT FROM cases_vernietiging v WHERE v.{OPEN.format('v')} AND v.dossiers && NEW.dossiers)",
                AL_VOORGESTELD,
                pgtrigger.Insert,
            ),
            refuse(
                "blijft",
                "(NEW.kring_id, NEW.dossiers, NEW.voorgesteld_door_id, NEW.voorgesteld_op, NEW.bevestigd_op,"
                " NEW.nummer, NEW.aantallen) IS DISTINCT FROM (OLD.kring_id, OLD.dossiers, OLD.voorgesteld_door_id,"
                " OLD.voorgesteld_op, OLD.bevestigd_op, OLD.nummer, OLD.aantallen)",
                BLIJFT,
                pgtrigger.Update,
            ),
            refuse(
                "klaar_is_klaar",
                "OLD.bevestigd_op IS NOT NULL OR OLD.ingetrokken_op IS NOT NULL"
                " OR NEW.bevestigd_door_id IS NOT NULL AND NEW.ingetrokken_op IS NOT NULL",
                KLAAR,
                pgtrigger.Update,
            ),
            refuse(
                "termijn_om",
                "(TG_OP = 'INSERT' OR NEW.bevestigd_door_id IS NOT NULL)"
                " AND EXISTS (SELECT FROM unnest(NEW.dossiers) d WHERE nog_bewaren(d))",
                TE_VROEG,
            ),
            refuse(
                "van_de_kring",
                "EXISTS (SELECT FROM unnest(NEW.dossiers) d WHERE kring_van(d) IS DISTINCT FROM NEW.kring_id)",
                ANDERE_KRING,
                pgtrigger.Insert,
            ),
            pgtrigger.Trigger(
                name="vernietigen",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("bevestigd_door_id"),
                func="IF NEW.bevestigd_door_id IS NOT NULL AND NEW.bevestigd_door_id <> NEW.voorgesteld_door_id THEN"
                " NEW.nummer := volgende_verklaring(); NEW.bevestigd_op := now();"
                " NEW.aantallen := vernietig(NEW.id, NEW.dossiers); END IF; RETURN NEW;",
            ),
        ]

    def __str__(self):
        return f"Vernietiging {self.nummer or 'voorgesteld'}"


class Vernietigd(models.Model):
    """What was destroyed: a line of the certificate, and the end of its chain. A concept has no certificate."""

    class Soort(models.TextChoices):
        DOSSIER = "dossier", "Dossier"
        CONCEPT = "concept", "Concept"
        OVERLEG = "overleg", "OT"

    id = models.UUIDField(primary_key=True, editable=False)  # of the dossier, which is no more
    vernietiging = models.ForeignKey(Vernietiging, models.PROTECT, null=True, related_name="regels", editable=False)
    soort = models.CharField(max_length=10, choices=Soort, editable=False)
    nummer = models.CharField(max_length=10, blank=True, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    gesloten_op = models.DateField(null=True, editable=False)
    bewaard_tot = models.DateField(null=True, editable=False)
    op = models.DateTimeField(editable=False)
    KEEPS = ("INSERT", "UPDATE", "DELETE")
    POLICY = policy("EXISTS (SELECT FROM cases_vernietiging v WHERE v.id = vernietiging_id)")

    class Meta:
        verbose_name = "vernietigd dossier"
        verbose_name_plural = "vernietigde dossiers"
        ordering = ["nummer", "pk"]

    def __str__(self):
        return self.nummer or self.get_soort_display()


class Gewist(models.Model):
    """A row of a chain that goes on, that went with a dossier: of a besluit of the kring, of a list that was seen."""

    tabel = models.CharField(max_length=60)
    rij = models.CharField(max_length=40)
    op = models.DateTimeField()
    KEEPS, POLICY = NOTHING, CLOSED

    class Meta:
        verbose_name_plural = "gewist"
        constraints = [models.UniqueConstraint(fields=["tabel", "rij"], name="gewist_een_keer")]

    def __str__(self):
        return f"{self.tabel} {self.rij}"


class Restant(models.Model):
    """What is still counted of a destroyed dossier: one line of a view of tellen.py, without whose it was.

    Days instead of moments, months of hours; no number, no text, and no key that stands anywhere else.
    """

    id = models.UUIDField(primary_key=True)
    wat = models.CharField(max_length=12)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    gegevens = models.JSONField()
    KEEPS, POLICY = NOTHING, CLOSED

    class Meta:
        verbose_name = "restant in tellingen"
        verbose_name_plural = "restanten in tellingen"
        indexes = [models.Index(fields=["wat", "school"])]

    def __str__(self):
        return self.wat
