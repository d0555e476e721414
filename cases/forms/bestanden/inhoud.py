"""What the XML of a document says: read as a stream, without a DTD or entities, and counted."""

import io
import re
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.sax import make_parser

from cases.forms.bestanden.weigeren import GROOT, Geweigerd

ELEMENTS = 500_000  # of all parts together: some seconds
CLICKS = re.compile(r"(https?|mailto|tel):|#", re.IGNORECASE)  # a link that a person follows
FAR = re.compile(r"[a-z][a-z0-9+.-]+:|[/\\]|\.\.", re.IGNORECASE)
HREF = ("http://www.w3.org/1999/xlink", "href")
BRINGS = {
    "oleObject", "package", "aFChunk", "control", "externalLink", "externalLinkPath", "connections", "subDocument",
}  # fmt: skip
FIELD = re.compile(r"^[\s\"]*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|QUOTE)\b", re.IGNORECASE | re.MULTILINE)


class Inhoud(ContentHandler):
    """What matters here: the types of parts, what comes from outside, scripts, and the fields of a text."""

    def __init__(self, room):
        super().__init__()
        self.room = room
        self.types, self.outside, self.script, self.fields = {}, False, False, []
        self.in_field = False

    @classmethod
    def of(cls, part, room):
        """Read one part of at most `room` elements; an error of the parser when it is not XML."""
        seen, parser = cls(room), make_parser()
        parser.forbid_dtd = True
        parser.setFeature(feature_namespaces, True)
        parser.setContentHandler(seen)
        if part:  # LibreOffice leaves some empty
            parser.parse(io.BytesIO(part))
        return seen

    @property
    def runs(self):
        return bool(FIELD.search("".join(self.fields)))

    def startElementNS(self, name, qname, attrs):  # noqa: N802
        self.room -= 1
        if self.room < 0:
            raise Geweigerd(GROOT)
        uri, tag = name
        values = {key[1]: value for key, value in attrs.items()}
        if tag == "Relationship":
            self.outside |= brings(values)
        elif tag in {"Override", "Default"}:
            self.types[values.get("PartName", values.get("Extension"))] = values.get("ContentType", "")
        elif tag == "fldChar":
            self.fields.append("\n")
        elif tag == "fldSimple":
            self.fields += ["\n", values.get("instr", ""), "\n"]
        elif "opendocument" in (uri or "") and tag in {"event-listener", "script"}:
            self.script = True
        self.in_field = tag == "instrText"
        href = attrs.get(HREF, "")
        self.outside |= tag.startswith("dde-") or bool(FAR.match(values.get("src", "")))
        self.outside |= bool(not CLICKS.match(href) if tag == "a" and href else FAR.match(href))

    def endElementNS(self, name, qname):  # noqa: N802
        self.in_field = False

    def characters(self, content):
        if self.in_field:
            self.fields.append(content)


def brings(relation):
    """Whether a relationship fetches something, or holds another file; a link to click on does not."""
    kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
    if relation.get("TargetMode", "").lower() == "external":
        return kind != "hyperlink" or not CLICKS.match(target)
    return kind in BRINGS or "://" in target
