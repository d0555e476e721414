"""Whether a leerling is known: an earlier traject at the same school of what seems the same child (B-14)."""

import unicodedata
from dataclasses import dataclass

from cases.models.aanmelding import Aanmelding
from cases.models.base import SEEN
from cases.models.keuzes import Niveau, Soort
from cases.models.traject import Traject


@dataclass(frozen=True)
class Bekend:
    traject: object
    dossier: object
    nummer: str
    soort: str
    doel: str
    naam: str
    zelfde_naam: bool  # the whole name, not the achternaam alone: that can be a brother or sister


def plat(*names):
    """A name without capitals, accents, spaces and hyphens."""
    apart = unicodedata.normalize("NFKD", "".join(names).casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def bekende(a, user):
    """The closed trajecten that may be of the same child, as far as this user sees them; whether so, a human decides.

    Of the same school only, with the same birthday and the same achternaam or whole name. None once one is chosen.
    """
    if a.eerder_traject_id or a.niveau != Niveau.LEERLING or not a.geboortedatum or not plat(a.achternaam):
        return []
    closed = Traject.objects.within(user).filter(state=Traject.State.AFGESLOTEN, aanmelding__school=a.school_id)
    same_day = closed.filter(aanmelding__geboortedatum=a.geboortedatum).exclude(aanmelding=a.pk)
    rows = same_day.order_by("-gemaakt_op").values_list(
        "pk", "aanmelding", "aanmelding__nummer", "soort", "doel", "aanmelding__voornaam", "aanmelding__achternaam"
    )
    found = []
    for traject, dossier, nummer, soort, doel, voornaam, achternaam in rows:
        whole = plat(voornaam, achternaam) == plat(a.voornaam, a.achternaam)
        if whole or plat(achternaam) == plat(a.achternaam):
            naam = f"{voornaam} {achternaam}"
            found.append(Bekend(traject, dossier, nummer, Soort(soort).label.lower(), doel, naam, whole))
    if (seen := SEEN.get()) is not None:  # what is shown of that dossier leaves a trace there too
        seen.extend(Aanmelding(pk=known.dossier) for known in found)
    return sorted(found, key=lambda known: not known.zelfde_naam)
