"""Documents of an office: an archive within limits, in which nothing runs and nothing comes from elsewhere."""

import io
import re
import zipfile
from functools import cached_property

from cases.forms.bestanden.inhoud import ELEMENTS, Inhoud
from cases.forms.bestanden.weigeren import DUBBEL, GROOT, LOS, ONBEKEND, Geweigerd, begin

MAIN = {  # the type of the part that makes it what it is
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
ODT = b"application/vnd.oasis.opendocument.text"
ENTRIES = 1_000
UNPACKED = 50 * 1024 * 1024
RATIO = 100
PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\|[\x00-\x1f\x7f]")
NESTED = (
    b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"%PDF-", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF",
    b"{\\rtf",
)  # fmt: skip
MACRO = re.compile(r"vba|macro|activex|(^|/)(basic|scripts|customui)/", re.IGNORECASE)
MARKUP = re.compile(r"\.(xml|rels|vml|rdf)$", re.IGNORECASE)
XML = re.compile(r"application/.*xml$", re.IGNORECASE)
DOET = "Er zit een macro of programma in. Sla het op als pdf en kies de pdf."
BUITEN = "Het haalt iets op van buiten het bestand. Sla het op als pdf en kies de pdf."
SLOT = "Er staat een wachtwoord op. Haal het wachtwoord eraf en kies het opnieuw."


class Archief:
    """An archive that was sent, unpacked at most once."""

    def __init__(self, content, ending):
        self.content, self.ending, self.said = content, ending, {}

    @cached_property
    def zip(self):
        return zipfile.ZipFile(io.BytesIO(self.content))

    @cached_property
    def names(self):
        return [entry.filename for entry in self.zip.infolist()]

    @cached_property
    def parts(self):
        """{name: content}; counted while reading, because a header can say anything."""
        parts, room = {}, min(UNPACKED, RATIO * len(self.content))
        for entry in self.zip.infolist():
            if entry.flag_bits & 1:
                raise Geweigerd(SLOT)
            self.said[entry.filename] = entry.file_size
            entry.file_size = room + 1  # else zipfile stops where the header says that the end is
            with self.zip.open(entry) as part:
                parts[entry.filename] = part.read(room + 1)
            room -= len(parts[entry.filename])
            if room < 0:
                raise Geweigerd(GROOT)
        return parts

    @cached_property
    def inhoud(self):
        """{name: what its XML says that matters here}."""
        found, room = {}, ELEMENTS
        for name, part in self.parts.items():
            if MARKUP.search(name):
                found[name] = Inhoud.of(part, room)
                room = found[name].room
        return found


def is_it(doc):
    begin(doc.content, magic=b"PK\x03\x04")


def nothing_after_it(doc):
    end = doc.content.rfind(b"PK\x05\x06")
    if end < 0:
        raise Geweigerd(ONBEKEND)
    if end != len(doc.content) - 22 or doc.content[-2:] != b"\0\0":
        raise Geweigerd(DUBBEL)


def few_entries(doc):
    """Counted before the archive is opened: its own count may be a lie."""
    if doc.content.count(b"PK\x01\x02") > ENTRIES:
        raise Geweigerd(GROOT)


def plainly_packed(doc):
    if any(entry.compress_type not in PLAIN for entry in doc.zip.infolist()):
        raise Geweigerd(ONBEKEND)


def stays_inside(doc):
    if any(OUTSIDE.search(entry.orig_filename) for entry in doc.zip.infolist()):
        raise Geweigerd(ONBEKEND)


def each_part_once(doc):
    if len({name.lower() for name in doc.names}) < len(doc.names):
        raise Geweigerd(DUBBEL)


def says_its_size(doc):
    """Not that it is small to us, and large to a program that reads on."""
    if any(len(part) != doc.said[name] for name, part in doc.parts.items()):
        raise Geweigerd(ONBEKEND)


def right_type(doc):
    """The main part is there, and is said to be what the ending says; what is XML is called so, and was read."""
    if doc.ending == "odt":
        first = doc.zip.infolist()[0]
        right = (first.filename, first.compress_type, doc.parts["mimetype"]) == ("mimetype", zipfile.ZIP_STORED, ODT)
        right = right and {"content.xml", "META-INF/manifest.xml"} <= set(doc.names)
    else:
        types = doc.inhoud["[Content_Types].xml"].types
        main = [part for part, said in types.items() if said == MAIN[doc.ending]]
        right = len(main) == 1 and (main[0][1:] in doc.names or main == ["xml"])
        right = right and all(MARKUP.search(f".{part}") for part, said in types.items() if XML.match(said))
    if not right:
        raise Geweigerd(ONBEKEND)


def no_macros(doc):
    types = [t for inhoud in doc.inhoud.values() for t in inhoud.types.values()]
    if any(MACRO.search(text) for text in doc.names + types) or any(i.script for i in doc.inhoud.values()):
        raise Geweigerd(DOET)


def no_files_inside(doc):
    if any(part.startswith(NESTED) for part in doc.parts.values()):
        raise Geweigerd(LOS)


def nothing_from_outside(doc):
    if any(inhoud.outside for inhoud in doc.inhoud.values()):
        raise Geweigerd(BUITEN)


def no_fields_that_run(doc):
    if any(inhoud.runs for inhoud in doc.inhoud.values()):
        raise Geweigerd(DOET)


CHECKS = [
    is_it, nothing_after_it, few_entries, plainly_packed, stays_inside, each_part_once, says_its_size, right_type,
    no_macros, no_files_inside, nothing_from_outside, no_fields_that_run,
]  # fmt: skip


def lees(content, ending):
    """The document as it came; `Geweigerd`, or an error of a library, when it cannot be kept."""
    doc = Archief(content, ending)
    for check in CHECKS:
        check(doc)
    return content
