"""A filled database, and others beside it, each with a name of its own that goes away again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from expertteam.postgres.server import find_bin
from tests import sjabloon

ROLES = {"app": "expertteam_app", "owner": "expertteam_owner", "backup": "expertteam_backup"}
FILL = """
from django.db import transaction
from cases.models import Aanmelding
from expertteam.actor import acting_as
from schools.models import User
from tests.files import maken
ib = User.objects.get(email="noor.jansen@demo.example")
with acting_as(ib):
    dossier = Aanmelding.objects.visible_to(ib).filter(state="concept").first()
    maken.bijlage(maken.pdf(), aanmelding=dossier, door=ib, naam="plan.pdf", scan="geen")
    maken.bijlage(maken.picture(), aanmelding=dossier, door=ib, naam="schets.png", soort="image/png", scan="geen")
ab = User.objects.get(email="rosa.visser@demo.example")
ab.set_password("een zin die niemand raadt 7")
ab.save()
"""


class Beside:
    """A database beside the one of the tests."""

    def __init__(self, name, template="template0"):
        self.name = name
        self.owner = connections["owner"]
        self.drop()
        with self.owner.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    def drop(self):
        with self.owner.creation._nodb_cursor() as cursor:
            sjabloon.drop(cursor, self.name)

    def params(self, role):
        """How to connect as this role."""
        return self.owner.get_connection_params() | {"user": ROLES[role], "dbname": self.name}

    def manage(self, *command, **more):
        """A command of ours in this database, in a process of its own."""
        urls = {"DATABASE_URL": "app", "DATABASE_OWNER_URL": "owner", "DATABASE_BACKUP_URL": "backup"}
        host = self.owner.get_connection_params()["host"]
        env = {k: v for k, v in os.environ.items() if k in {"HOME", "LANG"}} | {"DEBUG": "1"}
        env["PATH"] = f"{find_bin()}:{os.environ['PATH']}"  # pg_dump of the version of the server
        env |= {name: f"postgres://{ROLES[role]}@/{self.name}?host={host}" for name, role in urls.items()}
        call = [sys.executable, "manage.py", *command]
        return subprocess.run(call, cwd=settings.BASE_DIR, env=env | more, capture_output=True, text=True)

    def must(self, *command, **more):
        done = self.manage(*command, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def gevuld(django_db_setup, django_db_blocker):
    """The demo, two bijlagen in it, and somebody with a password."""
    with django_db_blocker.unblock():
        template = sjabloon.name()
        there = Beside(f"{settings.DATABASES['default']['NAME']}_gevuld", template)
        there.template = template
        there.must("demo")
        there.must("shell", "--no-imports", "-c", FILL)
        yield there
        there.drop()


@pytest.fixture
def unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def leeg(gevuld, unblocked):
    """A database with nothing in it."""
    there = Beside(f"{gevuld.name}_terug")
    yield there
    there.drop()


@pytest.fixture
def kopie(gevuld, unblocked):
    """A copy of the filled one, that may be spoiled."""
    there = Beside(f"{gevuld.name}_kopie", gevuld.name)
    yield there
    there.drop()


@pytest.fixture
def folder(tmp_path):
    return Path(tmp_path) / "kopieën"
