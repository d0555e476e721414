"""What must never be kept is refused, each check is needed for that, and it costs little."""

import re
import tracemalloc
import xml.sax

import pytest

from cases.forms.bestanden import beeld, inhoud, kantoor, keur, namen, pdf
from cases.forms.bestanden.weigeren import Geweigerd
from tests.files.vijandig import VIJANDIG


def kept(what):
    """Whether this file would be kept."""
    name, made = VIJANDIG[what]
    try:
        keur(name, made())
    except Geweigerd:
        return False
    return True


@pytest.mark.parametrize("what", VIJANDIG)
def test_it_is_refused(what):
    assert not kept(what)


def test_there_are_sixty_at_least():
    assert len(VIJANDIG) >= 60


# Each check, and a file that nothing else refuses: (room, check): what
CHECKS = {
    (pdf, "nothing_after_it"): "a pdf with a page behind it",
    (pdf, "no_archive"): "a pdf with an archive behind it, closed as a pdf",
    (pdf, "few_objects"): "a pdf of 60,000 packed objects",
    (pdf, "has_pages"): "a pdf without pages",
    (pdf, "does_nothing"): "a pdf that starts a program",
    (pdf, "hides_nothing"): "a pdf with a script in packed objects that nothing starts",
    (pdf, "starts_nothing"): "a pdf that visits a page when it is read",
    (beeld, "only_it"): "a png with an archive behind it",
    (beeld, "few_scans"): "a jpg of a thousand passes",
    (beeld, "few_pixels"): "a png of 41 million pixels",
    (beeld, "whole"): "a png of which the sum is wrong",
    (kantoor, "nothing_after_it"): "a docx with a page behind it",
    (kantoor, "few_entries"): "a docx with 1,001 parts",
    (kantoor, "plainly_packed"): "a docx that is packed in a way Word does not know",
    (kantoor, "stays_inside"): "a docx with a part above it",
    (kantoor, "each_part_once"): "a docx with a part twice in other letters",
    (kantoor, "says_its_size"): "a docx that says its air is small, with the sum of all of it",
    (kantoor, "right_type"): "a sheet that is called a document",
    (kantoor, "no_macros"): "a docx with a macro",
    (kantoor, "no_files_inside"): "a docx with an old document in it",
    (kantoor, "nothing_from_outside"): "a docx with a template from elsewhere",
    (kantoor, "no_fields_that_run"): "a docx with such a field in pieces",
    (pdf, "is_it"): "a pdf that is a page too",
    (kantoor, "is_it"): "a docx with something in front of it",
}
# The same for what is not a check in a list: (where, name, what is put there instead)
LIMITS = {
    "a docx that unpacks to 60 MB": (kantoor, "UNPACKED", 10**12),
    "a docx that grows 500 times": (kantoor, "RATIO", 10**6),
    "a docx of half a million elements": (kantoor, "ELEMENTS", 10**12),
    "a docx that laughs": (inhoud, "make_parser", xml.sax.make_parser),
    "a program in front of the ending": (namen, "RUNS", re.compile("$^")),
    "a jpg that was cut off": (beeld, "opnieuw", lambda content, ending: content),
}


BOMBS = [what for what in VIJANDIG if any(word in what for word in (" MB", "pixels", "times", "air", "bomb"))]


def test_every_check_has_a_twin():
    assert {(room, check.__name__) for room in (pdf, beeld, kantoor) for check in room.CHECKS} == set(CHECKS)


@pytest.mark.parametrize(("room", "check"), CHECKS, ids=lambda part: getattr(part, "__name__", part))
def test_without_this_check_it_would_be_kept(monkeypatch, room, check):
    monkeypatch.setattr(room, "CHECKS", [one for one in room.CHECKS if one.__name__ != check])
    assert kept(CHECKS[room, check])


@pytest.mark.parametrize("what", LIMITS)
def test_without_this_limit_it_would_be_kept(monkeypatch, what):
    monkeypatch.setattr(*LIMITS[what])
    assert kept(what)


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_does_not_go_off(what):
    name, made = VIJANDIG[what]
    content = made()
    tracemalloc.start()
    try:
        with pytest.raises(Geweigerd):
            keur(name, content)
        assert tracemalloc.get_traced_memory()[1] < 100 * 1024 * 1024
    finally:
        tracemalloc.stop()
