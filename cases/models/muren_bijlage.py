"""What a bijlage can be, and the walls around it."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value

from cases.models.base import present, refuse, wall, written

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
SENT = "(SELECT a.nummer FROM cases_aanmelding a WHERE a.id = OLD.aanmelding_id) IS NOT NULL"
GAAT_WEG = "EXISTS (SELECT FROM cases_vernietigd v WHERE v.id = OLD.aanmelding_id)"
AKKOORD = "Vink aan dat de ouders het delen van dit onderzoeksverslag goed vinden."
INTREKKEN = "De ouders kunnen dit niet intrekken voor de dag waarop zij het goed vonden."

CONSTRAINTS = [
    wall("bijlage_grootte", Q(grootte__range=(1, MAX)), "Dit bestand is leeg of te groot. Het mag 10 MB zijn."),
    wall("bijlage_scan", Q(scan__in=Scan.values), "Deze uitkomst van de controle op virussen bestaat niet."),
    wall("bijlage_akkoord", Q(verslag=False, akkoord_op=None) | (Q(verslag=True) & present("akkoord_op")), AKKOORD),
    wall(
        "bijlage_akkoord_ingetrokken",
        Q(akkoord_ingetrokken_op=None) | Q(verslag=True, akkoord_ingetrokken_op__gte=F("akkoord_op")),
        INTREKKEN,
    ),
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
        f"{SENT} AND NOT {GAAT_WEG}",
        "Een bijlage bij een verstuurde aanmelding blijft erbij.",
        pgtrigger.Delete,
    ),
    refuse(  # the content too: it fits its fingerprint, or had a virus and is empty; nobody who logs in is the scanner
        "blijft_zoals_ze_is",
        f"{written(*STAYS)} OR ({written('scan')} AND (OLD.scan NOT IN ('wacht', 'geen') OR actor() IS NOT NULL))",
        "Een bijlage verandert niet. Alleen de controle op virussen komt er nog bij.",
        pgtrigger.Update,
    ),
    refuse(
        "akkoord_voor_versturen",
        f"{written('verslag', 'akkoord_op')} AND {SENT}",
        "Of dit een onderzoeksverslag is, verandert niet meer na het versturen.",
        pgtrigger.Update,
    ),
    refuse(
        "ingetrokken_is_ingetrokken",
        f"OLD.akkoord_ingetrokken_op IS NOT NULL AND {written('akkoord_ingetrokken_op')}",
        "De ouders trokken hun akkoord al in. Dat blijft zo.",
        pgtrigger.Update,
    ),
]
