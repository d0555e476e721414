"""The report as a file: a paper (PDF), Excel (XLSX) and CSV. In a cell stands a number or a text, never more."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.html import escape

from cases.rapport.cijfers import KOPPEN
from expertteam import papier

FORMULE = re.compile(r"\A[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|\A[\t\r\n\0]")  # what a spreadsheet would run
NIET_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UITLEG = "Een streepje (–): minder dan 5, of weggelaten omdat je er anders zo'n klein getal mee kunt uitrekenen."


@dataclass(frozen=True)
class Stuk:
    """One report, to be made into a file."""

    over: str
    jaar: str
    eerder: str
    koppen: dict  # {heading: [Tabel]}
    verhalen: list

    @property
    def rijen(self):
        """A row for each number: texts and numbers, hours as hours."""
        yield ["Onderdeel", "Doel", "Cijfer", "Deel", self.jaar, self.eerder]
        for kop, tabellen in self.koppen.items():
            for t in tabellen:
                naam = f"{t.cijfer.naam} (in uren)" if t.cijfer.uren else t.cijfer.naam
                for r in [*t.regels, t.totaal]:
                    yield [
                        KOPPEN[kop][0],
                        t.cijfer.doel,
                        naam,
                        r.label,
                        *(waarde(n, t.cijfer) for n in (r.nu, r.eerder)),
                    ]
        for verhaal in self.verhalen:
            yield ["Verhalen", "", verhaal, "", "", ""]
        yield [self.over, f"Schooljaar {self.jaar} naast {self.eerder}", UITLEG, "", "", ""]


def waarde(n, cijfer):
    """A number, or the dash that stands for what is not shown."""
    if n is None:
        return "–"
    return round(n / 60, 2) if cijfer.uren else n


def cel(waarde):
    """A cell of a CSV: a text that no spreadsheet takes for a formula (ASVS 1.2.10), or a number with a comma."""
    if isinstance(waarde, str):
        return f"'{waarde}" if FORMULE.search(waarde) else waarde
    return f"{waarde:.10g}".replace(".", ",")


def als_csv(stuk):
    """As Excel in the Netherlands opens it: semicolons, commas in numbers, and a mark that says UTF-8."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([cel(waarde) for waarde in row] for row in stuk.rijen)
    return out.getvalue().encode("utf-8-sig")


DELEN = {  # of an XLSX: it says itself that it is one sheet, and nothing else
    "[Content_Types].xml": (
        '<Types xmlns="{pakket}/content-types"><Default Extension="rels" ContentType="{soort}relationships+xml"/>'
        '<Default Extension="xml" ContentType="{blad}sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{blad}worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="{pakket}/relationships"><Relationship Id="rId1" Target="xl/workbook.xml"'
        ' Type="{kantoor}/officeDocument"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="{werk}" xmlns:r="{kantoor}"><sheets>'
        '<sheet name="Tellen en vertellen" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="{pakket}/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"'
        ' Type="{kantoor}/worksheet"/></Relationships>'
    ),
}
NAMEN = {
    "pakket": "http://schemas.openxmlformats.org/package/2006",
    "kantoor": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "werk": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "soort": "application/vnd.openxmlformats-package.",
    "blad": "application/vnd.openxmlformats-officedocument.spreadsheetml.",
}
BREEDTES = (14, 40, 48, 32, 12, 12)


def vak(waarde):
    """A cell of an XLSX says of itself that it is a text or a number: there is no formula in the file to run."""
    if isinstance(waarde, str):
        text = escape(NIET_IN_XML.sub("", waarde))
        return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c><v>{waarde}</v></c>"


def als_xlsx(stuk):
    """One sheet, made by hand: a library for this would be more to trust than it saves."""
    rows = "".join(f"<row>{''.join(map(vak, row))}</row>" for row in stuk.rijen)
    wide = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(BREEDTES, 1))
    sheet = f'<worksheet xmlns="{NAMEN["werk"]}"><cols>{wide}</cols><sheetData>{rows}</sheetData></worksheet>'
    parts = {name: part.format_map(NAMEN) for name, part in DELEN.items()} | {"xl/worksheets/sheet1.xml": sheet}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{part}', ZIP_DEFLATED)
    return out.getvalue()


def als_pdf(stuk):
    parts = [
        {"kop": KOPPEN[kop][0], "vraag": KOPPEN[kop][1], "cijfers": [op_papier(t) for t in tabellen]}
        for kop, tabellen in stuk.koppen.items()
    ]
    about = {"over": stuk.over, "jaar": stuk.jaar, "eerder": stuk.eerder, "uitleg": UITLEG}
    return papier.pdf("rapport", about | {"koppen": parts, "verhalen": stuk.verhalen})


def op_papier(t):
    rows = [[r.label, *(getal(n, t.cijfer) for n in (r.nu, r.eerder))] for r in [*t.regels, t.totaal]]
    return {"naam": t.cijfer.naam, "doel": t.cijfer.doel, "leeg": t.leeg, "rijen": rows}


def getal(n, cijfer):
    """A number as people read it."""
    return f"{cel(waarde(n, cijfer))} uur" if cijfer.uren and n is not None else cel(waarde(n, cijfer))


@dataclass(frozen=True)
class Vorm:
    naam: str
    soort: str  # of the file
    maken: Callable


VORMEN = {
    "pdf": Vorm("Papier (PDF)", "application/pdf", als_pdf),
    "xlsx": Vorm("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", als_xlsx),
    "csv": Vorm("CSV", "text/csv; charset=utf-8", als_csv),
}
