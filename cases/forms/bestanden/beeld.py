"""Pictures: opened whole, and saved again with nothing but the picture in them (no place, no camera, no trailer)."""

import io
import re
import zipfile

from PIL import Image, ImageOps

from cases.forms.bestanden.weigeren import DUBBEL, Geweigerd

FORMAT = {"jpg": "JPEG", "png": "PNG"}
OTHER = re.compile(rb"%PDF-|<html|<script|<!doctype|<\?php", re.IGNORECASE)
PIXELS = 24_000_000  # in memory four bytes each: below 100 MB
SCANS = 64  # a JPEG of many passes costs minutes to open
TE_GROOT = "Het beeld is te groot: het mag 24 miljoen pixels zijn. Maak het kleiner en kies het opnieuw."
Image.MAX_IMAGE_PIXELS = None  # ours is lower, and a refusal instead of a warning


def only_it(content, ending):
    """Not a page, a pdf or an archive at the same time."""
    if OTHER.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise Geweigerd(DUBBEL)


def few_scans(content, ending):
    if ending == "jpg" and content.count(b"\xff\xda") > SCANS:
        raise Geweigerd(TE_GROOT)


def few_pixels(content, ending):
    with Image.open(io.BytesIO(content), formats=[FORMAT[ending]]) as image:
        if image.width * image.height > PIXELS:
            raise Geweigerd(TE_GROOT)


def whole(content, ending):
    """The sums in the file are right; what it shows is read by `opnieuw`."""
    with Image.open(io.BytesIO(content), formats=[FORMAT[ending]]) as image:
        image.verify()


CHECKS = [only_it, few_scans, few_pixels, whole]


def lees(content, ending):
    """The picture by itself; `Geweigerd`, or an error of Pillow, when it is not one."""
    for check in CHECKS:
        check(content, ending)
    return opnieuw(content, ending)


def opnieuw(content, ending):
    """The same picture, upright, without what a camera wrote beside it."""
    with Image.open(io.BytesIO(content), formats=[FORMAT[ending]]) as image:
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        image.info = {key: image.info[key] for key in ("transparency",) if key in image.info}
        saved = io.BytesIO()
        image.save(saved, FORMAT[ending], **({"quality": 90} if ending == "jpg" else {}))
    return saved.getvalue()
