"""Vertellen: what a closed traject brought, told on purpose and without names (A-8, A-22)."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models.aanmelding import person
from cases.models.base import filled, refuse, wall
from cases.models.traject import Traject
from cases.models.zicht import carried_out, in_traject, policy

NOG_NIET = "Een verhaal deel je als het traject is afgesloten."
EEN_NAAM = "In het verhaal staat de naam van de leerling. Haal die weg."
PADDED = "' ' || regexp_replace(lower({}), '[^[:alnum:]]+', ' ', 'g') || ' '"


def names(column):
    """SQL: this name of the leerling stands in the text, and nobody said that there it is an ordinary word."""
    name = PADDED.format(f"a.{column}")
    return (
        f"a.{column} <> '' AND strpos({PADDED.format('NEW.tekst')}, {name}) > 0"
        f" AND strpos({PADDED.format('NEW.geen_namen')}, {name}) = 0"
    )


class Verhaal(models.Model):
    """Shared by who carries out the traject; everybody who reads the report reads it, nobody reads of whom it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="verhalen", editable=False)
    door = person("door", editable=False)
    gedeeld_op = models.DateTimeField(auto_now_add=True)
    ingetrokken_op = models.DateTimeField(null=True, editable=False)
    tekst = models.TextField("wat heeft het opgeleverd?", max_length=500)
    geen_namen = models.CharField(max_length=500, blank=True, editable=False)  # words that look like a name
    KEEPS = ("DELETE",)
    POLICY = policy(
        in_traject("traject_id", "traject"),
        insert=f"door_id = actor() AND {carried_out('traject_id', 'os', 'ab')}",
        update=carried_out("traject_id", "os", "ab"),
    )

    class Meta:
        verbose_name_plural = "verhalen"
        ordering = ["-gedeeld_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["traject"], condition=Q(ingetrokken_op=None), name="verhaal_een_gedeeld",
                violation_error_message="Dit verhaal is al gedeeld. Trek het eerst in.",
            ),
            wall("verhaal_tekst", filled("tekst"), "Schrijf op wat het opleverde."),
        ]  # fmt: skip
        triggers = [
            refuse(
                "na_afloop",
                "(SELECT t.state FROM cases_traject t WHERE t.id = NEW.traject_id) <> 'afgesloten'",
                NOG_NIET,
                pgtrigger.Insert,
            ),
            refuse(
                "zonder_naam",
                "EXISTS (SELECT FROM cases_traject t JOIN cases_aanmelding a ON a.id = t.aanmelding_id"
                f" WHERE t.id = NEW.traject_id AND ({names('voornaam')} OR {names('achternaam')}))",
                EEN_NAAM,
                pgtrigger.Insert,
            ),
            refuse(
                "gedeeld_is_gedeeld",
                "(NEW.tekst, NEW.geen_namen, NEW.traject_id, NEW.door_id, NEW.gedeeld_op) IS DISTINCT FROM"
                " (OLD.tekst, OLD.geen_namen, OLD.traject_id, OLD.door_id, OLD.gedeeld_op)"
                " OR OLD.ingetrokken_op IS NOT NULL",
                "Een gedeeld verhaal verandert niet. Trek het in en deel een nieuw verhaal.",
                pgtrigger.Update,
            ),
        ]

    def __str__(self):
        return f"Verhaal van {self.gedeeld_op:%d-%m-%Y}"
