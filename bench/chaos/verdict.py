"""What people were told, beside what the database holds: lost, half done, doubled. Reads as the superuser."""

import subprocess
from collections import Counter
from dataclasses import dataclass, field

from bench.chaos.worker import TARGET

EVENTS = "SELECT step, source, target, note FROM cases_event WHERE object_id = %s ORDER BY at, id"
MARKS = """
SELECT note FROM cases_event WHERE note LIKE 'merk %'
UNION ALL SELECT notitie FROM cases_contactmoment WHERE notitie LIKE 'merk %'
UNION ALL (SELECT DISTINCT ON (id, versie) afspraken FROM cases_trajecthistorie h WHERE afspraken LIKE 'merk %'
    AND afspraken IS DISTINCT FROM (SELECT v.afspraken FROM cases_trajecthistorie v
        WHERE v.id = h.id AND v.pgh_id < h.pgh_id ORDER BY v.pgh_id DESC LIMIT 1))
"""
VISITS = """SELECT (SELECT count(*) FROM cases_contactmoment WHERE traject_id = t.id),
    (SELECT count(*) FROM cases_event WHERE object_id = t.id AND step = 'bezoek')
FROM cases_traject t WHERE t.id = %s"""
UNLINKED = """SELECT count(*) FROM cases_event e
WHERE NOT EXISTS (SELECT FROM cases_schakel s WHERE s.tabel = 'cases_event' AND s.rij = e.id::text)"""


@dataclass
class Before:
    """How many events and which version each traject had before anybody worked."""

    events: dict
    versions: dict

    @classmethod
    def of(cls, world):
        rows = world.sql("SELECT object_id::text, count(*) FROM cases_event GROUP BY 1")
        return cls(dict(rows), dict(world.sql("SELECT id::text, versie FROM cases_traject")))


@dataclass
class Verdict:
    """Sentences; all four empty when nothing went wrong."""

    lost: list = field(default_factory=list)
    half: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    seen: list = field(default_factory=list)  # answers that should not be

    @property
    def faults(self):
        return [*self.lost, *self.half, *self.doubled, *self.seen]

    def __str__(self):
        return f"lost {len(self.lost)}, half done {len(self.half)}, doubled {len(self.doubled)}, seen {len(self.seen)}"


def judge(world, before, crew):
    """Everything that is not as people were told."""
    verdict, marks = Verdict(), Counter(row[0] for row in world.sql(MARKS))
    for worker in crew.workers:
        verdict.seen += worker.strange
        one(verdict, world, before, worker)
        for told in worker.told:
            found = marks[told.mark]
            if told.done and not found and told.step != "evalueren_ab":
                verdict.lost.append(f"{worker.traject} {told.step}: the text is not there")
            if found > 1:
                verdict.doubled.append(f"{worker.traject} {told.step}: the text is there {found} times")
    if unlinked := world.sql(UNLINKED)[0][0]:
        verdict.half.append(f"{unlinked} events are in no chain")
    try:
        world.manage("keten")
    except subprocess.CalledProcessError as error:
        verdict.half += error.stderr.strip().splitlines()
    return verdict


def one(verdict, world, before, worker):
    """One traject: its events are what its person was told, and its state follows from them."""
    events = world.sql(EVENTS, worker.traject)[before.events[worker.traject] :]
    got, wanted = Counter(e[0] for e in events), Counter(t.step for t in worker.told if t.done)
    perhaps = Counter(t.step for t in worker.told if not t.done)
    verdict.lost += [f"{worker.traject} {step}: no event" for step in (wanted - got).elements()]
    verdict.doubled += [f"{worker.traject} {step}: an event too many" for step in (got - wanted - perhaps).elements()]
    state, versie = world.sql("SELECT state, versie FROM cases_traject WHERE id = %s", worker.traject)[0]
    if events and state != events[-1][2]:
        verdict.half.append(f"{worker.traject}: {state}, but the last event says {events[-1][2]}")
    if versie != before.versions[worker.traject] + len(events):
        verdict.half.append(f"{worker.traject}: version {versie}, {len(events)} events")
    made, said = world.sql(VISITS, worker.traject)[0]
    if made != said:
        verdict.half.append(f"{worker.traject}: {made} visits, {said} events of a visit")
    path = [worker.state, *(e[2] for e in events)]
    if [e[1] for e in events] != path[:-1] or any(TARGET[e[0]] != e[2] for e in events):
        verdict.half.append(f"{worker.traject}: the events do not follow each other")
