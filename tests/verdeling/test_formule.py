"""The arithmetic of the verdeling: worked out by hand, and for a thousand random ones."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schools.verdeling import Deel, in_kwartieren, tekorten, verdeel

KWARTIER = Fraction(1, 4)
uren = st.integers(0, 400_000).map(lambda kwartieren: Decimal(kwartieren) / 4)
kringen = st.dictionaries(
    st.integers(1, 99), st.tuples(st.integers(0, 20_000), st.integers(0, 500)), min_size=1, max_size=12
)


@pytest.mark.regel("A-25", "A-29", "A-30")
def test_the_worked_example():
    assert verdeel(2760, 310, {"A": (5000, 50), "B": (3000, 9), "C": (2000, 10)}) == {
        "A": Deel(1380, 0), "B": Deel(828, 234), "C": Deel(552, 76),
    }  # fmt: skip
    assert tekorten({"A": (5000, 50), "B": (3000, 9), "C": (2000, 10)}) == {"A": 0, "B": 117_000, "C": 38_000}


def test_what_does_not_fit_in_quarters_goes_to_the_largest_remainder():
    assert in_kwartieren(1, {"a": 1, "b": 1, "c": 1}) == {
        "a": Decimal("0.5"),
        "b": Decimal("0.25"),
        "c": Decimal("0.25"),
    }
    assert in_kwartieren(Decimal("0.25"), {"a": 1, "b": 2}) == {"a": 0, "b": Decimal("0.25")}


def test_nothing_weighs_nothing():
    assert in_kwartieren(10, {"a": 0, "b": 0}) == {"a": 0, "b": 0}
    assert verdeel(0, 0, {}) == {}
    assert verdeel(100, 50, {"a": (1000, 10), "b": (500, 5)})["a"].vlieger == 0  # nobody has a tekort


@pytest.mark.regel("A-25", "A-30")
@settings(max_examples=1000, deadline=None)
@given(uren, uren, kringen)
def test_the_parts_add_up_to_the_total_and_nothing_is_negative(aed, vlieger, over):
    delen = verdeel(aed, vlieger, over).values()
    assert sum(d.aed for d in delen) == (aed if any(own for own, _ in over.values()) else 0)
    assert sum(d.vlieger for d in delen) == (vlieger if any(tekorten(over).values()) else 0)
    assert all(d.aed >= 0 and d.vlieger >= 0 and (d.aed * 4) % 1 == (d.vlieger * 4) % 1 == 0 for d in delen)


@settings(max_examples=300, deadline=None)
@given(uren, uren, kringen, st.randoms(use_true_random=False))
def test_the_order_of_the_kringen_makes_no_difference(aed, vlieger, over, random: Random):
    keys = [*over]
    random.shuffle(keys)
    assert verdeel(aed, vlieger, {key: over[key] for key in keys}) == verdeel(aed, vlieger, over)


@pytest.mark.regel("A-30")
@settings(max_examples=300, deadline=None)
@given(uren, kringen)
def test_no_kring_gets_more_than_its_share_of_the_tekort_while_another_has_one(vlieger, over):
    short = tekorten(over)
    assume(any(short.values()))
    delen = verdeel(0, vlieger, over)
    for key, tekort in short.items():
        share = Fraction(vlieger) * tekort / sum(short.values())
        assert abs(Fraction(delen[key].vlieger) - share) < KWARTIER
        assert tekort or delen[key].vlieger == 0


@settings(max_examples=300, deadline=None)
@given(uren, kringen)
def test_who_has_more_leerlingen_never_gets_fewer_hours(aed, over):
    delen = verdeel(aed, 0, over)
    for one, (own, _) in over.items():
        assert all(delen[one].aed >= delen[other].aed for other, (theirs, _) in over.items() if own > theirs)
