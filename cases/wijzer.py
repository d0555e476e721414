"""Offerte or hours: what the werkwijze says of a question, for who looks at it. A help, never a gate."""

from dataclasses import dataclass

from cases.models.keuzes import Niveau, Soort, Thema

SCHOLING = {Thema.SCHRIJVEN, Thema.BEWEGEN, Thema.BUITEN_SPELEN, Thema.SOCIAAL_EMOTIONEEL, Thema.GROEPSKLIMAAT}  # B-18


@dataclass(frozen=True)
class Wijzer:
    op_offerte: bool
    waarom: str  # in the words of the werkwijze
    tenzij: str = ""  # when it is the other way

    @property
    def label(self):
        return "Op offerte" if self.op_offerte else "Uit de uren van de kring"


COMPLEX = Wijzer(  # B-5, B-12, B-13
    False,
    "Begeleiding door de AED is gericht op de leerkracht en de IB-er.",
    "Is de begeleiding van de leerling zelf gericht op vaardigheden of ontwikkelingsdoelen? Die vindt in principe op"
    " offerte plaats.",
)
INDIVIDUEEL = Wijzer(  # B-17
    True,
    "Individuele leerlingbegeleiding door de AED vindt in principe op offerte plaats.",
    "Ondersteunt de onderwijsspecialist de leerkracht of de IB-er? Dan is er geen offerte.",
)
GROEP = Wijzer(  # B-19
    True,
    "Groepsondersteuning vanuit de AED vindt in principe plaats op offerte.",
    "In uitzonderlijke gevallen kan het uit de uren: dat is Expertise in de klas. Hiervoor moet aan een aantal"
    " voorwaarden voldaan worden.",
)
OP_SCHOOL = Wijzer(  # B-18
    True,
    "Scholing door de AED vindt in principe op offerte plaats.",
    "Denkt de onderwijsspecialist mee over de basisondersteuning? Dan is er geen offerte.",
)
DOOR_DE_OS = Wijzer(  # B-3, B-4, B-7
    False, "De onderwijsspecialist ondersteunt de school in het bieden van basisondersteuning en lichte ondersteuning."
)


def wijzer(niveau, soort, thema):
    """What it comes to when the AED does it; the themes are those that the AED offers as scholing or begeleiding."""
    if soort == Soort.COMPLEX:
        return COMPLEX
    if niveau == Niveau.GROEP:
        return GROEP
    if thema not in SCHOLING:
        return DOOR_DE_OS
    return OP_SCHOOL if niveau == Niveau.SCHOOL else INDIVIDUEEL
