"""Migrate as the owner of the tables, then say what the application's role may do with them."""

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections

GRANTS = """
GRANT USAGE ON SCHEMA public TO expertteam_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO expertteam_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO expertteam_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM expertteam_app;
"""


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, database, **options):
        super().handle(*args, database=database, **options)
        with connections[database].cursor() as cursor:
            cursor.execute(GRANTS)
            for model in apps.get_models():
                # a model says itself what may never be undone: KEEPS = ("DELETE",) or ("UPDATE", "DELETE")
                if keeps := getattr(model, "KEEPS", ()):
                    table = connections[database].ops.quote_name(model._meta.db_table)
                    cursor.execute(f"REVOKE {', '.join(keeps)} ON {table} FROM expertteam_app")  # noqa: S608
