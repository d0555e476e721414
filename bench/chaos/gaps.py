"""Every gap of a step is hit: the request waits before it writes in a table, and there its process is killed.

No clock in it: the harness holds that table until the database says who waits. python -m bench.chaos.gaps
"""

import sys
import tempfile
import threading
import time
from contextlib import contextmanager

from bench.chaos.service import Service
from bench.chaos.verdict import Before, judge
from bench.chaos.worker import ROUND, Crew
from bench.chaos.world import world

TABLES = ["expertteam_verzoek", "cases_event", "cases_schakel", "cases_traject", "cases_trajecthistorie"]
OF_A_VISIT = ["cases_contactmoment", "cases_contactmomenthistorie"]
WAITS = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
ROUNDS = [(table, step) for step in ROUND for table in TABLES + OF_A_VISIT * (step == "bezoek")]


def waiting(made, table):
    """The backend that wants to write there."""
    while not (found := made.sql(WAITS, table)):
        time.sleep(0.02)
    return found[0][0]


def hit(made, service, worker, table):
    """One step, killed where it wants to write in this table; then it is sent again, until somebody says it is done."""
    stop = threading.Event()
    page = worker.form(stop)
    sender = threading.Thread(target=worker.send, args=[page, stop])
    with made.connect() as holder, holder.transaction():
        holder.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        sender.start()
        backend = waiting(made, table)
        service.kill_all()
        made.sql("SELECT pg_terminate_backend(%s)", backend)
    sender.join()


def run(made, service, rounds):
    """The verdict after each of these gaps was hit once: (table, step)."""
    before, crew = Before.of(made), Crew(made, service, 1)
    worker = crew.workers[0]
    for table, step in rounds:
        while worker.next != step:
            worker.take(threading.Event())
        hit(made, service, worker, table)
    return judge(made, before, crew)


@contextmanager
def broken(made, name="", **more):
    """The server of this world, broken in this way, with more in its environment."""
    with tempfile.TemporaryFile() as log, Service(made.env | ({"BROKEN": name} if name else {}) | more, log) as service:
        yield service


def main():
    wrong = 0
    for name, rounds in (
        ("", ROUNDS),
        ("transaction", [("cases_traject", "bezoek"), ("cases_contactmoment", "bezoek")]),
    ):
        with world() as made, broken(made, name) as service:
            verdict = run(made, service, rounds)
        print(f"gaps {name}: {len(rounds)} hit; {verdict}", *verdict.faults[:10], sep="\n  ", flush=True)
        wrong += bool(verdict.faults) != bool(name)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
