"""The test database is a copy of a template that the migrations made once: the same code, the same template."""

import hashlib
import time
from pathlib import Path

from django.db import ProgrammingError, transaction

from expertteam import rechten

KEPT = 8  # templates: of branches that are worked on at the same time
CODE = ("cases", "schools", "expertteam")  # migrations, models and the SQL beside them


def name():
    """Of the template for the code as it is now."""
    files = sorted(path for app in CODE for path in Path(app).rglob("*.py"))
    return "sjabloon_" + hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def create_test_db(owner):
    """The test database of this process, as the owner would have migrated it; its name."""
    test, template = owner.creation._get_test_db_name(), name()
    with owner.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(20261122)")  # one process makes it, the others wait
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'sjabloon_')")
        there = {row[0] for row in cursor.fetchall()}
        if template not in there:
            migrated(owner, template)
        for old in sorted(there - {template}) if len(there) > KEPT else ():
            cursor.execute(f"DROP DATABASE IF EXISTS {old}")
        drop(cursor, test)
        cursor.execute(f"CREATE DATABASE {test} TEMPLATE {template}")
        cursor.execute("SELECT pg_advisory_unlock(20261122)")
    owner.close()
    owner.settings_dict["NAME"] = test
    with transaction.atomic(using=owner.alias):
        rechten.apply(owner)  # what belongs to a database, and not to what is in it, is not copied
    return test


def drop(cursor, name, times=20):
    """Away, with whoever is still in it; while the server itself is cleaning there, a moment later."""
    for _ in range(times):
        try:
            return cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        except ProgrammingError:
            time.sleep(0.5)
    raise AssertionError(f"{name} is still in use")


def migrated(owner, template):
    """The template, under its own name only when it is whole."""
    settings, real = owner.settings_dict["TEST"], owner.settings_dict["NAME"]
    wanted, settings["NAME"] = settings["NAME"], f"{template}_bezig"
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    settings["NAME"] = wanted
    owner.close()
    owner.settings_dict["NAME"] = real
    with owner.creation._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {template}_bezig RENAME TO {template}")
