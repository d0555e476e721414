"""A database of its own on the embedded PostgreSQL, for one measurement: made, and removed whatever happens."""

import os
from contextlib import contextmanager
from pathlib import Path

import django

from expertteam.postgres.server import OWNER, Server

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def database(name):
    """Django works in this empty database: as the application, and as the owner under "owner"."""
    os.environ |= {"DEBUG": "1", "TEST_DATABASE": name, "EMAIL_URL": "dummy:"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "expertteam.settings"
    from django.conf import settings  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = name
    server = Server(ROOT)
    server.ensure()

    def psql(what):
        return server._must("psql", "-h", server.sock, "-U", "postgres", "-d", "postgres", "-qc", what)

    psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    psql(f"CREATE DATABASE {name} OWNER {OWNER}")
    try:
        django.setup()
        yield
    finally:
        psql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def zonder_muren(cursor, tables):
    """Copies go in past the triggers of these tables; afterwards PostgreSQL looks at how many there are."""
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    cursor.execute("VACUUM ANALYZE")
