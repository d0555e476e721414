"""Two roles: the owner makes the tables, the application works in them."""

import pytest
from django.db import ProgrammingError, connection, transaction

from expertteam.postgres.base import PLANS


def test_every_test_works_as_the_app_role_that_owns_nothing_and_bypasses_nothing(db):
    with connection.cursor() as cursor:
        rights = "rolname, rolsuper, rolbypassrls, rolcreatedb"
        cursor.execute(f"SELECT {rights} FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("expertteam_app", False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_a_connection_keeps_the_plans_of_more_than_one_page(db):
    """A hundred, as psycopg does by itself, are gone before they are asked for again."""
    connection.ensure_connection()
    assert connection.connection.prepared_max == PLANS == 400


STRUCTURE = ["DROP TABLE schools_school", "TRUNCATE schools_kring CASCADE", "CREATE TABLE x (y int)"]


@pytest.mark.parametrize("sql", [*STRUCTURE, "DELETE FROM django_migrations", "DELETE FROM cases_aanmelding"])
def test_the_app_role_cannot_touch_the_structure(db, sql):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(sql)
