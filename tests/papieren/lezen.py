"""Papers as somebody reads them, and two that are filled in. All people and schools are invented."""

import datetime
import io
from dataclasses import replace

from pypdf import PdfReader

from cases.papieren import Advies, Brief, Offerte, Regel

DAG = datetime.date(2026, 3, 14)
ADVIES = Advies(
    soort="Handelingsadvies", datum=DAG, door="Abel Abema, ambulant begeleider", tekst="Geef één stap tegelijk."
)
BRIEF = Brief(
    nummer="2026-0143",
    datum=DAG,
    plaats="Waterdam",
    afzender=["Samenwerkingsverband Waterland", "Expertteam Merel", "Abel Abema", "000 111 22 33"],
    aan="De ouders/verzorgers van Yarabelle",
    onderwerp="Het advies over de begeleiding van uw kind",
    school="De Berg",
    adviezen=[ADVIES],
    bellen=["Sam Ibema, intern begeleider van De Berg: 000 444 55 66"],
    groet=["Abel Abema", "ambulant begeleider"],
)
REGEL = Regel(omschrijving="Twee bijeenkomsten", minuten=720, tarief=11250, btw=21)
OFFERTE = Offerte(
    nummer="OFF-2026-0012",
    versie=2,
    datum=DAG,
    geldig_tot=datetime.date(2026, 4, 1),
    school=["De Berg", "Bergweg 1"],
    afzender=["Ambulante Educatieve Dienst", "000 222 33 44"],
    soort="Scholing",
    thema="Buiten spelen",
    regels=[REGEL],
    link="https://expertteam.example.org/offerte/1/",
)


def reader(paper):
    return PdfReader(io.BytesIO(paper))


def woorden(paper):
    """All text of a paper, with one space wherever there is white."""
    return " ".join(" ".join(page.extract_text() for page in reader(paper).pages).replace("\xa0", " ").split())


def brief_met(tekst):
    """The letter with this advice in it."""
    return replace(BRIEF, adviezen=[replace(ADVIES, tekst=tekst)])
