"""Make the two small typefaces of the pages: Atkinson Hyperlegible, Latin letters only."""

from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

LATIN = "U+0020-007E,U+00A0-017F,U+0192,U+2010-2026,U+2039,U+203A,U+20AC,U+2190-2193,U+2212,U+00BD"


class Command(BaseCommand):
    help = "Maak de lettertypen voor de pagina's."
    requires_system_checks = []

    def handle(self, **options):
        package = Path(find_spec("fontpkg_atkinson_hyperlegible").submodule_search_locations[0])
        target = settings.BASE_DIR / "build" / "static" / "fonts"
        target.mkdir(parents=True, exist_ok=True)
        for weight in ("Regular", "Bold"):
            source = next(package.rglob(f"*-{weight}.ttf"))
            arguments = ["--flavor=woff2", f"--unicodes={LATIN}", "--layout-features=kern,liga,tnum,zero"]
            subset.main([str(source), *arguments, f"--output-file={target / f'atkinson-{weight.lower()}.woff2'}"])
