"""How long a dossier is kept: three years after the last of it was closed (WPO 18a lid 13), said in SQL only."""

from django.conf import settings
from django.db import models

from schools.models import Kring, School

VANDAAG = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
LEIDT = (  # who keeps the numbers of the kring; a school without a team is of every coördinator
    "(kring_id = ANY (ARRAY(SELECT kringen_als('{os,coordinator}')))"
    " OR kring_id IS NULL AND EXISTS (SELECT FROM aangesteld('coordinator')))"
)
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION bewaarjaren() RETURNS integer LANGUAGE sql IMMUTABLE AS
    'SELECT {settings.BEWAREN_JAREN:d}';
CREATE OR REPLACE FUNCTION conceptdagen() RETURNS integer LANGUAGE sql IMMUTABLE AS
    'SELECT {settings.CONCEPT_DAGEN:d}';

-- the day on which the last of it ended: the vraag itself, a traject, a route; none while anything of it is open
CREATE OR REPLACE FUNCTION gesloten_op(welk uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (SELECT (max(e.at) AT TIME ZONE 'Europe/Amsterdam')::date FROM cases_event e WHERE e.dossier_id = a.id
        AND e.source <> e.target AND (e.kind = 'aanmelding' AND e.target IN ('doorgezet', 'afgerond', 'ingetrokken')
            OR e.kind = 'traject' AND e.target IN ('afgesloten', 'gestopt')
            OR e.kind = 'route' AND e.target IN ('geplaatst', 'blijft', 'gestopt')))
    FROM cases_aanmelding a WHERE a.id = welk AND a.nummer IS NOT NULL
        AND a.state IN ('gestart', 'doorgezet', 'afgerond', 'ingetrokken')
        AND NOT EXISTS (SELECT FROM cases_traject t WHERE t.aanmelding_id = a.id
            AND t.state NOT IN ('afgesloten', 'gestopt'))
        AND NOT EXISTS (SELECT FROM cases_route r WHERE r.aanmelding_id = a.id
            AND r.state NOT IN ('geplaatst', 'blijft', 'gestopt'))
$$;

-- so many years after a day; after 29 February not a day too early
CREATE OR REPLACE FUNCTION jaren_later(dag date, jaren integer) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest((dag + make_interval(years => jaren))::date, (dag - 1 + make_interval(years => jaren))::date + 1)
$$;

-- from this day on it may go: a dossier that goes on in a later one is kept as long as that one
CREATE OR REPLACE FUNCTION bewaren_tot(welk uuid) RETURNS date
LANGUAGE sql STABLE COST 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE lijn(id) AS (SELECT welk UNION SELECT v.id FROM lijn l
        JOIN cases_traject t ON t.aanmelding_id = l.id JOIN cases_aanmelding v ON v.eerder_traject_id = t.id)
    SELECT CASE WHEN bool_and(gesloten_op(l.id) IS NOT NULL)
        THEN jaren_later(max(gesloten_op(l.id)), bewaarjaren()) END FROM lijn l
$$;

CREATE OR REPLACE FUNCTION nog_bewaren(welk uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bewaren_tot(welk) > {VANDAAG}, true)
$$;

-- from this day on a concept goes, when nobody changes it
CREATE OR REPLACE FUNCTION conceptdag(welk uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (a.gewijzigd_op AT TIME ZONE 'Europe/Amsterdam')::date + conceptdagen()
    FROM cases_aanmelding a WHERE a.id = welk AND a.nummer IS NULL
$$;

CREATE OR REPLACE VIEW cases_aandebeurt WITH (security_barrier) AS
    SELECT * FROM (SELECT a.id, a.nummer, a.school_id, e.kring_id, gesloten_op(a.id) AS gesloten_op,
            bewaren_tot(a.id) AS bewaard_tot
        FROM cases_aanmelding a JOIN schools_school s ON s.id = a.school_id
        LEFT JOIN schools_expertteam e ON e.id = s.team_id WHERE a.nummer IS NOT NULL) x
    WHERE {LEIDT} AND bewaard_tot <= {VANDAAG};
"""


class AanDeBeurt(models.Model):
    """A dossier of which the term is over, as the kring sees it: no name and no text."""

    id = models.UUIDField(primary_key=True)
    nummer = models.CharField(max_length=10)
    school = models.ForeignKey(School, models.DO_NOTHING, related_name="+")
    kring = models.ForeignKey(Kring, models.DO_NOTHING, null=True, related_name="+")
    gesloten_op = models.DateField()
    bewaard_tot = models.DateField()
    KEEPS = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        managed = False
        verbose_name = "dossier dat aan de beurt is"

    def __str__(self):
        return self.nummer
