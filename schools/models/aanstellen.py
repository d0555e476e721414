"""Aanstellingen give people their rights, so the application cannot write them: a function of the database does.

It refuses who is no beheerder today, and refuses him to change anything for himself.
"""

from django.db import IntegrityError, connection

FUNCTIONS = """
CREATE OR REPLACE FUNCTION actor() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('app.uid', true), '')::uuid
$$;

CREATE OR REPLACE FUNCTION geldig(van date, tot date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT van <= (now() AT TIME ZONE 'Europe/Amsterdam')::date
        AND (tot IS NULL OR tot >= (now() AT TIME ZONE 'Europe/Amsterdam')::date)
$$;

-- the aanstellingen of who asks
CREATE OR REPLACE FUNCTION aangesteld(r text) RETURNS TABLE (school_id bigint, team_id bigint, kring_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT x.school_id, x.team_id, x.kring_id FROM schools_aanstelling x JOIN schools_user u ON u.id = x.user_id
    WHERE x.user_id = actor() AND u.is_active AND x.rol = r AND geldig(x.van, x.tot)
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
    IF nr IS NULL THEN
        INSERT INTO schools_aanstelling (user_id, rol, school_id, team_id, kring_id, clusters, expertise, van, tot)
        VALUES (wie, wat, s, t, k, c, e, begin, eind) RETURNING id INTO nr;
    ELSE
        UPDATE schools_aanstelling SET user_id = wie, rol = wat, school_id = s, team_id = t, kring_id = k,
            clusters = c, expertise = e, van = begin, tot = eind WHERE id = nr;
    END IF;
    RETURN nr;
END
$$;
"""


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
