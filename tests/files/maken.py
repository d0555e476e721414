"""Files made from nothing: pdf by hand, documents with zipfile, pictures with Pillow."""

import hashlib
import io
import random
import struct
import zipfile
import zlib

from PIL import Image

from cases.models import Bijlage

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"


def pdf(*more, root=b"", page=PAGE, pages=PAGES, trailer=b"", after=b""):
    """A pdf of one page; `more` are its objects from number 4 on."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate([CATALOG % root, pages, page, *more], 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, xref)
    return bytes(out) + after


def stream(content, head=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), head, content)


def packed_pdf(catalog=CATALOG % b"", *more):
    """A pdf of which the catalog, the pages and `more` lie in a packed stream of objects."""
    objects = [catalog, PAGES, PAGE, *more]
    heads, bodies = b"", b""
    for number, body in enumerate(objects, 1):
        heads += b"%d %d " % (number, len(bodies))
        bodies += body + b" "
    number = len(objects) + 1
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    place = len(out)
    head = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(objects), len(heads))
    out += b"%d 0 obj\n%s\nendobj\n" % (number, stream(zlib.compress(heads + bodies), head))
    xref = len(out)
    rows = [(0, 0, 65535), *((2, number, n) for n in range(len(objects))), (1, place, 0), (1, xref, 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    head = b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Filter /FlateDecode" % (number + 2)
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number + 1, stream(table, head), xref)
    return bytes(out)


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


def archive(parts, packed=zipfile.ZIP_DEFLATED, first=None):
    """A zip of [(name or ZipInfo, content)]."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as made:
        for name, content in parts:
            made.writestr(name, content, zipfile.ZIP_STORED if name == first else None)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
VND = "application/vnd.openxmlformats-officedocument."
DOCX_MAIN = VND + "wordprocessingml.document.main+xml"
XLSX_MAIN = VND + "spreadsheetml.sheet.main+xml"


def types(part, kind, more=""):
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="{part}" ContentType="{kind}"/>'
        f"{more}</Types>"
    )


def rels(*rows):
    """A part with relationships of (kind, target, mode)."""
    rows = [
        f'<Relationship Id="r{n}" Type="{KIND}{kind}" Target="{target}"' + (f' TargetMode="{mode}"/>' if mode else "/>")
        for n, (kind, target, mode) in enumerate(rows)
    ]
    return f'<?xml version="1.0"?><Relationships xmlns="{RELS}">{"".join(rows)}</Relationships>'


def document(body="<w:p><w:r><w:t>Plan</w:t></w:r></w:p>", head='<?xml version="1.0"?>'):
    return f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"


def docx(*more, kind=DOCX_MAIN, body=None, links=(), listed="", packed=zipfile.ZIP_DEFLATED):
    """A document of Word with these parts beside what it must have."""
    return archive(
        [
            ("[Content_Types].xml", types("/word/document.xml", kind, listed)),
            ("_rels/.rels", rels(("officeDocument", "word/document.xml", ""))),
            ("word/document.xml", body or document()),
            ("word/_rels/document.xml.rels", rels(*links)),
            *more,
        ],
        packed,
    )


def xlsx(*more, kind=XLSX_MAIN, rows="<row><c><v>1</v></c></row>"):
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return archive(
        [
            ("[Content_Types].xml", types("/xl/workbook.xml", kind)),
            ("_rels/.rels", rels(("officeDocument", "xl/workbook.xml", ""))),
            ("xl/workbook.xml", f'<workbook xmlns="{ns}"/>'),
            ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{ns}"><sheetData>{rows}</sheetData></worksheet>'),
            *more,
        ]
    )


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = (
    f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:draw="{ODF}drawing:1.0"'
    f' xmlns:script="{ODF}script:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def odt(*more, body="<text:p>Plan</text:p>", mimetype="application/vnd.oasis.opendocument.text", stored=True):
    return archive(
        [
            ("mimetype", mimetype),
            (
                "content.xml",
                f"<office:document-content {NAMES}><office:scripts/><office:body>{body}</office:body>"
                "</office:document-content>",
            ),
            ("META-INF/manifest.xml", "<manifest/>"),
            ("Configurations2/accelerator/current.xml", ""),
            *more,
        ],
        first="mimetype" if stored else None,
    )


def picture(form="PNG", size=(40, 30), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, **({"color": 1} if mode in "1LP" else {})).save(out, form, **options)
    return out.getvalue()


def chunk(kind, content):
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def png(width, height, data, depth=8, colour=2, *, between=b""):
    """A png that says this of itself, whatever its data is."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + between + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bijlage(inhoud=b"%PDF-", **fields):
    """One in the database, clean and whole."""
    known = {"naam": "plan.pdf", "soort": "application/pdf", "scan": "schoon", "grootte": len(inhoud)}
    known["sha256"] = hashlib.sha256(inhoud).hexdigest()
    return Bijlage.objects.create(inhoud=inhoud, **known | fields)
