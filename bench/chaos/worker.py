"""An ambulant begeleider at work: takes one step after another, and sends it again until somebody says it is done."""

import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from bench.chaos.browser import Browser

ROUND = ["terug_plannen", "plannen", "bezoek", "evalueren_ab"]  # from evaluatie back to evaluatie
TARGET = {"terug_plannen": "plannen", "plannen": "uitvoeren", "bezoek": "uitvoeren", "evalueren_ab": "evaluatie"}
FROM = {"evaluatie": 0, "plannen": 1, "uitvoeren": 2}  # where in the round a traject is
AGAIN = {0, 502, 503}  # a person tries again after these


@dataclass
class Told:
    """A step that somebody took, and what he knows of it."""

    step: str
    mark: str
    key: str
    done: bool = False
    tries: int = 0
    seconds: float = 0


def fields(step, mark, day=""):
    """What he types; the mark is in it, so that it can be found."""
    return {
        "terug_plannen": {"note": mark},
        "plannen": {"doel": "Zelf beginnen", "afspraken": mark},
        "bezoek": {"soort": "observatie", "minuten_0": "60", "datum": day, "notitie": mark},
        "evalueren_ab": {},
    }[step]


@dataclass
class Worker:
    """One person, one window, one traject."""

    service: object
    traject: str
    email: str
    number: int
    state: str  # of the traject, when he begins
    pause: float = 0.15  # before he tries again
    told: list = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    strange: list = field(default_factory=list)  # answers that should not be

    def log_in(self):
        self.browser = Browser(self.service, self.number).log_in(self.email)
        return self

    def patiently(self, ask, stop, typed=""):
        """The first answer that is one; every answer on the way to it is counted."""
        while True:
            answer = ask()
            self.statuses[answer.status] += 1
            if answer.status not in {200, 302, *AGAIN}:
                self.strange.append(f"{self.path}: {answer.status} {answer.heading}")
            if answer.status == 503 and "Retry-After" not in answer.headers:
                self.strange.append(f"{self.path}: 503 that does not say when to try again")
            if answer.status == 503 and not answer.says(typed):
                self.strange.append(f"{self.path}: 503 without what was typed: {answer.heading}")
            if answer.status not in AGAIN or stop.is_set():
                return answer
            time.sleep(self.pause)

    def take(self, stop):
        """The next step; True when he was told that it is done."""
        page = self.form(stop)
        return bool(page) and self.send(page, stop)

    @property
    def next(self):
        """The step that he takes next."""
        return ROUND[(FROM[self.state] + len(self.told)) % 4]

    @property
    def path(self):
        return f"/traject/{self.traject}/{self.next}/"

    def form(self, stop):
        """The page of the next step, with its one-time key; None when the time is over."""
        page = self.patiently(lambda: self.browser.get(self.path), stop)
        if page.status == 200 and "sleutel" in page.hidden:
            return page
        self.strange += [f"{self.path}: no form but {page.status} {page.location}"] * (page.status not in AGAIN)
        return None

    def send(self, page, stop):
        """Fill it in and send it, with the same key until there is an answer."""
        step, mark, path, began = self.next, f"merk {uuid.uuid4().hex}", self.path, time.monotonic()
        told = Told(step, mark, page.hidden["sleutel"])
        given, typed = page.hidden | fields(step, mark, page.day), mark if fields(step, mark) else ""
        self.told.append(told)

        def post():
            told.tries += 1
            return self.browser.post(path, given)

        answer = self.patiently(post, stop, typed)
        told.done, told.seconds = answer.status == 302 and "inloggen" not in answer.location, time.monotonic() - began
        if not told.done and answer.status not in AGAIN:
            self.strange.append(f"{step}: {answer.status} {answer.location} after {told.tries} tries")
        return told.done


class Crew:
    """Everybody at once, until so many steps are done or the time is over."""

    def __init__(self, world, service, count):
        states = dict(world.sql("SELECT id, state FROM cases_traject"))
        pairs = zip(range(count), world.trajecten, strict=False)
        self.workers = [Worker(service, str(pk), email, n, states[pk]).log_in() for n, (pk, email) in pairs]
        self.stop = threading.Event()

    @property
    def done(self):
        return sum(told.done for w in self.workers for told in w.told)

    @property
    def statuses(self):
        """Every answer that anybody got, counted."""
        return sum((w.statuses for w in self.workers), start=Counter())

    def work(self, steps, seconds, fault=lambda crew: None):
        """`fault(crew)` goes on beside it until `crew.stop` is set; the seconds that it took."""
        began = time.monotonic()

        def one(worker):
            while not self.stop.is_set() and self.done < steps and worker.take(self.stop):
                pass

        threads = [threading.Thread(target=one, args=[worker]) for worker in self.workers]
        threads.append(threading.Thread(target=self.until, args=[fault]))
        for thread in threads:
            thread.start()
        while any(t.is_alive() for t in threads[:-1]) and time.monotonic() - began < seconds:
            time.sleep(0.05)
        self.stop.set()
        for thread in threads:
            thread.join()
        return time.monotonic() - began

    def until(self, fault):
        while not self.stop.is_set():
            fault(self)
