"""Migrate as the owner of the tables, then say what everybody else may do with them."""

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections, transaction

from expertteam import rechten


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, database, **options):
        super().handle(*args, database=database, **options)
        call_command("createcachetable", "tellers", database=database, verbosity=0)  # how often somebody tried
        with transaction.atomic(using=database):
            rechten.apply(connections[database])
