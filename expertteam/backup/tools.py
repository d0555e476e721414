"""The programs of PostgreSQL that make and read a dump, as the role that these parameters name."""

import os
import shutil
import subprocess
import tempfile

from django.conf import settings
from psycopg.conninfo import make_conninfo

from expertteam.backup import Refused
from expertteam.postgres.server import Server, find_bin

PLAIN = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")


def command(tool, *options, params):
    """(what to run, in which environment); the password is nowhere that another account can read it."""
    own = Server(settings.BASE_DIR).serves(settings.DATABASES["default"])
    path = find_bin() / tool if own else shutil.which(tool)
    if not path:
        raise Refused(f"{tool} is niet geïnstalleerd. Installeer postgresql-client, van dezelfde versie als de server.")
    env = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    if not params:  # it reads a file, and asks no server
        return [path, *options], env
    where = make_conninfo("", **{key: params[key] for key in PLAIN if params.get(key)})
    return [path, "--no-password", f"--dbname={where}", *options], env | {"PGPASSWORD": params.get("password") or ""}


def run(tool, *options, params):
    """Let a tool do its work; what it complained about when it fails."""
    call, env = command(tool, *options, params=params)
    done = subprocess.run(call, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"{tool} is niet gelukt: {done.stderr.strip()[-600:]}")


def lines(tool, *options):
    """What a tool writes, line by line, as bytes; it must end well."""
    call, env = command(tool, *options, params=None)
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(call, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said) as process,
    ):
        yield from process.stdout
        if process.wait():
            said.seek(0)
            raise Refused(f"{tool} is niet gelukt: {said.read().decode(errors='replace').strip()[-600:]}")
