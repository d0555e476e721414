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


def mogelijke_namen(tekst, bekend):
    """The words that belong to somebody we know, those with a capital inside a sentence, and long numbers; each once.

    `bekend` are names as they are written down: whole ones, with what stands around them.
    """
    parts = {plat(word) for naam in bekend for word in WOORD.findall(naam)} - GEWOON - {""}
    parts = {part for part in parts if len(part) > 1}
    found = {}
    for match in WOORD.finditer(tekst):
        word, flat = match[0], plat(match[0])
        known = flat in parts or any(len(part) > 3 and flat.startswith(part) for part in parts)
        inside = word[0].isupper() and len(word) > 1 and not word.isupper() and not ZIN.search(tekst[: match.start()])
        if known or inside:
            found.setdefault(flat, word)
    return [*found.values(), *dict.fromkeys(GETAL.findall(tekst))]
