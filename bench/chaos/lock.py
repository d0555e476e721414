"""Somebody holds one dossier for twenty seconds while fifty people browse: python -m bench.chaos.lock [seconds]."""

import random
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bench.chaos.browser import Browser
from bench.chaos.service import Service
from bench.chaos.worker import fields
from bench.chaos.world import world

WINDOWS, THINK = 50, (4, 8)  # seconds between two pages of one person
LATE = 6  # seconds: who cannot write now hears it before that
DRUK = "Iemand anders werkt aan hetzelfde"
PEOPLE = """SELECT DISTINCT u.email FROM schools_user u JOIN schools_aanstelling a ON a.user_id = u.id
WHERE a.rol IN ('ib', 'os', 'ab') ORDER BY 1"""


class Reader:
    """Somebody who looks at one page after another, and how long each took."""

    def __init__(self, service, number, email):
        self.browser, self.took, self.statuses = Browser(service, number).log_in(email), [], []
        self.dice = random.Random(number)
        self.pages = ["/hulp/", self.browser.get("/").location]  # where his work begins

    def read(self, stop):
        stop.wait(self.dice.uniform(0, THINK[1]))
        while not stop.is_set():
            began = time.monotonic()
            page = self.browser.get(self.dice.choice(self.pages))
            self.took.append(time.monotonic() - began)
            self.statuses.append(page.status)
            stop.wait(self.dice.uniform(*THINK))


def browse(readers, seconds, beside=lambda stop: None):
    """All pages of all readers in so many seconds, while something happens beside it."""
    stop = threading.Event()
    for reader in readers:
        reader.took, reader.statuses = [], []
    threads = [threading.Thread(target=reader.read, args=[stop]) for reader in readers]
    threads.append(threading.Thread(target=beside, args=[stop]))
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    took = sorted(seconds for reader in readers for seconds in reader.took)
    return took, {status for reader in readers for status in reader.statuses}


def p95(took):
    return took[int(len(took) * 0.95)]


class Stubborn:
    """Who wants to write in that dossier all the same, and what he is told each time."""

    def __init__(self, service, pk, email, mark):
        self.browser, self.path = Browser(service, 99).log_in(email), f"/traject/{pk}/bezoek/"
        page, self.mark, self.answers = self.browser.get(self.path), mark, []
        self.given = page.hidden | fields("bezoek", mark, page.day)

    def try_once(self):
        began = time.monotonic()
        answer = self.browser.post(self.path, self.given)
        self.answers.append((answer.status, time.monotonic() - began, answer.says(DRUK) and answer.says(self.mark)))
        return answer.status == 302

    def insist(self, stop):
        while not self.try_once() and not stop.wait(1):
            pass

    @property
    def refused_well(self):
        """Every refusal a 503 or 409 in Dutch that gives the text back."""
        return all(status in {409, 503} and kind for status, _, kind in self.answers if status != 302)


def run(made, seconds=20, windows=WINDOWS):
    """({"free" and "held": times of the readers}, statuses they saw, the stubborn one)."""
    with tempfile.TemporaryFile() as log, Service(made.env, log) as service:
        emails = [row[0] for row in made.sql(PEOPLE)]
        with ThreadPoolExecutor(4) as pool:
            readers = list(pool.map(lambda n: Reader(service, n, emails[n % len(emails)]), range(windows)))
        pk, email = made.trajecten[0]
        stubborn = Stubborn(service, pk, email, "merk blijft proberen")
        free, seen = browse(readers, seconds)
        with made.connect() as holder, holder.transaction():
            holder.execute("SELECT 1 FROM cases_traject WHERE id = %s FOR UPDATE", [pk])
            held, also = browse(readers, seconds, stubborn.insist)
        if stubborn.answers[-1][0] != 302:
            stubborn.insist(threading.Event())
    return {"free": free, "held": held}, seen | also, stubborn


def visits(made):
    """How often it went in."""
    return made.sql("SELECT count(*) FROM cases_contactmoment WHERE notitie = 'merk blijft proberen'")[0][0]


def main(seconds=20):
    with world() as made:
        times, seen, stubborn = run(made, seconds)
        made_it = visits(made)
    for name, took in times.items():
        p50 = took[len(took) // 2]
        print(f"lock {name}: {len(took)} pages, p50 {p50:.2f} s, p95 {p95(took):.2f} s, most {took[-1]:.2f} s")
    refused = [(status, f"{took:.1f} s") for status, took, _ in stubborn.answers]
    print(
        f"lock: others saw {seen}; refused: {refused}, well: {stubborn.refused_well}; then {made_it} visit", flush=True
    )
    late = max(took for _, took, _ in stubborn.answers) > LATE
    return p95(times["held"]) >= 1 or late or seen != {200} or not stubborn.refused_well or made_it != 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
