"""Words in a text that may be the name of somebody. Whether they are, a human says."""

import re

from cases.models.bekend import plat

WOORD = re.compile(r"[^\W\d_]+")
ZIN = re.compile(r"(?:\A|[.!?:\n])\W*\Z")  # what stands before the first word of a sentence
GETAL = re.compile(r"\d(?:[./ -]?\d){5,}")  # a date, a number of a leerling, a telephone
GEWOON = {  # what stands in a name and is none by itself
    "aan", "basisschool", "bij", "de", "den", "der", "een", "en", "groep", "het", "in", "juf", "leerkracht", "meester",
    "mevrouw", "meneer", "moeder", "obs", "cbs", "op", "ouders", "pcbs", "rkbs", "school", "te", "ten", "ter", "tot",
    "vader", "van", "voor",
}  # fmt: skip


def delen(namen):
    """The words of names as they are written down: whole ones, with what stands around them."""
    found = {plat(word) for naam in namen for word in WOORD.findall(naam)} - GEWOON
    return {part for part in found if len(part) > 1}


def mogelijke_namen(tekst, bekend, mag=()):
    """The words that belong to somebody we know, those with a capital inside a sentence, and long numbers; each once.

    What may stand there (`mag`: a school, who is present) may have its capital, unless somebody we know is called so.
    """
    parts, may = delen(bekend), delen(mag)
    found = {}
    for match in WOORD.finditer(tekst):
        word, flat = match[0], plat(match[0])
        known = flat in parts or any(len(part) > 3 and flat.startswith(part) for part in parts)
        inside = word[0].isupper() and len(word) > 1 and not word.isupper() and not ZIN.search(tekst[: match.start()])
        if known or (inside and flat not in may | GEWOON):
            found.setdefault(flat, word)
    return [*found.values(), *dict.fromkeys(GETAL.findall(tekst))]
