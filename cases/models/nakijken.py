"""Which looks a coördinator judges afterwards: chosen by the database, so that no name of a leerling leaves it.

Also the one way to get an hour with a reason. Both functions check for themselves who asks.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction


class Regel(models.TextChoices):
    """Why a look is on the list; the first is looked at first."""

    REDEN = "reden", "Met een reden"
    NAAM = "naam", "Misschien familie"
    VEEL = "veel", "Veel dossiers op één dag"
    TIJD = "tijd", "Avond, nacht of weekend"
    STEEKPROEF = "steekproef", "Steekproef"


FUNCTIONS = """
-- the words of a surname, as they are compared: van den Bérg-Smit is berg and smit
CREATE OR REPLACE FUNCTION naamdelen(naam text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(deel), '{}') FROM regexp_split_to_table(
        regexp_replace(lower(normalize(naam, NFD)), '[\\u0300-\\u036f]', '', 'g'), '[^[:alpha:]]+') deel
    WHERE length(deel) > 1
        AND deel <> ALL ('{van,von,der,den,de,het,ten,ter,te,in,op,la,le,el,al,du,da,di,dos,ben}')
$$;

-- the looks that somebody must judge, of the own kringen and of schools without one; a list is of its first dossier
CREATE OR REPLACE FUNCTION na_te_kijken(begin date, eind date, veel int)
RETURNS TABLE (maand date, inzage bigint, regels text[], nummer text, school text, beoordeeld boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH rol AS MATERIALIZED (
        SELECT c.kring_id FROM aangesteld('coordinator') c
    ), plaats AS MATERIALIZED (  -- asked once for each school, not for each look
        SELECT s.id, s.naam, e.kring_id, EXISTS (SELECT FROM rol c
            WHERE c.kring_id IS NULL OR e.kring_id IS NULL OR c.kring_id = e.kring_id) AS eigen
        FROM schools_school s LEFT JOIN schools_expertteam e ON e.id = s.team_id
    ), gezien AS MATERIALIZED (
        SELECT i.id, i.op AT TIME ZONE 'Europe/Amsterdam' AS op, i.door_id, i.deel, i.met_reden_id,
            date_trunc('month', i.op AT TIME ZONE 'Europe/Amsterdam')::date AS maand,
            a.id AS dossier, a.nummer, a.achternaam, p.naam AS school, p.kring_id, p.eigen
        FROM cases_inzage i JOIN cases_aanmelding a ON a.id = i.dossiers[1]
        JOIN plaats p ON p.id = a.school_id
        WHERE i.op >= begin::timestamp AT TIME ZONE 'Europe/Amsterdam'
            AND i.op < eind::timestamp AT TIME ZONE 'Europe/Amsterdam'
    ), lot AS (  -- the same at every visit: drawn by month and kring, once nothing can be added to the month
        SELECT g.id, row_number() OVER (PARTITION BY g.maand, g.kring_id
            ORDER BY md5(concat_ws('/', g.maand, g.kring_id, g.id)), g.id) AS plaats
        FROM gezien g WHERE g.maand + interval '1 month' <= now() AT TIME ZONE 'Europe/Amsterdam'
    ), eerste AS (  -- the first time on a day that somebody opens a dossier
        SELECT min(g.id) AS id, g.door_id, g.op::date AS dag FROM gezien g WHERE g.deel <> 'lijst'
        GROUP BY g.door_id, g.op::date, g.dossier
    ), geteld AS (
        SELECT f.id, row_number() OVER (PARTITION BY f.door_id, f.dag ORDER BY f.id) AS plaats FROM eerste f
    ), familie AS MATERIALIZED (  -- each name is taken apart once for each pair
        SELECT g.door_id, g.dossier FROM (SELECT DISTINCT o.door_id, o.dossier, o.achternaam FROM gezien o) g
        JOIN schools_user u ON u.id = g.door_id WHERE naamdelen(u.achternaam) && naamdelen(g.achternaam)
    ), gekozen AS (
        SELECT g.id, 'reden' AS regel FROM gezien g WHERE g.met_reden_id IS NOT NULL
        UNION ALL SELECT g.id, 'naam' FROM gezien g JOIN familie f ON f.door_id = g.door_id AND f.dossier = g.dossier
            WHERE g.deel <> 'lijst'
        UNION ALL SELECT t.id, 'veel' FROM geteld t WHERE t.plaats = veel + 1
        UNION ALL SELECT g.id, 'tijd' FROM gezien g
            WHERE extract(isodow FROM g.op) > 5 OR extract(hour FROM g.op) NOT BETWEEN 7 AND 18
        UNION ALL SELECT l.id, 'steekproef' FROM lot l WHERE l.plaats <= 20
    )
    SELECT g.maand, g.id, array_agg(k.regel), coalesce(g.nummer, ''), g.school, b.id IS NOT NULL
    FROM gekozen k JOIN gezien g ON g.id = k.id AND g.eigen LEFT JOIN cases_beoordeling b ON b.inzage_id = g.id
    GROUP BY g.maand, g.id, g.nummer, g.school, b.id
$$;
"""


@dataclass(frozen=True)
class Opvallend:
    """One look that must be judged: which, why, of which dossier, and whether that was done."""

    maand: date
    inzage: int
    regels: list
    nummer: str
    school: str
    beoordeeld: bool


def na_te_kijken(begin, eind):
    """What this coördinator must judge of these days: open first, then the most striking, then the newest."""
    with connection.cursor() as cursor:
        cursor.callproc("na_te_kijken", [begin, eind, settings.INZAGE_VEEL_DOSSIERS])
        rows = [Opvallend(*row) for row in cursor.fetchall()]
    return sorted(rows, key=lambda r: (r.beoordeeld, min(map(Regel.values.index, r.regels)), -r.inzage))


def open_met_reden(nummer, reden):
    """An hour in one dossier, in the name of who is logged in: its primary key; None if there is none for him."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.callproc("open_met_reden", [nummer, reden])
            return cursor.fetchone()[0]
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name:
            raise  # the reason is too short, as the form knows
        return None
