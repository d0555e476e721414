from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases import keten


class Command(BaseCommand):
    help = "Kijk of de geschiedenis en de inzage nog zijn zoals ze waren. Met --anker ook tegen een eerder anker."

    def add_arguments(self, parser):
        parser.add_argument("--anker", help="bestand met een eerder anker")
        parser.add_argument("--schrijf", help="schrijf het anker van nu naar dit bestand; bewaar het ergens anders")

    def handle(self, anker, schrijf, **options):
        lines = Path(anker).read_text().splitlines() if anker else []
        with transaction.atomic(using="owner"):
            found, now = keten.faults(anchor=lines), keten.ends()
        for chain, nr, what in found:
            self.stderr.write(f"{chain or '-'} {nr} {what}")
        if found:
            raise CommandError(f"{len(found)} dingen zijn niet meer zoals ze waren.")
        if schrijf:
            Path(schrijf).write_text("".join(f"{line}\n" for line in now))
        self.stdout.write(f"Alles is zoals het was: {len(now)} ketens.")
