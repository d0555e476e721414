"""No small number can be computed, whichever reports somebody lays side by side: tried with whole town after town."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import onderdrukken
from cases.onderdrukken import DREMPEL, Lijn, Verborgen, delen, een, samen

AANTAL = st.one_of(st.integers(0, 7), st.integers(0, 40))


def lijn(*aantallen):
    return Lijn(aantallen, aantallen)


@st.composite
def steden(draw):
    """[[the line of each school] of each kring], all with the same parts."""
    width = draw(st.integers(1, 4))
    one = st.lists(AANTAL, min_size=width, max_size=width).map(lambda n: lijn(*n))
    return draw(st.lists(st.lists(one, min_size=1, max_size=4), min_size=1, max_size=3))


def reports(stad):
    """[(the schools it is about, its line, what is hidden of it)]: everything that anybody can ask for."""
    found, kringen, n = [], [], 0
    for scholen in stad:
        whole = Lijn.som(scholen)
        kringen.append((whole, een(whole)))
        each = delen(scholen, kringen[-1][1])
        found += [([n + i], x, v) for i, (x, v) in enumerate(zip(scholen, each, strict=True))]
        found.append(([*range(n, n + len(scholen))], *kringen[-1]))
        n += len(scholen)
    found.append(([*range(n)], Lijn.som([x for x, _ in kringen]), samen(*map(list, zip(*kringen, strict=True)))))
    return found


def equations(found):
    """(what is shown, what is hidden and small): each a row with a 1 for every school and part that it adds up."""
    width = len(found[0][1].waarden)
    total = 1 + max(n for schools, *_ in found for n in schools)
    shown, secret = [], []
    for schools, line, hidden in found:
        for c in range(width):
            row = [int(n in schools and d == c) for n, d in product(range(total), range(width))]
            keep(shown, secret, row, line.waarden[c], c in hidden.delen)
        row = [int(n in schools) for n, _ in product(range(total), range(width))]
        keep(shown, secret, row, sum(line.waarden), hidden.totaal)
    return shown, secret


def keep(shown, secret, row, value, hidden):
    if not hidden:
        shown.append(row)
        assert value >= DREMPEL or value == 0
    elif 0 < value < DREMPEL:
        secret.append(row)


def follows(rows, wanted):
    """Whether one row is a sum of multiples of others: then its number follows from theirs."""
    base = []
    for row in [*rows, wanted]:
        rest = [Fraction(x) for x in row]
        for pivot, known in base:
            if rest[pivot]:
                rest = [a - rest[pivot] * b for a, b in zip(rest, known, strict=True)]
        pivot = next((i for i, x in enumerate(rest) if x), None)
        if pivot is None:
            if row is wanted:
                return True
            continue
        base.append((pivot, [x / rest[pivot] for x in rest]))
    return False


def leaks(found):
    shown, secret = equations(found)
    return [row for row in secret if follows(shown, row)]


@pytest.mark.regel("A-22")
@settings(max_examples=400, deadline=None)
@given(steden())
def test_no_small_number_follows_from_all_reports_together(stad):
    assert leaks(reports(stad)) == []


@pytest.mark.regel("A-22")
@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=5).map(lambda n: lijn(*n)))
def test_in_one_report_every_small_number_can_be_another_number(line):
    """Not only by adding up: also when somebody tries all numbers there are."""
    hidden = een(line)
    if hidden.totaal:
        return
    parts = sorted(hidden.delen)
    rest = sum(line.waarden[c] for c in parts)
    fits = [n for n in product(range(rest + 1), repeat=len(parts)) if sum(n) == rest]
    for place, c in enumerate(parts):
        if 0 < line.waarden[c] < DREMPEL:
            assert len({n[place] for n in fits}) > 1


@settings(max_examples=200, deadline=None)
@given(st.lists(AANTAL, min_size=1, max_size=6).map(lambda n: lijn(*n)))
def test_what_is_hidden_together_is_never_small(line):
    hidden = een(line)
    together = sum(line.aantallen[c] for c in hidden.delen)
    assert hidden.totaal == (sum(line.aantallen) < DREMPEL)
    assert hidden.totaal or together == 0 or together >= DREMPEL


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ((20, 30, 40), Verborgen(False, frozenset())),
        ((20, 3, 40), Verborgen(False, frozenset({0, 1}))),  # the smallest of the others goes too
        ((20, 3, 4), Verborgen(False, frozenset({1, 2}))),
        ((20, 0, 40), Verborgen(False, frozenset())),  # nobody is behind a nought
        ((2, 1, 1), Verborgen(True, frozenset({0, 1, 2}))),
        ((0, 0, 0), Verborgen(True, frozenset({0, 1, 2}))),
    ],
)
def test_a_kring_by_itself(line, hidden):
    assert een(lijn(*line)) == hidden


def test_a_school_that_would_be_kring_minus_the_other_school_is_hidden_with_it():
    small, large = lijn(2, 1), lijn(20, 30)
    assert delen([small, large], een(Lijn.som([small, large]))) == [Verborgen(True, frozenset({0, 1}))] * 2


def test_hours_are_hidden_when_few_are_behind_them():
    assert een(Lijn((600, 9000, 700), (2, 40, 6))).delen == {0, 2}


def test_all_kringen_together_give_no_kring_away():
    noord, zuid = lijn(20, 3, 30), lijn(20, 25, 30)
    hidden = [een(noord), een(zuid)]
    assert hidden[0].delen == {0, 1}
    assert samen([noord, zuid], hidden).delen == {0, 1}


@pytest.mark.parametrize("broken", ["te_berekenen", "samen"])
def test_without_it_something_leaks(monkeypatch, broken):
    """The broken twins: only the small ones hidden, and all kringen as if they stood alone."""
    stad = [[lijn(20, 3, 30), lijn(20, 30, 30)], [lijn(20, 25, 30)]]
    assert leaks(reports(stad)) == []
    if broken == "samen":
        monkeypatch.setitem(globals(), "samen", lambda lijnen, _: een(Lijn.som(lijnen)))
        stad = [[lijn(20, 3, 30)], [lijn(20, 25, 30)]]
    else:
        monkeypatch.setattr(onderdrukken, "te_berekenen", lambda *given: set())
        monkeypatch.setattr(onderdrukken, "te_krap", lambda *given: set())
    assert leaks(reports(stad)) != []
