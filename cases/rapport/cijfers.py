"""What stands in the report: every figure, under its heading, with the goal of the expertteams that it is about (A-16).

A figure counts one population of feiten.py, and tells it apart by one thing of which the parts add up.
"""

from dataclasses import dataclass

from django.utils.text import slugify

from cases.models import Niveau, Reden, Route, Soort
from cases.models.keuzes import Behaald, Thema
from cases.rapport.feiten import CLUSTERS
from schools.models import Bron

KOPPEN = {
    "inzet": ("Inzet", "Wat is er gevraagd, en wat is er gedaan?"),
    "effectiviteit": ("Effectiviteit", "Wat heeft het opgeleverd?"),
    "proces": ("Proces", "Hoe snel en hoe zorgvuldig ging het?"),
}
HANDEN = "Meer handen in de school en de klas"
PROFIJT = "Meer leerlingen laten profiteren van zorgmiddelen"
AFSTEMMING = "Betere afstemming"
BASIS = "Basisondersteuning van de school vergroten"
AANMELDPUNT = "Eén aanmeldpunt"
BUREAUCRATIE = "Minder bureaucratie"
DOELEN = [HANDEN, PROFIJT, AFSTEMMING, BASIS, AANMELDPUNT, BUREAUCRATIE]


@dataclass(frozen=True)
class Cijfer:
    naam: str
    kop: str  # of KOPPEN
    doel: str
    van: str  # the population
    ken: str  # by what its parts are told apart; "" when it has none
    delen: dict  # {part: label}
    uren: bool = False

    @property
    def sleutel(self):
        return slugify(self.naam)

    @property
    def van_mensen(self):
        """About leerlingen, groepen or vragen; an afstemming is of the kring, and nothing of it is hidden."""
        return self.van != "afstemming"

    def bij(self, deel):
        """Whether it can be narrowed to this.

        Of an offerte and an OT nobody says which soort it is; of what ended, another figure tells licht apart.
        """
        without = {"soort": {"ot", "offerte", "route", "klaar", "afstemming"}, "school": {"afstemming"}}
        return self.van not in without.get(deel[0], ()) if deel else True


def labels(choices, leeg=""):
    return {value: label for value, label in choices.choices} | ({"": leeg} if leeg else {})


CIJFERS = [
    Cijfer("Aanmeldingen naar soort", "inzet", AANMELDPUNT, "aanmeldingen", "soort", labels(Soort)),
    Cijfer("Aanmeldingen naar niveau", "inzet", PROFIJT, "aanmeldingen", "niveau", labels(Niveau)),
    Cijfer("Aanmeldingen naar thema", "inzet", PROFIJT, "aanmeldingen", "thema", labels(Thema, "Geen thema")),
    Cijfer("Trajecten die begonnen", "inzet", PROFIJT, "trajecten", "soort", labels(Soort)),
    Cijfer("Trajecten naar cluster van de ambulant begeleider", "inzet", PROFIJT, "trajecten", "cluster",
           CLUSTERS | {"": "Geen of een ander cluster"}),
    Cijfer("Uren van de kring", "inzet", HANDEN, "uren", "soort", labels(Soort), uren=True),
    Cijfer("Uren van de kring naar bron", "inzet", HANDEN, "uren", "bron", labels(Bron), uren=True),
    Cijfer("Uren van de onderwijsspecialist", "inzet", HANDEN, "os_uren", "soort", labels(Soort), uren=True),
    Cijfer("Uren Expertise in de klas", "inzet", HANDEN, "in_de_klas", "werk",
           {"coteaching": "Co-teaching", "coaching": "Coaching op de werkvloer"}, uren=True),
    Cijfer("Trajecten met leerlinggesprekken", "inzet", PROFIJT, "gesprekken", "", {}),
    Cijfer("Offertes gevraagd", "inzet", PROFIJT, "offerte", "", {}),
    Cijfer("Is het doel behaald?", "effectiviteit", BASIS, "klaar", "behaald",
           labels(Behaald) | {"gestopt": "Gestopt"}),
    Cijfer("Hoe eindigde de route?", "effectiviteit", BASIS, "route", "hoe",
           {s.value: s.label for s in (Route.State.BLIJFT, Route.State.GEPLAATST, Route.State.GESTOPT)}),
    Cijfer("Zonder traject afgerond", "effectiviteit", BUREAUCRATIE, "zonder_traject", "reden", labels(Reden)),
    Cijfer("Eerste contact na de aanmelding", "proces", AANMELDPUNT, "aanmeldingen", "contact",
           {"snel": "Op tijd", "later": "Later", "geen": "Nog geen contact"}),
    Cijfer("Start van het traject na de aanmelding", "proces", AANMELDPUNT, "aanmeldingen", "start",
           {"snel": "Binnen 4 weken", "later": "Later", "niet": "Geen traject, of nog niet"}),
    Cijfer("Overdracht na een voortraject", "proces", BUREAUCRATIE, "voortrajecten", "overdracht",
           {"ja": "Met overdracht", "nee": "Nog zonder overdracht"}),
    Cijfer("Eindigde een licht traject op tijd?", "proces", BUREAUCRATIE, "klaar", "tijd",
           {"op_tijd": "Licht, op tijd", "later": "Licht, na de verwachte einddatum", "ander": "Geen licht traject"}),
    Cijfer("OT gehouden, met de onderwijsspecialist erbij", "proces", AFSTEMMING, "ot", "hoe",
           {"ja": "Erbij", "nee": "Niet erbij"}),
    Cijfer("Afstemmingen van de kring", "proces", AFSTEMMING, "afstemming", "", {}),
]  # fmt: skip
