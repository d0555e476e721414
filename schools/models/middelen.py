"""What a school has in money from the samenwerkingsverband, for information only: no hours follow from it (A-13).

An amount for each leerling, the same everywhere, and the schooldeel of the old rugzakken, of one school. In cents.
"""

from django.db import models

from schools.models.jaar import Schooljaar
from schools.models.plaatsen import School

READ = "USING (EXISTS (SELECT FROM aangesteld('coordinator')) OR {})"
WRITE = {
    "INSERT": "WITH CHECK (verdeelt())",
    "UPDATE": "USING (verdeelt()) WITH CHECK (verdeelt())",
    "DELETE": "USING (verdeelt())",
}


class Middelen(models.Model):
    """The amount for each leerling in a schooljaar."""

    schooljaar = models.OneToOneField(Schooljaar, models.PROTECT, related_name="middelen")
    per_leerling = models.PositiveIntegerField("bedrag per leerling")
    POLICY = {"SELECT": READ.format("EXISTS (SELECT FROM aangesteld('ib'))"), **WRITE}

    class Meta:
        verbose_name_plural = "middelen"
        ordering = ["schooljaar"]

    def __str__(self):
        return f"Middelen {self.schooljaar}"


class Schooldeel(models.Model):
    """The schooldeel of one school in a schooljaar."""

    middelen = models.ForeignKey(Middelen, models.CASCADE, related_name="schooldelen")
    school = models.ForeignKey(School, models.PROTECT, related_name="schooldelen")
    bedrag = models.PositiveIntegerField()
    POLICY = {"SELECT": READ.format("school_id IN (SELECT i.school_id FROM aangesteld('ib') i)"), **WRITE}

    class Meta:
        verbose_name_plural = "schooldelen"
        ordering = ["school__naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["middelen", "school"],
                name="schooldeel_een_per_school",
                violation_error_message="Elke school heeft één schooldeel in een schooljaar.",
            )
        ]

    def __str__(self):
        return f"{self.school} · {self.middelen}"
