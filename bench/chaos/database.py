"""The database goes away under load: crashes, stays away, cuts every connection: python -m bench.chaos.database.

0 lost, no answer but 200, 302 and 503 with what was typed in it, and well again within five seconds.
"""

import random
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException

from bench.chaos.cluster import cluster
from bench.chaos.service import Service
from bench.chaos.verdict import Before, judge
from bench.chaos.worker import Crew
from bench.chaos.world import world

DICE = random.Random(1)
CUT = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND usename <> 'postgres'"


def ready(service):
    """What /readyz says."""
    connection = HTTPConnection("127.0.0.1", service.port, timeout=10)
    try:
        connection.request("GET", "/readyz", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def well_again(service, seconds=60):
    """Seconds until it says that it can work."""
    began = time.monotonic()
    while ready(service) != 200 and time.monotonic() - began < seconds:
        time.sleep(0.05)
    return time.monotonic() - began


def crashes(made, service, found, times=7):
    """pg_ctl stop -m immediate, and start."""

    def fault(crew):
        if len(found) < times:
            crew.stop.wait(DICE.uniform(1, 2))
            made.server.crash()
            found.append(well_again(service))
        else:
            crew.stop.wait(0.2)

    return fault


def away(made, service, found, seconds=30):
    """The database is stopped, and comes back half a minute later."""

    def fault(crew):
        if not found:
            crew.stop.wait(1)
            made.server.stop()
            time.sleep(seconds)
            made.server.start()
            found.append(well_again(service))
        else:
            crew.stop.wait(0.2)

    return fault


def cuts(made, service, found):
    """Every connection of the application is cut, again and again."""

    def fault(crew):
        crew.stop.wait(DICE.uniform(0.3, 0.8))
        made.sql(CUT, made.name, database="postgres")
        found.append(well_again(service))

    return fault


def cut_once(made, service, found):
    """One time, in the middle of the work."""
    fault = cuts(made, service, found)
    return lambda crew: crew.stop.wait(0.2) if found else fault(crew)


def shut(made, service, found, seconds=2):
    """This database takes no connections for a while, and the ones that are there are cut: the server stays."""

    def fault(crew):
        if found:
            crew.stop.wait(0.2)
            return
        made.of_postgres(f"ALTER DATABASE {made.name} ALLOW_CONNECTIONS false")
        made.sql(CUT, made.name, database="postgres")
        crew.stop.wait(seconds)
        made.of_postgres(f"ALTER DATABASE {made.name} ALLOW_CONNECTIONS true")
        found.append(well_again(service))

    return fault


def run(made, kind, steps, seconds=600, clients=8, broken=""):
    """(verdict, line about it, seconds until it was well, each time)."""
    before, found = Before.of(made), []
    with tempfile.TemporaryFile() as log, Service(made.env | {"BROKEN": broken}, log) as service:
        crew = Crew(made, service, clients)
        took = crew.work(steps, seconds, kind(made, service, found))
    verdict = judge(made, before, crew)
    verdict.seen += [f"well again only after {wait:.1f} s" for wait in found if wait > 5]
    name = f"{kind.__name__}{' ' + broken if broken else ''}"
    line = (
        f"{name}: {crew.done} of {steps} steps, {len(found)} times, well again in {max(found, default=0):.1f} s at most"
    )
    return verdict, f"{line}, {took:.0f} s; {verdict}; {dict(crew.statuses)}", found


def main(steps=1000):
    wrong = 0
    with cluster() as own:
        for kind, broken in ((crashes, ""), (away, ""), (cuts, ""), (cuts, "transaction")):
            with world(server=own) as made:
                verdict, line, found = run(made, kind, steps, broken=broken)
            print(line, *verdict.faults[:10], sep="\n  ", flush=True)
            wrong += bool(verdict.faults) != bool(broken) or not found
    return wrong


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
