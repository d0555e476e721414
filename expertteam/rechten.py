"""What the database allows whom, after every migrate: grants, row-level security, and triggers nobody can skip.

A model says itself what may never be undone, KEEPS = ("DELETE",), and whose rows somebody sees,
POLICY = {"SELECT": "USING (…)", …}; an app adds the SQL functions that these use (`functions` of its AppConfig).
"""

from django.apps import apps

from expertteam.postgres.server import APP, BACKUP

GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {APP}, {BACKUP};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP};
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP};
REVOKE UPDATE, DELETE ON django_admin_log FROM {APP};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP};
"""  # noqa: S608
TRIGGERS = f"""
DO $$ DECLARE f regprocedure; BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE starts_with(proname, 'pgtrigger_') AND pronamespace = 'public'::regnamespace
    LOOP  -- a wall looks at all rows, also at those that who asks does not see
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', f);
        -- and nobody hangs it on a table of his own
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM {APP}', f);
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {APP}, {BACKUP}', current_database());
END $$;
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql AS 'SELECT false';
"""  # noqa: S608


def secured():
    """The models with a policy."""
    return [model for model in apps.get_models() if hasattr(model, "POLICY")]


def drop_views(cursor):
    """They come back with the rest: a column of a view that stays cannot become another."""
    views = [m._meta.db_table for m in apps.get_models() if not m._meta.managed and hasattr(m, "KEEPS")]
    cursor.execute(f"DROP VIEW IF EXISTS {', '.join(views)}")


def apply(connection):
    """Say it all again; the same twice changes nothing. Half-way back in history there is nothing to say."""
    with connection.cursor() as cursor:
        if {m._meta.db_table for m in secured()} - {*connection.introspection.table_names(cursor)}:
            return
        cursor.execute("SET LOCAL check_function_bodies = off")
        drop_views(cursor)
        for config in apps.get_app_configs():
            cursor.execute(getattr(config, "functions", "SELECT 1"))
        cursor.execute(GRANTS + TRIGGERS)
        for config in apps.get_app_configs():
            for function in getattr(config, "closed", ()):
                cursor.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM {APP}")
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            if keeps := getattr(model, "KEEPS", ()):
                cursor.execute(f"REVOKE {', '.join(keeps)} ON {table} FROM {APP}")  # noqa: S608
        for model in secured():
            row_level_security(cursor, connection.ops.quote_name(model._meta.db_table), model.POLICY)


def row_level_security(cursor, table, policies):
    """For everybody, the owner of the table included; the owner migrates and looks after, and sees all."""
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for verb, rule in (policies | {"ALL": "USING (true) WITH CHECK (true)"}).items():
        role = "CURRENT_USER" if verb == "ALL" else APP
        cursor.execute(f"DROP POLICY IF EXISTS mag_{verb.lower()} ON {table}")
        cursor.execute(f"CREATE POLICY mag_{verb.lower()} ON {table} FOR {verb} TO {role} {rule}")
