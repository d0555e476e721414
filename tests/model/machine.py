"""Random people press random buttons; the product and the werkwijze must say the same, after every step."""

import copy
import datetime
from random import Random
from unittest.mock import patch

from django.db import connection, transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from cases import bezorgen
from cases.engine import FLOWS, Refused
from cases.models import Aanmelding, Overleg
from tests.alles import closed, setting
from tests.model import begeleiding, rondom  # noqa: F401 their steps are on the list once they are read
from tests.model.antwoorden import DAG, GEWOON, MENS, antwoorden
from tests.model.vraag import vraag
from tests.model.werkwijze import MENSEN, STAPPEN, Wereld
from tests.people import LEERLING, TODAY

SEED = st.integers(0, 2**64 - 1)  # one throw of the dice for each step: all of a step follows from it
POT = 16  # hours: enough for a while
STANDEN = " UNION ALL ".join(f"SELECT '{k}', id, state, versie FROM cases_{k}" for k in FLOWS)
GROEP = {"hulpvraag": "Hoe?", "al_gedaan": "Iets.", "groep": 7, "groep_naam": "7b", "leerkracht": "Bo",
         "thema": "zorgstructuur"}  # fmt: skip


def dag(n):
    return TODAY + datetime.timedelta(days=n)


def zelfde_jaar(n):
    """This many days on, or today when that is in another schooljaar, which has a pot of its own."""
    return n if (dag(n).month >= 8) == (TODAY.month >= 8) and dag(n).year == TODAY.year else 0


def same(product, werkwijze, what):
    if isinstance(product, set):
        product, werkwijze = product - werkwijze, werkwijze - product
    assert product == werkwijze, f"{what}: {product}, and the werkwijze says {werkwijze}"


class Samen:
    """The product and the model side by side: what is done in the one is done in the other."""

    def __init__(self, people, schools, kring):
        self.people, self.schools, self.kring = people, schools, kring
        self.w, self.begin = Wereld(POT), {}

    def leg_uit(self, begin):
        """Bring dossiers somewhere; each step of it is checked like any other."""
        for name, steps in begin.items():
            first = len(self.w.dingen)
            for who, kind, naam, *n in steps:
                if naam == "nieuw":
                    self.nieuw(who, kind, **n[0])
                else:
                    self.probeer(who, self.w.alle(kind)[-1], naam, n[0] if n else {})
            self.begin[name] = range(first, len(self.w.dingen))
        self.begin_tot = len(self.w.dingen)

    def nieuw(self, who, kind, school, **f):
        made = {"overleg": self.nieuw_overleg, "aanmelding": self.nieuwe_vraag}[kind]
        self.w.post, self.w.agenda = [], []
        with closed(self.people[who]):
            made(who, school, **f)
        self.zelfde()

    def nieuw_overleg(self, who, school):
        o = self.w.nieuw("overleg", "nieuw", school=school, door=who)
        o.pk = Overleg.objects.create(school=self.schools[school], door=self.people[who]).pk
        when = {"datum": dag(1), "tijd": datetime.time(14), "minuten": 60}
        FLOWS["overleg"].take("plannen", o.pk, self.people[who], **when)
        self.w.ook(who, o, "plannen")

    def nieuwe_vraag(self, who, school, niveau, soort, setting=False):
        a = vraag(self.w, school, niveau, soort, who, setting=setting)
        text = LEERLING | {"andere_setting": "ja" if setting else "nee", "ouders_akkoord_op": dag(a.akkoord)}
        text = (text if niveau == "leerling" else GROEP) | {"niveau": niveau, "soort": soort}
        a.pk = Aanmelding.objects.create(school=self.schools[school], door=self.people[who], **text).pk

    def probeer(self, p, x, naam, n, leeg=None, oud=False):
        """Somebody tries a step; what comes of it, and of everything else, is the same in both."""
        n = self.vol(x, naam, n)
        n.pop(leeg, None)
        versie = x.versie - 1 if oud else x.versie
        said = self.w.doe(p, x, naam, n, waarom=leeg != "note", oud=oud)
        given = {k: self.echt(k, v) for k, v in n.items()} | {"note": "" if leeg == "note" else "Daarom"}
        done = self.neem(p, x, naam, given, versie)
        assert done == said, f"{p} {naam} {x}: {done}, and the werkwijze says {said}"
        self.zelfde()
        return said

    def vol(self, x, naam, n):
        """These answers, and a good one to every other question."""
        rest = {k: GEWOON.get(k, 0) for k in STAPPEN[x.kind, naam].vraagt}
        return rest | ({"aanmelding": self.w.alle("aanmelding")[-1]} if "aanmelding" in rest else {}) | n

    def neem(self, p, x, naam, given, versie):
        try:
            with transaction.atomic(), closed(self.people[p]):
                FLOWS[x.kind].take(naam, x.pk, self.people[p], versie=versie, **given)
        except Refused as refused:
            note(str(refused))
            return "geweigerd"
        except FLOWS[x.kind].model.DoesNotExist:
            return "onzichtbaar"
        return "gedaan"

    def echt(self, question, answer):
        """An answer of the model as the product knows it."""
        if question in MENS:
            return self.people[answer]
        if question == "aanmelding":
            return answer and Aanmelding.objects.get(pk=answer.pk)
        if question == "tijd":
            return datetime.time(15)
        is_day = question in DAG or question.endswith("_op")
        return dag(answer) if is_day and answer is not None else answer

    # what both say afterwards

    def zelfde(self):
        self.zelfde_standen()
        same(self.mail(), (sorted(self.w.post), sorted(self.w.agenda)), "mail")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pot_over(%s, %s, gen_random_uuid())", [self.kring.pk, TODAY])
            same(cursor.fetchone()[0], self.w.over(), "minutes left")

    def zelfde_standen(self):
        with connection.cursor() as cursor:
            cursor.execute(STANDEN)
            rows = {pk: (kind, state, versie) for kind, pk, state, versie in cursor.fetchall()}
        unknown = {rows[pk][0]: pk for pk in rows.keys() - {d.pk for d in self.w.dingen}}
        for ding in self.w.dingen:
            ding.pk = ding.pk or unknown.get(ding.kind)
        same({*rows.items()}, {(d.pk, (d.kind, d.state, d.versie)) for d in self.w.dingen}, "states")

    def mail(self):
        """Who gets mail when this commits, and who of them an appointment."""
        sent, calls = [], [entry[1] for entry in connection.run_on_commit]
        connection.run_on_commit = []
        with patch.object(bezorgen, "verstuur", lambda *about: sent.append(about)):
            for call in calls:
                call()
        names = {user.email: name for name, user in self.people.items()}
        return tuple(sorted(names[to] for _, to, _, _, part in sent if part or every) for every in (True, False))

    def zelfde_zicht(self, p):
        """What somebody sees, and what waits for him."""
        with closed(self.people[p]):
            assert setting("test.alles") == "off"
            for kind in {d.kind for d in self.w.dingen}:
                there, visible = self.w.alle(kind), FLOWS[kind].model.objects.visible_to(self.people[p])
                seen = {d.pk for d in there if self.w.rollen(p, d)}
                same({*visible.values_list("pk", flat=True)}, seen, f"{kind} that {p} sees")
            for kind in ("aanmelding", "traject"):
                waits = {d.pk for d in self.w.alle(kind) if self.w.wacht(p, d)}
                found = FLOWS[kind].waiting_for(self.people[p]).values_list("pk", flat=True)
                same({*found}, waits, f"{kind} that waits for {p}")


class Machine(RuleBasedStateMachine):
    samen, begin = None, None  # laid out once; which of the beginnings are played with
    liever, vaak = None, 0  # a step (kind, name) that is looked for, and how often it is tried instead of another

    def __init__(self):
        super().__init__()
        self.s, self.vorige = copy.copy(self.samen), None
        self.s.w = copy.deepcopy(self.samen.w)
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self):
        connection.run_on_commit = []
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(seed=SEED)
    def beginnen(self, seed):
        self.dice = Random(seed)
        mine = self.s.begin[self.dice.choice(self.begin or [*self.s.begin])]
        self.mijn = [d for d in self.s.w.dingen if d.nr in mine]

    @rule(seed=SEED)
    def verder(self, seed):
        dice = Random(seed ^ self.dice.getrandbits(64))  # the same throw twice is another step
        if dice.random() < self.vaak:
            return self.gezocht(dice)
        dice.choice(8 * [self.stap] + 5 * [self.zomaar] + [self.nogmaals, self.ot] + 2 * [self.kijken])(dice)

    def dichtbij(self):
        """What this run is about, and all that came of it."""
        return self.mijn + self.s.w.dingen[self.s.begin_tot :]

    def stap(self, dice):
        """Mostly something that will be taken, so that dossiers get on."""
        for _ in range(4):
            x = dice.choice([x for x in self.dichtbij() if self.kan(x)] or self.s.w.dingen)
            p, naam = dice.choice(self.kan(x) or [("vera", self.namen(x)[0])])
            n = self.kies(dice, x, naam)
            if self.s.w.zou(p, x, naam, self.s.vol(x, naam, n)) == "gedaan":
                break
        self.probeer(p, x, naam, n)

    def zomaar(self, dice):
        """Anybody, anything, at any time, also with a question left open."""
        x = dice.choice(dice.choice([self.dichtbij(), self.s.w.dingen]))
        naam = dice.choice(self.namen(x))
        leeg = dice.choice([None, None, None, *STAPPEN[x.kind, naam].vraagt, "note"])
        self.probeer(dice.choice([*MENSEN]), x, naam, self.kies(dice, x, naam), leeg)

    def gezocht(self, dice):
        """The step that is looked for, there where it can be, by anybody who sees it; mostly with all that it asks."""
        s = STAPPEN[self.liever]
        there = [x for x in self.dichtbij() if x.kind == s.kind and (x.state in s.bij or dice.random() < 0.1)]
        if not there:
            return self.stap(dice)
        x = dice.choice(there)
        p = dice.choice([p for p in MENSEN if self.s.w.rollen(p, x)] or [*MENSEN])
        leeg = dice.choice([None, None, None, *s.vraagt, "note"])
        self.probeer(p, x, s.naam, self.kies(dice, x, s.naam), leeg)

    def nogmaals(self, dice):
        """The same once more, from a form that was opened before."""
        if self.vorige:
            note("nogmaals, met een oud formulier")
            self.s.probeer(*self.vorige, oud=True)

    def ot(self, dice):
        """The IB-er plans an OT of her school."""
        if not self.s.w.alle("overleg")[2:]:
            who, school = dice.choice([("sam", "Berg"), ("bea", "Beek")])
            note(f"{who}: nieuw OT")
            self.s.nieuw(who, "overleg", school=school)

    def kijken(self, dice):
        self.s.zelfde_zicht(dice.choice([*MENSEN]))

    @staticmethod
    def namen(x):
        return [naam for (kind, naam), s in STAPPEN.items() if kind == x.kind and s.wie]

    def kan(self, x):
        """(who, step) that may well be taken; what ends something is there less often."""
        found = [
            (p, s) for p in MENSEN if (r := self.s.w.rollen(p, x)) for (kind, _), s in STAPPEN.items()
            if kind == x.kind and s.wie & r and x.state in s.bij and (not s.soort or x.soort in s.soort)
        ]  # fmt: skip
        return 3 * [(p, s.naam) for p, s in found if not s.eind] + [(p, s.naam) for p, s in found if s.eind]

    def kies(self, dice, x, naam):
        options = antwoorden(self.s.w, x, naam, zelfde_jaar(1), zelfde_jaar(-1))
        return {k: dice.choice([v[0], *v]) for k, v in options.items() if v}

    def probeer(self, p, x, naam, n, leeg=None):
        note(f"{p}: {naam} {x} {n} {'zonder ' + leeg if leeg else ''}")
        if self.s.probeer(p, x, naam, n, leeg) == "gedaan":
            self.vorige = (p, x, naam, n, leeg)
