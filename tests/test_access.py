"""Who gets what at which address: the walk along the real urlconf, compared with matrix.toml.

Twenty people, six places, GET and POST; tests/access/ has the town, the walk and what lies beside it.
"""

import logging
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db.models import Value
from django.http import HttpResponse

from cases.models.base import ScopedQuerySet
from expertteam import nav, views
from schools.models import Kring
from tests import alles
from tests.access.addresses import own_names, routes
from tests.access.compare import MATRIX, WORDS, figures, leaks, surprises
from tests.access.sight import FIRST_NUMBER, NUMBER, everything_in, form_faults, read
from tests.access.walk import walk

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")

OPEN = {
    "account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_signup", "demo",
    "mfa_authenticate", "openid_connect_login", "openid_connect_callback", "agenda",
}  # fmt: skip
COUNTS = {"beoordelen"}  # says which look is judged: a number of a look, that opens nothing


def test_every_address_has_a_name_and_stands_in_the_matrix():
    assert "" not in {name for name, _ in routes() if not name.startswith("admin:")}
    assert {*own_names()} == {page.partition(":")[0] for page in MATRIX}


def test_everybody_gets_what_the_matrix_says(visits):
    assert surprises(visits) == []
    assert {v.page for v in visits} == set(MATRIX)
    build = Path(__file__).parents[1] / "build"
    build.mkdir(exist_ok=True)
    (build / "walk.md").write_text(figures(visits))
    assert len({(v.page, v.who, v.place, v.method) for v in visits}) > 3500


def test_nobody_reads_a_word_of_a_dossier_in_which_he_has_no_role(visits):
    assert leaks(visits) == []


def test_the_words_are_there_to_be_read(visits):
    """Otherwise their absence says nothing."""
    sent = {
        "basis",
        "nieuw",
        "start",
        "start_traject",
        "loopt",
        "loopt_traject",
        "loopt_consult",
        "eerder",
        "eerder_traject",
    }
    read = {who: set().union(*(v.words for v in visits if v.who == who)) for who in WORDS}
    assert read["os"] == {f"{place}-{kind}" for place in ("eigen", "buur") for kind in sent}
    assert read["os_reden"] == {f"ver-{kind}" for kind in sent} | {"eigen-nieuw"}
    assert read["oud_ib"] == {f"ver-{kind}" for kind in sent | {"concept"}}
    assert read["ib"] == {f"eigen-{kind}" for kind in sent | {"concept"}}
    assert [read[who] for who in ("team", "ab", "oud_os")] == [{*WORDS[who]} for who in ("team", "ab", "oud_os")]


def test_a_mail_holds_a_number_and_no_word_of_a_dossier(visits):
    assert {v.page for v in visits if v.mails} == {
        "account_reset_password", "met_reden", "step:indienen", "step:oppakken", "step:oppakken_ab", "step:overleg",
        "akkoord_intrekken", "offerte_nieuw", "step:verplaatsen", "step:geplaatst", "step:beantwoorden", "step:akkoord",
    }  # fmt: skip
    assert [(v.page, v.mailed) for v in visits if {field for _, field in v.mailed} - {"nummer"}] == []


def test_the_log_holds_no_word_and_no_number_of_a_dossier(visits):
    assert [(v.who, v.page, v.logged) for v in visits if v.logged] == []


def test_what_is_not_yours_looks_like_what_does_not_exist(visits):
    """The status, the headers and the page, by GET and by POST."""
    assert unlike_nothing(visits) == []
    assert {v.who for v in visits if v.answer == "404" and v.place != "lijst"} == {v.who for v in visits} - {
        "weg", "uit", "anoniem",
    }  # fmt: skip


def unlike_nothing(visits):
    seen = {}
    for v in visits:
        if v.answer == "404" and v.place != "lijst":
            seen.setdefault((v.who, v.method, v.page), {}).setdefault((v.text, v.shape), []).append(v.place)
    assert all("niets" in sum(found.values(), []) for key, found in seen.items() if len(found) > 1)
    return [key for key, found in seen.items() if len(found) > 1]


def test_looking_changes_nothing_and_writes_its_trace_only(visits):
    looked = [v for v in visits if v.method in {"GET", "HEAD"}]
    assert [(v.who, v.method, v.page, v.writes) for v in looked if v.writes or v.changed] == []
    assert {len(v.traces) for v in looked if v.shown and v.page not in COUNTS} == {1}


def test_what_is_refused_changes_nothing(visits):
    assert {v.answer for v in visits if v.changed} == {"200 schrijft", "302 schrijft"}
    assert {v.answer for v in visits if v.method == "POST" and not v.changed} == {
        "200", "302", "302 inloggen", "302 nogmaals", "403", "404", "405", "409",
    }  # fmt: skip


def test_without_login_there_is_only_the_way_in(visits):
    assert {v.page for v in visits if v.who == "anoniem" and v.answer != "302 inloggen"} == OPEN


def test_every_form_carries_a_csrf_token_and_a_one_time_key(visits):
    assert [(v.who, v.page, v.forms) for v in visits if v.forms and v.page != "account_reauthenticate"] == []
    assert {fault[:8] for v in visits for fault in v.forms} <= {"sleutel:"}  # a password is asked twice if need be
    assert sum('<form method="post"' in v.text for v in visits) > 100


def test_no_page_shows_a_number_that_can_be_counted_up(visits):
    assert [(v.who, v.page, v.numbers) for v in visits if v.numbers and v.page not in COUNTS] == []


# Broken on purpose: the same checks must see it.


def test_a_filter_that_is_forgotten_is_harmless_and_without_the_database_the_walk_sees_it(town, monkeypatch):
    def everything(self, user):
        return self.annotate(**{f"as_{role}": Value(True) for role in self.model.RELATIONS})

    def found():
        visits = walk(town, pages, {"buur_ib"})
        return {leak[2] for leak in leaks(visits)}, surprises(visits)

    pages = ["zoeken", "detail:traject", "step:oppakken"]
    monkeypatch.setattr(ScopedQuerySet, "visible_to", everything)
    assert found() == (set(), [("buur_ib", "POST", "step:oppakken", "buur", "302 schrijft", "409")])  # his own
    monkeypatch.setattr(alles, "closed", nullcontext)
    words, answers = found()
    assert words == {*pages}
    assert ("buur_ib", "POST", "step:oppakken", "eigen", "302 schrijft", "404") in answers


def test_the_walk_sees_a_door_that_stands_open(town, monkeypatch):
    monkeypatch.setattr(LoginRequiredMiddleware, "process_view", lambda *args: None)
    visits = walk(town, ["account_logout", "hulp"], {"anoniem"})
    assert [row[:3] for row in surprises(visits)] == [("anoniem", method, "hulp") for method in ("GET", "POST")]


def test_the_walk_sees_a_page_that_writes_when_it_is_looked_at(town, monkeypatch):
    monkeypatch.setattr(nav, "links", lambda request: Kring.objects.filter(naam="Noord").update(naam="Gezien") and [])
    looked = [v for v in walk(town, ["hulp"], {"os"}) if v.method == "GET"]
    assert [(v.changed, len(v.writes)) for v in looked] == [(True, 1)]


def test_the_walk_sees_a_word_in_the_log(town, monkeypatch):
    monkeypatch.setattr(nav, "links", lambda request: logging.getLogger("x").warning("mees-eigen-loopt-doel") or [])
    assert {v.method for v in walk(town, ["hulp"], {"os"}) if v.logged == {("eigen-loopt", "doel")}} == {"GET", "HEAD"}


def test_the_walk_sees_a_difference_between_not_yours_and_nothing(town, monkeypatch):
    def honest(request, exception=None):
        there = str(town["pk"]["eigen", "basis"]) in request.path
        return HttpResponse("nee", status=404, headers={"X-Waarom": "andere school" if there else "bestaat niet"})

    monkeypatch.setattr(views, "niet_gevonden", honest)
    assert unlike_nothing(walk(town, ["step:oppakken"], {"buur_ib"})) == [
        ("buur_ib", method, "step:oppakken") for method in ("GET", "POST")
    ]


def test_the_walk_sees_a_word_in_a_header_a_name_of_a_file_and_a_body():
    heads = {"Content-Disposition": 'attachment; filename="mees-eigen-loopt-naam.pdf"', "X-Over": "mees-buur-nieuw"}
    response = HttpResponse("<p>26-0001, mees-ver-start_traject-doel</p>", headers=heads)
    assert read(everything_in(response), {"26-0001": "elders-basis"}) == {
        ("eigen-loopt", "naam"), ("buur-nieuw", None), ("elders-basis", "nummer"), ("ver-start_traject", "doel"),
    }  # fmt: skip


def test_the_walk_sees_a_bare_form_and_a_number_that_counts():
    form = '<form method="post"></form> <form action="/uitloggen/">'
    assert [fault.partition(":")[0] for fault in form_faults(form)] == ["csrfmiddlewaretoken", "sleutel"]
    assert NUMBER.findall(f'<a href="/school/{FIRST_NUMBER + 1}/">') == ["7000001"]
