"""Counting in schooldagen, and the vakanties that the product begins with."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from schools.models import Regio, School, Vakantie
from schools.schooldagen import DAG, Schooldagen, schooldagen

DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
NUMBERS = st.integers(0, 80)
VAKANTIES = st.lists(
    st.builds(
        lambda regio, van, lang: Vakantie(naam="vrij", regio=regio, van=van, tot=van + lang * DAG),
        st.sampled_from(["", *Regio]), DAYS, st.integers(0, 45),
    ), max_size=12,
)  # fmt: skip
MIDDEN = VAKANTIES.map(lambda vakanties: Schooldagen(Regio.MIDDEN, vakanties))


def d(text):
    return datetime.date.fromisoformat(text)


def vrij(van, tot, regio=""):
    return Vakantie(naam="vrij", regio=regio, van=d(van), tot=d(tot))


# Counting


def test_the_weekend_does_not_count():
    dagen, friday = Schooldagen(Regio.MIDDEN, []), d("2026-11-20")
    assert [dagen.aantal(friday, friday + n * DAG) for n in range(5)] == [0, 0, 0, 1, 2]


def test_a_vakantie_does_not_count_its_first_and_last_day_included():
    dagen = Schooldagen(Regio.MIDDEN, [vrij("2026-11-24", "2026-11-25")])
    monday = d("2026-11-23")
    assert [dagen.aantal(monday, monday + n * DAG) for n in range(5)] == [0, 0, 0, 1, 2]
    assert (dagen.na(monday, 1), dagen.terug(d("2026-11-26"), 1)) == (d("2026-11-26"), monday)


def test_a_vakantie_of_another_regio_counts_and_one_of_everybody_does_not():
    vakanties = [vrij("2026-11-24", "2026-11-24", "Noord"), vrij("2026-11-25", "2026-11-25")]
    week = d("2026-11-22"), d("2026-11-27")
    assert {regio: Schooldagen(regio, vakanties).aantal(*week) for regio in Regio} == {
        "Noord": 3, "Midden": 4, "Zuid": 4,
    }  # fmt: skip


def test_what_overlaps_is_not_counted_twice():
    twice = [vrij("2026-11-23", "2026-11-25", "Midden"), vrij("2026-11-25", "2026-11-25")]
    assert Schooldagen(Regio.MIDDEN, twice).aantal(d("2026-11-22"), d("2026-11-27")) == 2


@given(MIDDEN, DAYS, NUMBERS)
def test_the_nth_schooldag_after_a_day_is_n_schooldagen_away(dagen, dag, n):
    then = dagen.na(dag, n)
    assert dagen.aantal(dag, then) == n
    assert dagen.aantal(dag, then - DAG) == max(n - 1, 0)
    assert then == dag or then in dagen


@given(MIDDEN, DAYS, NUMBERS)
def test_back_and_forth_ends_on_the_same_schooldag(dagen, dag, n):
    before = dagen.terug(dag, n)
    assert before in dagen
    assert dagen.aantal(before, dag) == n
    assert dagen.na(before, n) == dagen.terug(dag, 0)


@given(MIDDEN, DAYS, DAYS, NUMBERS)
def test_more_than_n_schooldagen_ago_is_before_the_day_n_back(dagen, van, tot, n):
    """What SQL may compare with: one day for each regio."""
    assert (dagen.aantal(van, tot) > n) == (van < dagen.terug(tot, n))


@given(MIDDEN, DAYS, DAYS, DAYS)
def test_a_stretch_of_days_is_the_sum_of_its_parts_and_never_negative(dagen, one, other, third):
    first, between, last = sorted([one, other, third])
    assert dagen.aantal(first, last) == dagen.aantal(first, between) + dagen.aantal(between, last)
    assert dagen.aantal(last, first) == 0 <= dagen.aantal(first, last) <= (last - first).days


@given(VAKANTIES, DAYS, DAYS)
def test_one_more_vakantie_never_adds_a_schooldag(vakanties, van, tot):
    with_one_less = Schooldagen(Regio.MIDDEN, vakanties[1:])
    assert Schooldagen(Regio.MIDDEN, vakanties).aantal(van, tot) <= with_one_less.aantal(van, tot)


@pytest.mark.parametrize("n", [0, -1])
def test_a_number_that_makes_no_sense_ends_at_once(n):
    dagen, monday = Schooldagen(Regio.MIDDEN, []), d("2026-11-23")
    assert (dagen.na(monday, n), dagen.terug(monday, n)) == (monday, monday)


# The regio of a school


@pytest.mark.parametrize(("text", "regio"), [
    ("Midden", Regio.MIDDEN), ("NOORD", Regio.NOORD), (" zuid ", Regio.ZUID), ("Regio Noord", Regio.NOORD),
    ("", Regio.MIDDEN), ("onbekend", Regio.MIDDEN),
])  # fmt: skip
def test_the_regio_of_a_school_is_read_as_duo_writes_it_and_else_it_is_midden(text, regio):
    assert School(vakantieregio=text).regio is regio


# The vakanties that are there from the first day


def test_all_regios_are_asked_with_one_question(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [*schooldagen()] == [*Regio]


@pytest.mark.parametrize(("regio", "van", "volgende"), [
    ("Midden", "2025-12-19", "2026-01-05"), ("Noord", "2026-07-03", "2026-08-17"),
    ("Zuid", "2026-07-10", "2026-08-24"), ("Midden", "2026-07-17", "2026-08-31"),
    ("Noord", "2026-10-09", "2026-10-19"), ("Midden", "2026-10-16", "2026-10-26"),
    ("Midden", "2026-12-18", "2027-01-04"), ("Zuid", "2027-02-12", "2027-02-22"),
    ("Midden", "2027-03-26", "2027-03-30"), ("Zuid", "2027-04-23", "2027-05-03"),
    ("Midden", "2027-05-05", "2027-05-10"), ("Noord", "2027-05-14", "2027-05-18"),
    ("Midden", "2028-04-26", "2028-04-28"), ("Noord", "2028-04-28", "2028-05-08"),
    ("Midden", "2028-07-07", "2028-08-21"), ("Zuid", "2028-07-21", "2028-09-04"),
])  # fmt: skip
def test_the_first_schooldag_after_a_last_one(db, regio, van, volgende):
    assert schooldagen()[regio].na(d(van), 1) == d(volgende)


def test_each_regio_has_five_vakanties_a_year_in_whole_weeks(db):
    long = {"herfstvakantie": 9, "kerstvakantie": 16, "voorjaarsvakantie": 9, "meivakantie": 9, "zomervakantie": 44}
    found = [v for v in Vakantie.objects.all() if v.naam in long]
    assert {v for v in found if (v.tot - v.van).days + 1 != long[v.naam] or v.van.weekday() != 5} == set()
    for regio in Regio:
        assert sorted(v.naam for v in found if v.regio in {"", regio}) == sorted(3 * [*long])


def test_a_feestdag_is_for_everybody_on_a_weekday_and_outside_a_vakantie(db):
    alles = [*Vakantie.objects.all()]
    feestdagen = [v for v in alles if not v.naam.endswith("vakantie")]
    assert (
        sorted(v.naam for v in feestdagen)
        == ["Hemelvaart"] * 3 + ["Koningsdag"] + ["Paasmaandag"] * 3 + ["Pinkstermaandag"] * 3
    )
    for feestdag in feestdagen:
        rest = [v for v in alles if v != feestdag]
        assert all(feestdag.van in Schooldagen(regio, rest) for regio in Regio), feestdag


@pytest.mark.parametrize("begin", [2025, 2026, 2027])
def test_a_schooljaar_has_about_two_hundred_schooldagen(db, begin):
    """A slip in a date that the other tests do not see would show here."""
    for dagen in schooldagen().values():
        assert 190 <= dagen.aantal(datetime.date(begin, 9, 1), datetime.date(begin + 1, 8, 31)) <= 210


# What cannot be kept

WALLS = [
    ({"tot": "2030-05-03"}, "vakantie_van_tot", "De laatste dag ligt voor de eerste dag."),
    ({"tot": "2030-08-12"}, "vakantie_niet_te_lang", "Dit is langer dan 100 dagen. Kijk het jaar na."),
    (
        {"van": "2030-06-01", "tot": "2030-06-02"}, "vakantie_een_keer",
        "Deze vakantie staat er al: in deze regio begint er al een op deze dag.",
    ),
]  # fmt: skip
WHOLE = {"naam": "meivakantie", "regio": "Midden", "van": "2030-05-04", "tot": "2030-05-12"}


@pytest.mark.parametrize(("fields", "name", "sentence"), WALLS, ids=lambda value: str(value)[:25])
def test_a_wrong_vakantie_is_refused_by_the_form_and_by_the_database(db, fields, name, sentence):
    Vakantie.objects.create(naam="eerder", regio="Midden", van=d("2030-06-01"), tot=d("2030-06-01"))
    wrong = Vakantie(**{k: d(v) if k in {"van", "tot"} else v for k, v in (WHOLE | fields).items()})
    with pytest.raises(ValidationError) as said:
        wrong.full_clean()
    assert said.value.messages == [sentence]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        wrong.save()
    assert error.value.__cause__.diag.constraint_name == name


def test_the_vakantie_of_those_tests_is_whole_before_it_is_broken(db):
    """The broken twin; and 100 days are just allowed, as is the same day in another regio."""
    for fields in [{}, {"regio": "Zuid"}, {"regio": ""}, {"van": "2030-05-05", "tot": "2030-08-12"}]:
        Vakantie(**{k: d(v) if k in {"van", "tot"} else v for k, v in (WHOLE | fields).items()}).save()
    assert Vakantie.objects.filter(van__year=2030).count() == 4


def test_every_wall_of_a_vakantie_is_run_into():
    assert {name for _, name, _ in WALLS} == {c.name for c in Vakantie._meta.constraints}
