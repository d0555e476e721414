"""What somebody sees of a dossier and what the log of looks says he saw are the same: no view without a trace.

Closed when it fails: where no trace can be written, there is no page, and what was sent changed nothing.
"""

import pytest

from cases import inzage
from cases.models import Inzage
from cases.models.inzage import InzageMetReden
from tests.access.compare import REVIEW, unlike
from tests.access.walk import walk
from tests.alles import als_eigenaar

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")

SOME = ["werklijst", "zoeken", "bijlage", "inzage", "detail:traject", "detail:contactmoment", "step:bezoek"]


def test_every_view_leaves_a_trace_and_every_trace_is_of_a_view(visits):
    views, traces = unlike(visits)
    assert (views, traces) == ([], [])
    assert sum(bool(v.shown) for v in visits) > 200
    assert {v.page for v in visits if v.shown} == {
        "werklijst", "mijn_aanmeldingen", "vandaag", "uren", "zoeken", "kringen", "beoordelen", "bijlage", "inzage",
        "akkoord_intrekken", "caseload", "nieuw", "beschrijven", "beschrijven:verder", "controleren", "verstuurd",
        "detail:aanmelding",
        "detail:opgepakt", "detail:gestart", "detail:traject", "step:indienen", "step:oppakken", "step:oppakken:leeg",
        "step:oppakken_ab", "step:overleg", "step:bezoek", "step:wijzigen", "overleggen", "overleg_nieuw", "vergaderen",
        "detail:overleg", "step:voorbereiden", "brief", "consulten", "detail:consult", "step:beantwoorden",
        "step:geplaatst", "verhaal", "inzageverzoek",
    }  # fmt: skip


def test_the_list_that_is_judged_shows_a_number_and_nothing_else(visits):
    """The one page with something of a dossier and no trace: its number and its school."""
    shown = [v for v in visits if v.page == REVIEW[0] and v.shown]
    assert {v.who for v in shown} == {"coordinator", "coordinator_reden"}
    assert {(found, tuple(v.traces)) for v in shown for found in v.found} == {(("eigen-nieuw", "nummer"), ())}


def test_a_trace_is_of_who_looks_and_says_as_what_and_which_part(visits):
    traces = [(v, trace) for v in visits for trace in v.traces]
    assert [v for v, trace in traces if not trace[0]] == []
    parts = {(v.page, deel) for v, (_, _, deel, _) in traces if v.page.partition(":")[0] in {"bijlage", "inzage"}}
    assert parts == {("bijlage", "bijlage"), ("inzage", "inzage")}
    kinds = {(v.page.partition(":")[0], deel) for v, (_, _, deel, _) in traces}
    assert {deel for name, deel in kinds if name in {"detail", "controleren", "verstuurd"}} == {"dossier"}
    assert {deel for name, deel in kinds if name in {"werklijst", "zoeken", "uren", "kringen"}} == {"lijst"}
    assert {als for v, (_, als, _, _) in traces if v.who == "os_reden" and v.place == "eigen"} == {"Inzage met reden"}
    assert {als for v, (_, als, _, _) in traces if v.who == "ib"} == {"IB-er"}


def test_a_page_that_shows_two_dossiers_is_kept_with_the_first(visits):
    two = {
        v.traces[0][3] for v in visits if v.page in {"detail:gestart", "detail:traject"} and v.who == "ib" and v.traces
    }
    assert two == {("eigen-loopt", "eigen-eerder")}


@pytest.fixture
def no_trace_possible(town):
    als_eigenaar("REVOKE INSERT ON cases_inzage FROM expertteam_app")


def left_open(visits, before):
    """The visits that showed something before, and are now something else than shut."""
    shown = {(v.who, v.page, v.place, v.method) for v in before if v.shown or v.traces}
    found = [v for v in visits if (v.who, v.page, v.place, v.method) in shown and v.page != REVIEW[0]]
    assert found != []
    return [(v.who, v.method, v.page, v.answer, v.words) for v in found if v.answer != "503" or v.words or v.changed]


def test_without_a_trace_there_is_no_page_and_nothing_is_changed(visits, town, no_trace_possible):
    before = listed([v for v in visits if v.who in {"ib", "os"}])
    pages = sorted({v.page for v in before if v.shown or v.traces})
    assert len(pages) > 20
    assert {v.answer for v in before if v.page == "beschrijven:verder" and v.shown} == {"200 schrijft"}
    assert left_open(walk(town, pages, {"ib", "os"}), before) == []


def listed(visits):
    """Without the lists that are asked more than once: one of their answers may be empty."""
    full = {(v.who, v.page, v.method) for v in visits if v.place == "lijst" and not (v.shown or v.traces)}
    return [v for v in visits if (v.who, v.page, v.method) not in full]


# Broken on purpose: the same checks must see it.


def test_the_walk_sees_a_page_that_forgets_to_say_that_it_was_seen(town, monkeypatch):
    monkeypatch.setattr(inzage, "write", lambda request, rows: None)
    views, traces = unlike(walk(town, SOME, {"ib"}))
    assert {page for _, _, page, _, _ in views} == {*SOME} - {"detail:contactmoment"}
    assert traces == []


def test_the_walk_sees_a_trace_that_is_written_for_every_page(town, monkeypatch):
    monkeypatch.setattr(inzage, "SHOWN", {200, 302, 404, 409})
    views, traces = unlike(walk(town, SOME, {"ib"}))
    assert {page for _, _, page, _, _ in traces} >= {"detail:contactmoment"}
    assert views == []


def test_that_check_sees_a_page_that_stays_open_without_its_trace(visits, town, no_trace_possible, monkeypatch):
    monkeypatch.setattr(inzage, "write", lambda request, rows: None)
    found = left_open(walk(town, ["detail:traject", "beschrijven:verder"], {"ib"}), visits)
    assert {row[2:4] for row in found} == {("detail:traject", "200"), ("beschrijven:verder", "200 schrijft")}


def test_who_looks_with_a_reason_leaves_that_reason(town):
    visits = walk(town, ["detail:gestart"], {"coordinator_reden"})
    assert [v.traces[0][3] for v in visits if v.place == "eigen" and v.traces] == [("eigen-loopt", "eigen-eerder")]
    assert InzageMetReden.objects.count() == 2
    assert Inzage.objects.count() == 1  # of the town: what was walked is undone
