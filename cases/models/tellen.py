"""What the kring sees: numbers and themes per school, of which no column holds a name or a text.

Views of the database, with the rows of the own kringen of who asks: all that a coördinator ever reads of a dossier
without a reason, and all that a page of a kring can show.
"""

from django.db import models

from cases.models.keuzes import Soort
from schools.models import School

KRING = """
CREATE OR REPLACE FUNCTION kringscholen() RETURNS SETOF bigint ROWS 100
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id FROM schools_school s JOIN schools_expertteam e ON e.id = s.team_id
    WHERE EXISTS (SELECT FROM aangesteld('coordinator') c WHERE c.kring_id IS NULL OR c.kring_id = e.kring_id)
        OR e.kring_id IN (SELECT m.kring_id FROM aangesteld('os') o JOIN schools_expertteam m ON m.id = o.team_id)
$$;
"""
OWN = "school_id = ANY (ARRAY(SELECT kringscholen()))"
COUNTED = {  # what each view counts, of all kringen: SQL that ends in a condition
    "aanmelding": """
    SELECT a.id, a.school_id, a.nummer, a.schooljaar_id, a.soort, a.niveau, a.thema, a.state, a.ingediend_op,
        a.eerste_contact_op, (SELECT min(e.at) FROM cases_event e WHERE e.dossier_id = a.id
            AND e.step IN ('starten', 'starten_basis', 'starten_licht')) AS gestart_op, a.afgerond_reden
    FROM cases_aanmelding a WHERE a.nummer IS NOT NULL""",
    "traject": """
    SELECT t.id, a.school_id, t.soort, t.state, t.gemaakt_op AS begonnen_op, (SELECT max(e.at) FROM cases_event e
            WHERE e.kind = 'traject' AND e.object_id = t.id AND e.target IN ('afgesloten', 'gestopt')) AS geeindigd_op,
        t.doel_behaald, t.voortraject, t.overdracht_op IS NOT NULL AS overgedragen, t.verwachte_einddatum,
        coalesce((SELECT x.clusters FROM schools_aanstelling x WHERE x.user_id = t.uitvoerder_id AND x.rol = 'ab'
            ORDER BY x.van DESC, x.id DESC LIMIT 1), '') AS clusters
    FROM cases_traject t JOIN cases_aanmelding a ON a.id = t.aanmelding_id WHERE TRUE""",
    "contact": """
    SELECT c.id, a.school_id, c.als, c.soort, c.minuten, c.datum, t.id AS traject_id, t.soort AS traject_soort
    FROM cases_contactmoment c JOIN cases_traject t ON t.id = c.traject_id
    JOIN cases_aanmelding a ON a.id = t.aanmelding_id WHERE c.state = 'geboekt'""",
    "ot": """
    SELECT a.id, a.school_id, 'ot' AS soort, a.os_erbij AS hoe, a.datum AS op
    FROM cases_overleg a WHERE a.state IN ('gehouden', 'vastgesteld')""",
    "offerte": """
    SELECT a.id, a.school_id, 'offerte', a.state, (a.op AT TIME ZONE 'Europe/Amsterdam')::date
    FROM cases_offerte a WHERE TRUE""",
    "route": """
    SELECT r.id, a.school_id, 'route' AS soort, r.state AS hoe,
        (SELECT (max(e.at) AT TIME ZONE 'Europe/Amsterdam')::date FROM cases_event e
            WHERE e.kind = 'route' AND e.object_id = r.id AND e.target = r.state) AS op
    FROM cases_route r JOIN cases_aanmelding a ON a.id = r.aanmelding_id
    WHERE r.state IN ('geplaatst', 'blijft', 'gestopt')""",
}
# What is kept of it when the dossier is destroyed, beside a new key and the school. Of the same types as above: else
# PostgreSQL reads every row before it looks which are asked for.
COLUMNS = {
    "aanmelding": "nummer varchar, schooljaar_id bigint, soort varchar, niveau varchar, thema varchar, state varchar,"
    " ingediend_op timestamptz, eerste_contact_op date, gestart_op timestamptz, afgerond_reden varchar",
    "traject": "soort varchar, state varchar, begonnen_op timestamptz, geeindigd_op timestamptz, doel_behaald varchar,"
    " voortraject boolean, overgedragen boolean, verwachte_einddatum date, clusters varchar",
    "contact": "als varchar, soort varchar, minuten smallint, datum date, traject_id uuid, traject_soort varchar",
    "gebeurtenis": "soort text, hoe varchar, op date",
}


def left(wat):
    """SQL: the same columns of what was destroyed."""
    return (
        f"SELECT a.id, a.school_id, x.* FROM cases_restant a, jsonb_to_record(a.gegevens) AS x({COLUMNS[wat]})"
        f" WHERE a.wat = '{wat}'"
    )


def view(wat, *counted):
    parts = [*(COUNTED[name] for name in counted or (wat,)), left(wat)]
    rows = " UNION ALL ".join(f"{part} AND a.{OWN}" for part in parts)
    return f"CREATE OR REPLACE VIEW cases_tel{wat} WITH (security_barrier) AS {rows};"


FUNCTIONS = (
    KRING
    + "".join([view("aanmelding"), view("traject"), view("contact"), view("gebeurtenis", "ot", "offerte", "route")])
    + f"""
CREATE OR REPLACE VIEW cases_telverhaal WITH (security_barrier) AS
    SELECT v.id, a.school_id, t.soort, v.tekst, (v.gedeeld_op AT TIME ZONE 'Europe/Amsterdam')::date AS op
    FROM cases_verhaal v JOIN cases_traject t ON t.id = v.traject_id
    JOIN cases_aanmelding a ON a.id = t.aanmelding_id WHERE v.ingetrokken_op IS NULL AND a.{OWN};
"""
)


class Geteld(models.Model):
    """A row that is only counted."""

    id = models.UUIDField(primary_key=True)
    school = models.ForeignKey(School, models.DO_NOTHING, related_name="+")
    soort = models.CharField(max_length=20, choices=Soort)
    KEEPS = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        abstract = True
        managed = False

    def __str__(self):
        return str(self.school)


class TelAanmelding(Geteld):
    nummer = models.CharField(max_length=10)
    schooljaar = models.ForeignKey("schools.Schooljaar", models.DO_NOTHING, related_name="+")
    niveau = models.CharField(max_length=10)
    thema = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    ingediend_op = models.DateTimeField()
    eerste_contact_op = models.DateField()
    gestart_op = models.DateTimeField()
    afgerond_reden = models.CharField(max_length=20)

    class Meta(Geteld.Meta):
        verbose_name = "aanmelding in tellingen"


class TelTraject(Geteld):
    state = models.CharField(max_length=20)
    begonnen_op = models.DateTimeField()
    geeindigd_op = models.DateTimeField()
    doel_behaald = models.CharField(max_length=10)
    voortraject = models.BooleanField()
    overgedragen = models.BooleanField()
    verwachte_einddatum = models.DateField()
    clusters = models.CharField(max_length=20)

    class Meta(Geteld.Meta):
        verbose_name = "traject in tellingen"


class TelContact(Geteld):
    als = models.CharField(max_length=10)
    minuten = models.PositiveSmallIntegerField()
    datum = models.DateField()
    traject_id = models.UUIDField()
    traject_soort = models.CharField(max_length=10)

    class Meta(Geteld.Meta):
        verbose_name = "contactmoment in tellingen"


class TelGebeurtenis(Geteld):
    """An OT that was held, an offerte that was asked for, a route that ended."""

    soort = models.CharField(max_length=20)
    hoe = models.CharField(max_length=20)
    op = models.DateField()

    class Meta(Geteld.Meta):
        verbose_name = "gebeurtenis in tellingen"


class TelVerhaal(Geteld):
    """The one text: written for everybody who reads the report, and shared on purpose."""

    tekst = models.TextField()
    op = models.DateField()

    class Meta(Geteld.Meta):
        verbose_name = "verhaal in tellingen"
