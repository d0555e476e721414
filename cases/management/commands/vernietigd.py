from pathlib import Path

from django.core.management.base import BaseCommand

from cases.opnieuw_vernietigen import lijst


class Command(BaseCommand):
    help = "Schrijf de lijst van wat vernietigd is naar een bestand. Bewaar het ergens anders dan de reservekopieën."

    def add_arguments(self, parser):
        parser.add_argument("bestand")

    def handle(self, bestand, **options):
        lines, part = lijst(), Path(f"{bestand}.deel")
        part.write_text("".join(f"{line}\n" for line in lines))
        part.replace(bestand)  # never half a list
        self.stdout.write(f"{len(lines)} verklaringen.")
