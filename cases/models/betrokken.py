"""Who and what is brought into a traject from outside: other experts (B-26), jeugdhulp (B-5)."""

import uuid

from django.db import models

from cases.models.aanmelding import person
from cases.models.base import filled, has_role, refuse, wall
from cases.models.toestemming import met_toestemming
from cases.models.traject import Traject
from cases.models.zicht import carried_out, in_traject, policy
from schools.models import vandaag


class Betrokkene(models.Model):
    """Another expert in a traject, brought in by who carries it out, after overleg with OS and IB-er (B-26)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="betrokkenen", editable=False)
    door = person("door", editable=False)
    op = models.DateField(default=vandaag, editable=False)
    expert = person("welke expert?")
    expertise = models.CharField("waarvoor?", max_length=200)
    overleg_os_op = models.DateField("wanneer was het overleg met de onderwijsspecialist?")
    overleg_ib_op = models.DateField("wanneer was het overleg met de IB-er?")
    KEEPS = ("DELETE", "UPDATE")
    POLICY = policy(
        in_traject("traject_id", "traject"), insert=f"door_id = actor() AND {carried_out('traject_id', 'os', 'ab')}"
    )

    class Meta:
        verbose_name_plural = "betrokkenen"
        ordering = ["op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["traject", "expert"], name="betrokkene_een_keer",
                violation_error_message="Deze expert is al betrokken bij dit traject.",
            ),
            wall("betrokkene_waarvoor", filled("expertise"), "Schrijf op waarvoor je deze expert betrekt."),
        ]  # fmt: skip
        triggers = [
            met_toestemming("traject"),
            refuse(
                "door_de_uitvoerder",
                "NOT EXISTS (SELECT FROM cases_traject t WHERE t.id = NEW.traject_id"
                " AND t.uitvoerder_id = NEW.door_id)",
                "Alleen degene die het traject uitvoert benadert andere experts, in overleg met de"
                " onderwijsspecialist en de IB-er.",
            ),
            refuse(
                "is_expert",
                f"NOT ({has_role('NEW.expert_id', 'ab')} OR {has_role('NEW.expert_id', 'sbo')})",
                "Kies een ambulant begeleider of een expert van het SBO.",
            ),
        ]

    def __str__(self):
        return f"{self.expert}, {self.expertise}"


class Jeugdhulp(models.Model):
    """Jeugdhulp is asked to join, with the parents' agreement (B-5). That it was asked is kept; nothing is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="jeugdhulp", editable=False)
    door = person("door", editable=False)
    op = models.DateField("wanneer?")
    partij = models.CharField("welke jeugdhulp?", max_length=120)
    ouders_akkoord_op = models.DateField("wanneer vonden de ouders het goed?")
    KEEPS = ("DELETE", "UPDATE")
    POLICY = policy(
        in_traject("traject_id", "traject"),
        insert=f"door_id = actor() AND {in_traject('traject_id', 'traject', write=True)}",
    )

    class Meta:
        verbose_name_plural = "jeugdhulp"
        ordering = ["op", "pk"]
        constraints = [
            wall("jeugdhulp_partij", filled("partij"), "Schrijf op welke jeugdhulp het is."),
            wall(
                "jeugdhulp_akkoord",
                models.Q(ouders_akkoord_op__lte=models.F("op")),
                "Vraag eerst de ouders. Zonder hun akkoord schakel je geen jeugdhulp in.",
            ),
        ]
        triggers = [met_toestemming("traject")]

    def __str__(self):
        return self.partij
