"""What closing costs: pages and steps with and without row-level security, the trace and the history, in one run.

`make kosten` makes a database of its own, fills it with the demo a number of times over, and removes it. With and
without take turns, block by block, so that whatever else the machine does hits both.
"""

import statistics
import time
from contextlib import ExitStack
from unittest.mock import patch

from django.core.management import call_command

from bench.eigen import database, zonder_muren

NAME, TIMES, BLOCKS, ROUNDS = "expertteam_kosten", 20, 16, 5
COPY = """
CREATE TEMP TABLE nieuw AS SELECT id AS oud, gen_random_uuid() AS id, row_number() OVER () + {n} * 1000 AS nr
    FROM cases_aanmelding WHERE nummer IS NOT NULL AND nummer NOT LIKE 'K%';
INSERT INTO cases_aanmelding SELECT (jsonb_populate_record(NULL::cases_aanmelding, to_jsonb(a)
    || jsonb_build_object('id', n.id, 'nummer', 'K' || n.nr))).* FROM cases_aanmelding a JOIN nieuw n ON n.oud = a.id;
CREATE TEMP TABLE nieuwt AS SELECT t.id AS oud, gen_random_uuid() AS id, n.id AS a FROM cases_traject t
    JOIN nieuw n ON n.oud = t.aanmelding_id;
INSERT INTO cases_traject SELECT (jsonb_populate_record(NULL::cases_traject, to_jsonb(t)
    || jsonb_build_object('id', n.id, 'aanmelding_id', n.a))).* FROM cases_traject t JOIN nieuwt n ON n.oud = t.id;
INSERT INTO cases_contactmoment SELECT (jsonb_populate_record(NULL::cases_contactmoment, to_jsonb(c)
    || jsonb_build_object('id', gen_random_uuid(), 'traject_id', n.id))).*
    FROM cases_contactmoment c JOIN nieuwt n ON n.oud = c.traject_id;
DROP TABLE nieuw, nieuwt;
"""


def make(owner, tables):
    """The demo, and copies of its dossiers."""
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0)
    with owner.cursor() as cursor, zonder_muren(cursor, tables):
        for n in range(TIMES):
            cursor.execute(COPY.format(n=n))


def switch(owner, tables, on):
    """Row-level security and the history of all tables of the cases, on or off."""
    with owner.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} ROW LEVEL SECURITY")
        cursor.execute(
            "SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname ~ 'insert_insert|update_update|schakel'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} {"ENABLE" if on else "DISABLE"} TRIGGER "{trigger}"')


def measure(jobs, owner, tables, inzage):
    """{page: ([ms with], [ms without])}, in turns."""
    found = {name: ([], []) for name in jobs}
    for block in range(BLOCKS):
        on = block % 2 == 0
        switch(owner, tables, on)
        with ExitStack() as stack:
            if not on:
                stack.enter_context(patch.object(inzage, "write", lambda *args: None))
            for name, job in jobs.items():
                job()
                for _ in range(ROUNDS):
                    began = time.perf_counter()
                    job()
                    found[name][not on].append((time.perf_counter() - began) * 1000)
    return found


def run():
    from django.db import connections  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from cases import inzage  # noqa: PLC0415
    from cases.models import Aanmelding, Traject  # noqa: PLC0415
    from cases.workflow import TRAJECT  # noqa: PLC0415
    from expertteam import rechten  # noqa: PLC0415
    from expertteam.actor import acting_as  # noqa: PLC0415
    from schools.models import User, vandaag  # noqa: PLC0415

    owner = connections["owner"]
    tables = [m._meta.db_table for m in rechten.secured()]
    make(owner, tables)
    who = {name: User.objects.get(voornaam=name) for name in ("Noor", "Olga", "Rosa")}
    clients = {name: Client() for name in who}
    for name, client in clients.items():
        client.force_login(who[name])
    t = Traject.objects.using("owner").filter(uitvoerder=who["Rosa"], state="plannen").order_by("gemaakt_op").first()
    visit = {"soort": "bezoek", "minuten": 60, "datum": vandaag()}

    def step():
        with acting_as(who["Rosa"]):
            TRAJECT.take("bezoek", t.pk, who["Rosa"], **visit)

    jobs = {
        "Mijn aanmeldingen (IB-er)": lambda: clients["Noor"].get(reverse("mijn_aanmeldingen")),
        "Werklijst (OS)": lambda: clients["Olga"].get(reverse("werklijst")),
        "Vandaag (AB)": lambda: clients["Rosa"].get(reverse("vandaag")),
        "Dossier (OS)": lambda: clients["Olga"].get(reverse("detail", args=["traject", t.pk])),
        "Kring (OS)": lambda: clients["Olga"].get(reverse("kringen")),
        "Een stap: bezoek vastleggen (AB)": step,
    }
    n = Aanmelding.objects.using("owner").count()
    print(f"{n} dossiers, {Traject.objects.using('owner').count()} trajecten; medians of {BLOCKS // 2 * ROUNDS}, ms\n")
    print("| page | with | without | more |\n|---|---|---|---|")
    alles = ([], [])
    for name, (on, off) in measure(jobs, owner, tables, inzage).items():
        a, b = statistics.median(on), statistics.median(off)
        alles[0].append(a)
        alles[1].append(b)
        print(f"| {name} | {a:.1f} | {b:.1f} | {100 * (a - b) / b:+.0f} % |")
    a, b = map(sum, alles)
    print(f"| all together | {a:.1f} | {b:.1f} | {100 * (a - b) / b:+.0f} % |")


if __name__ == "__main__":
    with database(NAME):
        run()
