"""What happens: one file per object."""

from cases.models.aanmelding import Aanmelding
from cases.models.contact import Contactmoment
from cases.models.event import Event
from cases.models.historie import Keten, Schakel
from cases.models.inzage import Beoordeling, Inzage, InzageMetReden
from cases.models.keuzes import Niveau, Reden, Soort, Werk
from cases.models.stukken import Advies, Bijlage, Vraag
from cases.models.tellen import TelAanmelding, TelContact, TelTraject
from cases.models.traject import Traject

__all__ = [
    "Aanmelding", "Advies", "Beoordeling", "Bijlage", "Contactmoment", "Event", "Inzage", "InzageMetReden", "Keten",
    "Niveau", "Reden", "Schakel", "Soort", "TelAanmelding", "TelContact", "TelTraject",
    "Traject", "Vraag", "Werk",
]  # fmt: skip
