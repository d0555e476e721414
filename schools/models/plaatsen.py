"""Schoolbestuur, kring, expertteam, school and its leerlingen."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum

from schools.models.aanstellen import alleen_beheerder
from schools.models.vakantie import Regio


class Schoolbestuur(models.Model):
    nummer = models.CharField("nummer bevoegd gezag", max_length=10, unique=True)
    naam = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "schoolbesturen"
        ordering = ["nummer"]

    def __str__(self):
        return self.naam or f"Bestuur {self.nummer}"


class Kring(models.Model):
    """The schools of a dorp or wijk; the IB-netwerk and the directiekring meet here (A-9)."""

    naam = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name_plural = "kringen"
        ordering = ["naam"]

    def __str__(self):
        return self.naam


class Expertteam(models.Model):
    """One onderwijsspecialist and several ambulant begeleiders, for (part of) one kring (A-17, A-23)."""

    naam = models.CharField(max_length=100, unique=True)
    kring = models.ForeignKey(Kring, on_delete=models.PROTECT, related_name="teams")

    class Meta:
        verbose_name_plural = "expertteams"
        triggers = [alleen_beheerder("kring_id")]
        ordering = ["naam"]

    def __str__(self):
        return self.naam


class School(models.Model):
    """A vestiging with its own BRIN6. Comes from DUO's open data; a school that DUO drops is closed, not deleted."""

    brin6 = models.CharField(
        "BRIN met vestigingsnummer",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{2}[A-Z]{2}\d{2}$", "Schrijf het nummer zoals 32JK00.")],
    )
    naam = models.CharField(max_length=200)
    bestuur = models.ForeignKey(Schoolbestuur, on_delete=models.PROTECT, null=True, blank=True, related_name="scholen")
    straat = models.CharField(max_length=200, blank=True)
    huisnummer = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    plaats = models.CharField(max_length=100, blank=True)
    gemeente = models.CharField(max_length=100, blank=True)
    denominatie = models.CharField(max_length=100, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    website = models.CharField(max_length=200, blank=True)
    vakantieregio = models.CharField(max_length=10, blank=True)
    team = models.ForeignKey(
        Expertteam, on_delete=models.PROTECT, null=True, blank=True, related_name="scholen", verbose_name="expertteam"
    )
    gesloten_op = models.DateField("gesloten op", null=True, blank=True)
    duo = models.JSONField("laatst gelezen bij DUO", default=dict, editable=False)
    KEEPS = ("DELETE",)

    class Meta:
        verbose_name_plural = "scholen"
        triggers = [alleen_beheerder("team_id")]
        ordering = ["naam", "brin6"]

    def __str__(self):
        return self.naam

    @property
    def regio(self):
        return Regio.van(self.vakantieregio)


class LeerlingaantalQuerySet(models.QuerySet):
    def per(self, field, begin):
        """{value of this field: leerlingen of the open schools there}, as last counted before a schooljaar ends.

        A school with fewer than five counts as none.
        """
        newest = Leerlingaantal.objects.filter(school=OuterRef("school"), jaar__lte=begin).order_by("-jaar")
        found = self.filter(jaar=Subquery(newest.values("jaar")[:1]), school__gesloten_op=None).order_by()
        return {row[field]: row["n"] or 0 for row in found.values(field).annotate(n=Sum("aantal"))}


class Leerlingaantal(models.Model):
    """Leerlingen of a school on 1 October of a year. DUO writes small numbers as "<5"; so do we."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="leerlingaantallen")
    jaar = models.PositiveSmallIntegerField()
    aantal = models.PositiveIntegerField(null=True, blank=True)
    minder_dan_vijf = models.BooleanField(default=False)

    objects = LeerlingaantalQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "leerlingaantallen"
        ordering = ["school", "-jaar"]
        constraints = [
            models.UniqueConstraint(fields=["school", "jaar"], name="leerlingaantal_een_per_jaar"),
            models.CheckConstraint(
                condition=Q(aantal__isnull=False, minder_dan_vijf=False) | Q(aantal__isnull=True, minder_dan_vijf=True),
                name="leerlingaantal_getal_of_minder_dan_vijf",
                violation_error_message="Vul een aantal in, of kies minder dan 5.",
            ),
        ]

    def __str__(self):
        return "minder dan 5" if self.minder_dan_vijf else str(self.aantal)
