"""kill -9 of a worker, and of the whole server, while people take steps: python -m bench.chaos.kills [steps]."""

import random
import sys
import tempfile

from bench.chaos.service import Service
from bench.chaos.verdict import Before, judge
from bench.chaos.worker import Crew
from bench.chaos.world import world

DICE = random.Random(1)


def answers(crew):
    """How many pages and redirects people have got by now."""
    return sum(w.statuses[200] + w.statuses[302] for w in crew.workers)


def after(crew, least, most):
    """Wait until people got so many answers more, and then a moment: in the middle of the next ones."""
    until = answers(crew) + DICE.randint(least, most)
    while answers(crew) < until and not crew.stop.wait(0.01):
        pass
    crew.stop.wait(DICE.uniform(0, 0.3))


def workers(service, done):
    """A fault: a random worker after every 2 to 10 answers, however fast the machine is."""

    def fault(crew):
        after(crew, 2, 10)
        while not (killed := service.kill_worker(DICE)) and not crew.stop.wait(0.02):
            pass
        done.append(killed)

    return fault


def group(service, done):
    """A fault: the whole process group after every 30 to 150 answers."""

    def fault(crew):
        after(crew, 30, 150)
        done.append(service.kill_group())

    return fault


def run(made, kind, steps, seconds=600, clients=8, broken=""):
    """So many steps under one kind of fault: (verdict, a line about it)."""
    before, kills = Before.of(made), []
    with tempfile.TemporaryFile() as log, Service(made.env | {"BROKEN": broken}, log) as service:
        crew = Crew(made, service, clients)
        took = crew.work(steps, seconds, kind(service, kills))
    verdict = judge(made, before, crew)
    again = sum(told.tries - 1 for w in crew.workers for told in w.told)
    what = f"{kind.__name__}{' ' + broken if broken else ''}: {crew.done} of {steps} steps, {sum(kills)} kills"
    line = f"{what}, {took:.0f} s, {again} sent again; {verdict}; {dict(crew.statuses)}"
    return verdict, line


def main(steps=1000):
    wrong = 0
    for kind, broken in ((workers, ""), (group, ""), (workers, "transaction")):
        with world() as made:
            verdict, line = run(made, kind, steps, broken=broken)
        print(line, *verdict.faults[:10], sep="\n  ", flush=True)
        wrong += bool(verdict.faults) != bool(broken)
    return wrong


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
