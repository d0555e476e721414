"""Random people press random buttons; the product and the werkwijze must say the same, after every step."""

import datetime

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from cases.engine import FLOWS, Refused
from cases.models import Aanmelding, Overleg
from schools.models import School
from tests.alles import closed, setting
from tests.model.antwoorden import DAG, GEWOON, MENS, antwoorden
from tests.model.begin import BEGIN
from tests.model.vraag import vraag
from tests.model.werkwijze import STAPPEN, Wereld
from tests.people import LEERLING, TODAY

POT = 12  # hours: enough for a while
STANDEN = " UNION ALL ".join(f"SELECT '{k}', id, state, versie FROM cases_{k}" for k in FLOWS)


def dag(n):
    return TODAY + datetime.timedelta(days=n)


def zelfde_jaar(n):
    """This many days on, or today when that is in another schooljaar, which has a pot of its own."""
    return n if (dag(n).month >= 8) == (TODAY.month >= 8) and dag(n).year == TODAY.year else 0


class Machine(RuleBasedStateMachine):
    people, kring, begin = {}, None, tuple(BEGIN)  # the fixture fills them in

    def __init__(self):
        super().__init__()
        self.w, self.vorige = Wereld(POT), None
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self):
        try:
            for p in self.people:
                self.zelfde_zicht(p)
        finally:
            connection.run_on_commit = []
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    # the steps

    @initialize(data=st.data())
    def beginnen(self, data):
        for who, kind, naam, *n in BEGIN[data.draw(st.sampled_from(self.begin), "begin")]:
            if naam == "nieuw":
                self.nieuw(who, kind, **n[0])
            else:
                self.probeer(who, self.w.alle(kind)[-1], naam, n[0] if n else {})

    @rule(data=st.data())
    def stap(self, data):
        """Mostly something that may well be taken, so that dossiers get on."""
        x = data.draw(st.sampled_from([d for d in self.w.dingen if self.kan(d)] or self.w.dingen), "wat")
        kan = self.kan(x)
        p, naam = data.draw(st.sampled_from(kan), "stap") if kan else ("olga", self.namen(x)[0])
        self.probeer(p, x, naam, self.kies(data, x, naam))

    @rule(data=st.data())
    def zomaar(self, data):
        """Anybody, anything, at any time, also with a question left open."""
        x = data.draw(st.sampled_from(self.w.dingen), "wat")
        naam = data.draw(st.sampled_from(self.namen(x)), "stap")
        p = data.draw(st.sampled_from([*self.people]), "wie")
        leeg = data.draw(st.sampled_from([None, None, *STAPPEN[x.kind, naam].vraagt, "note"]), "leeg")
        self.probeer(p, x, naam, self.kies(data, x, naam), leeg)

    @precondition(lambda self: self.vorige)
    @rule()
    def nogmaals(self):
        """The same once more, from a form that was opened before."""
        self.probeer(*self.vorige, oud=True)

    @rule(data=st.data())
    def nieuw_ot(self, data):
        """The IB-er plans an OT for her school."""
        who, school = data.draw(st.sampled_from([("sam", "Berg"), ("bea", "Beek")]), "school")
        if len(self.w.alle("overleg")) < 2:
            self.nieuw(who, "overleg", school=school)

    @staticmethod
    def namen(x):
        return [naam for (kind, naam), s in STAPPEN.items() if kind == x.kind and s.wie]

    def kan(self, x):
        """(who, step) that may well be taken: those that end something seldom."""
        found = [
            (p, s) for p in self.people if (r := self.w.rollen(p, x)) for (kind, naam), s in STAPPEN.items()
            if kind == x.kind and s.wie & r and x.state in s.bij and (not s.soort or x.soort in s.soort)
        ]  # fmt: skip
        going_on = [(p, s.naam) for p, s in found if not s.eind]
        return 3 * going_on + [(p, s.naam) for p, s in found if s.eind]

    def kies(self, data, x, naam):
        options = antwoorden(self.w, x, naam, zelfde_jaar(1), zelfde_jaar(-1))
        return {k: v[data.draw(st.sampled_from([0, 0, *range(len(v))]), k)] for k, v in options.items() if v}

    # the same step in the model and in the product

    def nieuw(self, who, kind, school, **f):
        place, user = School.objects.get(naam=school if school.startswith("Het") else f"{LID[school]} {school}"), self.people[who]
        if kind == "overleg":
            made = Overleg.objects.create(school=place, door=user)
            self.w.nieuw(kind, "nieuw", school=school, door=who).pk = made.pk
            o = self.w.alle(kind)[-1]
            FLOWS[kind].take("plannen", made.pk, user, datum=dag(1), tijd=datetime.time(14), minuten=60)
            self.w.post = []
            self.w.ook(who, o, "plannen")
            return self.zelfde(who)
        a = vraag(self.w, school, f["niveau"], f["soort"], who, setting=f.get("setting", False))
        text = LEERLING | {"andere_setting": "ja" if a.setting else "nee", "ouders_akkoord_op": dag(-30)}
        if a.niveau != "leerling":
            text = {"hulpvraag": "Hoe?", "al_gedaan": "Iets.", "groep": 7, "groep_naam": "7b", "leerkracht": "Bo",
                    "thema": "zorgstructuur"}  # fmt: skip
        text |= {"niveau": a.niveau, "soort": a.soort}
        a.pk = Aanmelding.objects.create(school=place, door=user, **text).pk

    def probeer(self, p, x, naam, n, leeg=None, oud=False):
        s = STAPPEN[x.kind, naam]
        n = {k: GEWOON.get(k, 0) for k in s.vraagt} | n
        n.pop(leeg, None)
        self.vorige = (p, x, naam, n, leeg)
        versie = x.versie - 1 if oud else x.versie
        verwacht = self.w.doe(p, x, naam, n, waarom=leeg != "note", oud=oud)
        assert (x, naam, p, self.neem(p, x, naam, n, leeg, versie)) == (x, naam, p, verwacht)
        self.zelfde(p)

    def neem(self, p, x, naam, n, leeg, versie):
        given = {k: self.echt(k, v) for k, v in n.items()}
        try:
            with transaction.atomic():
                FLOWS[x.kind].take(naam, x.pk, self.people[p], note="" if leeg == "note" else "Daarom", versie=versie,
                                   **given)  # fmt: skip
        except Refused:
            return "geweigerd"
        except FLOWS[x.kind].model.DoesNotExist:
            return "onzichtbaar"
        return "gedaan"

    def echt(self, vraag_, waarde):
        """An answer of the model as the product knows it."""
        if vraag_ in MENS:
            return self.people[waarde]
        if vraag_ == "aanmelding":
            return Aanmelding.objects.get(pk=waarde.pk)
        if vraag_ == "tijd":
            return datetime.time(15)
        is_day = vraag_ in DAG or vraag_.endswith("_op")
        return dag(waarde) if is_day and waarde is not None else waarde

    # and what both say afterwards

    def zelfde(self, p):
        self.zelfde_standen()
        assert self.mail() == sorted(self.w.post)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pot_over(%s, %s, gen_random_uuid())", [self.kring.pk, TODAY])
            assert cursor.fetchone()[0] == self.w.over()

    def zelfde_standen(self):
        with connection.cursor() as cursor:
            cursor.execute(STANDEN)
            rows = {pk: (kind, state, versie) for kind, pk, state, versie in cursor.fetchall()}
        known = {d.pk for d in self.w.dingen}
        for pk in rows.keys() - known:
            new = [d for d in self.w.dingen if d.pk is None and d.kind == rows[pk][0]]
            assert new, f"{rows[pk]} is new, and should not be"
            new[0].pk = pk
        assert rows == {d.pk: (d.kind, d.state, d.versie) for d in self.w.dingen}

    def mail(self):
        """Who gets mail when this commits."""
        outbox, calls = [], [entry[1] for entry in connection.run_on_commit]
        connection.run_on_commit = []
        for call in calls:
            outbox += [mail[3][0] for mail in call.__closure__[0].cell_contents]
        names = {user.email: name for name, user in self.people.items()}
        return sorted(names[address] for address in outbox)

    def zelfde_zicht(self, p):
        """What somebody sees, and what waits for him."""
        user = self.people[p]
        with closed(user):
            assert setting("test.alles") == "off"
            for kind, flow in FLOWS.items():
                there = self.w.alle(kind)
                seen = {*flow.model.objects.visible_to(user).values_list("pk", flat=True)} if there else set()
                assert (p, kind, seen) == (p, kind, {d.pk for d in there if self.w.rollen(p, d)})
                if kind in {"aanmelding", "traject"}:
                    waits = {*flow.waiting_for(user).values_list("pk", flat=True)}
                    assert (p, kind, waits) == (p, kind, {d.pk for d in there if self.w.wacht(p, d)})


LID = {"Berg": "De", "Beek": "De", "Dal": "Het"}
