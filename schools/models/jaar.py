"""The schooljaar, and the hours that a kring has in it."""

import datetime

from django.db import models
from django.utils import timezone

from schools.models.plaatsen import Kring


def vandaag():
    """Today in the Netherlands."""
    return timezone.localdate()


class SchooljaarQuerySet(models.QuerySet):
    def van(self, dag):
        """The schooljaar (1 August to 31 July) of a day; made when it is not there yet."""
        return self.get_or_create(begin=Schooljaar.of(dag).begin)[0]

    def volgend_nummer(self, dag):
        """(schooljaar of this day, the next number in it). Two at once get two numbers, without a gap."""
        jaar = self.van(dag)
        jaar = self.select_for_update().get(pk=jaar.pk)
        jaar.laatste_nummer += 1
        jaar.save(update_fields=["laatste_nummer"])
        return jaar, jaar.laatste_nummer

    def volgende_offerte(self, dag):
        """(schooljaar of this day, the number of the next offerte in it)."""
        jaar = self.select_for_update().get(pk=self.van(dag).pk)
        jaar.laatste_offerte += 1
        jaar.save(update_fields=["laatste_offerte"])
        return jaar, jaar.laatste_offerte


class Schooljaar(models.Model):
    begin = models.PositiveSmallIntegerField("begint in augustus", unique=True)
    laatste_nummer = models.PositiveIntegerField(default=0, editable=False)
    laatste_offerte = models.PositiveIntegerField(default=0, editable=False)

    objects = SchooljaarQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "schooljaren"
        ordering = ["-begin"]

    def __str__(self):
        return f"{self.begin}-{self.begin + 1}"

    @classmethod
    def of(cls, dag):
        """The schooljaar of a day, to read from; it need not be kept yet."""
        return cls(begin=dag.year if dag.month >= 8 else dag.year - 1)

    @property
    def eerste_dag(self):
        return datetime.date(self.begin, 8, 1)

    @property
    def laatste_dag(self):
        return datetime.date(self.begin + 1, 7, 31)


class Bron(models.TextChoices):
    AED = "aed", "AED"
    VLIEGER = "vlieger", "SBO de Vlieger"


class Urenbudget(models.Model):
    """The hours of a kring in a schooljaar. They belong to the kring, never to one school (A-19)."""

    kring = models.ForeignKey(Kring, on_delete=models.PROTECT, related_name="budgetten")
    schooljaar = models.ForeignKey(Schooljaar, on_delete=models.PROTECT, related_name="budgetten")
    bron = models.CharField(max_length=10, choices=Bron, default=Bron.AED)
    uren = models.DecimalField(max_digits=8, decimal_places=2)
    POLICY = {"SELECT": "USING (true)"}  # written when a verdeling is fixed, and by nothing else: see verdelen.py

    class Meta:
        verbose_name_plural = "urenbudgetten"
        ordering = ["schooljaar", "kring", "bron"]
        constraints = [
            models.UniqueConstraint(fields=["kring", "schooljaar", "bron"], name="urenbudget_een_per_bron"),
            models.CheckConstraint(
                condition=models.Q(uren__gte=0),
                name="urenbudget_niet_negatief",
                violation_error_message="Vul het aantal uren in met cijfers. Bijvoorbeeld 1380.",
            ),
        ]

    def __str__(self):
        return f"{self.kring} · {self.schooljaar} · {self.get_bron_display()}"
