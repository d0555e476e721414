"""The same form sent a hundred times at once: one effect, one answer. python -m bench.chaos.identical [how many]."""

import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from bench.chaos.browser import Browser
from bench.chaos.gaps import broken
from bench.chaos.worker import AGAIN, fields
from bench.chaos.world import world

EVENTS = "SELECT count(*) FROM cases_event WHERE object_id = %s AND step = 'bezoek'"


def run(made, service, count=100):
    """(answers that differ, visits, events of a visit, tries) after so many identical posts."""
    (pk, email), mark = made.trajecten[0], f"merk {uuid.uuid4().hex}"
    before = made.sql(EVENTS, pk)[0][0]
    browser, path = Browser(service).log_in(email), f"/traject/{pk}/bezoek/"
    page = browser.get(path)
    given, gate, tries = page.hidden | fields("bezoek", mark, page.day), threading.Barrier(count), []

    def send(_):
        gate.wait()
        while True:
            answer = browser.post(path, given)
            tries.append(answer.status)
            if answer.status not in AGAIN:
                return answer.status, answer.location
            time.sleep(0.2)

    with ThreadPoolExecutor(count) as pool:
        answers = set(pool.map(send, range(count)))
    visits = made.sql("SELECT count(*) FROM cases_contactmoment WHERE notitie = %s", mark)[0][0]
    return answers, visits, made.sql(EVENTS, pk)[0][0] - before, len(tries)


def wrong(outcome):
    answers, visits, events, _ = outcome
    return not (len(answers) == 1 and next(iter(answers))[0] == 302 and visits == events == 1)


def main(count=100):
    faults = 0
    for name in ("", "key"):
        with world() as made, broken(made, name) as service:
            outcome = run(made, service, count)
        answers, visits, events, tries = outcome
        print(f"identical {name}: {count} posts, {tries} tries, {len(answers)} answers,"
              f" {visits} visits, {events} events", flush=True)  # fmt: skip
        faults += wrong(outcome) != bool(name)
    return faults


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
