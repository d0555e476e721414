"""Of an offerte: what must happen first, what the system fills in, what else happens in the same moment."""

from django.db import transaction

from cases.engine import FLOWS
from cases.models import Offerte, Offerteregel, Offertewerk
from cases.models.offerte import KWARTIER
from cases.roles import Role
from schools.models import Schooljaar, vandaag


def nieuwe_offerte(obj, user):
    """For the school of this dossier. The offerte itself holds nothing of it (B-17)."""
    return Offerte(school_id=obj.aanmelding.school_id, aanmelding_id=obj.aanmelding.pk, door=user)


def genummerd(obj, user, offerte):
    jaar, volgende = Schooljaar.objects.volgende_offerte(vandaag())
    offerte.nummer = f"O{jaar.begin % 100:02}-{volgende:04}"


def gevraagd(obj, user, offerte):
    FLOWS["offerte"].take("gevraagd", offerte.pk, user)


@transaction.atomic
def zonder_dossier(school, user, **answers):
    """For a school that has no aanmelding about it: number, offerte and first step together, or nothing."""
    offerte = Offerte(school=school, door=user, **answers)
    genummerd(None, user, offerte)
    offerte.save()
    gevraagd(None, user, offerte)
    return offerte


def thema_bij_scholing(obj, offerte):
    return "Kies het thema van de scholing." if offerte.soort == "scholing" and not offerte.thema else ""


def kan_gevraagd(obj, offerte):
    """An offerte is of the school and its team: who carries out a traject from elsewhere leaves it to them (B-17)."""
    roles = (Role.IB, Role.OS, Role.TEAM)
    if offerte.door not in {user for role in roles for user in Offerte.RELATIONS[role].people(offerte)}:
        return "Je hoort niet bij het expertteam van deze school. Vraag de IB-er om de offerte aan te vragen."
    return thema_bij_scholing(obj, offerte)


def heeft_regels(o):
    return "" if o.regels_nu else "Zet eerst een regel in de offerte."


def nog_geldig(o):
    return f"De offerte was geldig tot {o.geldig_tot:%d-%m-%Y}. Vraag een nieuwe versie." if o.verlopen else ""


def nieuwe_regel(o, user):
    return Offerteregel(offerte=o, uitgave=o.uitgave)


def in_kwartieren(o, regel):
    return KWARTIER if regel.uren * 4 % 1 else ""


def regels_weg(o, user, part):
    o.regels.filter(uitgave=o.uitgave).delete()


def uitgebracht(o, user, part):
    o.uitgebracht_op = vandaag()


def nieuwe_uitgave(o, user, part):
    o.uitgave, o.uitgebracht_op, o.besloten_door, o.besloten_op = o.uitgave + 1, None, None, None


def zelfde_regels(o, user, part):
    """The new version begins with the lines of the one before."""
    for regel in o.regels.filter(uitgave=o.uitgave - 1):
        Offerteregel.objects.create(
            offerte=o, uitgave=o.uitgave, omschrijving=regel.omschrijving, uren=regel.uren, tarief=regel.tarief,
            btw=regel.btw,
        )  # fmt: skip


def besloten(o, user, part):
    o.besloten_door, o.besloten_op = user, vandaag()


def nieuw_werk(o, user):
    return Offertewerk(offerte=o, door=user)
