"""Of an aanmelding: what must happen first, what the system fills in, what else happens in the same moment."""

from django.utils import timezone

from cases.engine import FLOWS
from cases.models import Aanmelding, Route, Soort, Traject, Vraag
from cases.models.route import ENDS
from cases.models.toestemming import WEG
from cases.stappen import offerte
from cases.velden import FIELDS, asked, missing
from schools.models import Schooljaar, vandaag


def compleet(a):
    return " ".join(missing(a).values())


def nog_vrij(a):
    return f"{a.ab.kort} heeft deze aanmelding al opgepakt." if a.ab else ""


def geen_open_vraag(a):
    return "Er staat al een vraag open. Wacht op het antwoord van de school." if a.vraag_open else ""


def open_vraag_gesteld(a):
    return "" if a.vraag_open else "Er staan geen vragen open."


def nog_niet_in_beeld(a):
    if a.niveau != "leerling":
        return "Dit gaat alleen over een leerling."
    return "Dat is al vastgelegd." if a.andere_setting == "ja" else ""


def andere_soort_past(a):
    return "Lichte ondersteuning gaat over een leerling of een groep." if a.niveau == "school" else ""


def gesprek_was_er(a):
    return "" if a.gesprek_op else "De onderwijsspecialist legt eerst het OS-AB gesprek vast."


def nieuw_traject(a, user):
    return Traject(aanmelding=a, soort=a.soort, state="lopend", uitvoerder=user)


def nieuwe_vraag(a, user):
    return Vraag(aanmelding=a, door=user)


def open_vraag(a, user):
    return a.vragen.get(antwoord="")


def verstuurd(a, user, part):
    for name in set(FIELDS) - set(asked(a.niveau, a.soort)):  # what was hidden is not sent
        setattr(a, name, Aanmelding._meta.get_field(name).get_default())
    a.schooljaar, volgende = Schooljaar.objects.volgend_nummer(vandaag())
    a.nummer, a.ingediend_op = f"{a.schooljaar.begin % 100:02}-{volgende:04}", timezone.now()


def ik_doe_het(a, user, part):
    a.ab = user


def vraag_staat_open(a, user, part):
    a.vraag_open = True


def vraag_is_beantwoord(a, user, part):
    a.vraag_open, part.beantwoord_door, part.beantwoord_op = False, user, timezone.now()


def leeg(a, user, part):
    for name in FIELDS:  # nobody saw it, and nobody keeps it
        setattr(a, name, Aanmelding._meta.get_field(name).get_default())


def bestanden_weg(a, user, part):
    a.bijlagen.all().delete()


def geen_vraag_meer(a, user, part):
    a.vraag_open = False


def in_beeld(a, user, part):
    a.andere_setting = "ja"


def geen_ab_meer(a, user, part):
    a.ab, a.gesprek_op, a.gesprek_wie, a.gesprek_inzet, a.gesprek_offerte = None, None, "", "", ""


def ab_van_het_gesprek(a, user, part):
    a.ab = a.ab if a.gesprek_op else None  # who took it as complex, carries it out no more


def bereid_traject_voor(a, user, part):
    Traject.objects.create(
        aanmelding=a,
        soort=a.soort,
        state="voorbereiding",
        uitvoerder=a.ab,
        voortraject=a.voortraject == "ja" or a.eerder_traject_id is not None,
    )


def stop_voorbereiding(a, user, part):
    if traject := a.trajecten.filter(state="voorbereiding").first():
        FLOWS["traject"].take("vervallen", traject.pk, user)


def soort_gewijzigd(a, user, part):
    stop_voorbereiding(a, user, part)
    if a.soort == Soort.COMPLEX and a.ab:  # the one of the OS-AB gesprek
        bereid_traject_voor(a, user, part)


def toestemming_er_nog(obj):
    return WEG if obj.aanmelding.toestemming_weg_op else ""


def toestemming_ingetrokken(a):
    return "" if a.toestemming_weg_op else "De ouders hebben hun toestemming niet ingetrokken."


def over_een_leerling(a):
    return "" if a.niveau == "leerling" else "Dit gaat alleen over een leerling."


def route_is_er(a):
    return "" if a.routes.exclude(state__in=ENDS).exists() else "Er is nu geen route."


def toestemming_weer_gegeven(a, user, part):
    a.toestemming_weg_op = None


def route_verkennen(a, user, part):
    """As soon as another setting is thought of, the onderwijsspecialist has a route to look at (B-8)."""
    if a.niveau == "leerling" and a.andere_setting == "ja" and not a.routes.exclude(state__in=ENDS).exists():
        Route.objects.create(aanmelding=a)


def naar_offerte(a, user, part):
    stop_voorbereiding(a, user, part)
    offerte.gevraagd(a, user, part)


def verslag_gedeeld(a):
    shared = a.bijlagen.filter(verslag=True, akkoord_ingetrokken_op=None).exists()
    return "" if shared else "Er is geen onderzoeksverslag dat de ouders goed vonden."
