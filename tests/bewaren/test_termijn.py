"""How long: three years after the last of it was closed, to the day; and nothing younger ever goes (R15)."""

import datetime
import os

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import AanDeBeurt, Aanmelding, Vernietiging
from cases.models.bewaren import TE_VROEG
from cases.roles import Role
from tests.access.sight import undone
from tests.alles import als_eigenaar, closed
from tests.bewaren.conftest import ended, jaar_terug
from tests.people import TODAY

RUNS = int(os.environ.get("RUNS", "20"))
DAY = datetime.timedelta(days=1)


def later(dag, jaren):
    """So many years after a day; 29 February ends in 1 March."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return datetime.date(dag.year + jaren, 3, 1)


def due(user):
    with closed(user):
        return {*AanDeBeurt.objects.values_list("nummer", flat=True)}


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31)), st.integers(1, 10))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_many_years_later_is_never_a_day_too_early(db, dag, jaren):
    with connection.cursor() as cursor:
        cursor.execute("SELECT jaren_later(%s, %s)", [dag, jaren])
        assert cursor.fetchone()[0] == later(dag, jaren)


@pytest.mark.regel("A-8")
def test_a_traject_that_closed_on_this_day_three_years_ago_is_due_today_and_not_a_day_before(closed_dossier, people):
    today, tomorrow = closed_dossier(jaar_terug(3)), closed_dossier(jaar_terug(3) + DAY)
    assert due(people[Role.COORDINATOR]) == {today.nummer}
    with connection.cursor() as cursor:
        cursor.execute("SELECT gesloten_op(%s), bewaren_tot(%s)", [tomorrow.pk] * 2)
        assert cursor.fetchone() == (jaar_terug(3) + DAY, TODAY + DAY)


def test_what_counts_is_the_last_traject_or_route_and_nothing_open_is_ever_due(make, closed_dossier, people):
    twice, open_, route, open_route = (closed_dossier(jaar_terug(4), "complex") for _ in range(4))
    ended(make["traject"]("gestopt", "complex", whole=twice), jaar_terug(2), target="gestopt")
    make["traject"]("waarnemen", "complex", whole=open_)
    ended(make["route"]("geplaatst", aanmelding=route), jaar_terug(2), "route", "geplaatst", "loopt")
    make["route"]("loopt", aanmelding=open_route)
    assert due(people[Role.COORDINATOR]) == set()


@pytest.mark.parametrize(("state", "dates"), [
    ("afgerond", {}), ("doorgezet", {}), ("ingetrokken", {}),
])  # fmt: skip
def test_without_a_traject_the_day_on_which_it_was_ended_counts(make, people, state, dates):
    a = ended(make["aanmelding"](state, "basis", **dates), jaar_terug(3), "aanmelding", state, "opgepakt")
    young = ended(make["aanmelding"](state, "basis"), jaar_terug(3) + DAY, "aanmelding", state, "opgepakt")
    ended(a, TODAY, "aanmelding", state, state)  # a step that ends nothing
    assert due(people[Role.COORDINATOR]) == {a.nummer}
    assert young.nummer != a.nummer


def test_a_dossier_that_goes_on_in_another_is_kept_as_long_as_that_one(make, closed_dossier, people):
    first, other = closed_dossier(jaar_terug(5)), closed_dossier(jaar_terug(5))
    second = closed_dossier(jaar_terug(2), eerder_traject=first.trajecten.get())
    assert due(people[Role.COORDINATOR]) == {other.nummer}
    make["aanmelding"]("concept", eerder_traject=other.trajecten.get())  # begun, and not sent yet
    assert due(people[Role.COORDINATOR]) == set()
    assert second.nummer not in due(people[Role.COORDINATOR])


def test_who_sees_the_list(closed_dossier, people, world):
    here, far, island = (closed_dossier(jaar_terug(3), school=s).nummer for s in ("De Berg", "De Duin", "Het Eiland"))
    seen = {role: due(user) for role, user in people.items()}
    assert {role: numbers for role, numbers in seen.items() if numbers} == {
        Role.OS: {here}, Role.COORDINATOR: {here, far, island},
    }  # fmt: skip


def test_a_dossier_that_is_too_young_is_refused_by_the_database_also_at_the_last_moment(
    closed_dossier, propose, confirm
):
    with pytest.raises(IntegrityError, match=TE_VROEG), transaction.atomic():
        propose(closed_dossier(jaar_terug(3)), closed_dossier(jaar_terug(3) + DAY))
    a = closed_dossier(jaar_terug(3))
    v = propose(a)
    ended(a, TODAY, "route", "gestopt", "loopt")  # something of it ended today, after all
    with pytest.raises(IntegrityError, match=TE_VROEG), transaction.atomic():
        confirm(v)
    assert Aanmelding.objects.filter(pk=a.pk).exists()


WORLD = st.lists(
    st.tuples(
        st.integers(1000, 1200),  # days ago that its traject was closed: three years are 1095 or 1096
        st.sampled_from(["", "", "open traject", "open route", "later route", "vervolg"]),
        st.integers(0, 1300),  # days ago of what came later
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(WORLD, st.data())
@settings(max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_younger_than_its_term_ever_goes(closed_dossier, make, people, propose, confirm, world, data):
    """Random worlds: who is due is who the calendar says, nobody else can be proposed, and nobody else goes."""
    with undone():
        until = {}
        for ago, what, then in data.draw(st.just(world)):
            then = TODAY - min(then, ago) * DAY
            a = closed_dossier(TODAY - ago * DAY)
            until[a] = later(TODAY - ago * DAY, 3)
            if what == "open traject":
                make["traject"]("lopend", "licht", whole=a)
                until[a] = None
            elif what == "open route":
                make["route"]("loopt", aanmelding=a)
                until[a] = None
            elif what == "later route":
                ended(make["route"]("blijft", aanmelding=a), then, "route", "blijft", "loopt")
                until[a] = max(until[a], later(then, 3))
            elif what == "vervolg":
                b = closed_dossier(then, eerder_traject=a.trajecten.get())
                until[b] = later(then, 3)
                until[a] = max(until[a], until[b])
        may = {a for a, day in until.items() if day and day <= TODAY}
        assert due(people[Role.COORDINATOR]) == {a.nummer for a in may}
        chosen = data.draw(st.sets(st.sampled_from(sorted(until, key=str)), min_size=1))
        before = {*Aanmelding.objects.values_list("pk", flat=True)}
        try:
            with transaction.atomic():
                confirm(propose(*chosen))
        except IntegrityError:
            assert not chosen <= may
            chosen = set()
        assert chosen <= may
        assert {*Aanmelding.objects.values_list("pk", flat=True)} == before - {a.pk for a in chosen}
        als_eigenaar("SET CONSTRAINTS ALL IMMEDIATE")  # no orphan
        assert Vernietiging.objects.filter(bevestigd_op=None).count() == 0
