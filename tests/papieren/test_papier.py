"""A paper holds what was typed, letter for letter, and nothing that was typed is ever an instruction."""

import re

import pytest
import typst

from expertteam import papier
from tests.papieren.lezen import BRIEF, OFFERTE, brief_met, reader, woorden

LOOKS_LIKE_CODE = [
    '#read("/etc/passwd")', "#eval(\"1+1\")", "*bold* _schuin_", "$x^2$", "\\ \\u{41} \\#", "\"dubbel\" en 'enkel'",
    "= kop", "- een -- twee --- drie ...", "<anker> @verwijzing", "// weg", "/* weg */", "#import \"@preview/x:1.0.0\"",
    "https://example.org", "{{ nummer }} {% now 'Y' %}", '"}; #panic()', "`code`", "[inhoud] (haakjes)", "~ niet vast",
]  # fmt: skip
SCRIPTS = ["Łukasz Şahin Çelik", "Ĳsbrand", "Привет", "Γειά", "na 😀 komt", "één stap, 1½ uur, € 2,–"]


@pytest.mark.parametrize("tekst", [*LOOKS_LIKE_CODE, *SCRIPTS])
def test_what_was_typed_comes_out_as_the_same_letters(tekst):
    assert f"Handelingsadvies van 14 maart 2026 {tekst} Gegeven door" in woorden(brief_met(tekst).pdf())


def test_text_of_three_thousand_signs_comes_out_whole():
    tekst = " ".join(f"#w{n}*" for n in range(600))[:3000].strip()
    assert len(tekst) > 2990
    paper = brief_met(tekst).pdf()
    assert len(reader(paper).pages) == 2
    assert tekst in woorden(paper).replace("2026-0143 bladzijde 1 van 2 ", "")


@pytest.mark.parametrize(
    "tekst", ["👨\u200d👩\u200d👧 中文 العربية", "\x01\x07\t", "\u202eom", "\r\n\r\n", "", "\ufffe\ufeff\uffff"]
)
def test_no_sign_keeps_a_letter_from_being_made(tekst):
    assert "Handelingsadvies van 14 maart 2026" in woorden(brief_met(tekst).pdf())


@pytest.mark.parametrize("tekst", ["https://example.org/" + "pad" * 60, "a" * 3000])
def test_nothing_runs_over_the_edge_of_the_page(tekst):
    """Each line then holds what fits on it: no line is longer than an ordinary one can be."""
    text = "\n".join(page.extract_text() for page in reader(brief_met(tekst).pdf()).pages)
    assert max(len(line.replace("\u200b", "")) for line in text.split("\n")) < 130
    assert tekst in re.sub(r"\s|\u200b", "", text.replace("2026-0143 bladzijde 1 van 2", ""))


@pytest.mark.parametrize(("tekst", "second"), [("İbrahim", "0130"), ("中文", "6587")])
def test_a_shape_that_stands_for_several_signs_says_which_one_it_is(tekst, second):
    """A reader takes this above the shapes; pypdf does not look at it."""
    content = reader(brief_met(tekst).pdf()).pages[0].get_contents().get_data()
    assert f"/ActualText<FEFF{second}>".encode() in content


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_and_paragraphs_stay_what_they_are(newline):
    paper = brief_met(newline.join(["een", "twee", "", "drie"])).pdf()
    assert "een\ntwee\ndrie\n" in reader(paper).pages[0].extract_text()


def test_as_markup_the_same_text_would_have_worked(tmp_path, monkeypatch):
    """The broken twin: a template that reads what was typed as Typst."""
    monkeypatch.setattr(papier, "PAPIER", tmp_path)
    (tmp_path / "x.typ").write_text(
        '#set document(title: "x", date: none)\n#set text(font: "Atkinson Hyperlegible", lang: "nl")\n'
        '#eval(json(bytes(sys.inputs.gegevens)), mode: "markup")'
    )
    assert woorden(papier.pdf("x", "som: #(40 + 2)")) == "som: 42"


@pytest.mark.parametrize("way", ['read("../geheim.txt")', 'read("/../geheim.txt")', 'read("/etc/passwd")'])
def test_a_template_reads_nothing_outside_its_own_directory(tmp_path, monkeypatch, way):
    (tmp_path / "geheim.txt").write_text("geheim")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.typ").write_text(f"#{way}")
    monkeypatch.setattr(papier, "PAPIER", tmp_path / "in")
    with pytest.raises(papier.Mislukt, match="failed to load file|file not found|escape"):
        papier.pdf("x", {})


def test_what_fails_never_says_what_was_typed(monkeypatch, tmp_path):
    monkeypatch.setattr(papier, "PAPIER", tmp_path)
    (tmp_path / "x.typ").write_text("#json(bytes(sys.inputs.gegevens)).niets")
    with pytest.raises(papier.Mislukt) as caught:
        papier.pdf("x", {"tekst": "Yarabelle"})
    assert "Yarabelle" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_without_its_typefaces_there_is_no_paper(monkeypatch):
    """A paper with signs that quietly went missing is worse than none: `manage.py lettertypen` was not run."""
    monkeypatch.setattr(papier, "lettertypen", lambda: typst.Fonts(include_system_fonts=False))
    with pytest.raises(papier.Mislukt, match="unknown font family"):
        BRIEF.pdf()


def test_our_templates_fetch_and_run_nothing():
    for template in papier.PAPIER.glob("*.typ"):
        text = template.read_text()
        assert re.findall(r"@\w+/|\b(?:read|eval|plugin|image|csv|xml|yaml|toml)\(|#include", text) == []
        assert set(re.findall(r"#import (\S+)", text)) <= {'"papier.typ":'}


@pytest.mark.parametrize("paper", [BRIEF, OFFERTE])
def test_it_can_be_read_aloud_and_its_title_names_nobody(paper):
    read = reader(paper.pdf())
    root = read.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "nl-NL", True, True,
    )  # fmt: skip
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {key: str(value) for key, value in read.metadata.items() if key != "/Creator"} == {"/Title": paper.nummer}
    faces = {f["/BaseFont"].partition("+")[2] for p in read.pages for f in p["/Resources"]["/Font"].values()}
    assert {face.split("-")[0] for face in faces} == {"AtkinsonHyperlegible"}


@pytest.mark.parametrize("paper", [BRIEF, OFFERTE])
def test_the_same_data_make_the_same_bytes(paper):
    assert paper.pdf() == paper.pdf()


def test_a_paper_is_a_download_and_nothing_else():
    response = papier.antwoord(b"%PDF-", "brief-2026-0143.pdf")
    assert response.content == b"%PDF-"
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="brief-2026-0143.pdf"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def test_a_name_cannot_add_a_header():
    response = papier.antwoord(b"", 'a"\r\nSet-Cookie: x=1.pdf')
    assert "\r" not in response["Content-Disposition"]
    assert "\n" not in response["Content-Disposition"]
