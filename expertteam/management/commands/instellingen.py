from django.core.management.base import BaseCommand

from expertteam import instellingen


class Command(BaseCommand):
    help = "Schrijf docs/settings.md."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(instellingen.text(), ending="")
