"""Looks again at the bijlagen that nobody looked at yet, because the virus scanner was away.

As the owner of the tables: the files are of all schools, and nobody who logs in sees those.
"""

from collections import Counter

from django.core.management.base import BaseCommand

from cases import virus
from cases.models import Bijlage

Scan = Bijlage.Scan


class Command(BaseCommand):
    help = "Controleer de bijlagen die nog wachten op de controle op virussen."

    def add_arguments(self, parser):
        parser.add_argument("--database", default="owner")

    def handle(self, database, **options):
        found = Counter()
        waiting = Bijlage.objects.using(database).filter(scan__in=[Scan.WACHT, Scan.GEEN])
        for pk in waiting.order_by("op").values_list("pk", flat=True):
            for file in waiting.filter(pk=pk):  # one at a time; it can be taken out of its draft meanwhile
                scan = virus.scan(bytes(file.inhoud))
                found[scan] += 1
                if scan in {Scan.SCHOON, Scan.BESMET}:
                    known = {"scan": scan} | ({"inhoud": b""} if scan == Scan.BESMET else {})
                    waiting.filter(pk=pk).update(**known)
        self.stdout.write(f"{found[Scan.SCHOON]} schoon, {found[Scan.BESMET]} besmet, {found[Scan.WACHT]} wacht nog.")
