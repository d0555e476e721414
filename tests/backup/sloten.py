"""What in the SQL of a migration keeps people waiting, or breaks the version that still runs."""

import re

from django.db import connections
from django.db.migrations.loader import MigrationLoader

RELEASED = {"cases": 8, "schools": 7, "expertteam": 2}  # what already ran everywhere is not judged again
BIG = r'"?(cases_\w+|expertteam_\w+)"?'  # tables that grow with the work; those of places and people stay small
ALTER = rf"ALTER TABLE {BIG} "
OWN_VALUE = r"(gen_random_uuid|now|clock_|random|nextval)"
RULES = {
    "writes every row again": rf"{ALTER}ALTER COLUMN \S+ TYPE ",
    "reads every row while nobody can write": (
        rf"{ALTER}ADD CONSTRAINT (?!.* NOT VALID).*(CHECK|FOREIGN KEY|EXCLUDE|UNIQUE)"
    ),
    "reads every row to see that none is empty": rf"{ALTER}.*ALTER COLUMN \S+ SET NOT NULL",
    "makes an index while nobody can write": rf"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).* ON {BIG}",
    "gives every row a value of its own": rf"{ALTER}ADD COLUMN .* DEFAULT \(?{OWN_VALUE}",
    "takes away what the version of now still uses": rf"{ALTER}(?:DROP COLUMN|RENAME)|DROP TABLE {BIG}",
    "changes every row in one go": rf"UPDATE {BIG} SET (?!.* WHERE )",
    "keeps everybody out": rf"(?:LOCK TABLE|VACUUM FULL|CLUSTER|TRUNCATE|REINDEX TABLE) {BIG}",
    "runs Python over rows": r"-- THIS OPERATION CANNOT BE WRITTEN AS SQL()",
}
ACCEPTED = {  # (app, migration, what): why it may
}


def new():
    """The migrations that no release has yet."""
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        if app in RELEASED and int(name[:4]) > RELEASED[app]:
            yield app, name


def statements(app, name):
    """The SQL of a migration, on a database that has everything before it."""
    loader = MigrationLoader(connections["owner"])
    return loader.collect_sql([(loader.graph.nodes[app, name], False)])


def waits(sql):
    """[(rule, table)] of what these statements would do to tables that were there before."""
    own = {match[1] for statement in sql if (match := re.match(r'CREATE TABLE "(\w+)"', statement))}
    found = [
        (rule, match[1])
        for statement in sql
        for rule, pattern in RULES.items()
        if (match := re.search(pattern, statement.replace("\n", " ")))
    ]
    return [(rule, table) for rule, table in found if table not in own]
