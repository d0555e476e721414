"""What is called a backup holds everything; what does not, is refused by name."""

import json

import psycopg
import pyrage
import pytest

from expertteam.backup import Refused, make, measure, tools
from tests.backup.conftest import Beside

pytestmark = pytest.mark.usefixtures("unblocked")


def counted(beside):
    """{table: rows} as the role that sees all counts them."""
    with psycopg.connect(**beside.params("backup")) as connection, connection.cursor() as cursor:
        return {name: count for name, (count, _) in measure.tables(cursor).items()}


def names(folder):
    return sorted(file.name.partition(".")[2] for file in folder.iterdir())


def test_one_command_makes_a_backup_that_holds_every_row(gevuld, folder):
    said = gevuld.must("backup", str(folder))
    (manifest,) = folder.glob("*.json")
    kept = json.loads(manifest.read_text())
    assert names(folder) == ["dump", "dump.json"]
    assert {name: count for name, (count, _) in kept["tables"].items()} == counted(gevuld)
    assert (kept["tables"]["cases_bijlage"][0], kept["tables"]["cases_aanmelding"][0] > 20) == (2, True)
    assert said == f"{kept['file']}: {len(kept['tables'])} tabellen, {sum(counted(gevuld).values())} rijen.\n"
    assert {file.stat().st_mode & 0o77 for file in [folder, *folder.glob("*.dump")]} == {0}


def test_in_production_the_programs_of_the_machine_make_it(gevuld, folder):
    """The wheel that holds PostgreSQL is there for the demo and the tests alone."""
    assert gevuld.must("backup", str(folder), EMBEDDED_PG_BIN="/nergens").endswith(" rijen.\n")


def test_a_backup_that_leaves_is_locked_and_opens_with_the_key_alone(gevuld, folder):
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    gevuld.must("backup", str(folder), BACKUP_RECIPIENT=str(key.to_public()))
    assert names(folder) == ["dump.age", "dump.age.json"]
    (file,) = folder.glob("*.age")
    locked = file.read_bytes()
    assert locked.startswith(b"age-encryption.org/v1\n")
    assert pyrage.decrypt(locked, [key]).startswith(b"PGDMP")
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(locked, [other])


def test_in_production_there_is_no_backup_without_a_lock(gevuld, folder):
    more = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "x", "EMAIL_URL": "dummy:", "BASE_URL": "https://x", "DEBUG": "0"}
    done = gevuld.manage("backup", str(folder), **more)
    assert (done.returncode, folder.exists()) == (1, False)
    assert "zonder slot verlaat geen back-up deze machine" in done.stderr


@pytest.mark.parametrize("role", ["app", "owner"])
def test_who_does_not_see_every_row_makes_no_backup(gevuld, folder, role):
    with pytest.raises(Refused, match=f"expertteam_{role} ziet niet elke rij"):
        make.backup(folder, gevuld.params(role))
    assert list(folder.iterdir()) == []


# The trap: a dump that ends well and holds nothing. Each twin breaks one check; another one stops it.


@pytest.fixture
def sees_nothing(gevuld):
    """A role that may read every table, and whom the policies show no row; the backup may work as that role."""
    name = f"{gevuld.name}_lezer"
    with psycopg.connect(**gevuld.params("owner") | {"user": "postgres"}, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} NOBYPASSRLS IN ROLE pg_read_all_data ROLE expertteam_backup")
        yield name
        connection.execute(f"DROP ROLE {name}")


def test_a_dump_without_the_rows_of_dossiers_is_refused_though_it_ends_well(gevuld, folder, monkeypatch, sees_nothing):
    run, ended = tools.run, []

    def hides(tool, *options, params):
        ended.append(run(tool, *options, "--enable-row-security", f"--role={sees_nothing}", params=params))

    monkeypatch.setattr(tools, "run", hides)
    with pytest.raises(
        Refused, match=r"De dump is niet heel. Rijen in de dump en in de database: cases_aanbod: 0 van 2,"
    ):
        make.backup(folder, gevuld.params("backup"))
    assert (ended, list(folder.iterdir())) == ([None], [])


def test_and_without_the_check_of_the_role_counting_is_an_error_and_no_smaller_number(gevuld, folder, monkeypatch):
    monkeypatch.setattr(make, "ROLE", make.ROLE.replace("rolsuper OR rolbypassrls", "true"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        make.backup(folder, gevuld.params("app"))
    assert list(folder.iterdir()) == []


def test_a_house_without_anybody_is_not_the_house(gevuld, folder):
    empty = Beside(f"{gevuld.name}_nieuw", gevuld.template)
    try:
        with pytest.raises(Refused, match="De dump is leeg: in schools_user staat niets"):
            make.backup(folder, empty.params("backup"))
    finally:
        empty.drop()


def test_a_house_whose_dossiers_are_gone_since_the_last_time_is_looked_at_first(gevuld, kopie, folder):
    make.backup(folder, gevuld.params("backup"))
    with psycopg.connect(**kopie.params("owner")) as connection:
        connection.execute("TRUNCATE cases_aanmelding CASCADE")
    with pytest.raises(Refused, match="In de vorige back-up stonden dossiers en in deze niet"):
        make.backup(folder, kopie.params("backup"))
    assert names(folder) == ["dump", "dump.json"]  # the good one is still there


@pytest.mark.parametrize(
    "option", ["--exclude-table-data=cases_event", "--exclude-table=schools_vakantie", "--schema-only"]
)
def test_a_part_is_no_backup(gevuld, folder, monkeypatch, option):
    run = tools.run
    monkeypatch.setattr(tools, "run", lambda tool, *options, params: run(tool, *options, option, params=params))
    with pytest.raises(Refused, match="De dump is niet heel"):
        make.backup(folder, gevuld.params("backup"))


def test_a_file_that_was_cut_off_is_no_backup(gevuld, folder, monkeypatch):
    run = tools.run

    def cut(tool, *options, params):
        run(tool, *options, params=params)
        (part,) = folder.glob("*.part")
        part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])

    monkeypatch.setattr(tools, "run", cut)
    with pytest.raises(Refused, match="pg_restore is niet gelukt"):
        make.backup(folder, gevuld.params("backup"))
    assert list(folder.iterdir()) == []


def test_what_happens_during_the_dump_is_in_neither_the_dump_nor_the_count(kopie, folder, monkeypatch):
    run = tools.run

    def meanwhile(tool, *options, params):
        with psycopg.connect(**kopie.params("owner")) as connection:
            connection.execute(
                "INSERT INTO schools_vakantie (naam, regio, van, tot) VALUES ('x', 'noord', now(), now())"
            )
        run(tool, *options, params=params)

    before = counted(kopie)
    monkeypatch.setattr(tools, "run", meanwhile)
    manifest = make.backup(folder, kopie.params("backup"))
    assert {name: count for name, (count, _) in manifest["tables"].items()} == before
    assert counted(kopie)["schools_vakantie"] == before["schools_vakantie"] + 1


def test_what_is_destroyed_lives_on_in_no_backup_of_long_ago(gevuld, folder):
    folder.mkdir()
    for name in ("expertteam-20200101T000000Z.dump", "expertteam-20200101T000000Z.dump.json", "van-mij.txt"):
        (folder / name).write_text('{"tables": {}}')
    said = gevuld.must("backup", str(folder))
    assert said.count("Weggegooid: expertteam-20200101") == 2
    assert names(folder) == ["dump", "dump.json", "txt"]
