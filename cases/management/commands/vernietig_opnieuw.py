from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.opnieuw_vernietigen import opnieuw
from expertteam.backup import Refused


class Command(BaseCommand):
    help = "Na het terugzetten van een reservekopie: vernietig opnieuw wat volgens de lijst al vernietigd was."

    def add_arguments(self, parser):
        parser.add_argument("bestand")

    def handle(self, bestand, **options):
        try:
            done = opnieuw(Path(bestand).read_text().splitlines())
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        for nummer, dossiers in done:
            if dossiers:
                self.stdout.write(f"{nummer}: {dossiers} dossiers opnieuw vernietigd.")
        self.stdout.write(f"{len(done)} verklaringen nagelopen, {sum(n for _, n in done)} dossiers opnieuw vernietigd.")
