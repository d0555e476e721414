"""Files that come with an aanmelding: known by what is in them, not by their name."""

import io
import re
import zipfile

MAX = 10 * 1024 * 1024
OFFICE = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "odt": ("content.xml", "application/vnd.oasis.opendocument.text"),
}
MAGIC = {
    "pdf": (b"%PDF-", "application/pdf"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
}
KAN_NIET = "Dit bestand kan niet: {}. Kies een pdf, docx, xlsx, odt, jpg of png."


def kind(name, content):
    """The type of a file by its ending and its content together, or None."""
    ending = name.rsplit(".")[-1].lower().replace("jpeg", "jpg")
    if ending in MAGIC:
        magic, soort = MAGIC[ending]
        return soort if content.startswith(magic) else None
    if ending in OFFICE:
        part, soort = OFFICE[ending]
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return soort if part in archive.namelist() else None
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
            return None
    return None


def lees(files, form):
    """What can be kept of these files; for the rest a sentence at the form."""
    kept = []
    for file in files:
        name = re.sub(r"[\x00-\x1f\x7f/\\]", "", file.name)[-150:] or "bestand"
        if file.size > MAX:
            form.add_error(None, f"Dit bestand is te groot: {name}. Het mag 10 MB zijn.")
        elif not file.size:
            form.add_error(None, f"Het bestand kwam niet goed aan: {name}. Kies het bestand opnieuw.")
        elif not (soort := kind(name, content := file.read())):
            form.add_error(None, KAN_NIET.format(name))
        else:
            kept.append({"naam": name, "soort": soort, "grootte": file.size, "inhoud": content})
    return kept
