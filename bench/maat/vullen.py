"""INSERT … SELECT for a model of Django, with indexes, keys and triggers away while it runs and back afterwards."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from django.db.models import NOT_PROVIDED, BooleanField, CharField, TextField, UUIDField

SESSION = "SET timezone = 'UTC'; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET jit = off"
AWAY = """
SELECT c.conrelid::regclass::text, format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)),
    c.contype = 'f'
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE c.contype IN ('p', 'u', 'f') AND (t.relname = ANY (%(t)s) OR c.confrelid::regclass::text = ANY (%(t)s))
UNION ALL SELECT i.indrelid::regclass::text, format('DROP INDEX %%s', i.indexrelid::regclass),
    pg_get_indexdef(i.indexrelid), false
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relname = ANY (%(t)s) AND i.indpred IS NULL
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
ORDER BY 4 DESC
"""  # what points at a table goes before the key it points at


def sql(value):
    return value if isinstance(value, str) else "NULL" if value is None else repr(value)


def column(field, given):
    """What a column is filled with: what was given, or what Django would write when nobody says anything."""
    if field.column in given:
        return sql(given[field.column])
    if field.default is not NOT_PROVIDED and not callable(field.default):
        return f"'{field.default}'" if isinstance(field.default, str) else repr(field.default)
    if field.null:
        return "NULL"
    if isinstance(field, UUIDField) and field.primary_key:
        return "gen_random_uuid()"
    if isinstance(field, CharField | TextField):
        return "''"
    if isinstance(field, BooleanField):
        return "false"
    raise SystemExit(f"{field}: say what it is filled with")


def into(model, source, /, **given):
    """INSERT INTO the table of this model, one row for each row of `source`."""
    fields = [f for f in model._meta.concrete_fields if f.column in given or "AutoField" not in f.get_internal_type()]
    if strange := given.keys() - {f.column for f in fields}:
        raise SystemExit(f"{model.__name__} has no {strange}")
    names = ", ".join(f'"{f.column}"' for f in fields)
    values = ", ".join(column(f, given) for f in fields)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {source}"


class Vuller:
    """The owner of the tables, in as many connections as there are cores."""

    def __init__(self, where, cores=2):
        self.where, self.cores, self.own = where, cores, threading.local()
        self.pool = ThreadPoolExecutor(cores)

    def connection(self):
        if not hasattr(self.own, "connection"):
            self.own.connection = psycopg.connect(self.where, autocommit=True)
            self.own.connection.execute(SESSION)
        return self.own.connection

    def rows(self, statement, *given):
        return self.connection().execute(statement, *given).fetchall()

    def run(self, *statements):
        """One after another."""
        for statement in statements:
            self.connection().execute(statement)

    def together(self, what, *statements):
        """Each beside the others; a tuple is one after another. Says how long it took."""
        began = time.monotonic()
        jobs = [self.pool.submit(self.run, *((s,) if isinstance(s, str) else s)) for s in statements]
        for job in jobs:
            job.result()
        print(f"  {time.monotonic() - began:6.1f} s  {what}", flush=True)

    @contextmanager
    def bare(self, tables):
        """Without triggers, keys and indexes; all come back, and what they forbid is looked for when they do."""
        found = self.rows(AWAY, {"t": tables})
        before = self.shape()
        self.run(*(f"ALTER TABLE {t} DISABLE TRIGGER USER" for t in tables), *(drop for _, drop, _, _ in found))
        yield
        per_table = {}
        for table, _, add, foreign in found:
            per_table.setdefault((foreign, table), []).append(add)
        for foreign, what in ((False, "keys and indexes, built and checked"), (True, "foreign keys, checked")):
            self.together(what, *(tuple(adds) for (f, _), adds in per_table.items() if f == foreign))
        self.run(*(f"ALTER TABLE {t} ENABLE TRIGGER USER" for t in tables))
        if different := {*self.shape()} ^ {*before}:
            raise SystemExit(f"the walls are not what they were: {different}")

    def shape(self):
        """Every constraint, index and trigger, and whether it works."""
        return sorted(
            self.rows("""
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace UNION ALL
            SELECT tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = 'public' UNION ALL
            SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
            WHERE NOT tgisinternal""")
        )
