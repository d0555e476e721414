"""The papers say what is there: every proof they name exists, every field has a class, every number is the setting."""

import ast
import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from cases.roles import SEES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAPERS = [DOCS / "security.md", DOCS / "privacy.md", ROOT / "SECURITY.md"]
PROOF = re.compile(r"tests/[\w/]+\.py::\w+")
CLASSES = {"openbaar", "intern", "persoonsgegeven", "bijzonder"}
GROUNDS = {"WPO 18a lid 13", "AVG 6 lid 1 e", "AVG 6 lid 1 c", "geen"}
# see privacy.md
OTHERS = {"tellen", "beoordelaar", "beheer", "ingelogd", "zelf", "niemand", "offerte", "kring", "bewaren"}
SHOWN = set().union(*SEES.values()) | OTHERS


def table(name):
    with (DOCS / name).open(newline="") as file:
        return list(csv.DictReader(file))


def defined_in(path):
    """The tests that a file defines, found by reading it."""
    if not (ROOT / path).is_file():
        return set()
    return {node.name for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, ast.FunctionDef)}


def lost(text):
    """Proofs that a text names and that are not there."""
    found = (proof.partition("::") for proof in sorted(set(PROOF.findall(text))))
    return [f"{path}::{name}" for path, _, name in found if name not in defined_in(path)]


# Every proof


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_test_that_a_paper_names_exists(paper):
    assert lost(paper.read_text()) == []


def test_that_test_sees_a_name_of_nothing():
    here = "tests/security/test_papers.py::test_that_test_sees_a_name_of_nothing"
    gone = ["tests/security/test_papers.py::test_gone", "tests/test_gone.py::test_gone"]
    assert lost(" ".join([here, *gone])) == gone


def unproved(threats):
    """Threats without a test that answers them or without its broken twin, beside those that say why."""
    names = {re.match(r"\| (T\d+)", line)[1]: line for line in threats if re.match(r"\| T\d+", line)}
    bare = [name for name, line in names.items() if not PROOF.search(line) or "twin:" not in line]
    return sorted(names, key=lambda name: int(name[1:])), bare


def test_each_of_the_twenty_threats_is_answered_by_a_test_and_its_twin():
    lines = (DOCS / "security.md").read_text().splitlines()
    names, bare = unproved(lines)
    assert names == [f"T{n}" for n in range(1, 21)]
    assert bare == ["T7"]  # no export yet
    assert unproved([line.replace("twin:", "") for line in lines])[1] == names  # broken on purpose


def test_the_numbers_in_the_paper_are_those_of_the_settings():
    said = dict(re.findall(r"^\| `([A-Z_]+)` \| (\d+) \|", (DOCS / "security.md").read_text(), re.MULTILINE))
    assert len(said) == 5
    assert {name: getattr(settings, name) for name in said} == {name: int(value) for name, value in said.items()}


# Every field


def fields(configs=("expertteam", "schools", "cases")):
    """(model, field) of all that is kept; of a history only what it adds to the rows that it repeats."""
    found = set()
    for model in (model for label in configs for model in apps.get_app_config(label).get_models()):
        repeats = hasattr(model, "pgh_tracked_model")
        names = [f.name for f in model._meta.concrete_fields if not repeats or f.name.startswith("pgh_")]
        found |= {("Historie" if repeats else model.__name__, name) for name in names}
    return found


def test_every_field_that_is_kept_has_a_class_a_ground_and_who_sees_it():
    rows = table("gegevens.csv")
    listed = Counter((row["model"], row["field"]) for row in rows)
    assert (fields() - listed.keys(), listed.keys() - fields()) == (set(), set())
    assert [name for name, times in listed.items() if times > 1] == []
    assert {row["class"] for row in rows} == CLASSES
    assert {row["ground"] for row in rows} == GROUNDS
    assert set().union(*(row["shown_to"].split() for row in rows)) == SHOWN
    people = [row for row in rows if row["class"] in {"persoonsgegeven", "bijzonder"}]
    assert [row for row in people if row["ground"] == "geen"] == []


def test_that_test_sees_a_field_that_nobody_classified():
    listed = {(row["model"], row["field"]) for row in table("gegevens.csv")}
    assert fields(["cases"]) - (listed - {("Aanmelding", "hulpvraag")}) == {("Aanmelding", "hulpvraag")}


def test_a_history_repeats_fields_of_what_it_tracks_and_adds_none():
    for model in apps.get_app_config("cases").get_models():
        if tracked := getattr(model, "pgh_tracked_model", None):
            names = {f.name for f in model._meta.concrete_fields if not f.name.startswith("pgh_")}
            assert names <= {f.name for f in tracked._meta.concrete_fields}


def test_no_free_text_of_a_dossier_is_called_less_than_it_is():
    said = {(row["model"], row["field"]): row["class"] for row in table("gegevens.csv")}
    texts = {
        (model.__name__, field.name)
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | models.BinaryField) and not hasattr(model, "pgh_tracked_model")
    }
    assert len(texts) > 10
    assert {name for name in texts if said[name] != "bijzonder"} == set()


# Every requirement


def faults(row):
    """What is wrong with a line of the list: nothing."""
    proof, papers = row["proof"], re.findall(r"docs/[\w/.-]+#[\w-]+|docs/[\w/.-]+|SECURITY\.md", row["proof"])
    found = [f"no {name}" for name in ("id", "level", "subject", "applies", "proof") if not row[name]]
    if row["level"] not in {"1", "2"} or row["applies"] not in {"ja", "nee"}:
        found.append("unknown status")
    if row["applies"] == "ja" and not row["how"]:
        found.append("no control")
    if row["applies"] == "ja" and not proof.startswith("open: "):
        rest = re.sub(r"\s", "", re.sub("|".join(map(re.escape, [*PROOF.findall(proof), *papers])) or "$", "", proof))
        found += ["no proof"] if not (PROOF.findall(proof) or papers) or rest else []
    return found + lost(proof) + [paper for paper in papers if not heading(paper)]


def heading(paper):
    """Whether this paper, and this heading in it, exist."""
    path, _, anchor = paper.partition("#")
    if not (ROOT / path).is_file():
        return False
    titles = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(), re.MULTILINE)
    return not anchor or anchor in {re.sub(r"[^\w-]", "", title.lower().replace(" ", "-")) for title in titles}


def test_every_requirement_of_level_2_has_a_proof_a_reason_or_says_what_is_missing():
    rows = table("asvs.csv")
    assert {row["id"]: faults(row) for row in rows if faults(row)} == {}
    assert (len(rows), len({row["id"] for row in rows})) == (253, 253)
    assert Counter(row["level"] for row in rows) == {"1": 70, "2": 183}


def test_the_summary_of_the_list_is_what_the_list_says():
    rows = table("asvs.csv")
    applies = [row for row in rows if row["applies"] == "ja"]
    missing = [row for row in applies if row["proof"].startswith("open: ")]
    said = re.search(r"(\d+) apply, (\d+) of them are\s+open", (DOCS / "security.md").read_text())
    assert said.groups() == (str(len(applies)), str(len(missing)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"applies": "misschien"}, ["unknown status"]),
        ({"level": "3"}, ["unknown status"]),
        ({"how": ""}, ["no control"]),
        ({"proof": ""}, ["no proof", "no proof"]),
        ({"proof": "het werkt"}, ["no proof"]),
        ({"proof": "tests/test_access.py::test_gone"}, ["tests/test_access.py::test_gone"]),
        ({"proof": "docs/security.md#gone"}, ["docs/security.md#gone"]),
        ({"proof": "docs/gone.md"}, ["docs/gone.md"]),
    ],
)
def test_each_fault_of_a_line_is_seen(change, fault):
    good = {"id": "9.9.9", "level": "2", "subject": "x", "applies": "ja", "how": "x", "proof": "docs/security.md#log"}
    assert faults(good) == []
    assert faults(good | {"proof": "open: nobody made it"}) == []
    assert faults(good | change) == fault
