"""The report as a file says what the page says; nothing in it is a formula, and nothing in it names anybody."""

import csv
import io
import re
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from cases.rapport.bestanden import Stuk, als_csv, als_pdf, als_xlsx, cel
from cases.rapport.cijfers import Cijfer
from cases.rapport.maken import Regel, Tabel
from tests.papieren.lezen import reader, woorden
from tests.rapport.conftest import EERDER, JAAR

FORMULES = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "＝1", "＋1", "－1", "＠x"]
WERK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def stuk(label="Basis", over="Kring Noord"):
    hours = Cijfer("Uren van de kring", "inzet", "Meer handen", "uren", "soort", {}, uren=True)
    count = Cijfer("Aanmeldingen", "inzet", "Eén aanmeldpunt", "aanmeldingen", "soort", {})
    tables = [Tabel(c, [Regel(label, 90, None)], Regel("Samen", 90, 12)) for c in (hours, count)]
    return Stuk(over, "2026-2027", "2025-2026", {"inzet": tables}, ["Alles is nu rustig in de ochtend."])


def from_csv(paper):
    return [*csv.reader(io.StringIO(paper.decode("utf-8-sig"), newline=""), delimiter=";")]


def from_xlsx(paper):
    """[[(type, value)]] of the sheet."""
    with ZipFile(io.BytesIO(paper)) as file:
        assert file.testzip() is None
        for name in file.namelist():
            fromstring(file.read(name))
        sheet = fromstring(file.read("xl/worksheets/sheet1.xml"))
    return [[(c.get("t"), "".join(c.itertext())) for c in row] for row in sheet.iter(f"{WERK}row")]


@pytest.mark.regel("A-8")
def test_a_csv_opens_in_excel_with_hours_and_counts_as_numbers():
    paper = als_csv(stuk())
    assert paper.startswith(b"\xef\xbb\xbfOnderdeel;Doel;Cijfer;Deel;2026-2027;2025-2026\r\n")
    assert from_csv(paper)[1:4] == [
        ["Inzet", "Meer handen", "Uren van de kring (in uren)", "Basis", "1,5", "–"],
        ["Inzet", "Meer handen", "Uren van de kring (in uren)", "Samen", "1,5", "0,2"],
        ["Inzet", "Eén aanmeldpunt", "Aanmeldingen", "Basis", "90", "–"],
    ]


def test_an_xlsx_has_texts_and_numbers():
    rows = from_xlsx(als_xlsx(stuk()))
    text = "inlineStr"
    assert rows[1][2:] == [(text, "Uren van de kring (in uren)"), (text, "Basis"), (None, "1.5"), (text, "–")]
    assert rows[4][4:] == [(None, "90"), (None, "12")]


@pytest.mark.parametrize("tekst", FORMULES)
def test_a_name_that_looks_like_a_formula_stays_a_name(tekst):
    assert cel(tekst) == f"'{tekst}"
    if "\0" not in tekst:
        rows = from_csv(als_csv(stuk(tekst, tekst)))
        assert [row[3] for row in rows[1:3]] == [f"'{tekst}", "Samen"]
        assert rows[-1][0] == f"'{tekst}"
    sheet = ZipFile(io.BytesIO(als_xlsx(stuk(tekst, tekst)))).read("xl/worksheets/sheet1.xml").decode()
    assert {kind for row in from_xlsx(als_xlsx(stuk(tekst))) for kind, _ in row} == {"inlineStr", None}
    assert set(re.findall(r"<(\w+)", sheet)) == {
        "xml",
        "worksheet",
        "cols",
        "col",
        "sheetData",
        "row",
        "c",
        "is",
        "t",
        "v",
    } - {"xml"}


@given(st.text())
def test_no_text_becomes_a_formula_or_breaks_the_file(tekst):
    first = cel(tekst).lstrip(" \t\r\n\0\x0b\x0c")[:1]
    assert first not in {*"=+-@＝＋－＠"}
    assert len({len(row) for row in from_xlsx(als_xlsx(stuk(tekst)))}) == 1


@pytest.mark.parametrize("tekst", ["De Berg", "obs De Wilgen", "'s Heerenloo", "Kring Noord, De Berg", "–", "12"])
def test_an_ordinary_name_stays_as_it_is(tekst):
    assert cel(tekst) == tekst


def test_without_the_quote_a_formula_would_run(monkeypatch):
    """The broken twin."""
    monkeypatch.setattr("cases.rapport.bestanden.FORMULE", re.compile("a^"))
    assert from_csv(als_csv(stuk("=1+1")))[1][3] == "=1+1"


@pytest.mark.regel("A-8", "A-22")
def test_the_paper_can_be_read_aloud_and_says_the_same():
    paper = als_pdf(stuk())
    root = reader(paper).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("nl-NL", True)
    assert b"/TH" in b"".join(o.get_object().get("/S", "").encode() for o in objects(paper))
    words = woorden(paper)
    assert "Tellen en vertellen 2026-2027 Kring Noord, schooljaar 2026-2027 naast 2025-2026." in words
    assert "kring Doel: Meer handen 2026-2027 2025-2026 Basis 1,5 uur – Samen 1,5 uur 0,2 uur" in words


def objects(paper):
    """The dictionaries of a PDF."""
    read = reader(paper)
    found = (read.get_object(n) for n in range(1, len(read.xref_objStm) + sum(map(len, read.xref.values()))))
    return [o for o in found if hasattr(o, "get")]


@pytest.mark.parametrize("vorm", ["pdf", "xlsx", "csv"])
def test_who_sees_the_page_gets_the_file(coen, sam, sent, vorm):
    sent(6)
    answer = coen.client.get(f"/tellen/rapport.{vorm}?kring=Noord")
    name = f'attachment; filename="tellen-en-vertellen-{JAAR}-kring-noord.{vorm}"'
    assert (answer.status_code, answer["Content-Disposition"]) == (200, name)
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sam.client.get(f"/tellen/rapport.{vorm}").status_code == 403


def test_there_are_three_kinds_of_file_and_the_page_links_to_them(coen, sent):
    sent(6)
    page = coen.client.get("/tellen/", {"kring": "Noord", "deel": "soort-licht"})
    links = re.findall(r'href="(/tellen/rapport\.[^"]+)"', page.content.decode())
    assert len(links) == 3
    for link in links:
        assert coen.client.get(link.replace("&amp;", "&"))["Content-Disposition"].endswith(
            f'-kring-noord-licht.{re.search("rapport.([a-z]+)", link)[1]}"'
        )
    assert coen.client.get("/tellen/rapport.exe").status_code == 404


@pytest.mark.regel("A-22")
def test_a_file_says_what_the_page_says_and_no_more(coen, sent, report):
    sent(12, "licht")
    sent(4, "complex")
    sent(9, "basis")
    sent(6, "basis", EERDER)
    page = report(coen, kring="Noord")["Aanmeldingen naar soort"]
    file = from_csv(coen.client.get("/tellen/rapport.csv?kring=Noord").content)
    assert {row[3]: tuple(row[4:]) for row in file if row[2] == "Aanmeldingen naar soort"} == page
    sheet = from_xlsx(coen.client.get("/tellen/rapport.xlsx?kring=Noord").content)
    assert {r[3][1]: (r[4][1], r[5][1]) for r in sheet if r[2][1] == "Aanmeldingen naar soort"} == page
    assert "Basis – 6 Licht 12 0 Complex – 0 Samen 25 6" in woorden(
        coen.client.get("/tellen/rapport.pdf?kring=Noord").content
    )
