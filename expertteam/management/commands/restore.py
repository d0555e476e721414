import json
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from expertteam.backup import Refused
from expertteam.backup.restore import restore


class Command(BaseCommand):
    help = "Zet een back-up terug in een lege database, en kijk na of alles er weer is zoals het was."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("bestand", type=Path, help="de dump; zijn .json ligt ernaast")
        parser.add_argument(
            "--database", default="", help="een andere naam dan die van de instellingen, voor een oefening"
        )
        parser.add_argument("--sleutel", type=Path, help="bestand met de sleutel van age")
        parser.add_argument(
            "--vernietigd", type=Path, help="de nieuwste lijst van wat vernietigd is: dat wordt opnieuw vernietigd"
        )

    def handle(self, bestand, database, sleutel, vernietigd, **options):
        if not database and not vernietigd:
            raise CommandError("Geef met --vernietigd de nieuwste lijst van wat vernietigd is: anders komt dat terug.")
        try:
            if vernietigd:
                must_be_read(vernietigd)  # afterwards it would be too late to find out that it cannot
            found = restore(bestand, database, sleutel)
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"Teruggezet en nagekeken: {len(found)} tabellen, {sum(found.values())} rijen.")
        if vernietigd:
            call_command("vernietig_opnieuw", vernietigd, stdout=self.stdout)


def must_be_read(lines):
    """A file with a line of JSON for each certificate; Refused when it is something else."""
    try:
        for line in filter(None, lines.read_text().splitlines()):
            json.loads(line)
    except (OSError, ValueError) as reason:
        raise Refused(f"De lijst van wat vernietigd is, is niet te lezen: {reason}") from reason
