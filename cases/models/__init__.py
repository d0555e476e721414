"""What happens: one file per object."""

from cases.models.aanmelding import Aanmelding
from cases.models.contact import Contactmoment
from cases.models.event import Event
from cases.models.keuzes import Niveau, Reden, Soort, Werk
from cases.models.stukken import Advies, Bijlage, Vraag
from cases.models.traject import Traject

__all__ = [
    "Aanmelding", "Advies", "Bijlage", "Contactmoment", "Event", "Niveau", "Reden", "Soort", "Traject", "Vraag", "Werk",
]  # fmt: skip
