"""The hours of a kring in a schooljaar: what is left of them for planning (A-19, B-19).

Delivered hours are never refused (A-7); planning beyond the pot is. What an afstemming keeps for a vraag is not free
for another (A-19, A-20).
"""

from django.db import connection

VERDEELD = "Het urenbudget van de kring is verdeeld. Bespreek de inzet in de afstemming van de IB-ers."
NIET_VRIJ = "Zoveel uur is er niet meer vrij in de kring. Haal eerst uren weg bij een andere vraag."
FUNCTIONS = """
DROP FUNCTION IF EXISTS kring_van_klas(uuid);  -- until vragen could keep hours

CREATE OR REPLACE FUNCTION schooljaar_van(dag date) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT extract(year FROM dag)::integer - (extract(month FROM dag) < 8)::integer
$$;

CREATE OR REPLACE FUNCTION kring_van(vraag uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.kring_id FROM cases_aanmelding a JOIN schools_school s ON s.id = a.school_id
    JOIN schools_expertteam e ON e.id = s.team_id WHERE a.id = vraag
$$;

CREATE OR REPLACE FUNCTION vraag_van_klas(klas uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.aanmelding_id FROM cases_expertiseindeklas k JOIN cases_traject t ON t.id = k.traject_id WHERE k.id = klas
$$;

-- a vraag that waits, or of which the traject has not ended
CREATE OR REPLACE FUNCTION is_open(vraag uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM cases_aanmelding a WHERE a.id = vraag AND (a.state IN ('ingediend', 'opgepakt')
        OR a.state = 'gestart' AND EXISTS (SELECT FROM cases_traject t
            WHERE t.aanmelding_id = a.id AND t.state NOT IN ('afgesloten', 'gestopt'))))
$$;

-- of two who take hours of one kring at once the second waits until the first is done, and only then counts
CREATE OR REPLACE FUNCTION beurt(vraag uuid) RETURNS void
LANGUAGE sql STRICT SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(19, kring_van(vraag)::integer)
$$;

-- minutes of the kring that went to one vraag in the schooljaar of a day, or are planned; one dagdeel may be left out
CREATE OR REPLACE FUNCTION ingezet(vraag uuid, dag date, behalve uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT sum(c.minuten) FROM cases_contactmoment c JOIN cases_traject t ON t.id = c.traject_id
            WHERE t.aanmelding_id = vraag AND c.state = 'geboekt' AND c.als <> 'os'
            AND schooljaar_van(c.datum) = schooljaar_van(dag)), 0)
        + coalesce((SELECT sum(d.minuten) FROM cases_dagdeel d JOIN cases_expertiseindeklas k ON k.id = d.klas_id
            JOIN cases_traject t ON t.id = k.traject_id WHERE t.aanmelding_id = vraag AND d.state = 'gepland'
            AND d.id IS DISTINCT FROM behalve AND schooljaar_van(d.datum) = schooljaar_van(dag)), 0)
$$;

-- what the last afstemming that spoke about a vraag keeps for it, and is not used yet: minutes of each open vraag
CREATE OR REPLACE FUNCTION bewaard(welke bigint, dag date, behalve uuid) RETURNS TABLE (vraag uuid, minuten bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.aanmelding_id, greatest((l.uren * 60)::bigint - ingezet(l.aanmelding_id, dag, behalve), 0)
    FROM (SELECT DISTINCT ON (b.aanmelding_id) b.aanmelding_id, b.uren FROM cases_afstemmingsbesluit b
        JOIN cases_afstemming f ON f.id = b.afstemming_id
        WHERE f.kring_id = welke AND schooljaar_van(f.datum) = schooljaar_van(dag)
        ORDER BY b.aanmelding_id, f.datum DESC) l
    WHERE l.uren > 0 AND is_open(l.aanmelding_id) AND kring_van(l.aanmelding_id) = welke
$$;

CREATE OR REPLACE FUNCTION gereserveerd(welke bigint, dag date) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(b.minuten), 0)::bigint FROM bewaard(welke, dag, NULL) b
$$;

-- minutes left of the pot of a kring in the schooljaar of a day, without one dagdeel; no pot entered: nothing left
CREATE OR REPLACE FUNCTION pot_over(kring bigint, dag date, behalve uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT sum(u.uren * 60)::bigint FROM schools_urenbudget u JOIN schools_schooljaar j
            ON j.id = u.schooljaar_id WHERE u.kring_id = kring AND j.begin = schooljaar_van(dag)), 0)
        - coalesce((SELECT sum(c.minuten) FROM cases_contactmoment c JOIN cases_traject t ON t.id = c.traject_id
            JOIN cases_aanmelding a ON a.id = t.aanmelding_id JOIN schools_school s ON s.id = a.school_id
            JOIN schools_expertteam e ON e.id = s.team_id WHERE e.kring_id = kring AND c.state = 'geboekt'
            AND c.als <> 'os' AND schooljaar_van(c.datum) = schooljaar_van(dag)), 0)
        - coalesce((SELECT sum(d.minuten) FROM cases_dagdeel d JOIN cases_expertiseindeklas k ON k.id = d.klas_id
            JOIN cases_traject t ON t.id = k.traject_id JOIN cases_aanmelding a ON a.id = t.aanmelding_id
            JOIN schools_school s ON s.id = a.school_id JOIN schools_expertteam e ON e.id = s.team_id
            WHERE e.kring_id = kring AND d.state = 'gepland' AND d.id IS DISTINCT FROM behalve
            AND schooljaar_van(d.datum) = schooljaar_van(dag)), 0)
        - coalesce((SELECT sum(b.minuten) FROM bewaard(kring, dag, behalve) b), 0)::bigint
$$;

-- what may be planned for one vraag: what is free, and what is kept for the vraag itself
CREATE OR REPLACE FUNCTION ruimte(welke uuid, dag date, behalve uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT pot_over(kring_van(welke), dag, behalve)
        + coalesce((SELECT b.minuten FROM bewaard(kring_van(welke), dag, behalve) b WHERE b.vraag = welke), 0)
$$;

-- these hours for a vraag are more than what is kept for it already and what is free
CREATE OR REPLACE FUNCTION niet_vrij(welke uuid, dag date, uren numeric) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT greatest((uren * 60)::bigint - ingezet(welke, dag, NULL), 0) > greatest(ruimte(welke, dag, NULL),
        coalesce((SELECT b.minuten FROM bewaard(kring_van(welke), dag, NULL) b WHERE b.vraag = welke), 0))
$$;
"""


def beurt(vraag, when):
    """SQL: the turn of who takes hours of the kring of this vraag, if he does; the lock that comes before te_veel."""
    return f"PERFORM beurt({vraag}) WHERE {when}; "


def te_veel(row):
    """SQL: this dagdeel does not fit in the pot of its kring, nor in what is kept for its vraag."""
    return f"ruimte(vraag_van_klas({row}.klas_id), {row}.datum, {row}.id) < {row}.minuten"


def pot_over(kring, dag, behalve=None):
    """Minutes that can still be planned in this kring, in the schooljaar of this day; one dagdeel may be left out."""
    return minuten("pot_over", kring.pk, dag, behalve and behalve.pk)


def ruimte(vraag, dag, behalve=None):
    """The same for one vraag (an aanmelding), which may use what an afstemming keeps for it."""
    return minuten("ruimte", vraag.pk, dag, behalve and behalve.pk)


def minuten(function, *given):
    with connection.cursor() as cursor:
        cursor.callproc(function, given)
        return cursor.fetchone()[0]
