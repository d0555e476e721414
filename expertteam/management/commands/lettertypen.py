"""Make the typefaces: Atkinson Hyperlegible, Latin letters only, for pages; for papers a box for every other sign."""

from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

LATIN = "U+0020-007E,U+00A0-017F,U+0192,U+2010-2026,U+2039,U+203A,U+20AC,U+2190-2193,U+2212,U+00BD"


class Command(BaseCommand):
    help = "Maak de lettertypen voor de pagina's en de papieren."
    requires_system_checks = []

    def handle(self, **options):
        package = Path(find_spec("fontpkg_atkinson_hyperlegible").submodule_search_locations[0])
        target = settings.BASE_DIR / "build" / "static" / "fonts"
        target.mkdir(parents=True, exist_ok=True)
        for weight in ("Regular", "Bold"):
            source = next(package.rglob(f"*-{weight}.ttf"))
            arguments = ["--flavor=woff2", f"--unicodes={LATIN}", "--layout-features=kern,liga,tnum,zero"]
            subset.main([str(source), *arguments, f"--output-file={target / f'atkinson-{weight.lower()}.woff2'}"])
        papier = settings.BASE_DIR / "build" / "papier"
        papier.mkdir(parents=True, exist_ok=True)
        vakje().save(papier / "vakje.ttf")


def vakje():
    """A typeface of one box for every sign there is: with it a PDF/UA can hold a smiley, which readers still get."""
    pen = TTGlyphPen(None)
    for corners in (
        [(60, 0), (60, 700), (540, 700), (540, 0)],
        [(490, 50), (490, 650), (110, 650), (110, 50)],
    ):
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "vakje"])
    font.setupGlyf(dict.fromkeys([".notdef", "vakje"], pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys([".notdef", "vakje"], (600, 60)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Vakje", "styleName": "Regular", "psName": "Vakje-Regular"})
    font.setupCharacterMap({0x25A1: "vakje"})
    font.setupOS2()
    font.setupPost()
    every = CmapSubtable.newSubtable(13)  # many to one
    every.platformID, every.platEncID, every.language = 3, 10, 0
    every.format = 13
    every.reserved = every.length = every.nGroups = 0
    every.cmap = {sign: "vakje" for sign in range(1, 0x110000) if not 0xD800 <= sign < 0xE000}
    font.font["cmap"].tables = [every]
    return font.font
