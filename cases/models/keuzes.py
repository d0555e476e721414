"""The fixed answers that a form offers."""

from django.db.models import TextChoices


class Soort(TextChoices):
    """What routes an aanmelding. Complex is complex, intensief and zwaar alike (B-11)."""

    BASIS = "basis", "Basis"
    LICHT = "licht", "Licht"
    COMPLEX = "complex", "Complex"


class Niveau(TextChoices):
    LEERLING = "leerling", "Een leerling"
    GROEP = "groep", "Een groep"
    SCHOOL = "school", "De school"


class Thema(TextChoices):
    ZORGSTRUCTUUR = "zorgstructuur", "Zorgstructuur"
    HGW = "hgw", "Handelingsgericht werken"
    KLASSENMANAGEMENT = "klassenmanagement", "Klassenmanagement"
    GROEPSKLIMAAT = "groepsklimaat", "Groepsklimaat"
    GEDRAG = "gedrag", "Gedrag"
    LEREN = "leren", "Leren"
    SCHRIJVEN = "schrijven", "Schrijven"
    BEWEGEN = "bewegen", "Bewegen"
    BUITEN_SPELEN = "buiten_spelen", "Buiten spelen"
    SOCIAAL_EMOTIONEEL = "sociaal_emotioneel", "Sociaal-emotioneel"
    ANDERS = "anders", "Anders"


class JaNee(TextChoices):
    JA = "ja", "Ja"
    NEE = "nee", "Nee"


class Opp(TextChoices):
    JA = "ja", "Ja"
    NEE = "nee", "Nee"
    BEZIG = "bezig", "In voorbereiding"


class Setting(TextChoices):
    JA = "ja", "Ja"
    NEE = "nee", "Nee"
    WEET_NIET = "weet_niet", "Weet ik niet"


class Jeugdhulp(TextChoices):
    JA = "ja", "Ja"
    NEE = "nee", "Nee"
    ONBEKEND = "onbekend", "Onbekend"


class Reden(TextChoices):
    """Why an aanmelding ends without a traject. None of them is a rejection (A-2, A-12)."""

    BEANTWOORD = "beantwoord", "Vraag beantwoord"
    SCHOOL = "school", "School pakt het zelf op"
    DOORVERWEZEN = "doorverwezen", "Doorverwezen"
    ANDERS = "anders", "Anders"


class Behaald(TextChoices):
    JA = "ja", "Ja"
    DEELS = "deels", "Deels"
    NEE = "nee", "Nee"


class Werk(TextChoices):
    """What somebody did (contactmoment)."""

    BEZOEK = "bezoek", "Bezoek"
    OBSERVATIE = "observatie", "Observatie"
    OVERLEG = "overleg", "Overleg"
    OUDERGESPREK = "oudergesprek", "Oudergesprek"
    TELEFOON = "telefoon", "Telefoon of mail"
    VERSLAG = "verslag", "Verslag"
    NIET_DOOR = "niet_door", "Ging niet door"
    LEERLINGGESPREK = "leerlinggesprek", "Leerlinggesprek"
    COTEACHING = "coteaching", "Co-teaching"
    COACHING = "coaching", "Coaching op de werkvloer"


# What has a step of its own, with its own rules
EIGEN_STAP = {Werk.LEERLINGGESPREK, Werk.COTEACHING, Werk.COACHING}


class Fase(TextChoices):
    """The four phases of handelingsgericht werken, in the words of the werkwijze (B-9)."""

    WAARNEMEN = "waarnemen", "Waarnemen"
    BEGRIJPEN = "begrijpen", "Begrijpen"
    PLANNEN = "plannen", "Plannen"
    UITVOEREN = "uitvoeren", "Uitvoeren"


class GesprekDoel(TextChoices):
    """What a talk with a leerling may be for (B-13); training is no such talk (B-17)."""

    STERK = "sterk", "Sterke en zwakke kanten"
    BEHOEFTEN = "behoeften", "Onderwijsbehoeften"
    HULPVRAAG = "hulpvraag", "De hulpvraag van de leerling"
    VAARDIGHEDEN = "vaardigheden", "Vaardigheden oefenen of een ontwikkelingsdoel"


class AndereSetting(TextChoices):
    SBO = "sbo", "SBO"
    SO3 = "so3", "SO cluster 3"
    SO4 = "so4", "SO cluster 4"
    SCHOOL = "school", "Andere basisschool"
    VOORZIENING = "voorziening", "Andere voorziening"


class OfferteSoort(TextChoices):
    INDIVIDUEEL = "individueel", "Individuele leerlingbegeleiding"
    SCHOLING = "scholing", "Scholing"
    GROEP = "groep", "Groepsondersteuning"


class OfferteThema(TextChoices):
    """What the AED offers as scholing or begeleiding (B-18)."""

    SCHRIJVEN = "schrijven", "Schrijfonderwijs"
    BEWEGEN = "bewegen", "Bewegingsonderwijs"
    BUITEN_SPELEN = "buiten_spelen", "Buiten spelen"
    SOCIAAL_EMOTIONEEL = "sociaal_emotioneel", "Sociaal-emotioneel leren"
    KLIMAAT = "klimaat", "Pedagogisch klimaat of groepsklimaat"
    ANDERS = "anders", "Anders"


class Btw(TextChoices):
    VRIJ = "0", "Vrijgesteld"
    LAAG = "9", "9 procent"
    HOOG = "21", "21 procent"
