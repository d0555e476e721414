"""The hours of a kring per day and the work of experts per team: no row of a dossier, and no school."""

from django.db import models

from cases.models.muren_traject import ENDED
from schools.models import Bron

TO_KRING = """JOIN cases_traject t ON t.id = {} JOIN cases_aanmelding a ON a.id = t.aanmelding_id
    JOIN schools_school s ON s.id = a.school_id JOIN schools_expertteam e ON e.id = s.team_id
        AND e.kring_id = ANY (ARRAY(SELECT mijn_kringen()))"""
LEFT = """cases_restant r JOIN schools_school s ON s.id = r.school_id JOIN schools_expertteam e ON e.id = s.team_id,
    jsonb_to_record(r.gegevens) AS x(als text, minuten integer, datum date, expert_id uuid)"""  # of what was destroyed
TO_TEAM = """JOIN cases_traject t ON t.id = {} JOIN cases_aanmelding a ON a.id = t.aanmelding_id
    JOIN schools_school s ON s.id = a.school_id AND s.team_id = ANY (ARRAY(SELECT mijn_teams()))"""
KRINGEN = """
-- the kringen where who asks works, or has a school: of those she sees how the hours go
CREATE OR REPLACE FUNCTION mijn_kringen() RETURNS SETOF bigint ROWS 10
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.id FROM schools_kring k WHERE EXISTS (SELECT FROM aangesteld('coordinator_aed'))
        OR EXISTS (SELECT FROM aangesteld('coordinator') c WHERE c.kring_id IS NULL OR c.kring_id = k.id)
    UNION SELECT e.kring_id FROM schools_expertteam e WHERE e.id IN (
        SELECT r.team_id FROM unnest('{os, ab, sbo}'::text[]) rol, aangesteld(rol) r
        UNION SELECT s.team_id FROM schools_school s JOIN aangesteld('ib') i ON i.school_id = s.id)
$$;

-- the teams whose people somebody arranges: an onderwijsspecialist her own, a coördinator those of his kring
CREATE OR REPLACE FUNCTION mijn_teams() RETURNS SETOF bigint ROWS 10
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.id FROM schools_expertteam e WHERE e.id IN (SELECT team_id FROM aangesteld('os'))
        OR EXISTS (SELECT FROM aangesteld('coordinator') c WHERE c.kring_id IS NULL OR c.kring_id = e.kring_id)
        OR EXISTS (SELECT FROM aangesteld('coordinator_aed'))
$$;
"""
FUNCTIONS = (
    KRINGEN
    + f"""
CREATE OR REPLACE VIEW cases_teldag WITH (security_barrier) AS
    SELECT e.kring_id, 'gebruikt' AS wat, CASE c.als WHEN 'sbo' THEN 'vlieger' ELSE 'aed' END AS bron, c.datum,
        sum(c.minuten) AS minuten FROM cases_contactmoment c {TO_KRING.format("c.traject_id")}
    WHERE c.state = 'geboekt' AND c.als <> 'os' GROUP BY 1, 2, 3, 4
    UNION ALL SELECT e.kring_id, 'gepland', 'aed', d.datum, sum(d.minuten) FROM cases_dagdeel d
    JOIN cases_expertiseindeklas k ON k.id = d.klas_id {TO_KRING.format("k.traject_id")}
    WHERE d.state = 'gepland' GROUP BY 1, 2, 3, 4
    UNION ALL SELECT e.kring_id, CASE r.wat WHEN 'contact' THEN 'gebruikt' ELSE 'gepland' END,
        CASE x.als WHEN 'sbo' THEN 'vlieger' ELSE 'aed' END, x.datum, sum(x.minuten) FROM {LEFT}
    WHERE r.wat IN ('contact', 'gepland') AND x.als <> 'os'
        AND e.kring_id = ANY (ARRAY(SELECT mijn_kringen())) GROUP BY 1, 2, 3, 4;
CREATE OR REPLACE VIEW cases_telinzet WITH (security_barrier) AS
    SELECT c.door_id AS expert_id, s.team_id, 'geboekt' AS wat, schooljaar_van(c.datum) AS begin,
        sum(c.minuten) AS aantal FROM cases_contactmoment c {TO_TEAM.format("c.traject_id")}
    WHERE c.state = 'geboekt' AND c.als <> 'os' GROUP BY 1, 2, 3, 4
    UNION ALL SELECT t.uitvoerder_id, s.team_id, 'gepland', schooljaar_van(d.datum), sum(d.minuten) FROM cases_dagdeel d
    JOIN cases_expertiseindeklas k ON k.id = d.klas_id {TO_TEAM.format("k.traject_id")}
    WHERE d.state = 'gepland' GROUP BY 1, 2, 3, 4
    UNION ALL SELECT t.uitvoerder_id, s.team_id, 'open', NULL, count(*) FROM cases_traject x {TO_TEAM.format("x.id")}
    WHERE x.state NOT IN ('{"', '".join(ENDED)}') GROUP BY 1, 2
    UNION ALL SELECT x.expert_id, s.team_id, CASE r.wat WHEN 'contact' THEN 'geboekt' ELSE 'gepland' END,
        schooljaar_van(x.datum), sum(x.minuten) FROM {LEFT}
    WHERE r.wat IN ('contact', 'gepland') AND x.als <> 'os' AND s.team_id = ANY (ARRAY(SELECT mijn_teams()))
    GROUP BY 1, 2, 3, 4;
"""
)


class TelDag(models.Model):
    """What a kring used, or has planned, of one source on one day: no row of a dossier, and no school."""

    pk = models.CompositePrimaryKey("kring", "wat", "bron", "datum")
    kring = models.ForeignKey("schools.Kring", models.DO_NOTHING, related_name="+")
    wat = models.CharField(max_length=10, choices=[("gebruikt", "Gebruikt"), ("gepland", "Gepland")])
    bron = models.CharField(max_length=10, choices=Bron)
    datum = models.DateField()
    minuten = models.PositiveIntegerField()
    KEEPS = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        managed = False
        verbose_name = "dag in tellingen"

    def __str__(self):
        return f"{self.kring} · {self.datum:%d-%m-%Y}"


class TelInzet(models.Model):
    """Of somebody for the schools of a team: minutes geboekt or gepland in a schooljaar, or open trajecten.

    What was destroyed is a row of its own beside the rest: they add up.
    """

    pk = models.CompositePrimaryKey("expert", "team", "wat", "begin")
    expert = models.ForeignKey("schools.User", models.DO_NOTHING, related_name="+")
    team = models.ForeignKey("schools.Expertteam", models.DO_NOTHING, related_name="+")
    wat = models.CharField(max_length=10, choices=[("geboekt", "Geboekt"), ("gepland", "Gepland"), ("open", "Open")])
    begin = models.PositiveSmallIntegerField()
    aantal = models.PositiveIntegerField()
    KEEPS = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        managed = False
        verbose_name = "inzet in tellingen"

    def __str__(self):
        return f"{self.expert} · {self.team}"
