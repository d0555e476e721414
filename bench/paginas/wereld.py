"""The settings of production on a database of bench.maat, and sessions as they are after two steps of logging in."""

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.maat.maten import MATEN
from expertteam.postgres.server import APP, OWNER, Server

ROOT, HOST = Path(__file__).parents[2], "maat.example"
CSRF = "k" * 32


def environment(size, name="maat"):
    server = Server(ROOT)
    server.ensure()
    url = f"postgres://{{}}@/{MATEN[size].database}?host={server.sock}&application_name={name}"
    return {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}} | {
        "DATABASE_URL": url.format(APP), "DATABASE_OWNER_URL": url.format(OWNER), "EMAIL_URL": "dummy:",
        "SECRET_KEY": "alleen om dit te meten, nergens anders, 0123456789abcdef", "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}", "TWEEDE_FACTOR": "1", "DJANGO_SETTINGS_MODULE": "expertteam.settings",
    }  # fmt: skip


@contextmanager
def serving(size, application="expertteam.wsgi:application", workers=1, threads=1):
    """The server of the README on a free port of this machine; it stops when this ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [ROOT / ".venv/bin/granian", "--interface", "wsgi", "--workers", str(workers), "--blocking-threads",
               str(threads), "--blocking-threads-idle-timeout", "600", "--host", "127.0.0.1", "--port", str(port),
               application]  # fmt: skip
    with open(ROOT / "build" / "maat-server.log", "ab") as log:
        env = environment(size, f"maat-{port}")
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise SystemExit("the server does not start: see build/maat-server.log")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def watch(size, port):
    """What tells which connections this server has to its database now: they last a minute, and then are new."""
    connection = psycopg.connect(environment(size)["DATABASE_URL"], autocommit=True)  # one sees only its own
    asked = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
    return lambda: [pid for (pid,) in connection.execute(asked, [f"maat-{port}"])]


def workers(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def processor(pids):
    """{process: ms of a processor that it had so far}: that does not grow while it waits for others."""
    tasks = {pid: Path(f"/proc/{pid}/task").glob("*/schedstat") for pid in pids}
    return {pid: sum(int(task.read_text().split()[0]) for task in of) / 1e6 for pid, of in tasks.items()}


def more(before, after):
    """What they had since; who is new, all of it."""
    return sum(had - before.get(pid, 0) for pid, had in after.items())


def log_in(user):
    """A session with a second step, made in the database: its cookie."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from expertteam.sessies import SessionStore  # noqa: PLC0415

    totp, _ = Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": "geen"}})
    now = time.time() + 1
    session = SessionStore()
    session.update({  # what allauth writes down of each step
        SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash(), "factoren": [totp.pk],
        BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend", "browser": "Een browser",
        "account_authentication_methods_user": str(user.pk),
        "account_authentication_methods": [{"method": m, "at": now} for m in ("password", "mfa")],
    })  # fmt: skip
    session.save()
    return f"__Host-sessionid={session.session_key}; __Host-csrftoken={CSRF}"
