"""The other ways in: the model on a shell, and SQL. The database itself answers."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from cases.engine import sentence


@contextmanager
def database_says(text):
    """What happens here is refused by the database, with this sentence, and nothing of it stays."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert sentence(refused.value) == text


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
