"""What the werkwijze promises, said once more in plain Python: no Django, no table of the product.

Written from the rules of the source documents. Of each step: who may take it, when, what must be true, what changes
and who hears of it. The steps stand in vraag.py (aanmelding), begeleiding.py (traject) and rondom.py (the rest).
"""

import copy
from types import SimpleNamespace

MENSEN = {  # who is what, and where
    "sam": ("ib", "Berg"), "dirk": ("ib", "Dal"), "bea": ("ib", "Beek"),
    "olga": ("os", "Merel"), "otto": ("os", "Spreeuw"),
    "abel": ("ab", "Merel"), "tess": ("ab", "Merel Spreeuw"), "eef": ("ab", "Uil"),
    "coen": ("coordinator", ""), "gerda": ("gw", ""), "arie": ("aed", ""), "vera": ("", ""),
}  # fmt: skip
TEAM = {"Berg": "Merel", "Dal": "Merel", "Beek": "Spreeuw"}  # all in one kring
BASIS_LICHT, COMPLEX = {"basis", "licht"}, {"complex"}
HGW = {"waarnemen", "begrijpen", "plannen", "uitvoeren"}
LOOPT = HGW | {"lopend", "evaluatie"}
VERSTUURD = {"ingediend", "opgepakt"}
VAN_HET_DOSSIER = {"aanmelding", "route", "agendapunt", "afspraak"}
VAN_HET_TRAJECT = {"traject", "contactmoment", "consult", "expertiseindeklas", "dagdeel"}
RUST_OP_TOESTEMMING = {"aanmelding", "traject", "agendapunt", "route"}
STAPPEN = {}


class Nee(Exception):
    """This step is refused."""


class Ding(SimpleNamespace):
    """One object: its kind, its state, how often it changed, and what the rules need to know of it."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other

    def __repr__(self):
        return f"{self.kind}{self.nr}[{self.state}]"


def eis(waar):
    if not waar:
        raise Nee


def stap(kind, naam, wie, bij, *, soort=(), vraagt="", waarom=False, mail="", deel=False, ook_zonder=False, eind=False):
    """One step of the werkwijze; the function under it says what must be true, and then what changes."""

    def bewaar(regel):
        STAPPEN[kind, naam] = SimpleNamespace(
            kind=kind, naam=naam, wie=set(wie.split()), bij=set(bij.split()), soort=set(soort), vraagt=vraagt.split(),
            waarom=waarom, mail=mail.split(), deel=deel, ook_zonder=ook_zonder, eind=eind, regel=regel,
        )  # fmt: skip
        return regel

    return bewaar


def niets(w, p, x, n):
    """Nothing but the event."""


def naar(state):
    def regel(w, p, x, n):
        x.state = state

    return regel


def is_(rol, p, plaats=None):
    wat, waar = MENSEN[p]
    return wat == rol and (plaats is None or plaats in waar.split())


class Wereld:
    def __init__(self, uren):
        self.dingen, self.pot, self.klok = [], uren * 60, 0
        self.post, self.agenda = [], []  # who gets mail of the last step, and who of them has it in a calendar

    def nieuw(self, kind, state, **velden):
        ding = Ding(kind=kind, nr=len(self.dingen), state=state, versie=0, pk=None, **velden)
        self.dingen.append(ding)
        return ding

    def alle(self, kind, **velden):
        return [d for d in self.dingen if d.kind == kind and all(getattr(d, k) == v for k, v in velden.items())]

    # who is who

    def rollen(self, p, x):
        """The roles of somebody in an object; none: he does not see it."""
        if x.kind == "overleg":
            punten = [punt for punt in self.alle("agendapunt", overleg=x) if punt.state != "vervallen"]
            return self.namen(IB=is_("ib", p, x.school), OS=is_("os", p, TEAM[x.school]),
                              AB=p in [punt.ab for punt in punten])  # fmt: skip
        if x.kind == "offerte":
            team = TEAM[x.school]
            return self.namen(IB=is_("ib", p, x.school), OS=is_("os", p, team), TEAM=is_("ab", p, team),
                              AED=is_("aed", p))  # fmt: skip
        a, t = self.dossier(x), self.traject(x)
        team = TEAM[a.school]
        here = self.namen(
            IB=is_("ib", p, a.school),
            OS=a.verstuurd and is_("os", p, team),
            AB=p in (a.ab, *(t.uitvoerder for t in self.alle("traject", a=a))) and is_("ab", p),
            TEAM=a.soort == "complex" and a.state in VERSTUURD and is_("ab", p, team),
            EXPERT=any(p in t.betrokken for t in self.alle("traject", a=a)),
        )
        if x.kind == "aanmelding":
            return here
        if t:
            here = here - {"AB"} | self.namen(AB=is_("ab", p) and p in (a.ab, t.uitvoerder))
        here -= {"TEAM"} | ({"EXPERT"} if x.kind in {"route", "consult", "agendapunt", "afspraak"} else set())
        sees_traject = t and (here or any(p in t.betrokken for t in self.alle("traject", a=a)))
        if x.kind == "traject" and p == t.uitvoerder:
            here |= {"UITVOERDER"}
        if x.kind in {"contactmoment", "consult"} and p == x.door and sees_traject:
            here |= {"MAKER"}
        if x.kind == "consult" and p == x.aan:
            here |= {"GW"}
        if x.kind == "afspraak" and p == x.wie and self.rollen(p, a):
            here |= {"EIGENAAR"}
        return here

    @staticmethod
    def namen(**waar):
        return {naam for naam, is_zo in waar.items() if is_zo}

    @staticmethod
    def dossier(x):
        return x if x.kind == "aanmelding" else getattr(x, "a", None)

    @staticmethod
    def traject(x):
        return x if x.kind == "traject" else getattr(x, "t", None)

    def mensen(self, rol, x):
        """Who hears of it in this role: of the ambulant begeleiders, who has it now."""
        if rol == "AB" and x.kind in VAN_HET_DOSSIER:
            return {x.ab if x.kind == "aanmelding" else x.a.ab} - {None}
        return {p for p in MENSEN if rol in self.rollen(p, x)}

    # steps

    def doe(self, p, x, naam, n, waarom=True, oud=False):
        """What happens when somebody tries: "onzichtbaar", "geweigerd" or "gedaan"."""
        s, rollen = STAPPEN[x.kind, naam], self.rollen(p, x)
        self.post, self.agenda = [], []
        if not rollen:
            return "onzichtbaar"
        try:
            eis(not oud or s.deel)  # somebody else changed it after this form was opened
            eis(rollen & s.wie and x.state in s.bij and (not s.soort or x.soort in s.soort))
            eis(s.ook_zonder or x.kind not in RUST_OP_TOESTEMMING or self.dossier(x).weg is None)
            eis(all(n.get(vraag) not in (None, "") for vraag in s.vraagt) and (waarom or not s.waarom))
            self.neem(p, x, s, n)
        except Nee:
            return "geweigerd"
        return "gedaan"

    def zou(self, *step):
        """What would happen."""
        w, step = copy.deepcopy((self, step))
        return w.doe(*step)

    def neem(self, p, x, s, n):
        s.regel(self, p, x, n)
        x.versie += 1
        self.klok += 1
        self.meld(p, x, *s.mail)

    def ook(self, p, x, naam):
        """Another step that follows from this one."""
        self.neem(p, x, STAPPEN[x.kind, naam], {})

    def meld(self, p, x, *rollen):
        self.post += sorted(set().union(*(self.mensen(rol, x) for rol in rollen)) - {p})

    # what follows from all of it

    def wacht(self, p, x):
        """Somebody should do something now with this aanmelding or traject."""
        r, s = self.rollen(p, x), x.state
        if x.kind == "aanmelding":
            complex_ = x.soort == "complex"
            return bool(
                "IB" in r and (s == "concept" or x.vraag and s in {*VERSTUURD, "gestart"})
                or s == "ingediend" and not x.vraag and ("OS" in r or complex_ and "TEAM" in r)
                or s == "opgepakt" and (x.ab is None and "TEAM" in r if complex_ else "OS" in r)
            )  # fmt: skip
        return bool(
            "AB" in r and s in {"voorbereiding", "waarnemen", "begrijpen", "plannen", "evaluatie"}
            or "OS" in r and s == "voorbereiding" and x.voortraject and not x.overdracht
            or "OS" in r and s == "evaluatie" and x.soort != "complex"
        )  # fmt: skip

    def over(self, behalve=None):
        """Minutes of the kring that can still be planned: work for an offerte, and of an OS, does not count."""
        booked = sum(c.minuten for c in self.alle("contactmoment", state="geboekt") if c.als == "ab")
        planned = sum(d.minuten for d in self.alle("dagdeel", state="gepland") if d is not behalve)
        return self.pot - booked - planned
