"""The paper for a schoolbestuur is what the walk proves."""

from pathlib import Path

from cases.roles import SEES
from tests.access import paper
from tests.access.compare import MATRIX

PAGE = Path(__file__).parents[2] / "docs" / "autorisatiematrix.md"


def test_the_paper_is_made_of_the_matrix():
    assert PAGE.read_text() == paper.text()


def test_every_address_and_every_part_has_a_line():
    assert {*paper.WAY_IN, *paper.WORK, *paper.DOSSIER} == {*MATRIX}
    assert {*paper.PARTS} == set().union(*SEES.values())


def test_a_line_says_what_somebody_gets():
    assert [paper.gets("detail:traject", "eigen", who) for who in ("ib", "buur_ib", "weg", "anoniem")] == [
        "zien", "niet", "niet", "inloggen",
    ]  # fmt: skip
    assert [paper.gets("step:bezoek", "eigen", who) for who in ("os", "ib", "team", "coordinator_reden")] == [
        "doen", "zien", "niet", "zien",
    ]  # fmt: skip
    assert [paper.gets(page, "lijst", "os") for page in ("kringen", "beoordelen", "zoeken", "met_reden")] == [
        "zien", "niet", "zien", "doen",
    ]  # fmt: skip


def test_that_test_sees_a_matrix_that_has_changed(monkeypatch):
    monkeypatch.setitem(MATRIX["detail:traject"]["GET"]["eigen"], "200", "ib os ab coordinator_reden sbo")
    assert PAGE.read_text() != paper.text()
