"""Files that people really send: none is refused. {what it is: (name, how it is made)}."""

import functools
import io
import zipfile
import zlib

from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.files.maken import (
    DOCX_MAIN,
    PAGE,
    archive,
    document,
    docx,
    noise,
    odt,
    packed_pdf,
    pdf,
    picture,
    png,
    stream,
    types,
    xlsx,
)


def only_printing_forbidden():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("", "van de eigenaar", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def saved_twice():
    """A later version is written behind the first one, as editors do."""
    first = pdf(b"(oud)")
    start = first.rfind(b"startxref\n") + 10
    place, prev = len(first), int(first[start : first.index(b"\n", start)])
    more = b"4 0 obj\n(nieuw)\nendobj\n"
    xref = b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % (place, prev)
    return first + more + xref + b"startxref\n%d\n%%%%EOF\n" % (place + len(more))


def from_a_phone():
    """A picture with a place, a camera and a thumb, that lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Een telefoon"
    exif.get_ifd(0x8825)[2] = (52.0, 9.0, 30.0)
    return picture("JPEG", (40, 30), exif=exif)


LINK = ("hyperlink", "https://www.example.org/", "External")
AANTEKENING = b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org) >> /Rect [0 0 9 9] >>"
ANNOTATED = PAGE[:-2] + b"/Annots [4 0 R] >>"
GOTO = b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"
WORDS = b"BT /F1 12 Tf (Plan van aanpak) Tj ET"
LINES = "".join(f"<row><c><v>{n}</v></c><c><v>{n * 7919 % 1009}</v></c></row>" for n in range(20_000))
FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
GOED = {
    "a pdf of one page": ("plan.pdf", pdf),
    "a pdf with text and a link to follow": (
        "Plan van aanpak.pdf",
        functools.partial(pdf, AANTEKENING, stream(WORDS), page=ANNOTATED),
    ),
    "a pdf that opens at a page": ("plan.pdf", functools.partial(pdf, root=b"/OpenAction [3 0 R /Fit]")),
    "a pdf that opens with a step to a page": ("plan.pdf", functools.partial(pdf, root=GOTO)),
    "a pdf with a form to fill in": ("formulier.pdf", functools.partial(pdf, root=b"/AcroForm << /Fields [] >>")),
    "a pdf with its objects packed": ("opp.pdf", packed_pdf),
    "a pdf of which only printing is forbidden": ("verslag.pdf", only_printing_forbidden),
    "a pdf that was saved twice": ("verslag.PDF", saved_twice),
    "a pdf with empty lines behind it": ("verslag.pdf", functools.partial(pdf, after=b"\r\n\r\n")),
    "a large pdf": ("scan.pdf", lambda: pdf(stream(noise(7_000_000)))),
    "a document of Word": ("Groeidocument groep 6.docx", docx),
    "a document of Word with a link to follow": ("plan.docx", functools.partial(docx, links=[LINK])),
    "a document of Word with a picture": ("plan.docx", lambda: docx(("word/media/image1.png", picture()))),
    "a document of Word with a table of contents": ("plan.docx", lambda: docx(body=document(FIELD))),
    "a document of Word that is not packed": ("plan.docx", functools.partial(docx, packed=zipfile.ZIP_STORED)),
    "a document of Word on the web": (
        "plan.docx",
        lambda: archive(
            [("[Content_Types].xml", types("/word/document2.xml", DOCX_MAIN)), ("word/document2.xml", document())]
        ),
    ),
    "a sheet of Excel": ("Uren 2025-2026.xlsx", xlsx),
    "a sheet of 20,000 rows": ("toetsen.xlsx", functools.partial(xlsx, rows=LINES)),
    "a document of LibreOffice": ("gespreksverslag.odt", odt),
    "a document of LibreOffice with a link to follow": (
        "verslag.odt",
        functools.partial(odt, body='<text:p><text:a xlink:href="https://example.org">Kijk</text:a></text:p>'),
    ),
    "a document of LibreOffice with a picture": (
        "verslag.odt",
        lambda: odt(("Pictures/1.png", picture()), body='<draw:image xlink:href="Pictures/1.png"/>'),
    ),
    "a photo of a phone": ("IMG_0001.JPG", from_a_phone),
    "a photo that ends in jpeg": ("foto.jpeg", functools.partial(picture, "JPEG")),
    "a grey scan": ("scan.jpg", functools.partial(picture, "JPEG", mode="L")),
    "a photo for print": ("foto.jpg", functools.partial(picture, "JPEG", mode="CMYK")),
    "a photo that sharpens while it loads": ("foto.jpg", lambda: picture("JPEG", progressive=True)),
    "a photo of 24 million pixels": ("foto.jpg", functools.partial(picture, "JPEG", (6000, 4000))),
    "a drawing": ("tekening.png", picture),
    "a drawing one can see through": ("tekening.png", functools.partial(picture, mode="RGBA")),
    "a drawing of few colours with one to see through": (
        "tekening.png",
        functools.partial(picture, mode="P", transparency=0),
    ),
    "a drawing of one point": ("punt.png", lambda: png(1, 1, zlib.compress(b"\0\1\2\3"))),
    "a name with dots": ("Verslag v1.2 dhr. Voorbeeld.pdf", pdf),
    "a name with letters from elsewhere": ("Zoë Çelik – ğüşı.docx", docx),
}
