"""Django's own PostgreSQL backend, plus: the embedded server is up before the first connection."""

from django.conf import settings
from django.db.backends.postgresql import base

from expertteam.postgres.server import Server


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        Server(settings.BASE_DIR).ensure()
        return super().get_connection_params()
