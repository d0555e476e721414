"""The name of a file: what people can read stays, what misleads a person or a machine goes."""

import re
import unicodedata

MAX = 150
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
RUNS = re.compile(
    r"\.(exe|com|bat|cmd|scr|pif|msi|jar|js|jse|vbs?|vbe|wsf|hta|lnk|ps1|sh|php\d?|x?html?|svg|docm|dotm|xlsm|zip)$",
    re.IGNORECASE,
)


def schone_naam(given):
    """Without control, invisible and turning characters, slashes and reserved names; at most 150 characters."""
    seen = "".join(c for c in given if unicodedata.category(c)[0] != "C" and c not in '/\\<>:"|?*')
    seen = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". ")
    stem, dot, ending = seen.rpartition(".") if "." in seen else (seen, "", "")
    stem, ending = stem.strip(". "), ending.lower()[:10].strip()
    if not stem or RESERVED.match(stem):
        stem = f"bestand {stem}".strip()
    return stem[: MAX - len(dot + ending)].rstrip(". ") + dot + ending


def ending_of(name):
    """The ending that tells what a file should be; "" where a second one contradicts it (`verslag.exe.pdf`)."""
    stem, _, ending = name.rpartition(".")
    return "" if RUNS.search(stem) else ending.lower().replace("jpeg", "jpg")
