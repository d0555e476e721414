"""What a bijlage can be, and the walls around it."""

import pgtrigger
from django.db import models
from django.db.models import Func, Q, Value

from cases.models.base import refuse, wall, written

MAX = 10 * 1024 * 1024


class Soort(models.TextChoices):
    """What a file is; the label is its ending."""

    PDF = "application/pdf", "pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ODT = "application/vnd.oasis.opendocument.text", "odt"
    JPG = "image/jpeg", "jpg"
    PNG = "image/png", "png"


class Scan(models.TextChoices):
    """What is known about viruses in it. Only what is `schoon` can be fetched."""

    SCHOON = "schoon", "gecontroleerd op virussen"
    WACHT = "wacht", "wordt nog gecontroleerd op virussen"
    BESMET = "besmet", "weggehaald, want er zat een virus in"
    GEEN = "geen", "niet gecontroleerd op virussen"  # the demo has no scanner


BYTES = Func("inhoud", function="sha256", output_field=models.BinaryField())
FINGERPRINT = Func(BYTES, Value("hex"), function="encode", output_field=models.CharField())
LENGTH = Func("inhoud", function="octet_length", output_field=models.IntegerField())
STAYS = ("id", "aanmelding_id", "door_id", "op", "naam", "soort", "grootte", "sha256")

CONSTRAINTS = [
    wall("bijlage_grootte", Q(grootte__range=(1, MAX)), "Dit bestand is leeg of te groot. Het mag 10 MB zijn."),
    wall("bijlage_scan", Q(scan__in=Scan.values), "Deze uitkomst van de controle op virussen bestaat niet."),
    wall("bijlage_sha256", Q(sha256__regex=r"^[0-9a-f]{64}$"), "Dit is geen vingerafdruk van een bestand."),
    wall(
        "bijlage_soort",
        Q(soort__in=Soort.values),
        "Dit soort bestand kan niet. Kies een pdf, docx, xlsx, odt, jpg of png.",
    ),
    wall(
        "bijlage_vingerafdruk",
        Q(scan="besmet", inhoud=b"") | Q(~Q(scan="besmet"), sha256=FINGERPRINT, grootte=LENGTH),
        "Dit bestand is niet meer wat het was toen het binnenkwam.",
    ),
]
TRIGGERS = [
    refuse(
        "verstuurd_is_verstuurd",
        "(SELECT a.nummer FROM cases_aanmelding a WHERE a.id = OLD.aanmelding_id) IS NOT NULL",
        "Een bijlage bij een verstuurde aanmelding blijft erbij.",
        pgtrigger.Delete,
    ),
    refuse(  # the content too: it fits its fingerprint, or had a virus and is empty
        "blijft_zoals_ze_is",
        f"OLD.scan NOT IN ('wacht', 'geen') OR {written(*STAYS)}",
        "Een bijlage verandert niet. Alleen de controle op virussen komt er nog bij.",
        pgtrigger.Update,
    ),
]
