"""Who there is, where, and with how many hours. Knows nothing of cases."""

from schools.models.aanstellen import stel_aan
from schools.models.herstel import HerstelTweedeFactor
from schools.models.inzet import Inzetafspraak, experts_in
from schools.models.jaar import Bron, Schooljaar, Urenbudget, vandaag
from schools.models.mensen import Aanstelling, Post, Rol, User
from schools.models.middelen import Middelen, Schooldeel
from schools.models.plaatsen import Expertteam, Kring, Leerlingaantal, School, Schoolbestuur
from schools.models.vakantie import Regio, Vakantie
from schools.models.verdelen import gooi_weg, leg_voor, stel_verdeling_vast
from schools.models.verdeling import Verdeeldeel, Verdeling
from schools.models.vervanging import Vervanging, beeindig_vervanging, vervang

__all__ = [
    "Aanstelling", "Bron", "Expertteam", "HerstelTweedeFactor", "Inzetafspraak", "Kring", "Leerlingaantal", "Middelen",
    "Post", "Regio", "Rol", "School", "Schoolbestuur", "Schooldeel", "Schooljaar", "Urenbudget", "User", "Vakantie",
    "Verdeeldeel", "Verdeling", "Vervanging", "beeindig_vervanging", "experts_in", "gooi_weg", "leg_voor", "stel_aan",
    "stel_verdeling_vast", "vandaag", "vervang",
]  # fmt: skip
