"""Scenario 16: what was closed three years ago goes, as a whole, and only the counts stay."""

import datetime

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from cases import keten
from cases.models import (
    Aanmelding,
    Inzage,
    Offerte,
    Overleg,
    TelAanmelding,
    TelContact,
    TelDag,
    TelGebeurtenis,
    TelInzet,
    TelTraject,
    Vernietigd,
)
from cases.models.dossier import MEETING, NOT_OF_IT, ROWS
from cases.rapport.feiten import feiten
from cases.roles import Role
from schools.models import School, Schooljaar
from tests.alles import als_eigenaar, closed
from tests.bewaren.conftest import everywhere, files, jaar_terug, look
from tests.people import TODAY
from tests.rapport.conftest import figures

OLD = jaar_terug(3, 40)
pytestmark = pytest.mark.regel("A-8")


def rows(model):
    return als_eigenaar(f"SELECT count(*) AS n FROM {model._meta.db_table}")[0]["n"]


def pointing(models):
    """The tables of which a row points at a dossier or at something in it."""
    inside = {*ROWS}
    return {m for m in models if m._meta.managed and not hasattr(m, "pgh_tracked_model")
            if any(f.related_model in inside for f in m._meta.fields)}  # fmt: skip


def test_every_table_that_points_at_a_dossier_is_known():
    models = [*apps.get_app_config("cases").get_models()]
    assert pointing(models) <= {*ROWS, *MEETING, *NOT_OF_IT}
    assert not pointing(models) <= {*ROWS, *MEETING}  # broken on purpose


def test_nothing_of_it_is_left_but_what_is_counted(full, propose, confirm, people):
    a = full(OLD)
    assert {m.__name__ for m in ROWS if not rows(m)} == {"InzageMetReden", "Beoordeling"}
    assert len(everywhere("zzkanarie")) > 20
    assert files("Zzkanarie") == 1
    v = confirm(propose(a))
    assert everywhere("zzkanarie") == []
    assert {m.__name__ for m in ROWS if rows(m)} == set()
    assert v.nummer == f"V{TODAY:%y}-0001"
    assert {name: v.aantallen[name] for name in ("aanmelding", "contactmoment", "bijlage", "inzage", "overleg")} == {
        "aanmelding": 1, "contactmoment": 3, "bijlage": 1, "inzage": 1, "overleg": 1,
    }  # fmt: skip
    gone = Vernietigd.objects.get(soort="dossier")
    assert (gone.pk, gone.nummer, gone.gesloten_op, gone.bewaard_tot) == (a.pk, a.nummer, OLD, jaar_terug(0, 40))
    assert (Overleg.objects.count(), Offerte.objects.get().aanmelding_id) == (0, None)


def test_another_dossier_of_the_same_meeting_list_and_line_stays_whole(full, make, propose, confirm, people):
    a, other = full(OLD), make["aanmelding"]("ingediend", eerder_traject=None)
    make["agendapunt"]("besproken", whole=Overleg.objects.get(), aanmelding=other)
    follows = make["aanmelding"]("concept", eerder_traject=a.trajecten.get())
    both, alone = (look(people, d, people[Role.OS].pk, deel="lijst") for d in ([a.pk, other.pk], [a.pk]))
    als_eigenaar(f"UPDATE cases_aanmelding SET eerder_traject_id = NULL WHERE id = '{follows.pk}'")
    confirm(propose(a))
    assert {*Aanmelding.objects.values_list("pk", flat=True)} == {other.pk, follows.pk}
    assert [*Inzage.objects.values_list("pk", flat=True)] == [both.pk]
    assert [p.aanmelding_id for p in Overleg.objects.get().agenda.all()] == [other.pk]
    assert alone.pk != both.pk


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_chain_is_sound_before_and_after_and_says_what_was_destroyed(
    make, people, closed_dossier, propose, confirm
):
    a, other = closed_dossier(OLD), closed_dossier(OLD)
    look(people, [a.pk], a.pk)
    look(people, [a.pk], people[Role.OS].pk, deel="lijst")
    make["agendapunt"]("besproken", whole=make["overleg"]("gehouden", os_erbij="ja"), aanmelding=a)
    before = keten.ends()
    assert keten.faults(anchor=before) == []
    confirm(propose(a))
    assert keten.faults(anchor=before) == []  # the links are there still
    last = als_eigenaar(f"SELECT tabel FROM cases_schakel WHERE keten = '{a.pk}' AND tabel = 'cases_vernietigd'")
    assert len(last) == 1
    als_eigenaar(f"DELETE FROM cases_event WHERE dossier_id = '{other.pk}'")  # twin: gone without being destroyed
    assert {what.partition(":")[0] for *_, what in keten.faults()} == {"de rij is weg"}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_row_that_stayed_behind_is_seen(people, closed_dossier, propose, confirm):
    a = closed_dossier(OLD)
    history = "cases_aanmeldinghistorie"
    als_eigenaar(f"CREATE TABLE bewaard AS SELECT * FROM {history} WHERE id = '{a.pk}'")
    confirm(propose(a))
    for sql in (
        f"ALTER TABLE {history} DISABLE TRIGGER USER", f"INSERT INTO {history} SELECT * FROM bewaard",
        f"ALTER TABLE {history} ENABLE TRIGGER USER", "DROP TABLE bewaard",
    ):  # fmt: skip
        als_eigenaar(sql)
    assert "het dossier is vernietigd, maar deze rij niet" in {what.partition(":")[0] for *_, what in keten.faults()}


# What is counted.


def totals(client, *years):
    """Every figure of the report, the kringoverzicht and the hours, of these schooljaren."""
    scholen = {s.pk: s for s in School.objects.all()}
    found = []
    for wat, facts in sorted(feiten(scholen, [Schooljaar(begin=y) for y in years]).items()):
        bags = {}
        for f in facts:
            key = (wat, f.school, f.jaar, f.kwartaal, f.soort, *sorted(f.ken.items()))
            things, minutes = bags.setdefault(key, (set(), []))
            things.add(f.wat)
            minutes.append(f.waarde)
        found += sorted((str(key), len(things), sum(m)) for key, (things, m) in bags.items())
    pages = [client.get(url, {"jaar": f"{y}-{y + 1}", "kring": "Noord"}).content.decode()
             for y in years for url in ("/tellen/", "/kring/", "/belasting/")]  # fmt: skip
    return found, hours(), [figures(page) for page in pages]


def hours():
    """Minutes per kring, source and month, and per expert and schooljaar."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kring_id, wat, bron, date_trunc('month', datum), sum(minuten) FROM cases_teldag GROUP BY 1, 2, 3, 4"
            " ORDER BY 1, 2, 3, 4"
        )
        days = cursor.fetchall()
        cursor.execute("SELECT expert_id, team_id, wat, begin, sum(aantal) FROM cases_telinzet GROUP BY 1, 2, 3, 4"
                       " ORDER BY 1, 2, 3, 4")  # fmt: skip
        return days, cursor.fetchall()


@pytest.mark.regel("A-22")
def test_every_total_is_the_same_before_and_after(full, closed_dossier, propose, confirm, people, client):
    old = [full(OLD), *(closed_dossier(OLD - datetime.timedelta(days=n)) for n in range(0, 60, 7))]
    closed_dossier(jaar_terug(2), "basis")
    client.force_login(people[Role.COORDINATOR])
    begin = Schooljaar.of(OLD).begin
    with closed(people[Role.COORDINATOR]):
        before = totals(client, begin - 1, begin)
        counted = (TelAanmelding, TelTraject, TelContact, TelGebeurtenis, TelDag, TelInzet)
        assert [m.__name__ for m in counted if not m.objects.exists()] == []
    confirm(propose(*old))
    with closed(people[Role.COORDINATOR]):
        after = totals(client, begin - 1, begin)
    assert after == before
    als_eigenaar("DELETE FROM cases_restant WHERE wat = 'contact'")  # broken on purpose
    with closed(people[Role.COORDINATOR]):
        assert totals(client, begin - 1, begin) != before


def test_what_is_counted_holds_no_key_number_or_moment_of_the_dossier(full, propose, confirm):
    a = full(OLD)
    keys = [a.pk, a.trajecten.get().pk, a.nummer, *a.trajecten.get().contacten.values_list("pk", flat=True)]
    confirm(propose(a))
    left = als_eigenaar("SELECT id, gegevens FROM cases_restant")
    assert [str(key) for key in keys if str(key) in str(left)] == []
    moments = [value for row in left for value in row["gegevens"].values() if ":" in str(value)]
    assert {moment[11:19] for moment in moments} <= {"22:00:00", "23:00:00"}  # midnight here


def test_nobody_who_logs_in_destroys_anything_by_hand(full, people):
    a = full(OLD)
    for sql in (
        f"SELECT vernietig(NULL, ARRAY['{a.pk}']::uuid[])", "SELECT vernietig_concepten()",
        "INSERT INTO cases_vernietigd (id, soort, nummer, school_id, op) SELECT id, 'dossier', '', school_id, now()"
        " FROM cases_aanmelding", "DELETE FROM cases_vernietiging", "SELECT * FROM cases_restant",
    ):  # fmt: skip
        with closed(people[Role.COORDINATOR]), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            connection.cursor().execute(sql)
