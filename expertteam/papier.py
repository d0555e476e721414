"""Papers: a template of ours and what was typed become a PDF that can also be read aloud. Knows nothing of cases."""

import json
from functools import cache
from importlib.util import find_spec

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from expertteam.koppen import SEALED

PAPIER = settings.BASE_DIR / "templates" / "papier"
VAKJE = settings.BASE_DIR / "build" / "papier"  # by `manage.py lettertypen`: a box for what no typeface has
NO_SIGN = dict.fromkeys([0xFEFF, 0xFFFE])  # marks of an encoding that came along with a paste; PDF/UA refuses them


class Mislukt(Exception):
    """The paper was not made. It is never the fault of a text that somebody typed."""


@cache
def lettertypen():
    """The typeface of the pages, those of the compiler itself for other scripts, and the box. None of the host."""
    atkinson = find_spec("fontpkg_atkinson_hyperlegible").submodule_search_locations[0]
    return typst.Fonts(include_system_fonts=False, font_paths=[atkinson, str(VAKJE)])


def pdf(template, data):
    """templates/papier/<template>.typ as PDF/UA-1. What is in `data` stays text, whatever it looks like.

    The same data give the same bytes. A template reads nothing outside its own directory.
    """
    compiler = typst.Compiler(PAPIER / f"{template}.typ", root=PAPIER, font_paths=lettertypen())
    given = {"gegevens": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(NO_SIGN)}
    try:
        paper, warnings = compiler.compile_with_warnings(sys_inputs=given, pdf_standards="ua-1")
    except typst.TypstError as error:
        raise Mislukt(error.message) from None  # the trace holds the text
    if warnings:
        raise Mislukt("; ".join(warning.message for warning in warnings))
    return paper


def antwoord(inhoud, naam, soort="application/pdf"):
    """A file as a download and nothing else. Its name names nobody: the caller makes it of a number."""
    headers = SEALED | {"Content-Disposition": content_disposition_header(True, naam)}
    return HttpResponse(inhoud, content_type=soort, headers=headers)
