"""A database of its own with work in it, on the embedded PostgreSQL or on a cluster that may be broken."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from itertools import count

import psycopg

from bench.vreemd import HOST
from bench.wereld import ROOT
from expertteam.postgres.server import APP, OWNER, Server
from tests.sjabloon import name as template_name

SECRET = "alleen om te breken, nergens anders, 0123456789"
NUMBERS, KEPT = count(1), {"PATH", "HOME", "LANG", "EMBEDDED_PG_BIN", "BROKEN"}
TRAJECTEN = "SELECT t.id, u.email FROM cases_traject t JOIN schools_user u ON u.id = t.uitvoerder_id ORDER BY t.id"


class World:
    """A filled database: `env` for a server that works in it, `sql` for who looks from outside."""

    def __init__(self, server=None, trajecten=8):
        self.server, self.name = server or Server(ROOT), f"chaos_{os.getpid()}_{next(NUMBERS)}"
        self.server.ensure()
        url = f"postgres://{{}}@/{self.name}?host={self.server.sock}"
        self.env = {k: v for k, v in os.environ.items() if k in KEPT} | {
            "DATABASE_URL": url.format(APP), "SECRET_KEY": SECRET, "ALLOWED_HOSTS": HOST, "EMAIL_URL": "dummy:",
            "BASE_URL": f"https://{HOST}", "TWEEDE_FACTOR": "0", "DJANGO_SETTINGS_MODULE": "bench.chaos.settings",
        }  # fmt: skip
        self.owner_env = self.env | {"DEBUG": "1", "DATABASE_OWNER_URL": url.format(OWNER)}
        self.there = f"DATABASE {self.name} OWNER {OWNER}"
        filled = f"chaos_{template_name().partition('_')[2]}_{trajecten}"
        if not self.exists(filled):
            self.fill(filled, trajecten)
        self.of_postgres(f"CREATE {self.there} TEMPLATE {filled}")
        self.of_postgres(f"REVOKE TEMPORARY ON DATABASE {self.name} FROM PUBLIC")  # what a copy does not bring
        self.trajecten = self.sql(TRAJECTEN)

    def fill(self, name, trajecten):
        """Once for the code as it is now: the next world is a copy of it. Of other code nothing stays."""
        for (old,) in self.of_postgres("SELECT datname FROM pg_database WHERE datname ~ '^chaos_[0-9a-f]{16}_'"):
            self.of_postgres(f"DROP DATABASE IF EXISTS {old}")
        if self.server.base != Server(ROOT).base:
            self.copy(name, trajecten)
            return
        self.close()
        migrated = self.exists(template_name())
        self.of_postgres(f"CREATE {self.there}" + f" TEMPLATE {template_name()}" * migrated)
        if not migrated:
            self.manage("migrate", "-v0")
        self.run("-m", "bench.chaos.seed", str(trajecten))
        self.of_postgres(f"ALTER DATABASE {self.name} RENAME TO {name}")

    def copy(self, name, trajecten):
        """As it is in the cluster where it was made: quicker than making it again."""
        with world(trajecten=trajecten) as there, tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o777)
            there.server._must("pg_dump", "-h", there.server.sock, "-U", "postgres", "-f", f"{folder}/sql", there.name)
            self.of_postgres(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # of a run that was cut off
            self.of_postgres(f"CREATE DATABASE {name} OWNER {OWNER}")
            self.server._must("psql", "-h", self.server.sock, "-U", "postgres", "-qd", name, "-f", f"{folder}/sql")

    def run(self, *command):
        """A program of the owner in this world; what it says on stdout."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.owner_env, check=True, capture_output=True, text=True
        )
        return done.stdout

    def manage(self, *command):
        return self.run("manage.py", *command)

    def connect(self, database=None, **more):
        dsn = f"host={self.server.sock} user=postgres dbname={database or self.name}"
        return psycopg.connect(dsn, autocommit=True, **more)

    def sql(self, statement, *values, database=None):
        """The rows of a statement of the superuser."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def of_postgres(self, statement):
        """A statement about databases."""
        return self.sql(statement, database="postgres")

    def exists(self, name):
        return bool(self.of_postgres(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def close(self):
        self.of_postgres(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


@contextmanager
def world(**more):
    """A world that is gone afterwards."""
    made = World(**more)
    try:
        yield made
    finally:
        made.close()
