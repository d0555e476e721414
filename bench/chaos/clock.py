"""Other times: the clock goes forward and back, 1 August, a leap day, and a server whose clock is not the database's.

python -m bench.chaos.clock. The database and the server both live at that moment (libfaketime); people work across it.
"""

import datetime
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from bench.chaos.browser import Browser
from bench.chaos.cluster import cluster
from bench.chaos.service import Service
from bench.chaos.verdict import Before, judge
from bench.chaos.worker import Crew
from bench.chaos.world import world

MOMENTS = {  # just before it happens, in UTC
    "forward": "2027-03-28 00:59:45",
    "back": "2027-10-31 00:59:45",
    "half past two, for the second time": "2027-10-31 01:30:00",
    "1 August": "2027-07-31 21:59:45",
    "leap day": "2028-02-28 22:59:45",
    "after the leap day": "2028-02-29 22:59:45",
}
PAGES = ["/werklijst/", "/vandaag/", "/uren/", "/kring/", "/aanmeldingen/", "/tellen/", "/kring/afstemming/"]
PEOPLE = [f"{name}@demo.example" for name in ("olga.specht", "rosa.visser", "noor.jansen", "coen.vandam")]
ORDER = """SELECT count(*) FROM (
    SELECT at, lag(at) OVER (PARTITION BY object_id ORDER BY id) AS before FROM cases_event) e WHERE at < before"""


def shifted(seconds):
    """The environment in which a program believes that it is so many seconds later."""
    library = Path(find_spec("libfaketime").submodule_search_locations[0]) / "vendor/libfaketime/src/libfaketime.so.1"
    return {"LD_PRELOAD": str(library), "FAKETIME": f"{seconds:+.0f}", "DONT_FAKE_MONOTONIC": "1"}


def until(moment):
    """Seconds from now to this moment."""
    there = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
    return there.timestamp() - time.time()


def run(made, offset, steps=24):
    """People who work at that moment: a verdict."""
    before = Before.of(made)
    with tempfile.TemporaryFile() as log, Service(made.env | shifted(offset), log) as service:
        crew = Crew(made, service, 3)
        crew.work(steps, 300)
        people = [Browser(service, n).log_in(who) for n, who in enumerate(PEOPLE)]
        statuses = [(path, person.get(path).status) for person in people for path in PAGES]
    verdict = judge(made, before, crew)
    verdict.seen += [f"{path}: {status}" for path, status in statuses if status not in {200, 302, 403, 404}]
    verdict.half += [f"{n} events before the one before" for (n,) in made.sql(ORDER) if n]
    return verdict, crew.done


def main(*names):
    wrong = 0
    with cluster() as own:
        with world(server=own):  # filled, at the time that it is
            pass
        for name, moment in MOMENTS.items():
            if names and name not in names:
                continue
            offset = until(moment)
            own.restart(shifted(offset))
            assert own.now()[:10] >= moment[:10], "the database does not believe it"
            with world(server=own) as made:
                verdict, done = run(made, offset)
            print(f"clock {name}: {done} steps; {verdict}", *verdict.faults[:5], sep="\n  ", flush=True)
            wrong += bool(verdict.faults)
        own.restart({})
        for skew in () if names else (300, -300):
            with world(server=own) as made:
                verdict, done = run(made, skew)
            print(
                f"clock of the server {skew:+} s: {done} steps; {verdict}", *verdict.faults[:5], sep="\n  ", flush=True
            )
            wrong += bool(verdict.faults)
    return wrong


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
