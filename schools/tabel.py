"""Reading a csv file of others: encoding and separator are found out, and a bad row stops nothing."""

import csv
import io
from pathlib import Path


class Onbruikbaar(Exception):
    """Not the file we need; the text is a sentence for the person who named it."""


class Fout(Exception):
    """A row that cannot be used: the reason, the line and, as far as it can be read, whose row it is."""

    def __init__(self, reden, brin6="", gemeente=""):
        super().__init__(reden)
        self.regel, self.brin6, self.gemeente = 0, brin6, gemeente


def lees(pad, kolomnaam, controleer, maak):
    """(what `maak` makes of every row, Fouten). `controleer` may refuse the file when it sees its columns."""
    regels = io.StringIO(_tekst(pad), newline=None)
    eerste = regels.readline()
    scheiding = max(";,", key=eerste.count)
    kop = [kolomnaam(naam) for naam in _cellen(eerste, scheiding)]
    controleer(pad, set(kop))
    gemaakt, fouten = [], []
    # Line by line: a lone quote in a name spoils its own row and swallows none of the next
    for nummer, regel in enumerate(regels, 2):
        cellen = _cellen(regel, scheiding)
        if not any(cellen):
            continue
        try:
            if len(cellen) != len(kop):
                raise Fout(f"er zijn {len(cellen)} kolommen, en in de kopregel {len(kop)}")
            gemaakt.append(maak(nummer, dict(zip(kop, cellen, strict=True))))
        except Fout as fout:
            fout.regel = nummer
            fouten.append(fout)
    if not gemaakt:
        waarom = f" Regel {fouten[0].regel}: {fouten[0]}." if fouten else ""
        raise Onbruikbaar(f"In {pad} staat onder de kopregel geen enkele bruikbare regel.{waarom}")
    return gemaakt, fouten


def _tekst(pad):
    try:
        inhoud = Path(pad).read_bytes()
    except FileNotFoundError:
        raise Onbruikbaar(f"Het bestand {pad} bestaat niet.") from None
    except IsADirectoryError:
        raise Onbruikbaar(f"{pad} is een map en geen bestand.") from None
    except OSError:
        raise Onbruikbaar(f"Het bestand {pad} kan niet worden geopend.") from None
    if not inhoud.strip():
        raise Onbruikbaar(f"Het bestand {pad} is leeg.")
    for codering in ("utf-8-sig", "cp1252"):
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:  # a csv has none, and PostgreSQL keeps none
            return tekst
    raise Onbruikbaar(f"{pad} is geen csv-bestand.")


def _cellen(regel, scheiding):
    try:
        return [cel.strip() for cel in next(csv.reader([regel], delimiter=scheiding), [])]
    except csv.Error:  # one cell as long as a book
        return ["?"]
