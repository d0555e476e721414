"""A PostgreSQL of the harness alone, which may be killed, stopped and filled; nobody else works in it."""

import os
import shutil
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

from expertteam.postgres.server import Server


class Cluster(Server):
    """Started and stopped by hand; what was committed is on the disk, as in production."""

    def stop(self, mode="fast"):
        self._must("pg_ctl", "-D", self.data, "-w", "-s", "-m", mode, "stop")

    def start(self):
        log = self.base / "server.log"
        self._must("pg_ctl", "-D", self.data, "-w", "-s", "-t", "60", "-l", log, "start", start_new_session=True)

    def now(self):
        """What time it is, as it believes."""
        return self._pg("psql", "-h", self.sock, "-U", "postgres", "-Atqc", "SELECT now()")[1]

    def restart(self, env):
        """Stopped, and started in this environment."""
        self.stop()
        with patch.dict(os.environ, env):
            self.start()

    def crash(self):
        """All its processes at once, no checkpoint; it repairs itself when it starts."""
        self.stop("immediate")
        self.start()


@contextmanager
def cluster(on=nullcontext):
    """A cluster that is gone afterwards; `on` says on which disk it lies."""
    project = Path(tempfile.mkdtemp(prefix="chaos-"))
    made = Cluster(project)
    made.base.mkdir(parents=True)
    with on(made.base):
        try:
            made.ensure()
            for setting in ("synchronous_commit = on", "max_wal_size = '64MB'"):
                made._must("psql", "-h", made.sock, "-U", "postgres", "-qc", f"ALTER SYSTEM SET {setting}")
            made.crash()
            yield made
        finally:
            made._pg("pg_ctl", "-D", made.data, "-w", "-s", "-m", "immediate", "stop")
    shutil.rmtree(made.base, ignore_errors=True)
    shutil.rmtree(project, ignore_errors=True)
