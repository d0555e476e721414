"""The report of one choice: each figure of this schooljaar beside the year before, without what is too small (A-22)."""

from dataclasses import dataclass

from cases.models.keuzes import Soort
from cases.onderdrukken import Lijn, delen, een, samen
from cases.rapport.cijfers import CIJFERS, KOPPEN
from cases.rapport.feiten import feiten, wanneer

KWARTALEN = {1: "augustus tot en met oktober", 2: "november tot en met januari", 3: "februari tot en met april",
             4: "mei tot en met juli"}  # fmt: skip


@dataclass(frozen=True)
class Keuze:
    """About whom: all kringen or one; and of one kring no more than one narrowing, or the rest could be computed."""

    kring: object = None
    deel: tuple = ()  # ("school", key), ("soort", Soort) or ("kwartaal", number)


@dataclass(frozen=True)
class Regel:
    label: str
    nu: int | None  # None: not shown
    eerder: int | None


@dataclass(frozen=True)
class Tabel:
    cijfer: object
    regels: list
    totaal: Regel

    @property
    def leeg(self):
        """Nothing of it can be shown."""
        return self.totaal.nu is None and self.totaal.eerder is None


def lijn(own, cijfer):
    """The line of a figure over some feiten. What is in two parts counts in the first: else all together seem more."""
    parts, once = {part: ([], set()) for part in cijfer.delen or [""]}, set()
    for feit in own:
        values, things = parts[feit.ken[cijfer.ken] if cijfer.ken else ""]
        values.append(feit.waarde)
        things.add(feit.wat)
    counts = []
    for _, things in parts.values():
        counts.append(len(things - once))
        once |= things
    return Lijn(tuple(sum(values) for values, _ in parts.values()) if cijfer.uren else tuple(counts), tuple(counts))


def per_kring(own, kringen):
    """The feiten of each kring, each looked at once however many kringen there are."""
    of = {school: kring for kring, schools in kringen.items() for school in schools}
    found = {kring: [] for kring in kringen}
    for feit in own:
        found[of[feit.school]].append(feit)
    return found.values()


def getoond(own, cijfer, keuze, kringen):
    """(the line of this choice, what is hidden of it); `kringen`: {kring: its schools}."""
    if not keuze.kring:
        lines = [lijn(part, cijfer) for part in per_kring(own, kringen)]
        return Lijn.som(lines), samen(lines, [een(line) for line in lines])
    whole = [f for f in own if f.school in kringen[keuze.kring.pk]]
    if not keuze.deel:
        return (line := lijn(whole, cijfer)), een(line)
    by, which = keuze.deel
    every = {"school": kringen[keuze.kring.pk], "soort": list(Soort), "kwartaal": list(KWARTALEN)}[by]
    lines = [lijn([f for f in whole if getattr(f, by) == one], cijfer) for one in every]
    rows = een(Lijn(*zip(*[(sum(x.waarden), sum(x.aantallen)) for x in lines], strict=True))).delen
    place = every.index(which)
    return lines[place], delen(lines, een(lijn(whole, cijfer)), rows if by == "soort" else None)[place]


def tabel(cijfer, found, jaren, keuze, kringen):
    """A figure of two schooljaren."""
    columns = []
    for jaar in jaren:
        line, hidden = getoond([f for f in found[cijfer.van] if f.jaar == jaar.begin], cijfer, keuze, kringen)
        parts = [None if c in hidden.delen else n for c, n in enumerate(line.waarden)]
        columns.append((parts, None if hidden.totaal else sum(line.waarden)))
    (now, total), (before, total_before) = columns
    rows = [Regel(*row) for row in zip(cijfer.delen.values(), now, before, strict=True)] if cijfer.delen else []
    return Tabel(cijfer, rows, Regel("Samen", total, total_before))


def open_tabel(cijfer, held, jaren, keuze):
    """A figure of which nothing is hidden: it is of the kring, and says nothing about anybody."""
    _, kwartaal = keuze.deel or ("", None)
    counts = [sum(j == jaar.begin and kwartaal in (None, k) for j, k in held) for jaar in jaren]
    return Tabel(cijfer, [], Regel("Samen", *counts))


def rapport(keuze, jaren, scholen, kringen):
    """{heading: [Tabel]} of this schooljaar and the one before; `scholen`: {key: School} that somebody may count."""
    own = {kring.pk: [] for kring in kringen}
    for school in scholen.values():
        own[school.team.kring_id].append(school.pk)
    found, figures = feiten(scholen, jaren), [c for c in CIJFERS if c.bij(keuze.deel)]
    held = [wanneer(dag) for k in ([keuze.kring] if keuze.kring else kringen) for dag in k.geweest]

    def made(c):
        return tabel(c, found, jaren, keuze, own) if c.van_mensen else open_tabel(c, held, jaren, keuze)

    return {kop: [made(c) for c in figures if c.kop == kop] for kop in KOPPEN}
