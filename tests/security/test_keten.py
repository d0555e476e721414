"""The history is a chain per dossier: whoever changes, removes, adds, cuts or reorders anything in it, is seen."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from cases import keten
from cases.models import Aanmelding, Vraag
from cases.roles import Role
from cases.workflow import AANMELDING
from tests.alles import als_eigenaar, closed
from tests.people import TODAY

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LAST = "(SELECT max(nr) FROM cases_schakel WHERE keten = '{0}')"


@pytest.fixture
def dossier(people, make, client):
    """A dossier with some history: filed, looked at, picked up, looked at again."""
    a = make["aanmelding"]("ingediend", "basis")
    Vraag.objects.create(aanmelding=a, door=people[Role.OS], vraag="Hoe gaat het?")
    client.force_login(people[Role.OS])
    client.get(reverse("detail", args=["aanmelding", a.pk]))
    AANMELDING.take("oppakken", a.pk, people[Role.OS], eerste_contact_op=TODAY, eerste_contact_met="Sam")
    client.get(reverse("detail", args=["aanmelding", a.pk]))
    return a


def past_the_triggers(table, sql):
    for statement in (f"ALTER TABLE {table} DISABLE TRIGGER USER", sql, f"ALTER TABLE {table} ENABLE TRIGGER USER"):
        als_eigenaar(statement)


def rewrite(pk):
    """A chain whose digests were all made again, by somebody who knows how."""
    als_eigenaar(f"""
    DO $$ DECLARE s cases_schakel; v text := ''; n int := 0; BEGIN
        FOR s IN SELECT * FROM cases_schakel WHERE keten = '{pk}' ORDER BY nr LOOP
            n := n + 1; UPDATE cases_schakel SET nr = 10000 + n, vorige = v WHERE id = s.id;
            UPDATE cases_schakel SET nr = n WHERE id = s.id;
            SELECT * INTO s FROM cases_schakel WHERE id = s.id;
            v := schakelhash(s); UPDATE cases_schakel SET hash = v WHERE id = s.id;
        END LOOP;
        UPDATE cases_keten SET nr = n, hash = v WHERE id = '{pk}';
    END $$""")


TAMPERED = {  # kind: what somebody with all rights does to it
    "a row of the history is altered": (
        "UPDATE cases_aanmeldinghistorie SET hulpvraag = 'Anders' WHERE id = '{0}'", {"de rij is veranderd"}),
    "a look is altered": ("UPDATE cases_inzage SET waarom = 'Mocht' WHERE keten = '{0}'", {"de rij is veranderd"}),
    "a link is altered": (
        "UPDATE cases_schakel SET door = NULL WHERE keten = '{0}' AND nr = 3", {"de schakel is veranderd"}),
    "a look is deleted": (
        "DELETE FROM cases_inzage WHERE id = (SELECT min(id) FROM cases_inzage WHERE keten = '{0}')",
        {"de rij is weg"}),
    "a look is deleted with its link": (
        "DELETE FROM cases_inzage WHERE keten = '{0}'; DELETE FROM cases_schakel WHERE keten = '{0}' AND"
        " tabel = 'cases_inzage' AND nr < " + LAST, {"een schakel ontbreekt", "de rij is weg"}),
    "a link is inserted": (
        "INSERT INTO cases_schakel (keten, nr, op, tabel, rij, velden, inhoud, vorige, hash) SELECT keten, nr + 1, op,"
        " tabel, '999999', velden, inhoud, hash, hash FROM cases_schakel WHERE keten = '{0}' AND nr = " + LAST,
        {"de schakel is veranderd", "het einde van de keten is weg", "de rij is weg"}),
    "the tail is cut": (
        "DELETE FROM cases_inzage WHERE id = (SELECT max(id) FROM cases_inzage WHERE keten = '{0}');"
        "DELETE FROM cases_schakel WHERE keten = '{0}' AND nr = " + LAST, {"het einde van de keten is weg"}),
    "two links change places": (
        "UPDATE cases_schakel SET nr = 900 WHERE keten = '{0}' AND nr = 1;"
        "UPDATE cases_schakel SET nr = 1 WHERE keten = '{0}' AND nr = 2;"
        "UPDATE cases_schakel SET nr = 2 WHERE keten = '{0}' AND nr = 900",
        {"de volgorde klopt niet"}),
}  # fmt: skip
WITHOUT_TRIGGERS = {
    "a row is added without a link": (
        "cases_inzage",
        "INSERT INTO cases_inzage (op, door_id, als, namens, deel, waarom, pagina, dossiers, keten) SELECT op, door_id,"
        " als, namens, deel, waarom, pagina, dossiers, keten FROM cases_inzage LIMIT 1", "een rij zonder schakel"),
    "a vraag is removed without history": (
        "cases_vraag", "DELETE FROM cases_vraag", "een rij is weg zonder dat het is vastgelegd"),
    "a dossier is changed without history": (
        "cases_aanmelding", "UPDATE cases_aanmelding SET hulpvraag = 'Anders' WHERE id = '{0}'",
        "de rij is niet wat er het laatst van is vastgelegd"),
}  # fmt: skip


def said():
    return {what.partition(":")[0] for _, _, what in keten.faults()}


def test_an_untouched_history_is_sound(dossier):
    assert keten.faults(anchor=keten.ends()) == []
    kinds = als_eigenaar(f"SELECT tabel FROM cases_schakel WHERE keten = '{dossier.pk}' ORDER BY nr")
    assert [row["tabel"].removeprefix("cases_") for row in kinds] == [
        "aanmeldinghistorie", "vraaghistorie", "inzage", "event", "aanmeldinghistorie", "inzage",
    ]  # fmt: skip
    call_command("keten", verbosity=0)


@pytest.mark.parametrize("kind", TAMPERED)
def test_tampering_is_seen(dossier, kind):
    sql, faults = TAMPERED[kind]
    als_eigenaar(sql.format(dossier.pk))
    assert said() & faults == faults
    with pytest.raises(CommandError, match="niet meer zoals ze waren"):
        call_command("keten", stderr=io.StringIO())


@pytest.mark.parametrize("kind", WITHOUT_TRIGGERS)
def test_what_went_past_the_triggers_is_seen(dossier, kind):
    table, sql, fault = WITHOUT_TRIGGERS[kind]
    past_the_triggers(table, sql.format(dossier.pk))
    assert said() == {fault}


def test_a_tail_that_is_cut_neatly_and_a_chain_that_is_written_again_are_seen_beside_the_anchor(dossier, tmp_path):
    anchor = keten.ends()
    last = f"SELECT rij::bigint FROM cases_schakel WHERE keten = '{dossier.pk}' AND nr = {LAST.format(dossier.pk)}"
    als_eigenaar(f"DELETE FROM cases_inzage WHERE id = ({last})")
    als_eigenaar(f"DELETE FROM cases_schakel WHERE keten = '{dossier.pk}' AND nr = {LAST.format(dossier.pk)}")
    rewrite(dossier.pk)
    assert keten.faults() == []  # by itself it looks whole: this is what the anchor is for
    assert [what for *_, what in keten.faults(anchor=anchor)] == ["niet meer zoals bij het anker"]


def test_an_anchor_goes_to_a_file_and_comes_back_from_it(people, tmp_path, dossier):
    file = tmp_path / "anker"
    call_command("keten", schrijf=str(file), verbosity=0)
    assert len(file.read_text().splitlines()) == 1
    call_command("keten", anker=str(file), verbosity=0)
    file.write_text(f"\n{dossier.pk} 1 {'0' * 64}\n")
    with pytest.raises(CommandError):
        call_command("keten", anker=str(file), stderr=io.StringIO())


def test_a_chain_grows_beyond_its_anchor(dossier, client, people):
    anchor = keten.ends()
    client.get(reverse("detail", args=["aanmelding", dossier.pk]))
    assert keten.faults(anchor=anchor) == []


@pytest.mark.parametrize("table", ["inzage", "aanmeldinghistorie", "schakel", "keten", "event", "inzagemetreden"])
def test_who_logs_in_can_change_nothing_of_it(dossier, people, table):
    for sql in (
        f"UPDATE cases_{table} SET id = id", f"DELETE FROM cases_{table}", f"TRUNCATE cases_{table}",
        "SELECT schakel(gen_random_uuid(), 'x', 'x', 1)",
    ):  # fmt: skip
        with closed(people[Role.OS]), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            connection.cursor().execute(sql)


def test_a_setting_cannot_switch_the_history_off(dossier, people):
    """The library has a switch that skips triggers; in the product it does nothing."""
    names = als_eigenaar("SELECT array_agg(tgname) AS n FROM pg_trigger WHERE tgname LIKE 'pgtrigger%'")[0]["n"]
    with closed(people[Role.OS]), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])
        Aanmelding.objects.filter(pk=dossier.pk).update(eerste_contact_met="Iemand anders")
    assert keten.faults() == []
    assert als_eigenaar("SELECT count(*) AS n FROM cases_aanmeldinghistorie")[0]["n"] == 3
