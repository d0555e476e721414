"""Dossiers go, as a whole and in one statement: every row, the history, who looked. What is counted, stays.

Only the database does this: when a second person confirms, when a concept is old, and again after a backup of before.
The chain keeps its links: digests without what they were of, and a line that says under which number it went.
"""

from cases.models.dossier import NOT_OF_IT, ROWS, TRAJECTEN
from cases.models.event import Event
from cases.models.historie import HISTORY
from cases.models.inzage import Beoordeling, Inzage, InzageMetReden
from cases.models.tellen import COUNTED

HISTORIES = [model._meta.db_table for model in HISTORY.values()]
ELSEWHERE = {Event, Beoordeling, Inzage, InzageMetReden}  # not by their own row alone
BESLUITEN = "cases_afstemmingsbesluithistorie"
DAY = "(({0} AT TIME ZONE 'Europe/Amsterdam')::date::timestamp AT TIME ZONE 'Europe/Amsterdam')"
LOOKS = (  # who looked: with the dossier whose page it was; a list with the last dossier in it
    "i.dossiers && welke AND (i.keten = ANY (welke) OR i.met_reden_id IN (SELECT m.id FROM cases_inzagemetreden m"
    " WHERE m.dossier_id = ANY (welke)) OR NOT EXISTS (SELECT FROM unnest(i.dossiers) d"
    " WHERE NOT EXISTS (SELECT FROM cases_vernietigd v WHERE v.id = d)))"
)


def counted(wat, days=()):
    """SQL: what is kept of a thing, with days in place of moments."""
    plain = "".join(f" || jsonb_build_object('{name}', {DAY.format('x.' + name)})" for name in days)
    return f"to_jsonb(x) - '{{id,nummer,school_id}}'::text[]{plain} FROM ({COUNTED[wat]}"


def live(model):
    """SQL: the rows go, and how many there were is noted."""
    name = model.__name__.lower()
    return (
        f"DELETE FROM {model._meta.db_table} WHERE {ROWS[model]}; GET DIAGNOSTICS n = ROW_COUNT;"
        f" geteld := geteld || jsonb_build_object('{name}', n);"
    )


def chained(table, key):
    return (
        f"DELETE FROM {table} r USING cases_schakel s WHERE s.keten = ANY (weg) AND s.tabel = '{table}'"
        f" AND r.{key} = s.rij::bigint; GET DIAGNOSTICS n = ROW_COUNT; oud := oud + n;"
    )


FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION volgende_verklaring() RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT to_char(now(), '"V"YY-') || lpad((1 + coalesce(max(substr(v.nummer, 5)::int), 0))::text, 4, '0')
    FROM cases_vernietiging v WHERE starts_with(v.nummer, to_char(now(), '"V"YY-'))
$$;

-- what stays in the totals; a traject has a new key, and its hours too
CREATE OR REPLACE FUNCTION tel_na(welke uuid[], overleggen uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH nieuw AS MATERIALIZED (
        SELECT t.oud, gen_random_uuid() AS id FROM ({TRAJECTEN}) t(oud)
    )
    INSERT INTO cases_restant (id, wat, school_id, gegevens)
    SELECT gen_random_uuid(), 'aanmelding', x.school_id, {counted("aanmelding", ["ingediend_op", "gestart_op"])}
        AND a.id = ANY (welke)) x
    UNION ALL SELECT n.id, 'traject', x.school_id, {counted("traject", ["begonnen_op", "geeindigd_op"])}
        AND a.id = ANY (welke)) x JOIN nieuw n ON n.oud = x.id
    UNION ALL SELECT gen_random_uuid(), 'gebeurtenis', x.school_id, {counted("route")} AND a.id = ANY (welke)) x
    UNION ALL SELECT gen_random_uuid(), 'gebeurtenis', x.school_id, {counted("ot")} AND a.id = ANY (overleggen)) x
    UNION ALL SELECT gen_random_uuid(), 'contact', a.school_id, jsonb_build_object('als', c.als, 'soort', c.soort,
            'minuten', sum(c.minuten), 'datum', date_trunc('month', c.datum)::date, 'traject_id', n.id,
            'traject_soort', t.soort, 'expert_id', c.door_id)
        FROM cases_contactmoment c JOIN nieuw n ON n.oud = c.traject_id JOIN cases_traject t ON t.id = n.oud
        JOIN cases_aanmelding a ON a.id = t.aanmelding_id WHERE c.state = 'geboekt'
        GROUP BY n.id, a.school_id, c.als, c.soort, t.soort, c.door_id, date_trunc('month', c.datum)
    UNION ALL SELECT gen_random_uuid(), 'gepland', a.school_id, jsonb_build_object('als', 'ab',
            'minuten', sum(d.minuten), 'datum', date_trunc('month', d.datum)::date, 'expert_id', t.uitvoerder_id)
        FROM cases_dagdeel d JOIN cases_expertiseindeklas k ON k.id = d.klas_id JOIN nieuw n ON n.oud = k.traject_id
        JOIN cases_traject t ON t.id = n.oud JOIN cases_aanmelding a ON a.id = t.aanmelding_id
        WHERE d.state = 'gepland' GROUP BY a.school_id, t.uitvoerder_id, date_trunc('month', d.datum)
$$;

-- the rows of these dossiers are gone when this returns: how many of each
CREATE OR REPLACE FUNCTION vernietig(bewijs uuid, welke uuid[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    n bigint; oud bigint := 0; geteld jsonb := '{{}}'; overleggen uuid[]; weg uuid[];
BEGIN
    overleggen := ARRAY(SELECT DISTINCT p.overleg_id FROM cases_agendapunt p WHERE p.aanmelding_id = ANY (welke)
        AND NOT EXISTS (SELECT FROM cases_agendapunt q
            WHERE q.overleg_id = p.overleg_id AND q.aanmelding_id <> ALL (welke)));
    weg := welke || overleggen;
    PERFORM tel_na(welke, overleggen);
    INSERT INTO cases_vernietigd (id, vernietiging_id, soort, nummer, school_id, gesloten_op, bewaard_tot, op)
        SELECT a.id, bewijs, CASE WHEN a.nummer IS NULL THEN 'concept' ELSE 'dossier' END, coalesce(a.nummer, ''),
            a.school_id, gesloten_op(a.id), bewaren_tot(a.id), now() FROM cases_aanmelding a WHERE a.id = ANY (welke)
        UNION ALL SELECT o.id, bewijs, 'overleg', '', o.school_id, NULL, NULL, now() FROM cases_overleg o
        WHERE o.id = ANY (overleggen);
    INSERT INTO cases_gewist (tabel, rij, op) SELECT 'cases_inzage', i.id::text, now() FROM cases_inzage i
        WHERE {LOOKS} AND i.keten <> ALL (welke);
    INSERT INTO cases_gewist (tabel, rij, op) SELECT 'cases_beoordeling', b.id::text, now() FROM cases_beoordeling b
        JOIN cases_inzage i ON i.id = b.inzage_id WHERE {LOOKS} AND i.keten <> ALL (welke);
    DELETE FROM {Beoordeling._meta.db_table} b USING cases_inzage i WHERE i.id = b.inzage_id AND {LOOKS};
    DELETE FROM {Inzage._meta.db_table} i WHERE {LOOKS}; GET DIAGNOSTICS n = ROW_COUNT;
    geteld := geteld || jsonb_build_object('inzage', n);
    DELETE FROM {InzageMetReden._meta.db_table} WHERE {ROWS[InzageMetReden]}; GET DIAGNOSTICS n = ROW_COUNT;
    geteld := geteld || jsonb_build_object('inzagemetreden', n);
    {"".join(f"UPDATE {m._meta.db_table} SET {c} = NULL WHERE {c} = ANY (welke); " for m, c in NOT_OF_IT.items())}
    UPDATE cases_aanmelding SET eerder_traject_id = NULL
        WHERE eerder_traject_id IN ({TRAJECTEN});
    {chained(Event._meta.db_table, "id")}
    {" ".join(live(model) for model in ROWS if model not in ELSEWHERE)}
    DELETE FROM cases_overleg WHERE id = ANY (overleggen); GET DIAGNOSTICS n = ROW_COUNT;
    geteld := geteld || jsonb_build_object('overleg', n);
    INSERT INTO cases_gewist (tabel, rij, op) SELECT '{BESLUITEN}', h.pgh_id::text, now()
        FROM {BESLUITEN} h WHERE h.aanmelding_id = ANY (welke);
    DELETE FROM {BESLUITEN} WHERE aanmelding_id = ANY (welke); GET DIAGNOSTICS n = ROW_COUNT; oud := oud + n;
    {" ".join(chained(table, "pgh_id") for table in HISTORIES)}
    IF geteld -> 'aanmelding' <> to_jsonb(cardinality(welke)) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'Een dossier in deze lijst is er niet meer.';
    END IF;
    RETURN geteld || jsonb_build_object('geschiedenis', oud);
END
$$;

-- the concepten that nobody changed for so many days; for the owner, at night
CREATE OR REPLACE FUNCTION vernietig_concepten() RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    welke uuid[];
BEGIN
    welke := ARRAY(SELECT a.id FROM cases_aanmelding a WHERE a.nummer IS NULL AND conceptdag(a.id) <=
        (now() AT TIME ZONE 'Europe/Amsterdam')::date FOR UPDATE);
    RETURN CASE WHEN welke = '{{}}' THEN '{{}}' ELSE vernietig(NULL, welke) END;
END
$$;
"""
CLOSED_FUNCTIONS = [
    "vernietig(uuid, uuid[])",
    "vernietig_concepten()",
    "tel_na(uuid[], uuid[])",
    "volgende_verklaring()",
]
