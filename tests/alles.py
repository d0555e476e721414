"""A test lays out its world and looks at the result as somebody who sees everything; the product never does.

In the test database alone, every table with row-level security has one policy more, that opens it while the setting
`test.alles` is on. It is on in every test, and off behind the three doors of the product: a request, a step, and a
mail. So whatever the product does in a test, it does as the role of the application, in the name of one person.
"""

import json
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from pgtrigger.runtime import _ignore
from psycopg.pq import TransactionStatus

from cases.engine import Flow
from expertteam.actor import acting_as
from expertteam.middleware import DoorMiddleware
from expertteam.rechten import APP, secured

OPEN = "(current_setting('test.alles', true) = 'on')"
FUNCTIONS = f"""
CREATE FUNCTION als_eigenaar(sql text) RETURNS SETOF jsonb LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF sql ~* '^ *select' THEN
        RETURN QUERY EXECUTE 'SELECT to_jsonb(rij_) FROM (' || sql || ') rij_';
    ELSE
        EXECUTE sql;
    END IF;
END $$;
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql AS $$
    SELECT {OPEN} AND trigger_name LIKE 'pgtrigger_alleen_beheerder%' OR {OPEN}
        AND trigger_name = ANY (coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{{}}')::text[])
$$;
"""


def prepare(owner):
    """What only the test database has."""
    with owner.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for model in secured():
            table = model._meta.db_table
            cursor.execute(f"CREATE POLICY test_alles ON {table} TO {APP} USING {OPEN} WITH CHECK {OPEN}")


def setting(name, value=None):
    """A setting of this connection, read or written past whoever counts statements."""
    if value is None:
        return connection.connection.execute("SELECT current_setting(%s, true)", [name]).fetchone()[0]
    connection.connection.execute("SELECT set_config(%s, %s, false)", [name, value])


def without_walls(execute, sql, params, many, context):
    """One statement, with the walls away that pgtrigger.ignore() names."""
    driver = context["connection"].connection
    if not takes_statements(driver):
        return execute(sql, params, many, context)
    driver.execute("SELECT set_config('pgtrigger.ignore', %s, false)", ["{" + ",".join(_ignore.value) + "}"])
    try:
        return execute(sql, params, many, context)
    finally:
        if takes_statements(driver):  # else it went with the transaction
            driver.execute("SELECT set_config('pgtrigger.ignore', '', false)")


def takes_statements(driver):
    return driver and not driver.closed and driver.info.transaction_status != TransactionStatus.INERROR


@contextmanager
def closed(user=None):
    """Inside, only what this user (or who makes the request) may see is there; his roles are asked again."""
    vergeet(user)
    usable = connection.connection and not connection.connection.closed
    if not usable or setting("test.alles") != "on":
        yield
        return
    setting("test.alles", "off")
    setting("app.uid", str(user.pk) if user else "")
    try:
        yield
    finally:
        if connection.connection and not connection.connection.closed and not connection.connection.broken:
            setting("test.alles", "on")
            setting("app.uid", "")


def vergeet(user):
    """A test keeps a person for longer than one request; what he is today must not be remembered."""
    for name in ("vandaag", "rollen", "namens"):
        vars(user).pop(name, None) if user else None


def als_eigenaar(sql):
    """Do something as the owner of the tables, in the transaction of the test; the rows of a SELECT as dicts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM als_eigenaar(%s)", [sql])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def _see_all(connection, **kwargs):
    if connection.alias == "default":
        connection.connection.execute("SELECT set_config('test.alles', 'on', false)")
        connection.connection.commit()


connection_created.connect(_see_all)


@pytest.fixture(autouse=True)
def the_product_sees_what_it_may(monkeypatch):
    call, take = DoorMiddleware.__call__, Flow.take

    def request(self, request):
        with closed():
            return call(self, request)

    def step(self, name, pk, user, **more):
        with closed(user):
            return take(self, name, pk, user, **more)

    @contextmanager
    def mail(user):
        with closed(user), acting_as(user):
            yield

    monkeypatch.setattr("cases.bezorgen.acting_as", mail)
    monkeypatch.setattr(DoorMiddleware, "__call__", request)
    monkeypatch.setattr(Flow, "take", step)
