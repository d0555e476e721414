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
