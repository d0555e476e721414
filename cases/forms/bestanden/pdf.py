"""Pdf: it opens, shows pages, and does nothing by itself."""

import io
import logging
import re
import zipfile
from functools import cached_property

from pypdf import PdfReader

from cases.forms.bestanden.weigeren import DUBBEL, LOS, ONBEKEND, Geweigerd, begin

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells what it finds in a file: that is not for a log
OBJECTS = 50_000
OBJECT = re.compile(rb"\bobj\b")
DOES = re.compile(
    rb"/(JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|Rendition|RichMedia\w*|Movie|Sound|SetOCGState)\b"
)
HOLDS = re.compile(rb"/EmbeddedFiles?\b")
ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
DOET = "Het kan zelf iets uitvoeren. Druk het af naar een nieuwe pdf en kies die."
WACHTWOORD = "Er staat een wachtwoord op. Haal het wachtwoord eraf en kies het opnieuw."
INGEWIKKELD = "Het is te ingewikkeld. Druk het af naar een nieuwe pdf en kies die."


class Pdf:
    """A pdf that was sent, opened at most once."""

    def __init__(self, content):
        self.content = content

    @cached_property
    def reader(self):
        """Opened without a password; one that only forbids to print or to change is no matter."""
        reader = PdfReader(io.BytesIO(self.content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Geweigerd(WACHTWOORD)
        return reader


def is_it(pdf):
    begin(pdf.content, magic=b"%PDF-")


def nothing_after_it(pdf):
    if b"%%EOF" not in pdf.content:
        raise Geweigerd(ONBEKEND)
    if not pdf.content[-1024:].rstrip(b"\r\n\t \0").endswith(b"%%EOF"):
        raise Geweigerd(DUBBEL)


def no_archive(pdf):
    if zipfile.is_zipfile(io.BytesIO(pdf.content)):
        raise Geweigerd(DUBBEL)


def few_objects(pdf):
    if len(OBJECT.findall(pdf.content)) > OBJECTS or len(pdf.reader.xref_objStm) > OBJECTS:
        raise Geweigerd(INGEWIKKELD)


def has_pages(pdf):
    if not pdf.reader.pages or any(page["/Type"] != "/Page" for page in pdf.reader.pages):
        raise Geweigerd("Er staan geen bladzijden in. Kies een ander bestand.")


def does_nothing(pdf):
    """Not where it can be read as it is, in this version of the document or an earlier one."""
    running(pdf.content)


def hides_nothing(pdf):
    """Nor in what is packed in streams of objects."""
    for stream in {stream for stream, _ in pdf.reader.xref_objStm.values()}:
        running(pdf.reader.get_object(stream).get_data())


def starts_nothing(pdf):
    """Opening it, or a page of it, goes to a page at most; it is no program for filling in."""
    root = pdf.reader.root_object
    first = root["/OpenAction"] if "/OpenAction" in root else []  # noqa: SIM401 (get() gives a reference)
    goes = first["/S"] if isinstance(first, dict) else "/GoTo"
    if goes != "/GoTo" or ("/AcroForm" in root and "/XFA" in root["/AcroForm"]):
        raise Geweigerd(DOET)
    if any("/AA" in part for part in (root, *pdf.reader.pages)):
        raise Geweigerd(DOET)


CHECKS = [
    is_it, nothing_after_it, no_archive, few_objects, has_pages, does_nothing, hides_nothing, starts_nothing,
]  # fmt: skip


def lees(content, ending):
    """The pdf as it came; `Geweigerd`, or an error of pypdf, when it cannot be kept."""
    pdf = Pdf(content)
    for check in CHECKS:
        check(pdf)
    return content


def running(content):
    """Refuse names of what runs or holds another file, also where a letter is written as a number."""
    names = ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), content)
    if DOES.search(names):
        raise Geweigerd(DOET)
    if HOLDS.search(names):
        raise Geweigerd(LOS)
