"""What an afstemming is about: the open vragen of the kring, the decisions and the hours per school, without a name.

Views of the database, for who takes part in the afstemming of the kring: they hold no name, no date of birth, no number
of a dossier and no text about a leerling.
"""

from django.db import models
from django.utils import timezone

from cases.models.aanmelding import Aanmelding
from cases.models.afstemming import READS, Afstemming, Besluit
from cases.models.keuzes import Niveau, Soort, Thema
from cases.models.teluren import LEFT
from cases.models.zicht import in_dossier
from schools.models import Kring, School, vandaag

VANDAAG = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
FUNCTIONS = f"""
CREATE OR REPLACE VIEW cases_openvraag WITH (security_barrier) AS
    SELECT a.id, a.school_id, e.kring_id, a.soort, a.niveau, a.thema, a.ingediend_op, a.state <> 'gestart' AS wacht,
        ingezet(a.id, {VANDAAG}, NULL) AS ingezet, b.afstemming_id, b.datum AS besloten_op,
        coalesce(b.besluit, '') AS besluit, coalesce(b.toelichting, '') AS toelichting,
        CASE WHEN schooljaar_van(b.datum) = schooljaar_van({VANDAAG}) THEN b.uren ELSE 0 END AS uren
    FROM cases_aanmelding a JOIN schools_school s ON s.id = a.school_id JOIN schools_expertteam e ON e.id = s.team_id
    LEFT JOIN LATERAL (SELECT f.datum, x.* FROM cases_afstemmingsbesluit x JOIN cases_afstemming f
        ON f.id = x.afstemming_id WHERE x.aanmelding_id = a.id AND f.kring_id = e.kring_id
        ORDER BY f.datum DESC LIMIT 1) b ON true
    WHERE e.kring_id = ANY ({READS}) AND a.state IN ('ingediend', 'opgepakt', 'gestart') AND is_open(a.id);
CREATE OR REPLACE VIEW cases_besluitregel WITH (security_barrier) AS
    SELECT b.id, b.afstemming_id, a.school_id, a.soort, a.niveau, a.thema, a.ingediend_op, b.besluit, b.uren,
        b.toelichting, b.aanmelding_id, f.datum
    FROM cases_afstemmingsbesluit b JOIN cases_afstemming f ON f.id = b.afstemming_id
    JOIN cases_aanmelding a ON a.id = b.aanmelding_id
    WHERE f.kring_id = ANY ({READS}) OR {in_dossier("b.aanmelding_id", "aanmelding")};
CREATE OR REPLACE VIEW cases_schooluren WITH (security_barrier) AS
    SELECT s.id AS school_id, e.kring_id, schooljaar_van(c.datum) AS jaar, sum(c.minuten) AS minuten
    FROM cases_contactmoment c JOIN cases_traject t ON t.id = c.traject_id JOIN cases_aanmelding a
    ON a.id = t.aanmelding_id JOIN schools_school s ON s.id = a.school_id JOIN schools_expertteam e ON e.id = s.team_id
    WHERE c.state = 'geboekt' AND c.als <> 'os' AND e.kring_id = ANY ({READS}) GROUP BY 1, 2, 3
    UNION ALL SELECT s.id, e.kring_id, schooljaar_van(x.datum), sum(x.minuten) FROM {LEFT}
    WHERE r.wat = 'contact' AND x.als <> 'os' AND e.kring_id = ANY ({READS}) GROUP BY 1, 2, 3;
"""


class Vraagregel(models.Model):
    """What the kring sees of a vraag: where it is from, what sort it is, and since when it is there."""

    id = models.UUIDField(primary_key=True)
    school = models.ForeignKey(School, models.DO_NOTHING, related_name="+")
    soort = models.CharField(max_length=10, choices=Soort)
    niveau = models.CharField(max_length=10, choices=Niveau)
    thema = models.CharField(max_length=20, choices=Thema)
    ingediend_op = models.DateTimeField()
    besluit = models.CharField(max_length=10, choices=Besluit)
    uren = models.DecimalField(max_digits=6, decimal_places=2)
    toelichting = models.CharField(max_length=200)
    KEEPS = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        abstract = True
        managed = False

    def __str__(self):
        return str(self.school)

    @property
    def minuten(self):
        """What was decided, as everything that is counted here."""
        return int(self.uren * 60)

    @property
    def weken(self):
        """How many weeks ago it was sent."""
        return (vandaag() - timezone.localdate(self.ingediend_op)).days // 7


class OpenVraag(Vraagregel):
    """With what was decided about it last."""

    kring = models.ForeignKey(Kring, models.DO_NOTHING, related_name="+")
    wacht = models.BooleanField()  # no traject has begun
    ingezet = models.PositiveIntegerField()  # minutes that went to it this schooljaar, or are planned
    afstemming = models.ForeignKey(Afstemming, models.DO_NOTHING, related_name="+", null=True)
    besloten_op = models.DateField(null=True)

    class Meta(Vraagregel.Meta):
        verbose_name = "open vraag van de kring"

    @property
    def over(self):
        """Minutes that are kept for it, and not used yet."""
        return max(0, self.minuten - self.ingezet)


class Besluitregel(Vraagregel):
    """A decision of one afstemming: for the kring, and for who sees the dossier that it is about."""

    afstemming = models.ForeignKey(Afstemming, models.DO_NOTHING, related_name="regels")
    aanmelding = models.ForeignKey(Aanmelding, models.DO_NOTHING, related_name="besluitregels")
    datum = models.DateField()

    class Meta(Vraagregel.Meta):
        verbose_name = "besluit over een vraag"


class Schooluren(models.Model):
    """The hours of the kring that a school used in a schooljaar: never a tegoed (A-19)."""

    school = models.OneToOneField(School, models.DO_NOTHING, primary_key=True, related_name="+")
    kring = models.ForeignKey(Kring, models.DO_NOTHING, related_name="+")
    jaar = models.PositiveSmallIntegerField()
    minuten = models.PositiveIntegerField()
    KEEPS = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        managed = False
        verbose_name = "gebruikte uren van een school"

    def __str__(self):
        return str(self.school)
