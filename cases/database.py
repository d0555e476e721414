"""What the engine asks of the database: that people wait for each other, and what it said."""

from django.apps import apps
from django.db import connection


def one_at_a_time(dossier):
    """Who comes second in a dossier waits until the first is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(dossier)])


def sentence(error):
    """What the database said, in words for the user."""
    said = error.__cause__.diag
    for model in apps.get_app_config("cases").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == said.constraint_name:
                return str(constraint.violation_error_message)
    if said.sqlstate == "23514" and not said.constraint_name:
        return said.message_primary
    return "Dit kan nu niet. Ververs de pagina en probeer het opnieuw."
