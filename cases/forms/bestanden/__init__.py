"""Files that come with an aanmelding: known by what is in them, not by their name."""

import hashlib
import time

from cases import virus
from cases.forms.bestanden import beeld, kantoor, pdf
from cases.forms.bestanden.namen import ending_of, schone_naam
from cases.forms.bestanden.weigeren import ONBEKEND, Geweigerd
from cases.models import Bijlage

READERS = {
    "pdf": pdf.lees,
    "docx": kantoor.lees,
    "xlsx": kantoor.lees,
    "odt": kantoor.lees,
    "jpg": beeld.lees,
    "png": beeld.lees,
}
MOST, SAMEN = 10, 40  # files at a time, and MB of all together: they are in memory while they are looked at
TE_VEEL = f"Samen mogen de bestanden {SAMEN} MB zijn. Dit bestand is niet bewaard: {{}}. Stuur het een volgende keer."
VIRUS = "Er zit een virus in dit bestand: {}. Het is niet bewaard. Laat je computer nakijken."


def keur(name, content):
    """(soort, content) as they may be kept; `Geweigerd` with a sentence when they may not."""
    ending = ending_of(name)
    if ending not in READERS:
        raise Geweigerd(ONBEKEND)
    try:
        kept = READERS[ending](content, ending)
    except Geweigerd:
        raise
    except Exception as error:  # whatever a reader of a library stumbles over: nobody else should
        raise Geweigerd(ONBEKEND) from error
    return next(soort for soort in Bijlage.Soort if soort.label == ending), kept


def lees(files, form):
    """What can be kept of these files; for the rest a sentence at the form."""
    kept, samen, deadline = [], 0, time.monotonic() + virus.TIMEOUT
    if len(files) > MOST:
        rest = len(files) - MOST
        form.add_error(None, f"Kies per keer hooguit {MOST} bestanden. De laatste {rest} zijn niet bewaard.")
    for file in files[:MOST]:
        name = schone_naam(file.name)
        if file.size > Bijlage.MAX:
            form.add_error(None, f"Dit bestand is te groot: {name}. Het mag 10 MB zijn.")
            continue
        if not file.size:
            form.add_error(None, f"Het bestand kwam niet goed aan: {name}. Kies het bestand opnieuw.")
            continue
        if samen + file.size > SAMEN * 1024 * 1024:
            form.add_error(None, TE_VEEL.format(name))
            continue
        samen += file.size
        given = file.read()  # the virus scanner sees what came; what is kept can be less
        try:
            soort, content = keur(name, given)
        except Geweigerd as reason:
            form.add_error(None, f"Dit bestand kan niet: {name}. {reason}")
            continue
        scan = virus.scan(given, deadline)
        if scan == Bijlage.Scan.BESMET:
            form.add_error(None, VIRUS.format(name))
            continue
        kept.append(
            {"naam": name, "soort": soort, "grootte": len(content), "inhoud": content, "scan": scan,
             "sha256": hashlib.sha256(content).hexdigest()}
        )  # fmt: skip
    return kept
