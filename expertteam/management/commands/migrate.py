"""Migrate as the owner of the tables, then say what everybody else may do with them."""

from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import OperationalError, connections, transaction

from expertteam import rechten

WAIT = "5s"  # for a table that somebody uses: whoever waits longer keeps everybody who comes after waiting too
BUSY = "Een tabel is te lang bezet. Deze migratie heeft niets veranderd. Stop de webserver, of probeer het straks weer."


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, database, **options):
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [WAIT])
        try:
            super().handle(*args, database=database, **options)
            call_command("createcachetable", "tellers", database=database, verbosity=0)  # how often somebody tried
            with transaction.atomic(using=database):
                rechten.apply(connections[database])
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == "55P03":
                raise CommandError(BUSY) from error
            raise
