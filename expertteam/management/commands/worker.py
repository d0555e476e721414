"""Does what is in the queue, until it is told to stop: `systemctl start`, any number of them."""

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from expertteam.wachtrij import POST


class Command(BaseCommand):
    help = "Verstuur wat in de wachtrij staat, tot iemand dit programma stopt."

    def add_arguments(self, parser):
        parser.add_argument("--eenmaal", action="store_true", help="stop als de wachtrij leeg is")
        parser.add_argument("--tegelijk", type=int, default=4, help="zoveel mails tegelijk")

    def handle(self, eenmaal, tegelijk, **options):
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker(
                queues=[POST, "default"], wait=not eenmaal, concurrency=tegelijk,
                delete_jobs="successful", shutdown_graceful_timeout=30,
            )  # fmt: skip
