"""The hours of a kring in a schooljaar: what is left of them for planning (A-19, B-19).

Delivered hours are never refused (A-7); planning beyond the pot is.
"""

from django.db import connection

VERDEELD = "Het urenbudget van de kring is verdeeld. Bespreek de inzet in de afstemming van de IB-ers."
FUNCTIONS = """
CREATE OR REPLACE FUNCTION schooljaar_van(dag date) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT extract(year FROM dag)::integer - (extract(month FROM dag) < 8)::integer
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
            WHERE e.kring_id = kring AND d.state = 'gepland' AND d.id <> behalve
            AND schooljaar_van(d.datum) = schooljaar_van(dag)), 0)
$$;

CREATE OR REPLACE FUNCTION kring_van_klas(klas uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.kring_id FROM cases_expertiseindeklas k JOIN cases_traject t ON t.id = k.traject_id
    JOIN cases_aanmelding a ON a.id = t.aanmelding_id JOIN schools_school s ON s.id = a.school_id
    JOIN schools_expertteam e ON e.id = s.team_id WHERE k.id = klas
$$;
"""


def te_veel(row):
    """SQL: this dagdeel does not fit in the pot of its kring."""
    return f"pot_over(kring_van_klas({row}.klas_id), {row}.datum, {row}.id) < {row}.minuten"


def pot_over(kring, dag, behalve=None):
    """Minutes that can still be planned in this kring, in the schooljaar of this day; one dagdeel may be left out."""
    with connection.cursor() as cursor:
        given = [kring.pk, dag, behalve and behalve.pk]
        cursor.execute("SELECT pot_over(%s, %s, coalesce(%s::uuid, gen_random_uuid()))", given)
        return cursor.fetchone()[0]
