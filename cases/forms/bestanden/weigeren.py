"""The refusal of a file, and what no file may begin with."""

import re

ONBEKEND = "Kies een pdf, docx, xlsx, odt, jpg of png."
DUBBEL = "Er zit een ander bestand in verstopt. Sla het opnieuw op en kies het nog een keer."
LOS = "Er zit een ander bestand in. Sla het op als pdf en kies de pdf."
GROOT = "Het is te groot als het uitgepakt is. Sla het op als pdf en kies de pdf."
PAGINA = re.compile(rb"<html|<script|<!doctype|<svg|<\?php", re.IGNORECASE)


class Geweigerd(ValueError):
    """Why a file cannot be kept and what to do: a sentence that follows on its name."""


def begin(content, *, magic):
    """A file begins as its type begins, and not as another one as well."""
    if not content.startswith(magic):
        raise Geweigerd(ONBEKEND)
    if PAGINA.search(content[:1024]) or b"%PDF-" in content[1:1024]:
        raise Geweigerd(DUBBEL)
