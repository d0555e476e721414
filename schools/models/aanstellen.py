"""Aanstellingen give people their rights, so the application cannot write them: a function of the database does.

It refuses who is no beheerder today, and refuses him to change anything for himself.
"""

import pgtrigger
from django.db import IntegrityError, connection

FUNCTIONS = """
CREATE OR REPLACE FUNCTION actor() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('app.uid', true), '')::uuid
$$;

CREATE OR REPLACE FUNCTION geldig(van date, tot date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT van <= (now() AT TIME ZONE 'Europe/Amsterdam')::date
        AND (tot IS NULL OR tot >= (now() AT TIME ZONE 'Europe/Amsterdam')::date)
$$;

-- what gives rights today: of people who can log in; a beheerder has no other role beside it
CREATE OR REPLACE FUNCTION aanstellingen_nu() RETURNS SETOF schools_aanstelling LANGUAGE sql STABLE AS $$
    SELECT x.* FROM schools_aanstelling x JOIN schools_user u ON u.id = x.user_id
    WHERE u.is_active AND geldig(x.van, x.tot) AND (x.rol = 'beheerder' OR NOT EXISTS (
        SELECT FROM schools_aanstelling b WHERE b.user_id = x.user_id AND b.rol = 'beheerder' AND geldig(b.van, b.tot)))
$$;

-- the aanstellingen of who asks
CREATE OR REPLACE FUNCTION aangesteld(r text) RETURNS TABLE (school_id bigint, team_id bigint, kring_id bigint)
ROWS 2 LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT x.school_id, x.team_id, x.kring_id FROM aanstellingen_nu() x WHERE x.user_id = actor() AND x.rol = r
$$;

CREATE OR REPLACE FUNCTION stel_aan(nr bigint, wie uuid, wat text, s bigint, t bigint, k bigint, c text, e text,
    begin date, eind date) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM aangesteld('beheerder')) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'Alleen een beheerder geeft iemand een rol.';
    END IF;
    IF wie = actor() OR EXISTS (SELECT FROM schools_aanstelling x WHERE x.id = nr AND x.user_id = actor()) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'Je kunt jezelf geen rol geven of afnemen. Vraag het een andere beheerder.';
    END IF;
    IF (eind IS NULL OR eind >= current_date) AND EXISTS (SELECT FROM schools_aanstelling x WHERE x.user_id = wie
            AND x.id IS DISTINCT FROM nr AND (x.tot IS NULL OR x.tot >= current_date)
            AND (x.rol = 'beheerder') <> (wat = 'beheerder')) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'Een beheerder heeft geen andere rol. Zet eerst een einddatum bij de andere aanstelling.';
    END IF;
    IF nr IS NULL THEN
        INSERT INTO schools_aanstelling (user_id, rol, school_id, team_id, kring_id, clusters, expertise, van, tot,
            vastgelegd_op, vastgelegd_door_id)
        VALUES (wie, wat, s, t, k, c, e, begin, eind, now(), actor()) RETURNING id INTO nr;
    ELSE  -- whose, what, where and from when stay: who gets another role gets another aanstelling
        UPDATE schools_aanstelling SET clusters = c, expertise = e, tot = eind, vastgelegd_op = now(),
            vastgelegd_door_id = actor() WHERE id = nr;
    END IF;
    RETURN nr;
END
$$;
"""


def alleen_beheerder(*columns):
    """A wall: what decides who sees what, is changed through the application by a beheerder only (T20)."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="alleen_beheerder",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"IF ({changed}) AND session_user = 'expertteam_app' AND NOT EXISTS (SELECT FROM aangesteld('beheerder'))"
        " THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'Alleen een beheerder verandert dit.';"
        " END IF; RETURN NEW;",
    )


def stel_aan(aanstelling):
    """Save an aanstelling, in the name of who is logged in; a ValueError says in Dutch why not (T20)."""
    a = aanstelling
    with connection.cursor() as cursor:
        try:
            cursor.callproc("stel_aan", [
                a.pk, a.user_id, a.rol, a.school_id, a.team_id, a.kring_id, a.clusters, a.expertise, a.van, a.tot,
            ])  # fmt: skip
        except IntegrityError as error:
            raise ValueError(error.__cause__.diag.message_primary) from error
        a.pk = cursor.fetchone()[0]
