"""A step is one line: the line of the paper is added to the table, and everything that follows from it is there."""

import re
from pathlib import Path

import pytest

from cases import workflow
from cases.diagram import as_markdown
from cases.models import Event, Traject
from cases.workflow import FLOWS, TRAJECT
from tests.scenarios.conftest import abel, browser, mails, olga, sam, typed  # noqa: F401

PAPER = Path("docs/decisions/0016-een-stap-is-een-regel.md")
DOCUMENTED = (
    "| Doel bijstellen | Loopt · uitvoeren | (blijft) | Ambulant begeleider |  |  | wat is het doel; waarom | IB-er |"
)
PLAIN = re.compile(r'[^:;"#{}<>|\n]+')  # what the text beside a state or an arrow may hold
RESERVED = {"state", "note", "end", "direction", "as", "class", "default", "fork", "join", "choice"}


@pytest.fixture
def one_line(monkeypatch):
    """The line that the paper adds, in the table for as long as the test takes."""
    (line,) = re.findall(r"^\+(row\(.+\))$", PAPER.read_text(), re.M)
    monkeypatch.setattr(TRAJECT, "steps", {**TRAJECT.steps})
    exec(line, vars(workflow) | {"row": TRAJECT.step, "S": Traject.State})  # noqa: S102


def test_without_the_line_there_is_no_such_step(make, abel):  # noqa: F811
    assert abel.post(make["traject"]("uitvoeren"), "doel_bijstellen", doel="Iets").status == 404
    assert DOCUMENTED not in as_markdown()


def test_a_line_is_a_link_a_page_a_form_a_mail_and_documentation(one_line, make, sam, olga, abel, mails):  # noqa: F811
    t = make["traject"]("uitvoeren")
    assert ["doel_bijstellen" in who.see(t).offered for who in (abel, sam, olga)] == [True, False, False]
    assert abel.open(t, "doel_bijstellen").values["doel"] == "Zelf aan het werk"
    empty = abel.press(t, "doel_bijstellen", doel="", note="Te groot.")
    assert empty.errors == ["Schrijf op wat het doel is."]
    assert empty.form("/doel_bijstellen/").values["note"] == "Te groot."
    assert mails() == []
    assert abel.press(t, "doel_bijstellen", doel="Binnen vijf minuten", note="Te groot.").said == ["Doel bijgesteld."]
    assert mails() == ["sam"]
    t.refresh_from_db()
    assert (t.state, t.doel) == ("uitvoeren", "Binnen vijf minuten")
    assert [(e.step, e.note, e.by) for e in Event.objects.all()] == [("doel_bijstellen", "Te groot.", abel.user)]
    assert "Doel bijgesteld" in sam.see(t).text
    assert DOCUMENTED in as_markdown()


def test_the_line_is_refused_to_others_and_elsewhere(one_line, make, olga, abel):  # noqa: F811
    t, elsewhere = make["traject"]("uitvoeren"), make["traject"]("plannen")
    answers = {"doel": "Iets anders dan eerst", "note": "Zomaar een reden."}
    assert olga.post(t, "doel_bijstellen", **answers).refusal == "“Doel bijstellen” is aan een ander."
    refused = abel.post(elsewhere, "doel_bijstellen", **answers)
    assert refused.refusal == "“Doel bijstellen” kan niet bij de status “Loopt · plannen”."
    assert "Iets anders dan eerst" in refused.typed
    assert {t.doel for t in Traject.objects.all()} == {"Zelf aan het werk"}


@pytest.mark.parametrize("kind", FLOWS)
def test_every_diagram_is_one_that_mermaid_draws(kind):
    states = {str(state) for state in FLOWS[kind].model.State}
    words = [s.label for s in FLOWS[kind].steps.values()] + [s.label for s in FLOWS[kind].model.State]
    assert [name for name in states if not re.fullmatch(r"[a-z]\w*", name) or name in RESERVED] == []
    assert [word for word in words if not PLAIN.fullmatch(word)] == []
    (drawn,) = re.findall(rf"^## {FLOWS[kind].model._meta.verbose_name}\n.+?```mermaid\n(.+?)\n```", as_markdown(),
                          re.M | re.S | re.I)  # fmt: skip
    assert {line.split(" --> ")[1].split(":")[0].strip() for line in drawn.splitlines() if "-->" in line} == {
        *states, "[*]"
    }  # fmt: skip


def test_that_test_sees_a_label_that_breaks_a_diagram():
    assert [word for word in ["Oppakken", "Let op: nu", "Klaar; verder", "Zeg “ja”", 'Zeg "ja"'] if
            not PLAIN.fullmatch(word)] == ["Let op: nu", "Klaar; verder", 'Zeg "ja"']  # fmt: skip


def test_the_documentation_says_what_must_come_first_in_the_words_of_the_refusal():
    (start,) = [line for line in as_markdown().splitlines() if line.startswith("| Traject starten | Voorbereiding")]
    assert start.split(" | ")[5] == (
        "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast."
        " Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast."
        " Neem eerst de overdracht van de onderwijsspecialist in ontvangst."
    )
