"""Every night: concepten that nobody changed any more go. Of a dossier that was sent, two people decide.

As the owner of the tables: nobody who logs in can destroy anything by himself.
"""

import datetime

from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from expertteam.models import Verzoek

SLEUTELS = datetime.timedelta(days=3)


class Command(BaseCommand):
    help = "Vernietig de concepten waarvan de bewaartermijn om is, en de sleutels van oude formulieren."

    def handle(self, **options):
        Verzoek.objects.using("owner").filter(op__lt=timezone.now() - SLEUTELS).delete()
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT coalesce((vernietig_concepten() ->> 'aanmelding')::int, 0)")
            self.stdout.write(f"{cursor.fetchone()[0]} concepten vernietigd.")
