"""A world of its own for a measurement: a database on the embedded PostgreSQL, filled with the demo."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
import psycopg
from django.apps import apps
from django.db import connections
from django.test import Client

from bench.vreemd import HOST
from expertteam.postgres.server import APP, OWNER, Server

ROOT = Path(__file__).parents[1]


class World:
    """A database of its own, filled; who there is, and what each may see."""

    def __init__(self):
        self.name = f"fuzz_{os.getpid()}"
        server = Server(ROOT)
        server.ensure()
        self.url = f"postgres://{{}}@/{self.name}?host={server.sock}"
        self.admin = f"host={server.sock} user=postgres dbname="
        self.env = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}} | {
            "DATABASE_URL": self.url.format(APP), "SECRET_KEY": "alleen om dit te proberen, nergens anders, 0123456789",
            "ALLOWED_HOSTS": HOST, "EMAIL_URL": "dummy:", "BASE_URL": f"https://{HOST}", "TWEEDE_FACTOR": "0",
        }  # fmt: skip
        self.sql("postgres", f"CREATE DATABASE {self.name} OWNER {OWNER}")
        self.static = ROOT / "staticfiles"
        self.made = not self.static.exists()
        demo = self.env | {"DEBUG": "1", "DATABASE_OWNER_URL": self.url.format(OWNER)}
        for command, env in [("migrate", demo), ("demo", demo), ("lettertypen", demo), ("collectstatic", self.env)]:
            more = ["--noinput"] if command == "collectstatic" else []
            subprocess.run([sys.executable, "manage.py", command, "-v0", *more], cwd=ROOT, env=env, check=True)

    def sql(self, database, *statements):
        with psycopg.connect(self.admin + database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def enter(self):
        """From here on Django's models are those of this world, seen by somebody whom no wall stops."""
        os.environ.update(self.env | {"DATABASE_URL": self.url.format("postgres")})
        os.environ["DJANGO_SETTINGS_MODULE"] = "expertteam.settings"
        django.setup()
        self.dossier = apps.get_model("cases", "Aanmelding")
        people = apps.get_model("schools", "User").objects.order_by("email")
        self.people = {user.email: user for user in people}
        self.hang_words()
        models = [*apps.get_app_config("cases").get_models(), apps.get_model("schools", "School")]
        pks = {m._meta.model_name: list(m.objects.order_by("pk").values_list("pk", flat=True)[:200]) for m in models}
        self.pks = {kind: found for kind, found in pks.items() if found}
        visible = {m._meta.model_name: m for m in models if hasattr(m, "RELATIONS")}
        self.own = {
            email: {
                kind: list(m.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))
                for kind, m in visible.items()
            }
            for email, user in self.people.items()
        }
        self.sessions = {}
        for email in self.people:
            self.log_in(email)

    def log_in(self, email):
        """A session, made in the database."""
        client = Client()
        client.force_login(self.people[email])
        self.sessions[email] = next(iter(client.cookies.values())).value

    def seen(self):
        """{person: dossiers of which he may see a text}."""
        return {
            email: {pk.hex for pk in self.dossier.objects.visible_to(user).values_list("pk", flat=True)}
            for email, user in self.people.items()
        }

    def hang_words(self):
        """A word in every text of a dossier that is long enough for it; past the walls."""
        statements = ["SET session_replication_role = replica"]
        for model in apps.get_app_config("cases").get_models():
            if (key := self.way(model)) is None:
                continue
            free = [f for f in model._meta.fields if f.get_internal_type() in {"CharField", "TextField"}]
            free = [f for f in free if not f.choices and (f.max_length or 99) > 45 and "url" not in f.name]
            free = [
                f for f in free if f.name not in {"sha256", "step", "kind", "source", "target"} and "pgh_" not in f.name
            ]
            table, word = model._meta.db_table, f"'kanarie' || replace({key}::text, '-', '')"
            statements += [
                f"UPDATE {table} t SET {f.column} = coalesce({word}, {f.column}) WHERE {f.column} <> ''" for f in free
            ]
        self.sql(self.name, *statements)

    def way(self, model, alias="t"):
        """SQL: the key of the dossier that a row is part of; None if it is of none."""
        if model is self.dossier:
            return f"{alias}.id"
        for f in model._meta.fields:
            if f.many_to_one and f.related_model._meta.app_label == "cases" and f.related_model is not model:
                inner = self.way(f.related_model, f"{alias}x")
                table = f.related_model._meta.db_table
                return inner and f"(SELECT {inner} FROM {table} {alias}x WHERE {alias}x.id = {alias}.{f.column})"
        return None

    def close(self):
        """Nothing of this world stays."""
        connections.close_all()
        if self.made:
            shutil.rmtree(self.static)
        self.sql("postgres", f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
