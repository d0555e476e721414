from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from expertteam.backup import Refused, make


class Command(BaseCommand):
    help = "Maak een back-up in een map, lees hem na en doe hem op slot. Eindigt alleen goed als alles erin zit."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("map", type=Path)
        parser.add_argument("--dagen", type=int, default=35, help="gooi back-ups weg die ouder zijn (35)")

    def handle(self, map, dagen, **options):
        if not settings.BACKUP_RECIPIENT and not settings.DEBUG:
            raise CommandError("Zet BACKUP_RECIPIENT: zonder slot verlaat geen back-up deze machine.")
        try:
            params = connections["backup"].get_connection_params()
            manifest = make.backup(map, params, settings.BACKUP_RECIPIENT)
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        for name in make.forget(map, dagen):
            self.stdout.write(f"Weggegooid: {name}")
        rows = sum(count for count, _ in manifest["tables"].values())
        self.stdout.write(f"{manifest['file']}: {len(manifest['tables'])} tabellen, {rows} rijen.")
