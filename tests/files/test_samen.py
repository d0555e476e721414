"""What one form may bring along: each file is in memory while it is looked at."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.forms import bestanden
from tests.files.maken import picture


@pytest.fixture
def form():
    said = []
    return SimpleNamespace(said=said, add_error=lambda field, sentence: said.append(sentence))


def files(*names):
    """Pictures, and after each so many bytes of nothing that it is 600 kB."""
    content = picture()
    return [SimpleUploadedFile(name, content + bytes(600_000 - len(content))) for name in names]


def names(kept):
    return [file["naam"] for file in kept]


def test_together_they_may_be_forty_mb_and_what_is_too_much_is_named(form, monkeypatch):
    assert bestanden.SAMEN == 40
    monkeypatch.setattr(bestanden, "SAMEN", 1)
    kept = bestanden.lees(files("een.png", "twee.png") + [SimpleUploadedFile("drie.png", picture())], form)
    assert names(kept) == ["een.png", "drie.png"]  # the small one still fits
    assert form.said == [
        "Samen mogen de bestanden 40 MB zijn. Dit bestand is niet bewaard: twee.png. Stuur het een volgende keer."
    ]


def test_that_test_sees_a_form_without_the_limit(form, monkeypatch):
    monkeypatch.setattr(bestanden, "SAMEN", 100)
    assert names(bestanden.lees(files("een.png", "twee.png"), form)) == ["een.png", "twee.png"]
    assert form.said == []
