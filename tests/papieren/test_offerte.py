"""The offerte: whole cents, the right btw, no leerling."""

from dataclasses import fields, replace

import pytest

from cases.papieren import Offerte, Regel
from tests.papieren.lezen import OFFERTE, REGEL, woorden

VRIJ = replace(REGEL, btw=None, minuten=600)


@pytest.mark.regel("B-18")
def test_it_says_what_the_school_must_know():
    assert woorden(OFFERTE.pdf()) == (
        "Ambulante Educatieve Dienst 000 222 33 44 De Berg Bergweg 1 Offerte OFF-2026-0012, versie 2 "
        "Datum 14 maart 2026 Geldig tot en met 1 april 2026 Soort Scholing Thema Buiten spelen "
        "Wat wij aanbieden Omschrijving Uren Per uur Btw Bedrag "
        "Twee bijeenkomsten 12 € 112,50 21% € 1.350,00 Subtotaal zonder btw € 1.350,00 "
        "Btw 21% over € 1.350,00 € 283,50 Totaal € 1.633,50 "
        "De uren van deze offerte gaan niet van de uren van de kring. "
        "Ja zeggen Is je school het eens met deze offerte? Zeg dat dan in Expertteam, uiterlijk op 1 april 2026. "
        "Een handtekening op papier is niet nodig. Je vindt de offerte hier: "
        "https://expertteam.example.org/offerte/1/ OFF-2026-0012"
    )


def test_without_a_theme_it_names_none():
    text = woorden(replace(OFFERTE, soort="Groepsondersteuning", thema="").pdf())
    assert "Soort Groepsondersteuning Wat wij aanbieden" in text


@pytest.mark.parametrize(
    ("minuten", "tarief", "bedrag"), [(60, 9825, 9825), (90, 9825, 14738), (20, 10000, 3333), (1, 30, 1), (1, 29, 0)]
)
def test_half_a_cent_goes_up(minuten, tarief, bedrag):
    assert replace(REGEL, minuten=minuten, tarief=tarief).bedrag == bedrag


def test_btw_is_counted_once_for_each_rate():
    small = [Regel(omschrijving="x", minuten=60, tarief=3, btw=21) for _ in range(3)]  # each 0,63 cent of btw
    o = replace(OFFERTE, regels=[VRIJ, *small, replace(REGEL, btw=9)])
    assert o.btw == [(21, 9, 2), (9, 135000, 12150), (None, 112500, 0)]
    assert (o.subtotaal, o.totaal) == (247509, 259661)
    assert (
        "Subtotaal zonder btw € 2.475,09 Btw 21% over € 0,09 € 0,02 Btw 9% over € 1.350,00 € 121,50 "
        "Btw vrijgesteld over € 1.125,00 € 0,00 Totaal € 2.596,61"
    ) in woorden(o.pdf())


@pytest.mark.parametrize(
    ("tarief", "text"),
    [(0, "€ 0,00"), (5, "€ 0,05"), (99999, "€ 999,99"), (100000, "€ 1.000,00"), (123456789, "€ 1.234.567,89")],
)
def test_an_amount_is_written_the_dutch_way(tarief, text):
    paper = replace(OFFERTE, regels=[replace(VRIJ, minuten=60, tarief=tarief)]).pdf()
    assert f"Twee bijeenkomsten 1 {text} vrij {text} Subtotaal" in woorden(paper)


@pytest.mark.parametrize(("minuten", "text"), [(90, "1,5"), (100, "1,67"), (600, "10")])
def test_hours_are_written_as_on_the_pages(minuten, text):
    paper = replace(OFFERTE, regels=[replace(VRIJ, minuten=minuten)]).pdf()
    assert f"Twee bijeenkomsten {text} €" in woorden(paper)


@pytest.mark.regel("B-17", "B-19")
def test_there_is_no_place_for_a_leerling():
    """Who adds one here, thinks again: an offerte is between the AED and the school."""
    assert {field.name for field in fields(Offerte)} == {
        "nummer", "versie", "datum", "geldig_tot", "school", "afzender", "soort", "thema", "regels", "link",
    }  # fmt: skip
    assert {field.name for field in fields(Regel)} == {"omschrijving", "minuten", "tarief", "btw"}
