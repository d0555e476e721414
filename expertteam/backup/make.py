"""Make a backup: one moment, as the role that sees all, read back before it gets its name, and locked with a key."""

import datetime
import hashlib
import json
import re
from collections import Counter

import pyrage
from django.db.migrations.recorder import MigrationRecorder
from psycopg import connect

from expertteam.backup import Refused, measure, tools

ROLE = """SELECT current_user, rolsuper OR rolbypassrls, current_database(), current_setting('server_version')
FROM pg_roles WHERE rolname = current_user"""
NEVER_EMPTY = (MigrationRecorder.Migration._meta.db_table, "schools_user")
DOSSIERS = "cases_aanmelding"
STAMP = "%Y%m%dT%H%M%SZ"
COPY = re.compile(rb"^COPY (\S+) \(.*\) FROM stdin;$")


def backup(folder, params, recipient=""):
    """The manifest of a new backup in this folder. Until it is proved, nothing stands there under its name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = datetime.datetime.now(datetime.UTC)
    name = f"expertteam-{made.strftime(STAMP)}.dump"
    part = folder / f"{name}.part"
    try:
        manifest = {"made": made.isoformat(timespec="seconds")} | dump(part, params)
        proved(part, manifest["tables"], latest(folder))
        manifest["plain_sha256"] = digest(part)
        if recipient:
            name += ".age"
            locked = folder / f"{name}.part"
            pyrage.encrypt_file(str(part), str(locked), [pyrage.x25519.Recipient.from_str(recipient)])
            part.unlink()
            part = locked
        part.chmod(0o600)
        manifest |= {"file": name, "bytes": part.stat().st_size, "sha256": digest(part)}
        paper = folder / f"{name}.json.part"
        paper.write_text(json.dumps(manifest, indent=1, sort_keys=True))
        paper.rename(folder / f"{name}.json")
        part.rename(folder / name)
    finally:
        for left in folder.glob("*.dump*.part"):
            left.unlink()
    return manifest


def dump(part, params):
    """Dump, and count what is there at that very moment."""
    part.touch(mode=0o600)
    with connect(**params) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(ROLE)
        role, sees_all, database, server = cursor.fetchone()
        if not sees_all:
            raise Refused(f"{role} ziet niet elke rij. Maak de back-up als de rol expertteam_backup.")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        found = {"tables": measure.tables(cursor), "guards": measure.guards(cursor)}
        options = ("--format=custom", "--lock-wait-timeout=60s", f"--snapshot={snapshot}", f"--file={part}")
        tools.run("pg_dump", *options, params=params)
    return found | {"database": database, "server": server}


def proved(path, tables, before):
    """Read the dump from end to end: every table is in it with every row, and the house is not empty."""
    inside = rows(path)
    expected = {name: count for name, (count, _) in tables.items()}
    if wrong := measure.differences(expected, inside):
        told = ", ".join(f"{name}: {inside.get(name, 'geen')} van {expected.get(name, 'geen')}" for name in wrong[:5])
        raise Refused(f"De dump is niet heel. Rijen in de dump en in de database: {told}.")
    if empty := [name for name in NEVER_EMPTY if not expected.get(name)]:
        raise Refused(f"De dump is leeg: in {' en '.join(empty)} staat niets.")
    if not expected.get(DOSSIERS) and before.get(DOSSIERS):
        raise Refused("In de vorige back-up stonden dossiers en in deze niet. Kijk eerst wat er is gebeurd.")


def rows(path):
    """{table: rows} that a dump would put back."""
    found, table = Counter(), None
    for line in tools.lines("pg_restore", "--data-only", "--file=-", str(path)):
        if table is None:
            if begin := COPY.match(line):
                table = begin[1].decode().removeprefix("public.")
                found[table] += 0
        elif line == b"\\.\n":
            table = None
        else:
            found[table] += 1
    return dict(found)


def latest(folder):
    """{table: rows} of the newest backup that is there."""
    there = sorted(folder.glob("expertteam-*.json"))
    manifest = json.loads(there[-1].read_text()) if there else {"tables": {}}
    return {name: count for name, (count, _) in manifest["tables"].items()}


def digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget(folder, days):
    """What was destroyed must not live on in a backup: remove those of longer ago, and say which."""
    limit = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
    old = [
        f for f in sorted(folder.glob("expertteam-*")) if f.name.split(".")[0] < f"expertteam-{limit.strftime(STAMP)}"
    ]
    for file in old:
        file.unlink()
    return [file.name for file in old]
