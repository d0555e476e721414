"""Django's own PostgreSQL backend, plus: the embedded server is up before the first connection, and plans are kept."""

from django.conf import settings
from django.db.backends.postgresql import base

from expertteam.postgres.server import Server

PLANS = 400  # of one connection: what all pages of all roles ask, a few times over; what was not asked longest goes


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        server = Server(settings.BASE_DIR)
        if server.serves(self.settings_dict):
            server.ensure()
        return super().get_connection_params()

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = PLANS
        return connection
