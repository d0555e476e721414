"""The name of a file: readable, harmless, and the same when it is cleaned again."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.forms.bestanden.namen import MAX, RESERVED, schone_naam

PARTS = st.sampled_from(
    ["../", "..\\", "\0", "\r\n", "\u202e", "\u200b", "\u2066", "CON", "nul.", "COM1", ".pdf", ".", " ", "C:", "é"]
)
NAMES = st.lists(st.one_of(PARTS, st.text(max_size=40)), max_size=12).map("".join)


@given(NAMES)
@example("a" * 300 + ".pdf")
@example("a." + "b" * 300)
@example("con .tar.pdf")
@example("...")
def test_every_name_is_harmless(given):
    name = schone_naam(given)
    assert [c for c in name if unicodedata.category(c)[0] == "C" or c in '/\\<>:"|?*'] == []
    assert 0 < len(name) <= MAX
    assert not RESERVED.match(name)
    assert name == name.strip(". ")
    assert schone_naam(name) == name


def unclean(given):
    """The broken twin: what a simple hand makes of it."""
    return given.replace("/", "")[-MAX:]


@pytest.mark.parametrize("given", ["../a\\b.pdf", "verslag\u202efdp.exe", "con.pdf", "a\r\nX: y.pdf", " .pdf"])
def test_a_simple_hand_is_not_enough(given):
    name = unclean(given)
    bad = [c for c in name if unicodedata.category(c)[0] == "C" or c in '/\\<>:"|?*']
    assert bad or RESERVED.match(name) or name != name.strip(". ")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Plan van aanpak (groep 6).pdf", "Plan van aanpak (groep 6).pdf"),
        ("Zoë  Çelik – plan.DOCX", "Zoë Çelik – plan.docx"),
        ("../../etc/passwd.pdf", "etcpasswd.pdf"),
        ("verslag\u202efdp.exe", "verslagfdp.exe"),
        ("NUL.pdf", "bestand NUL.pdf"),
        ("", "bestand"),
        (".pdf", "pdf"),
        ("a" * 200 + ".pdf", "a" * 146 + ".pdf"),
        ("verslag.pdf. .", "verslag.pdf"),
    ],
)
def test_what_is_readable_stays(given, name):
    assert schone_naam(given) == name
