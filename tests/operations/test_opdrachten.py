"""The commands of the paper, in its order, on a PostgreSQL of its own: from an empty server to a backup put back."""

import http.client
import os
import re
import shlex
import shutil
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pyrage
import pytest

from expertteam.postgres.server import Server, find_bin
from tests.operations import papier

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("chaos")  # these bring static files along, and take them away
SKIPPED = re.compile(r"^(python3 -m venv|\.venv/bin/pip) .*\n", re.MULTILINE)  # there is one already, with all in it


class Machine:
    """A directory that stands for the machine of the paper."""

    def __init__(self, place):
        self.place, self.server = place, Server(place)
        self.server.ensure()
        self.sock, self.key = str(self.server.sock), pyrage.x25519.Identity.generate()
        self.instead = {
            "/usr/local/sbin/expertteam": f"{place}/bin/expertteam", "/srv/expertteam/app": str(ROOT), "$R": str(ROOT),
            "/etc/expertteam": f"{place}/etc", "/var/backups": f"{place}/backups", "/run/sleutel.txt": f"{place}/key",
            "/var/run/postgresql": self.sock, "runuser -u expertteam-beheer -- ": "",
            "age1…": str(self.key.to_public()),
            "sudo -u postgres createdb": f"{find_bin()}/createdb -h {self.sock} -U postgres",
        }  # fmt: skip
        self.env = {"PATH": f"{place}/bin:{find_bin()}:{os.environ['PATH']}", "HOME": str(place)}
        (place / "key").write_text(str(self.key))

    def here(self, text):
        for there, here in self.instead.items():
            text = text.replace(there, here)
        return text

    def psql(self, *statements, database="postgres"):
        with psycopg.connect(host=self.sock, user="postgres", dbname=database, autocommit=True) as connection:
            return [connection.execute(s).fetchall() if s.startswith("SELECT") else connection.execute(s)
                    for s in statements]  # fmt: skip

    def sh(self, script):
        """What a piece of the paper writes; it must end well."""
        call = ["sh", "-eu", "-c", self.here(script)]
        done = subprocess.run(call, cwd=self.place, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """With the roles, the database, the settings and the script of the paper."""
    made = Machine(tmp_path_factory.mktemp("machine"))
    try:
        made.psql("DROP DATABASE expertteam", *(f"DROP ROLE expertteam_{r}" for r in ("app", "owner", "backup")))
        made.psql(*filter(None, map(str.strip, papier.sql().split(";"))))
        for path, lines in papier.settings().items():
            target = Path(made.here(path))
            target.parent.mkdir(exist_ok=True)
            lines = lines | (
                {"EMAIL_URL": "dummy:", "SECRET_KEY": "0123456789abcdefghij" * 3} if "SECRET_KEY" in lines else {}
            )
            target.write_text("".join(made.here(f"{name}={value}\n") for name, value in lines.items()))
        script = Path(made.here("/usr/local/sbin/expertteam"))
        script.parent.mkdir()
        script.write_text(made.here(papier.files()["/usr/local/sbin/expertteam"]))
        script.chmod(0o755)
        yield made
    finally:
        made.server.remove()


def test_postgresql_reads_who_may_come_in_without_an_error(machine):
    views = {"pg_hba.conf": "pg_hba_file_rules", "pg_ident.conf": "pg_ident_file_mappings"}
    for name, view in list(views.items())[: 1 + (machine.server.major >= 16)]:
        file, lines = machine.server.data / name, papier.files()[f"/etc/postgresql/15/main/{name}"]
        before = file.read_text()
        try:
            for written, wrong in ((lines, 0), (lines.replace("peer", "buur").replace("  ", "\n"), 1)):
                file.write_text(written + before)
                (read,) = machine.psql(f"SELECT count(*) FILTER (WHERE error IS NOT NULL) FROM {view}")
                assert (read[0][0] > 0) is bool(wrong)
        finally:
            file.write_text(before)


@pytest.fixture(scope="module")
def installed(machine):
    """After sections 4 and 7: (what each piece wrote)."""
    static = ROOT / "staticfiles"
    there = static.exists()
    (release,) = papier.named("release")
    machine.sh(SKIPPED.sub("", release))
    yield [machine.sh(block) for block in papier.named("run")]
    if not there:
        shutil.rmtree(static)


def test_the_commands_end_well_and_the_backup_is_back(machine, installed):
    assert len(installed) == 3
    (counted,) = re.findall(r"\.dump\.age: (\d+ tabellen, \d+ rijen)\.", installed[1])
    assert f"Teruggezet en nagekeken: {counted}." in installed[2]
    may = "has_database_privilege('expertteam_app', current_database(), 'TEMP')"
    rows = f"SELECT (SELECT count(*) FROM schools_user), {may}"
    for database in ("expertteam", "expertteam_oefening"):
        assert machine.psql(rows, database=database) == [[(1, False)]]


def test_the_roles_that_the_paper_makes_are_those_of_the_product(machine, installed):
    asked = "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname ~ '^expert'"
    assert sorted(machine.psql(asked)[0]) == [
        ("expertteam_app", False, False, False, False), ("expertteam_backup", False, False, False, True),
        ("expertteam_owner", False, False, False, False),
    ]  # fmt: skip


def test_the_commands_of_the_night_end_well(machine, installed):
    unit = papier.files()["/etc/systemd/system/expertteam-nacht.service"]
    for command in re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE):
        (machine.place / "ankers").mkdir(exist_ok=True)
        command = command.replace("/var/lib/expertteam-beheer", str(machine.place))
        machine.sh(command.replace("$$", "$").replace("%%", "%"))
    assert len(list((machine.place / "ankers").iterdir())) == 1
    assert len(list((machine.place / "backups" / "expertteam").glob("*.age"))) == 2
    scan = papier.files()["/etc/systemd/system/expertteam-scan.service"]
    machine.sh(re.search(r"^ExecStart=(.*)$", scan, re.MULTILINE)[1])


def ask(port, path, **headers):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": "expertteam.example.nl"} | headers)
        with connection.getresponse() as answer:
            return answer.status, answer.read(), answer.headers


def up(process, port):
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the server does not start")


def test_the_web_server_of_the_unit_answers(machine, installed):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    unit = papier.files()["/etc/systemd/system/expertteam-web.service"]
    command = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1].replace("--port 8000", f"--port {port}")
    env = machine.env | dict(map(str.strip, line.replace('"', "").split("=", 1)) for line in
                             (machine.place / "etc" / "web.env").read_text().splitlines())  # fmt: skip
    process = subprocess.Popen(shlex.split(machine.here(command)), cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    try:
        up(process, port)
        for path in ("/healthz", "/readyz"):
            assert ask(port, path, Host="127.0.0.1")[:2] == (200, b"ok")
        assert ask(port, "/inloggen/")[2]["Location"] == "https://expertteam.example.nl/inloggen/"
        number = "0123456789abcdef" * 2
        status, page, headers = ask(port, "/inloggen/", **{"X-Forwarded-Proto": "https", "X-Request-ID": number})
        assert (status, headers["X-Request-ID"], b"Voorbeeld" in page) == (200, number, True)
    finally:
        process.terminate()
        process.wait(40)
