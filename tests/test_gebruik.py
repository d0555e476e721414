"""The hours of a kring: every total is the one that plain SQL gives, and the pace says where it goes."""

import datetime

import pytest
from django.urls import reverse

from cases import gebruik, monitor
from cases.models import Event, TelDag
from cases.models.pot import pot_over
from cases.roles import Role
from cases.tempo import Stand
from schools.models import Kring, Leerlingaantal, Regio, Rol, School, Schooljaar, Urenbudget, Vakantie
from schools.schooldagen import DAG, Schooldagen, schooldagen
from tests.alles import als_eigenaar, closed
from tests.people import TODAY, person, pot
from tests.scenarios.browser import Document

JAAR = Schooljaar.of(TODAY)
YEAR = f"datum BETWEEN '{JAAR.eerste_dag}' AND '{JAAR.laatste_dag}'"
PLACE = """JOIN cases_traject t ON t.id = {} JOIN cases_aanmelding a ON a.id = t.aanmelding_id
    JOIN schools_school s ON s.id = a.school_id JOIN schools_expertteam e ON e.id = s.team_id"""


def of(*kringen, jaar=JAAR):
    return gebruik.per_kring(Kring.objects.filter(pk__in=[k.pk for k in kringen]), jaar, schooldagen())


def rows(sql, columns):
    """What plain SQL says, as a list of tuples of so many columns."""
    named = als_eigenaar(f"SELECT * FROM (SELECT {sql}) AS x ({', '.join('abcde'[:columns])})")
    return sorted(tuple(row[name] for name in sorted(row)) for row in named)


COPIES = {  # table: (how many, what differs in each)
    "aanmelding": (700, """'id', md5('a' || n)::uuid, 'nummer', 'R' || n, 'school_id', (SELECT id FROM schools_school
        ORDER BY id LIMIT 1 OFFSET n % 5), 'ingediend_op', (date '{begin}' + (n * 37) % 300) + time '12:30',
        'eerste_contact_op', date '{begin}' + (n * 37) % 300 + (random() * 30)::int"""),
    "event": (500, """'id', 100000 + n, 'dossier_id', md5('a' || n)::uuid, 'at',
        (date '{begin}' + (n * 37) % 300 + (random() * 60)::int) + time '09:15'"""),
    "traject": (700, "'id', md5('t' || n)::uuid, 'aanmelding_id', md5('a' || n)::uuid"),
    "contactmoment": (7000, """'id', md5('c' || n)::uuid, 'traject_id', md5('t' || 1 + n % 700)::uuid,
        'als', (ARRAY['ab', 'os', 'sbo'])[1 + (random() * 2)::int], 'minuten', 15 + 15 * (random() * 30)::int,
        'state', CASE WHEN random() < .9 THEN 'geboekt' ELSE 'vervallen' END,
        'datum', date '{begin}' - 40 + (random() * 440)::int"""),
    "expertiseindeklas": (300, "'id', md5('k' || n)::uuid, 'traject_id', md5('t' || n)::uuid"),
    "dagdeel": (300, """'id', md5('d' || n)::uuid, 'klas_id', md5('k' || n)::uuid, 'minuten', 15 * (1 + n % 12),
        'state', (ARRAY['gepland', 'vervallen'])[1 + n % 2], 'datum', date '{begin}' - 40 + (random() * 440)::int"""),
}  # fmt: skip


@pytest.fixture
def seven_thousand(people, make, world):
    """A random schooljaar of five schools, past every arrow; the same one every time."""
    k = make["dagdeel"]().klas
    start = Event.objects.create(dossier_id=k.traject.aanmelding_id, kind="traject", object_id=k.traject_id,
                                 step="starten", source="x", target="y", by=people[Role.AB])  # fmt: skip
    first = {"aanmelding": make["aanmelding"]("gestart"), "event": start, "traject": make["traject"]("waarnemen"),
             "contactmoment": make["contactmoment"](), "expertiseindeklas": k, "dagdeel": k.dagdelen.get()}  # fmt: skip
    for naam, regio in [("De Berg", "NL Noord"), ("De Beek", "Noord"), ("De Duin", "Zuid")]:
        School.objects.filter(naam=naam).update(vakantieregio=regio)
    als_eigenaar("SELECT setseed(0.26)")
    for table, (many, differs) in COPIES.items():
        als_eigenaar(
            f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE cases_{table} DISABLE TRIGGER USER;"
            f" INSERT INTO cases_{table} SELECT (jsonb_populate_record(x, jsonb_build_object("
            f" {differs.format(begin=JAAR.eerste_dag)}))).*"
            f" FROM cases_{table} x, generate_series(1, {many}) n WHERE x.id = '{first[table].pk}'"
        )
    als_eigenaar("ANALYZE")  # else the plans are for the empty tables that autovacuum may have seen meanwhile
    pot(world["noord"], 4000.25)
    pot(world["zuid"], 12)
    Urenbudget.objects.create(kring=world["noord"], schooljaar=Schooljaar.objects.van(TODAY), bron="vlieger", uren=90)


@pytest.mark.regel("A-19", "A-22")
def test_every_total_of_seven_thousand_contactmomenten_is_the_one_of_plain_sql(seven_thousand, people, world):
    with closed(people[Role.COORDINATOR]):
        found, scholen = of(world["noord"], world["zuid"]), monitor.per_school(Kring.objects.all(), JAAR)
        over = {g.kring.pk: pot_over(g.kring, TODAY) for g in found}
    work = f"FROM cases_contactmoment c {PLACE.format('c.traject_id')} WHERE c.state = 'geboekt' AND c.{YEAR}"
    sources = (
        f"e.kring_id, CASE WHEN c.als = 'sbo' THEN 'vlieger' ELSE 'aed' END, sum(minuten) {work} AND c.als <> 'os'"
    )
    assert sorted((g.kring.pk, d.bron.value, d.gebruikt) for g in found for d in g.delen) == rows(
        f"{sources} GROUP BY 1, 2", 3
    )
    planned = f"FROM cases_dagdeel d JOIN cases_expertiseindeklas k ON k.id = d.klas_id {PLACE.format('k.traject_id')}"
    assert sorted((g.kring.pk, g.gepland) for g in found) == rows(
        f"e.kring_id, sum(minuten) {planned} WHERE d.state = 'gepland' AND d.{YEAR} GROUP BY 1", 2
    )
    assert {g.kring.pk: g.vrij for g in found} == over
    assert [g.vastgesteld for g in found] == [4090.25 * 60, 12 * 60]
    opened = "count(*) FROM cases_aanmelding a WHERE a.school_id = s.id AND a.state IN ('ingediend', 'opgepakt')"
    running = """count(*){} FROM cases_traject t JOIN cases_aanmelding a ON a.id = t.aanmelding_id
        WHERE a.school_id = s.id AND t.state NOT IN ('afgesloten', 'gestopt')"""
    complexe = running.format(" FILTER (WHERE t.soort = 'complex')")
    counts = f"s.naam, (SELECT {opened}), (SELECT {running.format('')}), (SELECT {complexe}) FROM schools_school s"
    assert sorted((r.naam, r.open, r.trajecten, r.complex) for kring in scholen.values() for r in kring) == rows(
        f"{counts} WHERE s.team_id IS NOT NULL", 4
    )
    per_school = f"s.naam, sum(minuten) FILTER (WHERE c.als <> 'os'), sum(minuten) FILTER (WHERE c.als = 'os') {work}"
    assert sorted((r.naam, r.minuten, r.os_minuten) for kring in scholen.values() for r in kring) == rows(
        f"{per_school} GROUP BY 1", 3
    )
    alles = gebruik.samen(found)
    assert (alles.gebruikt, alles.gepland, alles.vastgesteld) == tuple(
        sum(getattr(g, name) for g in found) for name in ("gebruikt", "gepland", "vastgesteld")
    )


SCHOOLDAGEN = """(SELECT count(*) FROM generate_series((a.ingediend_op AT TIME ZONE 'Europe/Amsterdam')::date + 1,
    {}, '1 day') d WHERE extract(isodow FROM d) < 6 AND NOT EXISTS (SELECT FROM schools_vakantie v
    WHERE d BETWEEN v.van AND v.tot AND (v.regio = '' OR s.vakantieregio LIKE '%' || v.regio
        OR s.vakantieregio = '' AND v.regio = 'Midden')))"""


IN_TEAM = "JOIN schools_school s ON s.id = a.school_id JOIN schools_expertteam e ON e.id = s.team_id"


def flat(table):
    return {(soort.value, state.value): n for soort, per in table.items() for state, n in per.items()}


@pytest.mark.regel("A-31")
def test_half_and_nine_of_ten_waited_no_longer_than_plain_sql_says(seven_thousand, people, world):
    noord = world["noord"]
    with closed(people[Role.COORDINATOR]):
        kringen = [noord, world["zuid"]]
        table, found = monitor.aanmeldingen(kringen, monitor.per_school(kringen, JAAR), JAAR, schooldagen())
    start = "(SELECT (at AT TIME ZONE 'Europe/Amsterdam')::date FROM cases_event v WHERE v.dossier_id = a.id)"
    for n, day in [(1, "a.eerste_contact_op"), (2, start)]:
        sql = f"""e.kring_id, count(*) AS n, percentile_disc(.5) WITHIN GROUP (ORDER BY x) AS half,
            percentile_disc(.9) WITHIN GROUP (ORDER BY x) AS nine FROM cases_aanmelding a {IN_TEAM},
            LATERAL {SCHOOLDAGEN.format(day)} AS y(x) WHERE {day} IS NOT NULL GROUP BY 1"""
        mine = [(row[0].pk, row[n].aantal, row[n].midden, row[n].negen) for row in found if row[0]]
        assert sorted(mine) == rows(sql, 4)
    states = f"a.soort, a.state, count(*) FROM cases_aanmelding a {IN_TEAM} GROUP BY 1, 2"
    assert sorted((*key, n) for key, n in flat(table).items() if n) == rows(states, 3)
    contacts = [row[1].aantal for row in found]
    assert contacts[-1] == sum(contacts[:-1])


# Where it goes

JAAR_26 = Schooljaar(begin=2026)
WEKEN = Schooldagen(Regio.MIDDEN, [])  # no vakantie: every weekday counts


def stand(nu, dagen=WEKEN):
    return Stand(JAAR_26, datetime.date.fromisoformat(nu), dagen)


def test_the_schooldagen_of_a_year_are_behind_us_or_ahead():
    last = datetime.date(2027, 7, 31)
    for day in range(370):
        s = Stand(JAAR_26, JAAR_26.eerste_dag + day * DAG, WEKEN)
        assert (s.geweest, s.geweest + s.nog if s.nu <= last else 0) == (
            WEKEN.aantal(datetime.date(2026, 7, 31), min(s.nu, last)), 260 if s.nu <= last else 0,
        )  # fmt: skip


@pytest.mark.regel("A-22")
def test_in_the_pace_of_the_schooljaar_the_pot_is_empty_on_a_day():
    s = stand("2026-10-23")  # 60 schooldagen of 260
    assert (s.geweest, s.nog, str(s.sinds)) == (60, 200, "2026-08-28")
    found = s.verwacht(100 * 60, 30 * 60, 20 * 60)  # half an hour a day, and so in the last eight weeks
    assert (found.uren, found.laag, found.hoog) == (130, 130, 130)
    assert found.leeg_op == WEKEN.na(s.nu, 140)


def test_the_last_eight_weeks_make_the_band():
    s = stand("2026-10-23")
    for lately, band in [(10, (80, 130)), (20, (130, 130)), (30, (130, 180))]:
        found = s.verwacht(None, 30 * 60, lately * 60)
        assert (found.uren, found.laag, found.hoog, found.leeg_op) == (130, *band, None)


@pytest.mark.parametrize(("vastgesteld", "gebruikt", "leeg"), [
    (130, 30, "2027-07-30"), (131, 30, None), (30, 30, None), (20, 30, None), (10, 0, None), (31, 30, "2026-10-27"),
])  # fmt: skip
def test_the_day_on_which_it_is_empty_is_a_schooldag_of_this_schooljaar_or_none(vastgesteld, gebruikt, leeg):
    found = stand("2026-10-23").verwacht(vastgesteld * 60, gebruikt * 60, 0)
    assert (found.leeg_op and str(found.leeg_op)) == leeg


@pytest.mark.parametrize(("nu", "there"), [
    ("2026-08-27", False), ("2026-08-28", True), ("2027-07-31", True), ("2027-08-01", False), ("2026-07-31", False),
])  # fmt: skip
def test_there_is_no_expectation_before_twenty_schooldagen_and_none_after_the_schooljaar(nu, there):
    assert bool(stand(nu).verwacht(6000, 60, 60)) == there


def test_a_vakantie_is_no_pace(db):
    vrij = Schooldagen(
        Regio.NOORD, [Vakantie(regio="Noord", van=datetime.date(2026, 8, 1), tot=datetime.date(2026, 8, 28))]
    )
    assert (stand("2026-09-24", vrij).verwacht(1, 1, 1), stand("2026-09-25", vrij).geweest) == (None, 20)


# Who sees it


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.COORDINATOR, Role.AED])
def test_who_works_in_a_kring_sees_its_hours_and_of_no_other(people, make, world, who):
    make["contactmoment"](minuten=90)
    make["contactmoment"](minuten=30, als="os")
    make["dagdeel"]()
    with closed(people[who]):
        (g,) = of(world["noord"])
    assert (g.gebruikt, g.gepland) == (90, 180)
    far = person("ver@ppo.test", "Vera", "Ver", (Rol.OS, {"team": world["uil"]}))
    for other in (far, people[Role.GW]):
        with closed(other):
            assert not TelDag.objects.exists()


# The page


@pytest.fixture
def read(client, people):
    """The kringoverzicht of the coördinator, as a document."""
    client.force_login(people[Role.COORDINATOR])
    return lambda **query: Document(client.get(reverse("kringen"), query).content.decode()).root


def cells(root, caption):
    (table,) = [t for t in root.all("table") if t.all("caption")[0].text == caption]
    return [[c.text for c in r if c.tag in ("td", "th")] for r in table.all("tr")[1:]]


def test_one_kring_shows_each_source_and_what_is_left(read, make, world):
    pot(world["noord"], 100)
    Urenbudget.objects.create(kring=world["noord"], schooljaar=Schooljaar.objects.van(TODAY), bron="vlieger", uren=1)
    make["contactmoment"](minuten=90)
    make["contactmoment"](minuten=75, als="sbo")
    make["expertiseindeklas"]("lopend").dagdelen.create(datum=TODAY, minuten=150, werkwijze="coaching")
    assert cells(read(kring="Noord"), "Uren per bron") == [
        ["AED", "100", "1,5", "2,5", "96"],
        ["SBO de Vlieger", "1", "1,25", "0", "0,25 te veel"],
        ["Samen", "101", "2,75", "2,5", "95,75"],
    ]


def test_a_kring_without_hours_says_so(read, make):
    make["contactmoment"](minuten=90)
    page = read(kring="Noord")
    assert "1,5 uren gebruikt. Dit schooljaar zijn nog geen uren vastgesteld." in page.text
    assert cells(page, "Uren per bron")[-1] == ["Samen", "–", "1,5", "0", "–"]
    assert page.all("svg") == []


def test_the_kringen_stand_beside_each_other(read, make, world):
    pot(world["noord"], 1)
    make["contactmoment"](minuten=90)
    rows = cells(read(), "Uren per kring")
    assert [row[:5] + row[6:] for row in rows] == [
        ["Noord", "1", "1,5", "0", "0,5 te veel", "nu"], ["Zuid", "–", "0", "0", "–", "–"],
    ]  # fmt: skip


def test_the_waiting_stands_per_kring_in_schooldagen(gewone_weken, read, make):
    monday = TODAY - (TODAY.weekday() + 14) * DAG
    for days in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11):
        sent = datetime.datetime.combine(monday, datetime.time(12), datetime.UTC)
        make["aanmelding"]("opgepakt", ingediend_op=sent, eerste_contact_op=monday + days * DAG)
    assert cells(read(), "Wachttijd in schooldagen") == [
        ["Noord", "4", "8", "10", "–", "–", "0"], ["Zuid", "–", "–", "0", "–", "–", "0"],
        ["Samen", "4", "8", "10", "–", "–", "0"],
    ]  # fmt: skip
    assert len(cells(read(kring="Noord"), "Wachttijd in schooldagen")) == 1


# Solidariteit


@pytest.mark.regel("A-19")
def test_each_school_shows_its_use_per_leerling_and_per_open_vraag_and_nobody_has_a_saldo(read, make):
    for naam, aantal in [("De Berg", 150), ("Het Dal", 300)]:
        school = School.objects.get(naam=naam)
        for jaar, n in [(JAAR.begin, aantal), (JAAR.begin - 1, 1), (JAAR.begin + 1, 1)]:
            Leerlingaantal.objects.create(school=school, jaar=jaar, aantal=n)
    make["contactmoment"](minuten=600)
    make["aanmelding"]("ingediend")
    page = read(kring="Noord")
    assert [row[:4] for row in cells(page, "Uren en trajecten per school")] == [
        ["De Beek", "0", "–", "–"], ["De Berg", "10", "6,75", "5"], ["Het Dal", "0", "0", "–"],
        ["Samen", "10", "–", "5"],
    ]  # fmt: skip
    Leerlingaantal.objects.create(school=School.objects.get(naam="De Beek"), jaar=JAAR.begin, aantal=50)
    assert cells(read(kring="Noord"), "Uren en trajecten per school")[-1][2] == "2"
    assert [word for word in ("saldo", "tegoed", "recht op") if word in page.text.lower()] == []


@pytest.mark.regel("A-9")
def test_the_directiekring_reads_totals_and_no_school(read, make, world):
    pot(world["noord"], 100)
    make["contactmoment"](minuten=90)
    for days in range(6):
        sent = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
        make["aanmelding"]("opgepakt" if days else "ingediend", ingediend_op=sent)
    page = read(kring="Noord", vorm="directie")
    assert [naam for naam in ("De Berg", "Het Dal", "De Beek", "26-0") if naam in page.text] == []
    assert "Er zijn 1,5 van de 100 uren gebruikt." in page.text
    assert "Nu staan er 6 aanmeldingen open en lopen er minder dan 5 trajecten." in page.text
    assert cells(page, "Uren per bron")[-1] == ["Samen", "100", "1,5", "0", "98,5"]
    assert cells(page, "Wachttijd in schooldagen") == [["Noord", "0", "0", "6", "–", "–", "0"]]
    assert [row[0] for row in cells(read(vorm="directie"), "Uren per kring")] == ["Noord", "Zuid"]


def test_fewer_than_five_is_not_told_to_the_directiekring(read, make):
    make["aanmelding"]("opgepakt")
    assert cells(read(kring="Noord", vorm="directie"), "Wachttijd in schooldagen") == [
        ["Noord", "–", "–", "minder dan 5", "–", "–", "0"]
    ]
    every = read(vorm="directie")  # a total of all kringen would give it back
    assert [row[0] for row in cells(every, "Wachttijd in schooldagen")] == ["Noord", "Zuid"]
    assert "aanmeldingen open" not in every.text
