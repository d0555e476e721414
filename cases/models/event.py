"""One step taken: the timeline, and the source of every date in the monitor."""

from django.db import models

from cases.models.aanmelding import Aanmelding, person
from cases.models.zicht import in_dossier, in_traject, policy

INSIDE = ["contactmoment", "agendapunt", "afspraak", "route", "expertiseindeklas", "dagdeel"]
OUTSIDE = ["overleg", "offerte", "consult"]  # seen by some who have no role in a dossier
BESIDE = " OR ".join(f"kind = '{k}' AND EXISTS (SELECT FROM cases_{k} o WHERE o.id = object_id)" for k in OUTSIDE)
VISIBLE = " OR ".join(f"kind = '{k}' AND EXISTS (SELECT FROM cases_{k} o WHERE o.id = object_id)" for k in INSIDE)


class Event(models.Model):
    """Points at its object by kind and id, and at the dossier it belongs to. Never changed, never removed."""

    dossier = models.ForeignKey(Aanmelding, models.PROTECT, null=True, related_name="events")  # or of no dossier
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    step = models.CharField(max_length=30)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = person("door")
    note = models.TextField("toelichting", blank=True)
    at = models.DateTimeField(auto_now_add=True)
    KEEPS = ("UPDATE", "DELETE")
    POLICY = policy(
        f"{in_dossier('dossier_id', 'aanmelding')} AND (kind = 'aanmelding' OR {in_traject('object_id', 'traject')}"
        f" OR {VISIBLE}) OR {BESIDE}",
        insert=f"by_id = actor() AND ({in_dossier('dossier_id', 'aanmelding', write=True)} OR {BESIDE})",
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["dossier", "-at"]), models.Index(fields=["kind", "object_id", "at"])]

    def __str__(self):
        return f"{self.kind} · {self.step}"
