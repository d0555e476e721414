"""In whose name PostgreSQL works: what somebody sees and may write follows from it, and from nothing else."""

from contextlib import contextmanager

from django.db import connection, transaction

SETTINGS = """SELECT set_config('app.uid', %s, true),
                     set_config('statement_timeout', '10s', true), set_config('lock_timeout', '3s', true),
                     set_config('idle_in_transaction_session_timeout', '60s', true),
                     set_config('plan_cache_mode', 'force_generic_plan', true)"""


@contextmanager
def acting_as(user):
    """One transaction in the name of this user; without one (an anonymous user), nobody sees anything."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(SETTINGS, [str(user.pk or "")])
        yield
