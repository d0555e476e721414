"""Migrating a database in which people work: nothing is lost, no right changes, nobody waits for long."""

import psycopg
import pytest
from django.apps import apps
from django.db import connections, migrations, models
from django.db.migrations.state import ProjectState

from expertteam.backup import measure
from expertteam.management.commands.migrate import BUSY
from tests.backup import sloten

pytestmark = pytest.mark.usefixtures("unblocked")
BEFORE = {"cases": "0007_rollen_in_woorden", "schools": "0006_werkwijze"}  # of the release before this one
NOT_OURS = {"django_migrations", "tellers"}


def known(beside):
    """{table: its columns} and everything that guards them."""
    with psycopg.connect(**beside.params("backup")) as connection, connection.cursor() as cursor:
        guards = measure.guards(cursor)
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        columns = {}
        for table, column in cursor.fetchall():
            columns.setdefault(table, set()).add(column)
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        return {table: columns[table] for (table,) in cursor.fetchall()}, guards


def content(beside, columns):
    """{table: (rows, digest)} of these columns."""
    found = {}
    with psycopg.connect(**beside.params("backup")) as connection:
        connection.execute("SET timezone = 'UTC'")
        for table, names in columns.items():
            row = ", ".join(f'"{name}"' for name in sorted(names))
            sql = "SELECT count(*), md5(string_agg(md5(x::text), '' ORDER BY md5(x::text))) FROM (SELECT {} FROM {}) x"
            found[table] = connection.execute(sql.format(row, table)).fetchone()
    return found


def test_back_to_the_release_before_and_forward_again_loses_nothing_that_it_knew(gevuld, kopie):
    now, guards = known(kopie)
    for app, name in BEFORE.items():
        kopie.must("migrate", app, name, "-v0")
    then, _ = known(kopie)
    both = {table: now[table] & then[table] for table in now.keys() & then.keys() - NOT_OURS}
    assert len(both) > 50
    assert content(kopie, both)["cases_aanmelding"][0] > 20
    before = content(kopie, both)
    assert before == content(gevuld, both)
    kopie.must("migrate", "-v0")
    assert content(kopie, both) == before
    assert known(kopie)[0] == now
    assert measure.differences(guards, known(kopie)[1]) == []  # every right is said again
    assert kopie.must("check", "--database", "default").startswith("System check identified no issues")


def test_a_migration_that_meets_somebody_at_work_gives_up_and_changes_nothing(kopie):
    now = known(kopie)
    with psycopg.connect(**kopie.params("app")) as busy:
        busy.execute("LOCK TABLE cases_event IN ROW EXCLUSIVE MODE")  # as who writes there
        done = kopie.manage("migrate", "-v0")  # saying the rights again asks for a moment alone
        assert done.returncode == 1
        assert done.stderr == "CommandError: " + BUSY + "\n"
    assert known(kopie) == now


# The guard over the SQL of what is new.


def test_no_new_migration_keeps_people_waiting(db_of_the_owner):
    found = {(app, name): sloten.waits(sloten.statements(app, name)) for app, name in sloten.new()}
    wrong = {(*key, *what) for key, whats in found.items() for what in whats} - sloten.ACCEPTED.keys()
    assert sorted(wrong) == []
    assert [key for key in sloten.ACCEPTED if not sloten.ACCEPTED[key]] == []


@pytest.fixture
def db_of_the_owner(gevuld):
    """The test database, as the owner sees it."""
    connections["owner"].close()
    return connections["owner"]


TWINS = [
    ("writes every row again", 'ALTER TABLE "cases_event" ALTER COLUMN "n" TYPE varchar(9) USING "n"::varchar(9)'),
    ("reads every row while nobody can write", 'ALTER TABLE "cases_event" ADD CONSTRAINT "x" CHECK ("n" > 0)'),
    ("reads every row while nobody can write", 'ALTER TABLE "cases_event" ADD CONSTRAINT "x" UNIQUE ("n")'),
    ("reads every row while nobody can write",
     'ALTER TABLE "cases_event" ADD CONSTRAINT "x" FOREIGN KEY ("a") REFERENCES "y" ("id") DEFERRABLE'),
    ("reads every row to see that none is empty", 'ALTER TABLE "cases_event" ALTER COLUMN "n" SET NOT NULL'),
    ("makes an index while nobody can write", 'CREATE INDEX "x" ON "cases_event" ("n")'),
    ("makes an index while nobody can write", 'CREATE UNIQUE INDEX "x" ON "cases_event" ("n") WHERE "n" > 0'),
    ("gives every row a value of its own", 'ALTER TABLE "cases_event" ADD COLUMN "n" uuid DEFAULT gen_random_uuid()'),
    ("takes away what the version of now still uses", 'ALTER TABLE "cases_event" DROP COLUMN "n" CASCADE'),
    ("takes away what the version of now still uses", 'ALTER TABLE "cases_event" RENAME COLUMN "n" TO "m"'),
    ("takes away what the version of now still uses", 'DROP TABLE "cases_event" CASCADE'),
    ("changes every row in one go", 'UPDATE "cases_event" SET "n" = 1'),
    ("keeps everybody out", 'LOCK TABLE "cases_event"'),
    ("runs Python over rows", "-- THIS OPERATION CANNOT BE WRITTEN AS SQL"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "statement"), TWINS)
def test_each_rule_sees_what_it_is_for(rule, statement):
    assert [found for found, _ in sloten.waits([statement])] == [rule]
    assert {rule for rule, _ in TWINS} == set(sloten.RULES)


@pytest.mark.parametrize("statement", [
    'ALTER TABLE "cases_event" ADD COLUMN "n" integer NULL',
    'ALTER TABLE "cases_event" ALTER COLUMN "n" DROP NOT NULL',
    'ALTER TABLE "cases_event" ADD COLUMN "n" integer DEFAULT 0 NOT NULL',
    'ALTER TABLE "cases_event" ADD CONSTRAINT "x" CHECK ("n" > 0) NOT VALID',
    'ALTER TABLE "cases_event" VALIDATE CONSTRAINT "x"',
    'CREATE INDEX CONCURRENTLY "x" ON "cases_event" ("n")',
    'CREATE INDEX "x" ON "schools_kring" ("n")',
    'UPDATE "cases_event" SET "n" = 1 WHERE "n" IS NULL',
])  # fmt: skip
def test_what_takes_a_moment_is_let_through(statement):
    assert sloten.waits([statement]) == []


def test_what_is_done_to_a_new_table_keeps_nobody_waiting():
    made = ['CREATE TABLE "cases_nieuw" ("id" uuid NOT NULL)', 'CREATE INDEX "x" ON "cases_nieuw" ("id")']
    assert (sloten.waits(made), len(sloten.waits(made[1:]))) == ([], 1)


def test_a_migration_as_django_writes_it_is_seen(db_of_the_owner):
    field = models.CharField(max_length=40, default="", db_index=True)
    operations = [migrations.AddField("event", "nieuw", field), migrations.RunPython(migrations.RunPython.noop)]
    operations += [migrations.AlterField("event", "note", models.CharField(max_length=10))]
    migration = type("Migration", (migrations.Migration,), {"operations": operations})("9999_twin", "cases")
    state = ProjectState.from_apps(apps)
    with db_of_the_owner.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
    assert {rule for rule, _ in sloten.waits(editor.collected_sql)} == {
        "makes an index while nobody can write", "runs Python over rows", "writes every row again",
    }  # fmt: skip
