"""Small numbers are not shown, and cannot be computed from what is shown (A-22). Knows nothing of a database.

A line is a total with its parts. Of a kring it is hidden by itself; parts of a kring (its schools) follow the kring,
and all kringen together follow the kringen. So nothing depends on who asks, or on what was asked before.
"""

from dataclasses import dataclass

DREMPEL = 5


@dataclass(frozen=True)
class Lijn:
    """The parts of one total: what is shown of each, and how many leerlingen, groepen or vragen are behind it."""

    waarden: tuple
    aantallen: tuple

    @classmethod
    def som(cls, lijnen):
        """The line of all of these together."""
        return cls(
            tuple(map(sum, zip(*(x.waarden for x in lijnen), strict=True))),
            tuple(map(sum, zip(*(x.aantallen for x in lijnen), strict=True))),
        )


@dataclass(frozen=True)
class Verborgen:
    """What is not shown of a line: its total, and which of its parts."""

    totaal: bool
    delen: frozenset


def een(lijn):
    """A kring by itself."""
    every = range(len(lijn.waarden))
    if sum(lijn.aantallen) < DREMPEL:
        return Verborgen(True, frozenset(every))
    hidden = dicht([lijn], {(0, c) for c in every if lijn.aantallen[c] < DREMPEL}, vrije_kolommen={*every})
    columns = {c for _, c in hidden}
    return Verborgen(False, frozenset(columns if any(lijn.waarden[c] for c in columns) else ()))


def delen(lijnen, geheel, rijen=None):
    """Each of the lines that together are a kring of which this is hidden: [Verborgen].

    `rijen`: the lines whose total is hidden elsewhere already, when that is known.
    """
    width = len(lijnen[0].waarden)
    if geheel.totaal:
        return [Verborgen(True, frozenset(range(width)))] * len(lijnen)
    totals = Lijn(tuple(sum(x.waarden) for x in lijnen), tuple(sum(x.aantallen) for x in lijnen))
    small = {(0, r) for r, n in enumerate(totals.aantallen) if n < DREMPEL}
    rows = {r for _, r in dicht([totals], small, vrije_kolommen={*range(len(lijnen))})} if rijen is None else rijen
    cells = {(r, c) for r in range(len(lijnen)) for c in range(width)}
    small = {(r, c) for r, c in cells if lijnen[r].aantallen[c] < DREMPEL}
    follows = {(r, c) for r, c in cells if r in rows or c in geheel.delen}
    hidden = dicht(lijnen, small, follows, rows, geheel.delen)
    return [Verborgen(r in rows, frozenset(c for c in range(width) if (r, c) in hidden)) for r in range(len(lijnen))]


def samen(lijnen, verborgen):
    """All kringen together, of each of which this is hidden already."""
    whole, width = Lijn.som(lijnen), len(lijnen[0].waarden)
    rows = {r for r, v in enumerate(verborgen) if v.totaal}
    totals = Lijn(tuple(sum(x.waarden) for x in lijnen), tuple(sum(x.aantallen) for x in lijnen))
    gone = {(0, r) for r in rows}
    if sum(whole.aantallen) < DREMPEL or te_berekenen([totals], gone, gone, set(), set(range(len(lijnen)))):
        return Verborgen(True, frozenset(range(width)))
    hidden = {(r, c) for r, v in enumerate(verborgen) for c in v.delen}
    small = {(r, c) for r, c in hidden if lijnen[r].aantallen[c] < DREMPEL}
    columns = een(whole).delen
    while found := {r for r, _ in te_berekenen(lijnen, hidden, small, rows, columns)}:
        shut = {(0, c) for c in columns.union(*(verborgen[r].delen for r in found))}
        columns = frozenset(c for _, c in dicht([whole], shut, vrije_kolommen={*range(width)}))
    return Verborgen(False, columns)


def dicht(lijnen, klein, volgt=frozenset(), vrije_rijen=frozenset(), vrije_kolommen=frozenset()):
    """The cells to hide: what is small, what follows, and no more than it takes to keep the small from being computed.

    The total of each row and column is known, but for those that are free.
    """
    hidden = {*klein, *volgt}
    cells = {(r, c) for r, lijn in enumerate(lijnen) for c in range(len(lijn.waarden))}
    while found := te_berekenen(lijnen, hidden, klein, vrije_rijen, vrije_kolommen) | te_krap(
        lijnen, hidden, vrije_rijen, vrije_kolommen
    ):
        near = {(r, c) for r, c in cells - hidden for a, b in found if r == a or c == b} or cells - hidden
        if not near:
            break
        hidden.add(min(near, key=lambda at: (not (n := lijnen[at[0]].aantallen[at[1]]), n, at)))
    return hidden


def te_krap(lijnen, hidden, vrije_rijen, vrije_kolommen):
    """The hidden cells of a known total that are together as small as what may not be shown."""
    found = set()
    for axis, free in ((0, vrije_rijen), (1, vrije_kolommen)):
        for line in {at[axis] for at in hidden} - set(free):
            own = [at for at in hidden if at[axis] == line]
            if 0 < sum(lijnen[r].aantallen[c] for r, c in own) < DREMPEL:
                found |= {*own}
    return found


def te_berekenen(lijnen, hidden, klein, vrije_rijen, vrije_kolommen):
    """The small cells that follow from what is shown.

    A hidden cell can be something else when it can be one more or less, and others of its row and column make up for
    it, without any getting below zero: then there is a way round, along hidden cells, back to where it began.
    """

    def row(r):
        return "rijen" if r in vrije_rijen else ("rij", r)

    def column(c):
        return "kolommen" if c in vrije_kolommen else ("kolom", c)

    ways = {}
    for r, c in hidden:
        ways.setdefault(row(r), []).append((column(c), (r, c)))
        if lijnen[r].waarden[c] > 0:
            ways.setdefault(column(c), []).append((row(r), (r, c)))

    def leads(start, end, without):
        seen, open_ = {start}, [start]
        while open_:
            nexts = {node for node, at in ways.get(open_.pop(), ()) if at != without} - seen
            if end in nexts:
                return True
            seen |= nexts
            open_ += nexts
        return False

    return {
        (r, c)
        for r, c in klein
        if lijnen[r].waarden[c] > 0 and not leads(column(c), row(r), (r, c)) and not leads(row(r), column(c), (r, c))
    }
