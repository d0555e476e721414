"""Who gets what at which address: the walk along the real urlconf, compared with matrix.toml.

Fifteen people, five places, GET and POST; tests/access/ has the town, the walk and what lies beside it.
"""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db.models import Value

from cases.models.base import ScopedQuerySet
from expertteam import nav
from schools.models import Kring
from tests.access.addresses import routes
from tests.access.sight import FIRST_NUMBER, NUMBER, form_faults
from tests.access.walk import walk

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")

MATRIX = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text())
WORDS = MATRIX.pop("woorden")
OPEN = {
    "account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_signup", "demo",
}  # fmt: skip


def expected(visit):
    """The answer that stands in the matrix."""
    named = MATRIX.get(visit.page, {}).get(visit.method, {}).get(visit.place, {})
    for group in (visit.who, "*"):
        found = [answer for answer, who in named.items() if group in who.split()]
        if found and (group != "*" or visit.who != "anoniem"):
            return found[0]
    return "302 inloggen" if visit.who == "anoniem" else "404"


def surprises(visits):
    return [
        (v.who, v.method, v.page, v.place, v.answer, expected(v))
        for v in visits
        if v.method != "HEAD" and v.answer != expected(v)
    ]


def leaks(visits):
    """Words before somebody who has no role in their dossier."""
    allowed = {v.who: WORDS.get(v.who, []) for v in visits}
    return [
        (v.who, v.method, v.page, v.place, word)
        for v in visits
        for word in v.words
        if not any(fnmatch(word, pattern) for pattern in allowed[v.who])
    ]


def test_every_address_has_a_name_and_stands_in_the_matrix():
    names = {name for name, _ in routes() if not name.startswith("admin:")}
    assert names == {page.partition(":")[0] for page in MATRIX}


def test_everybody_gets_what_the_matrix_says(visits):
    assert surprises(visits) == []
    assert {v.page for v in visits} == set(MATRIX)


def test_nobody_reads_a_word_of_a_dossier_in_which_he_has_no_role(visits):
    assert leaks(visits) == []


def test_the_words_are_there_to_be_read(visits):
    """Otherwise their absence says nothing."""
    kinds = {"basis", "nieuw", "start", "loopt", "loopt_traject"}
    read = {who: set().union(*(v.words for v in visits if v.who == who)) for who in WORDS}
    assert read["os"] == {f"{place}-{kind}" for place in ("eigen", "buur") for kind in kinds | {"start_traject"}}
    assert read["ib"] == {f"eigen-{kind}" for kind in kinds | {"start_traject", "concept"}}
    assert read["team"] == set(WORDS["team"])


def test_the_kring_page_names_no_leerling(visits):
    pages = [v for v in visits if v.page == "kringen" and v.answer == "200" and v.method == "GET"]
    assert {v.who for v in pages} == {"os", "os_spreeuw", "coordinator"}
    assert [v.words for v in pages if v.words] == []


def test_a_mail_holds_no_word_of_a_dossier(visits):
    assert {v.page for v in visits if v.mails} == {
        "account_reset_password", "step:indienen", "step:oppakken", "step:oppakken_ab", "step:overleg",
    }  # fmt: skip
    assert [(v.page, v.mailed) for v in visits if v.mailed] == []


def test_what_is_not_yours_looks_like_what_does_not_exist(visits):
    seen = {}
    for v in visits:
        if v.answer == "404" and v.place != "lijst":
            seen.setdefault((v.who, v.method, v.page), {}).setdefault(v.text, []).append(v.place)
    assert [key for key, texts in seen.items() if len(texts) > 1] == []
    assert {key[0] for key in seen} == {v.who for v in visits} - {"anoniem"}


def test_looking_changes_nothing(visits):
    looked = [v for v in visits if v.method in {"GET", "HEAD"}]
    assert [(v.who, v.method, v.page, v.writes) for v in looked if v.writes] == []


def test_what_is_refused_changes_nothing(visits):
    assert {v.answer for v in visits if v.changed} == {"302 schrijft"}
    assert {v.answer for v in visits if v.method == "POST" and not v.changed} == {
        "200", "302", "302 inloggen", "403", "404", "405", "409",
    }  # fmt: skip


def test_without_login_there_is_only_the_way_in(visits):
    assert {v.page for v in visits if v.who == "anoniem" and v.answer != "302 inloggen"} == OPEN


def test_every_form_carries_a_csrf_token_and_a_one_time_key(visits):
    assert [(v.who, v.page, v.forms) for v in visits if v.forms] == []
    assert sum('<form method="post"' in v.text for v in visits) > 100


def test_no_page_shows_a_number_that_can_be_counted_up(visits):
    assert [(v.who, v.page, v.numbers) for v in visits if v.numbers] == []


# Broken on purpose: the same checks must see it.


def test_the_walk_sees_a_filter_that_is_forgotten(town, monkeypatch):
    def everything(self, user):
        return self.annotate(**{f"as_{role}": Value(True) for role in self.model.RELATIONS})

    monkeypatch.setattr(ScopedQuerySet, "visible_to", everything)
    visits = walk(town, ["zoeken", "detail:traject", "step:oppakken"], {"buur_ib"})
    assert {v.page for v in visits if (v.who, v.method, v.page) in {leak[:3] for leak in leaks(visits)}} == {
        "zoeken", "detail:traject", "step:oppakken",
    }  # fmt: skip
    assert ("buur_ib", "POST", "step:oppakken", "eigen", "302 schrijft", "404") in surprises(visits)


def test_the_walk_sees_a_door_that_stands_open(town, monkeypatch):
    monkeypatch.setattr(LoginRequiredMiddleware, "process_view", lambda *args: None)
    visits = walk(town, ["account_logout", "kringen"], {"anoniem"})
    assert [row[:3] for row in surprises(visits)] == [("anoniem", method, "kringen") for method in ("GET", "POST")]


def test_the_walk_sees_a_page_that_writes_when_it_is_looked_at(town, monkeypatch):
    monkeypatch.setattr(nav, "links", lambda request: Kring.objects.filter(naam="Noord").update(naam="Gezien") and [])
    looked = [v for v in walk(town, ["hulp"], {"os"}) if v.method == "GET"]
    assert [(v.changed, len(v.writes)) for v in looked] == [(True, 1)]


def test_the_walk_sees_a_bare_form_and_a_number_that_counts():
    form = '<form method="post"></form> <form action="/uitloggen/">'
    assert [fault.partition(":")[0] for fault in form_faults(form)] == ["csrfmiddlewaretoken", "sleutel"]
    assert NUMBER.findall(f'<a href="/school/{FIRST_NUMBER + 1}/">') == ["7000001"]
