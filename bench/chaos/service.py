"""What systemd is in production: it starts the server, and starts it again when it has gone."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench.wereld import ROOT

OPTIONS = ["--interface", "wsgi", "--blocking-threads", "2", "--respawn-failed-workers", "--respawn-interval", "0.1"]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Service:
    """The server of a world, kept running until the `with` ends; by its process group, and by nothing else."""

    def __init__(self, env, log, workers=2, before=()):
        self.env, self.log, self.before, self.port = env, log, list(before), free_port()
        self.options = [*OPTIONS, "--workers", str(workers), "--port", str(self.port)]
        self.stopping, self.count = threading.Event(), workers

    def __enter__(self):
        self.keeper = threading.Thread(target=self.keep)
        self.process = self.start()
        self.keeper.start()
        self.wait()
        return self

    def __exit__(self, *error):
        self.stopping.set()
        self.kill_group()
        self.keeper.join()
        self.kill_group()  # it may have been started again meanwhile
        self.process.wait()
        self.process.stdin.close()

    def start(self):
        command = [*self.before, sys.executable, "-m", "bench.chaos.server", *self.options]
        return subprocess.Popen(
            [*command, "bench.chaos.server:application"], cwd=ROOT, env=self.env, stdin=subprocess.PIPE,
            stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip

    def keep(self):
        """Start it again whenever it is gone."""
        while not self.stopping.is_set():
            if self.process.poll() is not None:
                self.kill_group()  # no worker of before stays behind
                self.process.stdin.close()
                self.process = self.start()
            time.sleep(0.02)

    def wait(self, seconds=120):
        """Until it takes connections."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("the server does not start")

    def workers(self):
        """The process ids of the workers that live."""
        main = self.process.pid
        try:
            return [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split() if lives(pid)]
        except OSError:
            return []

    def kill_worker(self, dice=random):
        """kill -9 of one, when all are there."""
        workers = self.workers()
        return len(workers) == self.count and kill(os.kill, dice.choice(workers))

    def kill_all(self):
        """kill -9 of every worker; the server itself stays."""
        return [kill(os.kill, pid) for pid in self.workers()]

    def kill_group(self):
        """kill -9 of everything that was started."""
        return kill(os.killpg, self.process.pid)

    def rss(self):
        """The largest worker, in MiB."""
        sizes = []
        for pid in self.workers():
            try:
                line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
            except (OSError, StopIteration):
                continue
            sizes.append(int(line.split()[1]) / 1024)
        return max(sizes, default=0)


def lives(pid):
    """It is there, and has not been killed already."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] not in "ZX"
    except OSError:
        return False


def kill(how, pid):
    try:
        how(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
