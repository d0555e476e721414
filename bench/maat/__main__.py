"""`python -m bench.maat S` (or M, or L): a database of that size on the embedded PostgreSQL, filled and checked."""

import os
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def begin(name, again=True):
    """The settings of the demo on a database of this name; made anew, or as it is."""
    os.environ |= {"DEBUG": "1", "EMAIL_URL": "dummy:", "DJANGO_SETTINGS_MODULE": "expertteam.settings"}
    from django.conf import settings  # noqa: PLC0415

    for alias in ("default", "owner", "tellers"):
        settings.DATABASES[alias]["NAME"] = name
    from expertteam.postgres.server import OWNER, Server  # noqa: PLC0415

    server = Server(ROOT)
    server.ensure()
    if again:
        for what in (f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} OWNER {OWNER}"):
            server._must("psql", "-h", server.sock, "-U", "postgres", "-d", "postgres", "-qc", what)
    django.setup()
    return f"host={server.sock} user={OWNER} dbname={name}"


def fill(v, maat):
    from bench.maat import dossiers, geschiedenis, mensen, rondom  # noqa: PLC0415
    from cases.models import Keten, Schakel  # noqa: PLC0415
    from cases.models.historie import TRACKED  # noqa: PLC0415
    from expertteam import rechten  # noqa: PLC0415

    tables = [m._meta.db_table for m in (*rechten.secured(), Keten, Schakel) if m._meta.managed]
    mensen.places(v, maat)
    mensen.persons(v, maat)
    with v.bare(sorted({t for t in tables if t.startswith("cases_")})):
        v.run(*dossiers.decide(maat))
        v.together("aanmeldingen, trajecten, contactmomenten", dossiers.aanmeldingen(),
                   (dossiers.trajecten(), dossiers.contacten()))  # fmt: skip
        v.run("ANALYZE cases_aanmelding, cases_traject")
        v.together("what hangs on them", *rondom.inside(), rondom.classes(), *rondom.meetings(), *rondom.outside())
        v.together("events", *geschiedenis.events())
        v.together("history and inzage", *map(geschiedenis.versions, TRACKED), *geschiedenis.looked())
        v.run(geschiedenis.KETEN, *geschiedenis.KEYS)
        v.together("the digest of each row", *geschiedenis.links())
        v.run(*geschiedenis.NO_KEYS, "ANALYZE maat.schakel")
        v.together("the chains", *(geschiedenis.CHAIN.format(half=half) for half in (0, 1)))
        v.run("DROP TABLE maat.schakel")
        v.together("their ends", geschiedenis.ENDS)
    v.run("ALTER TABLE schools_verdeling DISABLE TRIGGER USER", "ALTER TABLE schools_verdeeldeel DISABLE TRIGGER USER",
          *mensen.hours(), "ALTER TABLE schools_verdeling ENABLE TRIGGER USER",
          "ALTER TABLE schools_verdeeldeel ENABLE TRIGGER USER", "DROP SCHEMA maat CASCADE")  # fmt: skip
    v.together("VACUUM ANALYZE", "VACUUM ANALYZE")


def main(size):
    from bench.maat.maten import MATEN  # noqa: PLC0415

    maat, began = MATEN[size], time.monotonic()
    where = begin(maat.database)
    from django.core.management import call_command  # noqa: PLC0415

    from bench.maat import nagaan  # noqa: PLC0415
    from bench.maat.vullen import Vuller  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    v = Vuller(where)
    fill(v, maat)
    print(f"{size}: {maat.database} in {time.monotonic() - began:.0f} s")
    nagaan.tell(v, chains=size == "S")


if __name__ == "__main__":
    main(sys.argv[1])
