"""What was seen on the walk, beside what stands in matrix.toml."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

MATRIX = tomllib.loads((Path(__file__).parents[1] / "matrix.toml").read_text())
WORDS, EVERYWHERE = MATRIX.pop("woorden"), MATRIX.pop("overal")
# The list of looks that a coördinator judges: the number and the school, chosen by the database; no name, no text.
REVIEW = ("beoordelen", "nummer")


def expected(page, method, place, who):
    """The answer that stands in the matrix."""
    if EVERYWHERE.get(who, who).isdecimal():
        return EVERYWHERE[who]
    outside = "anoniem" in (who, EVERYWHERE.get(who))
    named = MATRIX.get(page, {}).get(method, {}).get(place, {})
    for group in (who, "anoniem" if outside else "*"):
        if found := [answer for answer, people in named.items() if group in people.split()]:
            return found[0]
    return "302 inloggen" if outside else "404"


def surprises(visits):
    """What somebody got, where the matrix says otherwise."""
    rows = [(v.who, v.method, v.page, v.place, v.answer, expected(v.page, v.method, v.place, v.who)) for v in visits]
    return [row for row in rows if row[1] != "HEAD" and row[4] != row[5]]


def leaks(visits):
    """Words before somebody who has no role in their dossier."""
    return [
        (v.who, v.method, v.page, v.place, word)
        for v in visits
        for word, field in v.found
        if (v.page, field) != REVIEW and not any(fnmatch(word, pattern) for pattern in WORDS.get(v.who, []))
    ]


def unlike(visits):
    """(views without a trace, traces without a view): the dossiers shown, beside those in the log of looks.

    A HEAD asks for a page and gets its headers: it leaves the trace of the page.
    """
    visits = [v for v in visits if v.page != REVIEW[0]]
    shows, heads = ([v for v in visits if (v.method == "HEAD") == head] for head in (False, True))
    shown = {}
    for v in shows:
        shown.setdefault((v.who, v.page, v.place), set()).update(v.shown)
    views = [(v.who, v.method, v.page, v.place, d) for v in shows for d in v.shown - v.traced]
    traces = [(v.who, v.method, v.page, v.place, d) for v in shows for d in v.traced - v.shown]
    traces += [(v.who, "HEAD", v.page, v.place, d) for v in heads for d in v.traced - shown[v.who, v.page, v.place]]
    return views, traces


def figures(visits):
    """What may be quoted."""
    cells = {(v.page, v.who, v.place, v.method) for v in visits}
    views, traces = unlike(visits)
    rows = [
        ("adressen × wie × waar × methode", len(cells)),
        ("adressen (met soort dossier en stap)", len({v.page for v in visits})),
        ("wie", len({v.who for v in visits})),
        ("anders dan in de matrix", len(surprises(visits))),
        ("woorden van een ander", len(leaks(visits))),
        ("pagina's met iets van een dossier", sum(bool(v.shown) for v in visits)),
        ("bekeken zonder spoor", len(views)),
        ("spoor zonder bekijken", len(traces)),
    ]
    lines = [f"| {what} | {count} |" for what, count in rows]
    return "\n".join(["# De wandeling", "", "| wat | aantal |", "|---|---|", *lines, ""])
