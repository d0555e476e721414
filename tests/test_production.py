"""With the settings of production: silent checks, no demo, no database of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

ROOT = Path(__file__).parents[1]
PRODUCTION = {
    "DATABASE_URL": "postgres://expertteam_app@localhost/expertteam",
    "SECRET_KEY": "een lange willekeurige sleutel die nergens anders staat 0123456789",
    "ALLOWED_HOSTS": "expertteam.example",
    "EMAIL_URL": "smtp://localhost",
    "BASE_URL": "https://expertteam.example",
    "CLAMD": "tcp:clamav:3310",
}


def manage(*command, **env):
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    call = [sys.executable, "manage.py", *command]
    return subprocess.run(call, cwd=ROOT, env=kept | env, capture_output=True, text=True, timeout=60)


def test_the_deployment_check_is_silent_and_silences_nothing():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")
    assert settings.SILENCED_SYSTEM_CHECKS == []


@pytest.mark.parametrize("missing", ["DATABASE_URL", "SECRET_KEY", "EMAIL_URL"])
def test_production_does_not_start_without_what_it_needs(missing):
    done = manage("check", **{k: v for k, v in PRODUCTION.items() if k != missing})
    assert done.returncode != 0
    assert missing in done.stderr


@pytest.mark.parametrize(("given", "said"), [
    ({}, "2 ServerBindingCursor\n"), ({"PREPARED_STATEMENTS": "0"}, "None Cursor\n"),
])  # fmt: skip
def test_statements_are_planned_once_unless_a_pooler_cannot_keep_them(given, said):
    ask = "p = connection.get_connection_params(); print(p['prepare_threshold'], p['cursor_factory'].__name__)"
    done = manage("shell", "--no-imports", "-c", f"from django.db import connection; {ask}", **PRODUCTION, **given)
    assert (done.stdout, done.returncode) == (said, 0)


def test_the_demo_cannot_be_made_in_production():
    done = manage("demo", **PRODUCTION)
    assert done.returncode == 1
    assert done.stderr == "CommandError: De demo bestaat alleen als DEBUG aan staat.\n"


def test_the_personas_are_gone_when_debug_is_off(client, people, settings):
    people[None].email = "dirk@demo.example"
    people[None].save()
    settings.DEBUG = False
    assert client.get(reverse("demo")).status_code == 404
    assert client.post(reverse("demo"), {"wie": "dirk@demo.example"}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "Dalman" not in client.get(reverse("account_login")).content.decode()


def test_the_personas_are_there_in_the_demo(client, people, settings):
    people[None].email = "dirk@demo.example"
    people[None].save()
    settings.DEBUG = True
    assert "Dirk Dalman" in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("demo"), {"wie": "dirk@demo.example"}).headers["Location"] == reverse("start")
    assert client.session["_auth_user_id"] == str(people[None].pk)
