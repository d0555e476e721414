"""How long the report of a year takes as a file, with two years of Leiden in it.

`python -m bench.rapport` makes a database of its own (700 aanmeldingen, 550 trajecten that ended and 7,000
contactmomenten in this schooljaar, and as many in the one before), asks each file as a coördinator of all kringen and
of one, and removes it. It prints the median in seconds, of the whole request, and of the part of the database in it.
"""

import statistics
import time

from django.core.management import call_command

from bench.eigen import database, zonder_muren

NAME, ROUNDS = "expertteam_rapport", 7
COPIES = {  # table: (how many in a year, what differs in each, of which row)
    "aanmelding": (700, """'id', md5('a{jaar}' || n)::uuid, 'nummer', 'K{jaar}' || n, 'schooljaar_id', {schooljaar},
        'school_id', (SELECT ids[1 + n % cardinality(ids)] FROM (SELECT array_agg(s.id ORDER BY s.id) AS ids
            FROM schools_school s WHERE s.team_id IS NOT NULL) x),
        'soort', (ARRAY['basis', 'licht', 'complex'])[1 + n % 3], 'ingediend_op', date '{dag}' + n % 300,
        'eerste_contact_op', date '{dag}' + n % 300 + n % 20""", "WHERE state = 'gestart' AND soort = 'complex'"),
    "traject": (550, """'id', md5('t{jaar}' || n)::uuid, 'aanmelding_id', md5('a{jaar}' || n)::uuid,
        'soort', (ARRAY['basis', 'licht', 'complex'])[1 + n % 3], 'gemaakt_op', date '{dag}' + n % 300,
        'verwachte_einddatum', date '{dag}' + n % 300 + 25""", "WHERE state = 'afgesloten' AND soort = 'complex'"),
    "event": (550, """'id', 1000000 + {jaar} * 1000 + n, 'dossier_id', md5('a{jaar}' || n)::uuid, 'kind', 'traject',
        'object_id', md5('t{jaar}' || n)::uuid, 'step', 'afsluiten', 'target', 'afgesloten',
        'at', date '{dag}' + n % 300 + 20""", ""),
    "contactmoment": (7000, """'id', md5('c{jaar}' || n)::uuid, 'traject_id', md5('t{jaar}' || 1 + n % 550)::uuid,
        'als', (ARRAY['ab', 'ab', 'os', 'sbo'])[1 + n % 4], 'minuten', 30 + 15 * (n % 8), 'state', 'geboekt',
        'datum', date '{dag}' + n % 330""", ""),
}  # fmt: skip


def make(owner, tables, jaren):
    """The demo, and two years of copies of what is in it."""
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0)
    with owner.cursor() as cursor, zonder_muren(cursor, tables):
        for jaar in jaren:
            cursor.execute("SELECT id FROM schools_schooljaar WHERE begin = %s", [jaar.begin])
            about = {"jaar": jaar.begin, "dag": jaar.eerste_dag, "schooljaar": cursor.fetchone()[0]}
            for name, (many, differs, of) in COPIES.items():
                cursor.execute(
                    f"INSERT INTO cases_{name} SELECT (jsonb_populate_record(x,"
                    f" jsonb_build_object({differs.format(**about)}))).*"
                    f" FROM cases_{name} x, generate_series(1, {many}) n"
                    f" WHERE x.id = (SELECT id FROM cases_{name} {of} ORDER BY id LIMIT 1)"
                )


def timed(client, page, connection):
    """(seconds of the request, of the database in it, bytes)."""
    inside = []

    def clock(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            inside.append(time.perf_counter() - began)

    began = time.perf_counter()
    with connection.execute_wrapper(clock):
        response = client.get(page)
    took = time.perf_counter() - began
    if response.status_code != 200:
        raise SystemExit(f"{page}: {response.status_code}")
    return took, sum(inside), len(response.content)


def run():
    from django.db import connection, connections  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from expertteam import rechten  # noqa: PLC0415
    from schools.models import Rol, Schooljaar, User, vandaag  # noqa: PLC0415

    this = Schooljaar.of(vandaag())
    tables = [m._meta.db_table for m in rechten.secured()]
    make(connections["owner"], tables, [this, Schooljaar(begin=this.begin - 1)])
    of_all = {"aanstellingen__rol": Rol.COORDINATOR, "aanstellingen__kring": None}
    client = Client()
    client.force_login(User.objects.filter(**of_all).first())
    for page in ("rapport.pdf", "rapport.pdf?kring=Merenwijk", "rapport.xlsx", "rapport.csv", ""):
        visits = [timed(client, f"/tellen/{page}", connection) for _ in range(ROUNDS + 1)][1:]
        whole, inside, size = (statistics.median(column) for column in zip(*visits, strict=True))
        print(f"/tellen/{page}: {whole:.2f} s, of which {inside:.2f} s in the database; {size / 1000:.0f} kB")


if __name__ == "__main__":
    with database(NAME):
        run()
