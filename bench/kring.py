"""What the pages of a kring ask of the database, with ten years of Leiden in it.

`python -m bench.kring` makes a database of its own (9 kringen, 80 schools, ten schooljaren with 7,000 aanmeldingen and
70,000 contactmomenten), asks each page as a coördinator of all, as one who chose a kring, and as an
onderwijsspecialist, and removes it. It prints the median of the time that the database took, statement by statement;
on a busy machine the fastest visit says more.
"""

import statistics
import time
from collections import defaultdict

from django.core.management import call_command

from bench.eigen import database, zonder_muren

NAME, ROUNDS = "expertteam_kring", 15
PLACES = """
INSERT INTO schools_kring (naam) SELECT 'Kring ' || n FROM generate_series(1, 9) n;
INSERT INTO schools_expertteam (naam, kring_id) SELECT 'Team ' || naam, id FROM schools_kring WHERE naam LIKE 'Kring %';
INSERT INTO schools_school SELECT (jsonb_populate_record(s, jsonb_build_object('id', 10000 + n, 'brin6',
    'K' || lpad(n::text, 5, '0'), 'naam', 'School ' || n, 'team_id', t.ids[1 + n % 9]))).*
    FROM generate_series(1, 80) n, schools_school s,
    (SELECT array_agg(id) AS ids FROM schools_expertteam WHERE naam LIKE 'Team Kring %') t
    WHERE s.id = (SELECT min(id) FROM schools_school);
INSERT INTO schools_user SELECT (jsonb_populate_record(u, jsonb_build_object('id', md5('os' || t.id)::uuid, 'email',
    'os' || t.id || '@demo.example'))).* FROM schools_expertteam t, schools_user u
    WHERE u.email = 'olga.specht@demo.example' AND t.naam LIKE 'Team Kring %';
INSERT INTO schools_aanstelling SELECT (jsonb_populate_record(x, jsonb_build_object('id', 10000 + t.id, 'team_id', t.id,
    'user_id', md5('os' || t.id)::uuid))).* FROM schools_expertteam t, schools_aanstelling x
    WHERE x.id = (SELECT min(id) FROM schools_aanstelling WHERE rol = 'os') AND t.naam LIKE 'Team Kring %';
INSERT INTO schools_schooljaar (begin, laatste_nummer, laatste_offerte) SELECT {begin} - n, 700, 0
    FROM generate_series(0, 9) n ON CONFLICT DO NOTHING;
INSERT INTO schools_urenbudget (kring_id, schooljaar_id, bron, uren) SELECT k.id, j.id, b, 300
    FROM schools_kring k, schools_schooljaar j, unnest('{{aed,vlieger}}'::text[]) b WHERE k.naam LIKE 'Kring %';
"""
BEFORE = "(date '{day}' - make_interval(years => n % 10))::date"  # the first day of one of ten schooljaren
COPIES = {  # table: (how many, what differs in each, in which state those of this year and of the years before are)
    "aanmelding": (7000, """'id', md5('a' || n)::uuid, 'nummer', 'K' || n, 'school_id', 10001 + n / 10 % 80,
        'schooljaar_id', (SELECT id FROM schools_schooljaar WHERE begin = {begin} - n % 10), 'ingediend_op',
        {before} + n * 37 % 100, 'eerste_contact_op', {before} + n * 37 % 100 + n % 20""", "gestart", "afgerond"),
    "event": (5500, """'id', 1000000 + n, 'dossier_id', md5('a' || n)::uuid, 'step', 'starten',
        'at', {before} + n * 37 % 100 + n % 40""", None, None),
    "traject": (5500, "'id', md5('t' || n)::uuid, 'aanmelding_id', md5('a' || n)::uuid", "uitvoeren", "afgesloten"),
    "contactmoment": (70000, """'id', md5('c' || n)::uuid, 'traject_id', md5('t' || 10 * (1 + n / 10 % 549) + n % 10
        )::uuid, 'als', (ARRAY['ab', 'ab', 'os', 'sbo'])[1 + n / 10 % 4], 'minuten', 30 + 15 * (n / 10 % 8),
        'state', 'geboekt', 'datum', {before} + n / 10 * 31 % 110""", None, None),
}  # fmt: skip


def states(*names):
    return [f"state = '{name}'" if name else "true" for name in names]


def make(owner, tables, jaar):
    """The demo, and a year of copies of what is in it."""
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0)
    with owner.cursor() as cursor, zonder_muren(cursor, tables):
        cursor.execute(PLACES.format(begin=jaar.begin))
        before = BEFORE.format(day=jaar.eerste_dag)
        for name, (many, differs, now, then) in COPIES.items():
            differs = differs.format(before=before, begin=jaar.begin)
            first = [f"(SELECT id FROM cases_{name} WHERE {s} LIMIT 1)" for s in states(now, then)]
            cursor.execute(
                f"INSERT INTO cases_{name} SELECT (jsonb_populate_record(x, jsonb_build_object({differs}))).*"
                f" FROM generate_series(1, {many}) n JOIN cases_{name} x"
                f" ON x.id = CASE n % 10 WHEN 0 THEN {first[0]} ELSE {first[1]} END"
            )


def timed(client, page, connection):
    """{statement: ms} of one visit."""
    took = defaultdict(float)

    def clock(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took[" ".join(sql.split())[:60]] += (time.perf_counter() - began) * 1000

    with connection.execute_wrapper(clock):
        response = client.get(page)
    if response.status_code != 200:
        raise SystemExit(f"{page}: {response.status_code}")
    return took


def run():
    from django.db import connection, connections  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from expertteam import rechten  # noqa: PLC0415
    from schools.models import Rol, Schooljaar, User, vandaag  # noqa: PLC0415

    tables = [m._meta.db_table for m in rechten.secured()]
    make(connections["owner"], tables, Schooljaar.of(vandaag()))
    people = User.objects.filter(aanstellingen__rol__in=[Rol.COORDINATOR, Rol.OS]).order_by("aanstellingen__rol", "pk")
    coordinator = people.filter(aanstellingen__rol=Rol.COORDINATOR, aanstellingen__kring=None).first()
    os_ = people.filter(aanstellingen__rol=Rol.OS).first()
    jobs = [(coordinator, "/kring/"), (coordinator, "/kring/?kring=Kring+7"), (os_, "/kring/"), (os_, "/werklijst/"),
            (os_, "/belasting/"), (coordinator, "/belasting/")]  # fmt: skip
    for user, page in jobs:
        client = Client()
        client.force_login(user)
        visits = [timed(client, page, connection) for _ in range(ROUNDS + 1)][1:]
        sums = [sum(v.values()) for v in visits]
        took = f"{statistics.median(sums):.1f} ms, {min(sums):.1f} at best"
        print(f"\n{page} as {user.voornaam}: {took}, in {len(visits[0])} statements")
        worst = sorted(visits[-1], key=lambda sql: -statistics.median(v.get(sql, 0) for v in visits))
        for sql in worst[:6]:
            print(f"  {statistics.median(v.get(sql, 0) for v in visits):7.1f}  {sql}")


if __name__ == "__main__":
    with database(NAME):
        run()
