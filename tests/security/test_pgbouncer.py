"""Through pgbouncer in transaction mode people share one connection; nobody sees for whom it worked before."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connections, transaction
from django.db.backends.postgresql.base import Cursor

from cases.models import Aanmelding
from cases.roles import Role
from expertteam.actor import SETTINGS

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
PORT = 6543  # of a socket in a folder of the test's own
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not PGBOUNCER, reason="pgbouncer is not installed: apt-get install pgbouncer"),
]
PREPARED_OFF = {"prepare_threshold": None, "cursor_factory": Cursor}  # PREPARED_STATEMENTS=0
INI = """[databases]
* = host={host} pool_size=1
[pgbouncer]
listen_addr =
unix_socket_dir = {here}
listen_port = {port}
auth_type = any
pool_mode = transaction
pidfile = {here}/pid
logfile = {here}/log
"""


@pytest.fixture
def pooled():
    """Two clients of one pgbouncer, that has one connection to the database."""
    here, owner = Path(tempfile.mkdtemp()), connections["default"].get_connection_params()
    account = {} if os.geteuid() else {"user": (nobody := pwd.getpwnam("nobody")).pw_uid, "group": nobody.pw_gid}
    (here / "ini").write_text(INI.format(host=owner["host"], here=here, port=PORT))
    if account:
        os.chown(here, account["user"], account["group"])
    user = f"user={owner['user']}"
    (here / "ini").write_text((here / "ini").read_text().replace("* = ", f"* = {user} "))
    process = subprocess.Popen([PGBOUNCER, "-q", here / "ini"], **account)
    made = {}
    for alias in ("een", "twee"):
        client = connections["default"].copy(alias)
        client.settings_dict = client.settings_dict | {"HOST": str(here), "PORT": PORT, "ENGINE": "", "CONN_MAX_AGE": 0}
        client.get_connection_params = lambda p=owner: p | PREPARED_OFF | {"host": str(here), "port": PORT}
        made[alias] = connections[alias] = client
    up(made["een"])
    yield made
    for alias, client in made.items():
        client.close()
        del connections[alias]
    process.terminate()
    process.wait(10)
    shutil.rmtree(here)


def up(client):
    for _ in range(100):
        try:
            return client.ensure_connection()
        except OperationalError:
            time.sleep(0.05)  # it is still starting


def seen(alias, settings, user):
    """How many dossiers a client sees in a transaction of somebody; nobody: one that forgot to say who asks."""
    with transaction.atomic(using=alias):
        if user:
            connections[alias].cursor().execute(settings, [str(user.pk)])
        return Aanmelding.objects.using(alias).count()


def test_a_connection_that_another_used_shows_nothing_of_him(people, make, pooled):
    make["aanmelding"]("ingediend")
    os_, out = people[Role.OS], people[None]
    found = [seen("een", SETTINGS, os_), seen("twee", SETTINGS, None), seen("twee", SETTINGS, out),
             seen("een", SETTINGS, os_), seen("een", SETTINGS, None)]  # fmt: skip
    assert found == [1, 0, 0, 1, 0]


def test_that_test_sees_a_setting_that_stays_with_the_connection(people, make, pooled):
    """The broken twin."""
    make["aanmelding"]("ingediend")
    stays = "SELECT set_config('app.uid', %s, false)"
    assert [seen("een", stays, people[Role.OS]), seen("twee", stays, None)] == [1, 1]
