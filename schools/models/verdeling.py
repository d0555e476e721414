"""The verdeling of the hours of a schooljaar over the kringen, in versions: what is fixed, stays (A-25, A-28)."""

import uuid
from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.utils import timezone

from schools.models.jaar import Schooljaar
from schools.models.mensen import User
from schools.models.plaatsen import Kring

VAST = "Een vastgestelde verdeling verandert niet. Maak een bijstelling."
SOM = "De delen van de kringen zijn samen niet het totaal."
UREN = "Vul het aantal uren in met cijfers, op een kwartier. Bijvoorbeeld 2760 of 2760,25."
BEHEER = "EXISTS (SELECT FROM aangesteld('beheerder'))"  # who removes a kring or a team must hear that it is in use
READ = f"USING (EXISTS (SELECT FROM aangesteld('coordinator')) OR {BEHEER})"


def kwartieren(*names):
    """Q: these are hours, in quarters, and not below zero."""
    return Q(*[Q(**{f"{name}__gte": 0}) & Exact(Mod(name, Value(Decimal("0.25"))), Value(0)) for name in names])


def refuse(when, sentence):
    """SQL of a trigger: for which `when` is true, is refused with this sentence."""
    return (
        f"IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{sentence}'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
    )


def opgeteld(row, operation):
    """A wall that looks when all is written: the parts are the total."""
    return pgtrigger.Trigger(
        name="opgeteld",
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=refuse(f"NOT verdeling_klopt({row})", SOM),
    )


class Verdeling(models.Model):
    """One version: the totals of a schooljaar and why it was made."""

    class State(models.TextChoices):
        CONCEPT = "concept", "Concept"
        VASTGESTELD = "vastgesteld", "Vastgesteld"
        BIJGESTELD = "bijgesteld", "Vervangen door een bijstelling"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    schooljaar = models.ForeignKey(Schooljaar, models.PROTECT, related_name="verdelingen", editable=False)
    versie = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.CONCEPT, editable=False)
    aed_totaal = models.DecimalField("uren van de AED", max_digits=8, decimal_places=2)
    vlieger_totaal = models.DecimalField("uren van SBO de Vlieger", max_digits=8, decimal_places=2)
    waarom = models.CharField("waarom deze bijstelling?", max_length=300, blank=True)
    door = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+")  # who fixed it, once it is fixed
    op = models.DateTimeField(default=timezone.now, editable=False)
    KEEPS = ("UPDATE",)  # see verdelen.py
    POLICY = {
        "SELECT": READ,
        "INSERT": "WITH CHECK (state = 'concept' AND verdeelt())",
        "DELETE": "USING (state = 'concept' AND verdeelt())",
    }

    class Meta:
        verbose_name_plural = "verdelingen"
        ordering = ["schooljaar", "-versie"]
        constraints = [
            models.UniqueConstraint(
                fields=["schooljaar", "versie"],
                name="verdeling_een_per_versie",
                violation_error_message="Deze versie van de verdeling is er al.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["schooljaar"],
                    condition=Q(state=state),
                    name=f"verdeling_een_{state}",
                    violation_error_message=f"Er is al een verdeling die {what}.",
                )
                for state, what in [("concept", "concept is"), ("vastgesteld", "geldt")]
            ),
            models.CheckConstraint(
                condition=Q(state__in=["concept", "vastgesteld", "bijgesteld"]),
                name="verdeling_state",
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                condition=kwartieren("aed_totaal", "vlieger_totaal"),
                name="verdeling_uren",
                violation_error_message=UREN,
            ),
            models.CheckConstraint(
                condition=Q(versie=1) | ~Q(waarom=""),
                name="verdeling_waarom",
                violation_error_message="Schrijf op waarom je de verdeling bijstelt.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="vast",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=refuse(
                    "OLD.state <> 'concept' AND (TG_OP = 'DELETE' OR (OLD.state, NEW.state) <> ('vastgesteld',"
                    " 'bijgesteld') OR to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state')",
                    VAST,
                ),
            ),
            opgeteld("NEW.id", pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self):
        return f"Verdeling {self.schooljaar}, versie {self.versie}"

    @property
    def samen(self):
        return self.aed_totaal + self.vlieger_totaal


class Verdeeldeel(models.Model):
    """What one kring has (leerlingen, rugzakken) and what it gets for that."""

    verdeling = models.ForeignKey(Verdeling, models.CASCADE, related_name="delen")
    kring = models.ForeignKey(Kring, models.PROTECT, related_name="delen")
    leerlingen = models.PositiveIntegerField()
    rugzakken = models.PositiveIntegerField()  # those of 1 October 2013, unless somebody wrote another number
    aed = models.DecimalField(max_digits=8, decimal_places=2)
    vlieger = models.DecimalField(max_digits=8, decimal_places=2)
    KEEPS = ("UPDATE",)
    POLICY = {"SELECT": READ, "INSERT": "WITH CHECK (verdeelt())", "DELETE": "USING (verdeelt())"}

    class Meta:
        verbose_name_plural = "verdeeldelen"
        ordering = ["kring__naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdeling", "kring"],
                name="verdeeldeel_een_per_kring",
                violation_error_message="Elke kring staat één keer in een verdeling.",
            ),
            models.CheckConstraint(
                condition=kwartieren("aed", "vlieger"), name="verdeeldeel_uren", violation_error_message=UREN
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="vast",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=refuse(
                    "EXISTS (SELECT FROM schools_verdeling v WHERE v.state <> 'concept'"
                    " AND v.id IN (OLD.verdeling_id, NEW.verdeling_id))",
                    VAST,
                ),
            ),
            opgeteld("coalesce(NEW.verdeling_id, OLD.verdeling_id)", pgtrigger.Insert | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.verdeling} · {self.kring}"

    @property
    def samen(self):
        return self.aed + self.vlieger
