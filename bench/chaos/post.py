"""The worker of the queue is killed again and again while mail leaves: python -m bench.chaos.post [steps].

Every mail that a step owes arrives; one that arrives twice says so itself, by its Message-ID.
"""

import asyncio
import signal
import subprocess
import sys
import time

from bench.chaos.gaps import broken
from bench.chaos.worker import Crew
from bench.chaos.world import world
from bench.wereld import ROOT
from tests.post.sink import Sink, free_port, smtp

OWED = {"terug_plannen": 2, "plannen": 1, "bezoek": 0, "evalueren_ab": 2}  # mails of a step
LEFT = "SELECT count(*) FROM procrastinate_jobs WHERE queue_name <> 'default'"
LAST = 180  # seconds: a job of a killed worker is done again after half a minute


class Slow(Sink):
    """A mail server that takes a moment, so that a worker dies in the middle of it."""

    async def handle_DATA(self, *about):  # noqa: N802
        await asyncio.sleep(0.1)
        said = await super().handle_DATA(*about)
        await asyncio.sleep(0.1)
        return said


def deliver(made, sink, kills):
    """Workers, one after the other, each but the last killed after two mails more; how many were killed in time."""
    done = 0
    for last in [False] * kills + [True]:
        before, end = len(sink.messages), time.monotonic() + LAST
        worker = subprocess.Popen([sys.executable, "-m", "bench.chaos.server", "worker"], cwd=ROOT, env=made.env)
        try:
            while time.monotonic() < end and made.sql(LEFT)[0][0] and (last or len(sink.messages) < before + 2):
                time.sleep(0.05)
        finally:
            done += not last and len(sink.messages) >= before + 2
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    return done


def run(made, steps, kills):
    """(mails owed, Message-IDs that arrived, mails that arrived, kills, jobs left)."""
    port = free_port()
    made.env |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    with broken(made) as service:
        crew = Crew(made, service, 4)
        crew.work(steps, 300)
    owed = sum(OWED[told.step] for worker in crew.workers for told in worker.told if told.done)
    with smtp(port, Slow()) as sink:
        killed = deliver(made, sink, kills)
    return owed, len(sink.keys), len(sink.messages), killed, made.sql(LEFT)[0][0]


def main(steps=100, kills=20):
    with world() as made:
        owed, arrived, mails, killed, left = run(made, steps, kills)
    print(
        f"post: {owed} mails owed, {killed} workers killed; {arrived} arrived, {mails - arrived} of them twice;",
        end=" ",
    )
    print(f"{left} jobs left", flush=True)
    return arrived != owed or left


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
