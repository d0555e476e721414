"""The days on which no school is open: vakanties of a regio, and feestdagen of everybody."""

import datetime

from django.db import models
from django.db.models import F, Q

LANGSTE = datetime.timedelta(days=100)


class Regio(models.TextChoices):
    NOORD = "Noord"
    MIDDEN = "Midden"
    ZUID = "Zuid"

    @classmethod
    def van(cls, tekst):
        """What DUO's vakantieregio means, however it is written; nothing written is Midden."""
        return next((regio for regio in cls if regio.lower() in tekst.lower()), cls.MIDDEN)


class Vakantie(models.Model):
    """The first and the last day without school. The beheerder adds a year when the rijksoverheid announces it."""

    naam = models.CharField(max_length=50, help_text="Zoals herfstvakantie, of Koningsdag.")
    regio = models.CharField(
        max_length=10, blank=True, choices=[("", "heel Nederland"), *Regio.choices], default="",
        help_text="Voor welke scholen. Een feestdag geldt in heel Nederland.",
    )  # fmt: skip
    van = models.DateField("eerste dag")
    tot = models.DateField("laatste dag", help_text="Deze dag is ook vrij. Bij een feestdag: dezelfde dag.")

    class Meta:
        verbose_name = "vakantie of feestdag"
        verbose_name_plural = "vakanties en feestdagen"
        ordering = ["-van", "regio"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__gte=F("van")),
                name="vakantie_van_tot",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(  # a mistyped year would make every day a day off
                condition=Q(tot__lt=F("van") + LANGSTE),
                name="vakantie_niet_te_lang",
                violation_error_message="Dit is langer dan 100 dagen. Kijk het jaar na.",
            ),
            models.UniqueConstraint(
                fields=["regio", "van"],
                name="vakantie_een_keer",
                violation_error_message="Deze vakantie staat er al: in deze regio begint er al een op deze dag.",
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, [self.naam, self.regio, str(self.van.year)]))
