"""Who sees what, said once more for PostgreSQL. Written apart from roles.py on purpose: the two must agree.

Everything follows from `app.uid`, which the door sets for one transaction, and from the aanstellingen of that person
today. `migrate` puts it in the database, after the tables.
"""

from cases.roles import Role, who_sees

FUNCTIONS = """
-- the schools where who asks has a role; for the coördinator those without an onderwijsspecialist today
CREATE OR REPLACE FUNCTION scholen_als(r text) RETURNS SETOF bigint ROWS 10
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF r = 'ib' THEN
        RETURN QUERY SELECT g.school_id FROM aangesteld(r) g;
    ELSIF r IN ('os', 'ab') THEN
        RETURN QUERY SELECT s.id FROM schools_school s WHERE s.team_id IN (SELECT g.team_id FROM aangesteld(r) g);
    ELSIF r = 'coordinator' AND EXISTS (SELECT FROM aangesteld(r)) THEN
        RETURN QUERY SELECT s.id FROM schools_school s LEFT JOIN schools_expertteam e ON e.id = s.team_id
        WHERE (s.team_id IS NULL OR EXISTS (
                SELECT FROM aangesteld(r) c WHERE c.kring_id IS NULL OR c.kring_id = e.kring_id))
            AND NOT EXISTS (SELECT FROM aanstellingen_nu() x WHERE x.rol = 'os' AND x.team_id = s.team_id);
    END IF;
END
$$;

-- the dossiers in which who asks has one of these roles; by index, also where reading all of them seems as cheap
CREATE OR REPLACE FUNCTION dossiers(roles text[]) RETURNS SETOF uuid ROWS 100
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET random_page_cost = 1.1 AS $$
DECLARE
    held text[];
    wie uuid[] := namens();  -- who asks, and those for whom he stands in today
BEGIN
    SELECT array_agg(x.rol) INTO held FROM aanstellingen_nu() x WHERE x.user_id = actor();
    IF 'ib' = ANY(roles) AND 'ib' = ANY(held) THEN
        RETURN QUERY SELECT a.id FROM cases_aanmelding a WHERE a.school_id IN (SELECT scholen_als('ib'));
    END IF;
    IF 'os' = ANY(roles) AND 'os' = ANY(held) THEN
        RETURN QUERY SELECT a.id FROM cases_aanmelding a
        WHERE a.nummer IS NOT NULL AND a.school_id IN (SELECT scholen_als('os'));
    END IF;
    IF 'coordinator' = ANY(roles) AND 'coordinator' = ANY(held) THEN
        RETURN QUERY SELECT a.id FROM cases_aanmelding a
        WHERE a.nummer IS NOT NULL AND a.school_id IN (SELECT scholen_als('coordinator'));
    END IF;
    IF 'team' = ANY(roles) AND 'ab' = ANY(held) THEN
        RETURN QUERY SELECT a.id FROM cases_aanmelding a
        WHERE a.soort = 'complex' AND a.state IN ('ingediend', 'opgepakt')
            AND a.school_id IN (SELECT scholen_als('ab'));
    END IF;
    IF 'ab' = ANY(roles) AND 'ab' = ANY(held) THEN
        RETURN QUERY SELECT a.id FROM cases_aanmelding a WHERE a.ab_id = ANY (wie);
    END IF;
    IF 'uitvoerder' = ANY(roles) AND 'ab' = ANY(held) THEN
        RETURN QUERY SELECT t.aanmelding_id FROM cases_traject t WHERE t.uitvoerder_id = ANY (wie);
    END IF;
    IF 'expert' = ANY(roles) AND held && '{ab,sbo}' THEN
        RETURN QUERY SELECT t.aanmelding_id FROM cases_betrokkene b JOIN cases_traject t ON t.id = b.traject_id
        WHERE b.expert_id = actor();
    END IF;
    IF 'reden' = ANY(roles) AND held && '{os,coordinator}' THEN
        RETURN QUERY SELECT i.dossier_id FROM cases_inzagemetreden i
        WHERE i.door_id = actor() AND statement_timestamp() < i.tot;
    END IF;
END
$$;

-- the trajecten in which who asks has one of these roles: those of the dossier, and those he carries out
CREATE OR REPLACE FUNCTION trajecten(roles text[]) RETURNS SETOF uuid ROWS 100
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET random_page_cost = 1.1 AS $$
DECLARE
    wie uuid[] := namens();
    seen uuid[] := ARRAY(SELECT dossiers(roles));  -- an array is looked up in one go
BEGIN
    RETURN QUERY SELECT t.id FROM cases_traject t WHERE t.aanmelding_id = ANY (seen);
    IF 'ab' = ANY(roles) AND EXISTS (SELECT FROM aangesteld('ab')) THEN
        RETURN QUERY SELECT t.id FROM cases_traject t WHERE t.uitvoerder_id = ANY (wie);
    END IF;
END
$$;
"""


def policy(read, insert="false", update="false", delete="false"):
    """The four policies of a table; who only reads with a reason, writes nothing."""
    return {
        "SELECT": f"USING ({read})",
        "INSERT": f"WITH CHECK ({insert})",
        "UPDATE": f"USING ({update}) WITH CHECK ({update})",
        "DELETE": f"USING ({delete})",
    }


def roles_of(part, write):
    """Who sees the part; who looks with a reason, changes nothing."""
    return [role for role in who_sees(part) if not (write and role == Role.REDEN)]


def asked(function, *roles):
    """SQL: the dossiers (or trajecten) in which who asks has one of these roles."""
    return f"SELECT {function}('{{{','.join(roles)}}}')"


def seen_as(part, write=False):
    """The roles in which somebody sees the part of a dossier, and so who carries a traject of it out."""
    roles = roles_of(part, write)
    return [*roles, *(["uitvoerder"] if Role.AB in roles else [])]


def seen(part):
    """SQL: the dossiers of which who asks sees the part."""
    return f"ARRAY({asked('dossiers', *seen_as(part))})"


def one_of(column, function, *roles):
    """SQL: this is one of them, which are looked up once per statement.

    A key of the table itself can be found by them; a part is found by its whole, and then an array would be sorted
    again for every row.
    """
    these = asked(function, *roles)
    return f"{column} = ANY (ARRAY({these}))" if column == "id" else f"{column} IN ({these})"


def in_dossier(column, part, write=False):
    """SQL: this dossier is one of those of which who asks sees (or changes) the part."""
    return one_of(column, "dossiers", *seen_as(part, write))


def in_traject(column, part, write=False):
    """SQL: this traject is one of those of which who asks sees (or changes) the part."""
    return one_of(column, "trajecten", *roles_of(part, write))


def carried_out(column, *roles):
    """SQL: this traject is one of those in which who asks works, in one of these roles."""
    return one_of(column, "trajecten", *(roles or ("os", "ab", "expert")))


CLOSED = policy("false")  # nobody who logs in: only the owner, through triggers
NOTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")  # what the role of the application may not do there
