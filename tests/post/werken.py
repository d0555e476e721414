"""The real worker, beside the test: until there is nothing left that can be done now."""

import threading
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app


def werk():
    """In a thread of its own: the browser of another test may keep an event loop in this one.

    Without what goes by the clock: whether that is there depends on the minute in which the test runs.
    """
    failed = []

    def run():
        try:
            with patch.dict(app.periodic_registry.periodic_tasks, clear=True):
                call_command("worker", "--eenmaal")
        except Exception as error:
            failed.append(error)

    keep, connections.settings["default"]["CONN_MAX_AGE"] = connections.settings["default"]["CONN_MAX_AGE"], 0
    thread = threading.Thread(target=run)
    thread.start()
    thread.join(600)
    connections.settings["default"]["CONN_MAX_AGE"] = keep  # a thread of the worker keeps no connection
    assert failed == []
    assert not thread.is_alive()


def straks():
    """What was to be tried again later, is due now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = %s WHERE status = 'todo'", [timezone.now()])
