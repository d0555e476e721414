"""Put a backup back, in a database that is new or empty, and prove that it is the same."""

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pyrage
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connections, transaction

from expertteam.backup import Refused, make, measure, tools

FILLED = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"


def restore(file, name="", identity=None):
    """What was put back, as {table: rows}; Refused when it is not in every respect what was kept."""
    manifest = json.loads(Path(f"{file}.json").read_text())
    if make.digest(file) != manifest["sha256"]:
        raise Refused("Dit bestand is niet meer zoals het was toen de back-up werd gemaakt.")
    owner = elsewhere(name) if name else connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(FILLED)
        if cursor.fetchone()[0]:
            raise Refused(
                f"In {owner.settings_dict['NAME']} staat al iets. Zet een back-up terug in een lege database."
            )
    with ExitStack() as stack:
        plain = unlocked(file, identity, stack)
        options = ("--single-transaction", "--exit-on-error", str(plain))
        tools.run("pg_restore", *options, params=owner.get_connection_params())
    same(manifest)
    call_command("migrate", verbosity=0)  # says every right again; to the version of today
    if wrong := [fault for config in apps.get_app_configs() for fault in getattr(config, "restored", list)()]:
        raise Refused("Niet alles klopt: " + "; ".join(wrong[:10]))
    return {table: count for table, (count, _) in manifest["tables"].items()}


def elsewhere(name):
    """From here on this process works in a database of another name; it is made when the owner may do that."""
    there = connections["owner"]
    with there.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone()[0]:
            try:
                cursor.execute(f"CREATE DATABASE {there.ops.quote_name(name)} TEMPLATE template0")
            except ProgrammingError as error:
                how = f"sudo -u postgres createdb --owner=expertteam_owner --template=template0 {name}"
                raise Refused(f"De eigenaar mag geen database maken. Doe eerst: {how}") from error
    for alias in ("owner", "default", "tellers", "backup"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    return there


def unlocked(file, identity, stack):
    """The dump in plain, for as long as it is needed."""
    if file.suffix != ".age":
        return file
    if not identity:
        raise Refused("Deze back-up zit op slot. Geef met --sleutel het bestand met de sleutel.")
    keys = [line for line in identity.read_text().split() if line.startswith("AGE-SECRET-KEY-")]
    plain = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "dump"
    try:
        pyrage.decrypt_file(str(file), str(plain), [pyrage.x25519.Identity.from_str(key) for key in keys])
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise Refused(f"Met deze sleutel gaat de back-up niet open: {error}") from error
    return plain


def same(manifest):
    """Every row, wall, right and function is as it was, seen by the role that saw it then."""
    with transaction.atomic(using="backup"), connections["backup"].cursor() as cursor:
        now = {"tables": measure.tables(cursor), "guards": measure.guards(cursor)}
    for what, found in now.items():
        if wrong := measure.differences(manifest[what], found):
            raise Refused(f"Niet hetzelfde als in de back-up: {', '.join(wrong[:10])}.")
