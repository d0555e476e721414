"""The letter to the parents: what we advise, whom to call, what their rights are. On one page."""

import datetime
from dataclasses import replace

import pytest

from tests.papieren.lezen import ADVIES, BRIEF, brief_met, reader, woorden

pytestmark = pytest.mark.regel("A-31")
GEWOON = "Geef bij elke taak eerst één stap. Laat die stap hardop zeggen, en kijk elke vrijdag samen terug.\n\n" * 8


def test_it_says_all_that_parents_need():
    assert woorden(BRIEF.pdf()) == (
        "Samenwerkingsverband Waterland Expertteam Merel Abel Abema 000 111 22 33 "
        "De ouders/verzorgers van Yarabelle Waterdam, 14 maart 2026 Ons nummer: 2026-0143 "
        "Het advies over de begeleiding van uw kind Geachte ouders/verzorgers, "
        "Het expertteam dacht mee met De Berg over uw kind. Hieronder leest u het advies dat wij gaven. "
        "Deze brief is uw afschrift. Dat is uw recht volgens de wet (artikel 18a lid 14 van de Wet op het primair "
        "onderwijs). Handelingsadvies van 14 maart 2026 Geef één stap tegelijk. "
        "Gegeven door: Abel Abema, ambulant begeleider "
        "Het dossier van uw kind U mag het dossier van uw kind zien. Klopt er iets niet? Dan mag u vragen om het te "
        "verbeteren. Vindt u zelf iets anders? Schrijf dat dan op: wij bewaren uw mening bij het dossier. "
        "Heeft u vragen, of wilt u het dossier zien? Bel dan: Sam Ibema, intern begeleider van De Berg: 000 444 55 66 "
        "Met vriendelijke groet, Abel Abema ambulant begeleider 2026-0143"
    )


def test_an_ordinary_advice_fits_on_one_page():
    assert len(reader(brief_met(GEWOON).pdf()).pages) == 1


def test_it_begins_25_mm_from_the_left_of_a_page_of_a4():
    page, left = reader(brief_met(GEWOON).pdf()).pages[0], []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: text.strip() and left.append((tm[4], cm[4])))
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert round(min(x + offset for x, offset in left) * 25.4 / 72, 1) == 25.0


def test_every_advice_is_in_it_with_its_own_date():
    earlier = replace(ADVIES, soort="Procesadvies", datum=datetime.date(2025, 12, 1), tekst="Overleg eerst samen.")
    text = woorden(replace(BRIEF, adviezen=[earlier, ADVIES]).pdf())
    assert "Hieronder leest u de adviezen die wij gaven." in text
    assert "Procesadvies van 1 december 2025 Overleg eerst samen. Gegeven door" in text
    assert "Handelingsadvies van 14 maart 2026 Geef één stap tegelijk. Gegeven door" in text


def test_the_foot_of_each_page_holds_the_number_and_no_name():
    pages = [page.extract_text() for page in reader(brief_met(GEWOON * 4).pdf()).pages]
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert page.replace("\xa0", " ").endswith(f"2026-0143 bladzijde {number} van 2")
    assert "Yarabelle" not in pages[1]


def test_it_says_u_and_never_je():
    words = woorden(BRIEF.pdf()).lower().split()
    assert "u" in words
    assert set(words) & {"je", "jij", "jouw", "jullie"} == set()
