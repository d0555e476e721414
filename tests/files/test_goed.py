"""What people really send is kept, and shows nothing else than what it shows."""

import io

import pytest
from PIL import Image

from cases.forms.bestanden import keur
from cases.models import Bijlage
from tests.files.goed import GOED


@pytest.mark.parametrize("what", GOED)
def test_it_is_kept(what):
    name, made = GOED[what]
    content = made()
    soort, kept = keur(name, content)
    assert soort.label == name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    assert kept == content or soort in {Bijlage.Soort.JPG, Bijlage.Soort.PNG}


def test_there_are_twenty_at_least():
    assert len(GOED) >= 20


def test_a_photo_says_no_longer_where_and_with_what_it_was_made_and_stands_upright():
    given = GOED["a photo of a phone"][1]()
    _, kept = keur("IMG_0001.JPG", given)
    assert b"Een telefoon" in given
    assert b"Een telefoon" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (dict(image.getexif()), image.size) == ({}, (30, 40))


def test_one_can_still_see_through_a_drawing():
    _, kept = keur("tekening.png", GOED["a drawing of few colours with one to see through"][1]())
    with Image.open(io.BytesIO(kept)) as image:
        assert "transparency" in image.info
