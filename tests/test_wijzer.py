"""Offerte or hours: every question that a school can ask, and what the werkwijze says of it."""

from itertools import product

import pytest

from cases.models.keuzes import Niveau, Soort, Thema
from cases.roles import Role
from cases.wijzer import COMPLEX, DOOR_DE_OS, GROEP, INDIVIDUEEL, OP_SCHOOL, SCHOLING, wijzer

AANBOD = ["schrijven", "bewegen", "buiten_spelen", "sociaal_emotioneel", "groepsklimaat"]
ANDERS = ["", "zorgstructuur", "hgw", "klassenmanagement", "gedrag", "leren", "anders"]
#  niveau, soort: (with a theme that the AED offers, with another theme)
TABLE = {
    ("leerling", "basis"): (INDIVIDUEEL, DOOR_DE_OS),
    ("leerling", "licht"): (INDIVIDUEEL, DOOR_DE_OS),
    ("leerling", "complex"): (COMPLEX, COMPLEX),
    ("groep", "basis"): (GROEP, GROEP),
    ("groep", "licht"): (GROEP, GROEP),
    ("school", "basis"): (OP_SCHOOL, DOOR_DE_OS),
}
HEADING = "Offerte of uren?"


@pytest.mark.regel("B-17", "B-18", "B-19")
@pytest.mark.parametrize(("niveau", "soort"), TABLE)
def test_it_says_what_the_werkwijze_says(niveau, soort):
    offered, other = TABLE[niveau, soort]
    assert [wijzer(niveau, soort, thema) for thema in AANBOD] == [offered] * len(AANBOD)
    assert [wijzer(niveau, soort, thema) for thema in ANDERS] == [other] * len(ANDERS)


def test_the_table_leaves_no_theme_out():
    assert {*AANBOD, *ANDERS} == {*Thema.values, ""}
    assert {*AANBOD} == SCHOLING


def test_it_has_an_answer_to_every_combination():
    for niveau, soort, thema in product(Niveau.values, Soort.values, ["", *Thema.values]):
        assert wijzer(niveau, soort, thema).waarom


@pytest.mark.regel("B-17", "B-19")
def test_its_labels():
    assert [w.label for w in (COMPLEX, DOOR_DE_OS)] == 2 * ["Uit de uren van de kring"]
    assert [w.label for w in (INDIVIDUEEL, GROEP, OP_SCHOOL)] == 3 * ["Op offerte"]
    assert "Expertise in de klas" in GROEP.tenzij


@pytest.mark.parametrize(
    ("who", "state", "shown"),
    [(Role.OS, "opgepakt", True), (Role.AB, "opgepakt", True), (Role.IB, "opgepakt", False),
     (Role.OS, "ingediend", False), (Role.OS, "gestart", False)],
)  # fmt: skip
def test_it_stands_in_the_dossier_while_it_is_decided(make, people, client, who, state, shown):
    a = make["aanmelding"](state, "licht", niveau="groep", groep_naam="7b")
    client.force_login(people[who])
    page = client.get(f"/aanmelding/{a.pk}/").content.decode()
    assert [text in page for text in (HEADING, GROEP.waarom, GROEP.tenzij)] == [shown] * 3
