"""Of a traject: what must happen first, what the system fills in, what else happens in the same moment."""

from cases.engine import FLOWS
from cases.models import (
    Aanmelding,
    Advies,
    Contactmoment,
    Soort,
)
from cases.roles import Role, holders
from cases.velden import FIELDS
from schools.models import Rol, vandaag

OS, AB = Role.OS, Role.AB


def kan_starten(t):
    if not t.kort_overleg_op:
        return "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast."
    if t.voortraject and not t.overdracht_op:
        return "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast."
    if t.voortraject and not t.overdracht_ontvangen_op:
        return "Neem eerst de overdracht van de onderwijsspecialist in ontvangst."
    return ""


def overdracht_gegeven(t):
    return "" if t.overdracht_op else "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast."


def iets_gezien(t):
    seen = t.contacten.filter(state="geboekt").exclude(soort="niet_door")
    if began := t.aanmelding.events.filter(object_id=t.pk, target="waarnemen").exclude(source="waarnemen").first():
        seen = seen.filter(vastgelegd_op__gte=began.at)  # in this phase, not in an earlier one
    return "" if seen.exists() else "Leg eerst een bezoek of ander contact vast."


def overdracht_ontvangen(t):
    return "" if t.overdracht_ontvangen_op else "Dit kan alleen als er een overdracht is ontvangen."


def waarnemen_en_begrijpen_gedaan(t):
    if t.waarnemen_afgerond_op and t.begrijpen_afgerond_op:
        return ""
    return "Nog geen handelingsadvies mogelijk: de fasen waarnemen en begrijpen zijn nog niet doorlopen."


def gesprek_gevoerd(t):
    if OS in t.roles or t.soort == Soort.COMPLEX or t.aanmelding.gesprek_op:
        return ""
    return "Leg eerst het OS-AB gesprek vast. Daarna kan de ambulant begeleider uren vastleggen."


def kan_complex_worden(t):
    if t.aanmelding.niveau != "leerling":
        return "Complexe ondersteuning gaat over een leerling."
    there = holders(Rol.IB, school=t.aanmelding.school_id).exists()
    return "" if there else "De school heeft nu geen IB-er. Die verstuurt de complexe aanmelding. Bel het aanmeldpunt."


def nieuw_contact(t, user):
    as_os = OS in t.roles and (t.soort != Soort.COMPLEX or AB not in t.roles)
    as_ab = "os" if as_os else "ab"
    return Contactmoment(traject=t, door=user, als=as_ab if {Rol.AB, Rol.OS} & user.rollen else "sbo")


def nieuw_handelingsadvies(t, user):
    return Advies(traject=t, door=user, soort=Advies.Soort.HANDELING)


def nieuw_procesadvies(t, user):
    return Advies(traject=t, door=user, soort=Advies.Soort.PROCES)


def voortraject_blijft(t, user, part):
    t.voortraject = t.voortraject or t.aanmelding.eerder_traject_id is not None


def van_de_os(t, user, part):
    t.voortraject, t.overdracht_door, t.overdracht_ontvangen_op = True, user, None


def ontvangen(t, user, part):
    t.overdracht_ontvangen_op = vandaag()


def waargenomen(t, user, part):
    t.waarnemen_afgerond_op = vandaag()


def waargenomen_op_voortraject(t, user, part):
    t.waarnemen_afgerond_op, t.waarnemen_op_voortraject = vandaag(), True


def begrepen(t, user, part):
    t.begrijpen_afgerond_op = vandaag()


def aanmelding_gestart(t, user, part):
    FLOWS["aanmelding"].take("gestart", t.aanmelding_id, user)


def geef_vrij(t, user, part):
    if t.aanmelding.state == "opgepakt":  # stopped before it started: another ambulant begeleider may take it
        FLOWS["aanmelding"].take("vrijgeven", t.aanmelding_id, user)


def nieuwe_complexe_aanmelding(t, user, part):
    """A concept for the IB-er, with all that is known: the initiative stays with the school (B-1)."""
    old = t.aanmelding
    known = {name: getattr(old, name) for name in FIELDS} | {
        "soort": Soort.COMPLEX,
        "voortraject": "ja",
        "eerder_traject": t,
    }
    known |= {"ouders_akkoord": False, "ouders_akkoord_op": None}  # the parents are asked for each aanmelding
    ib_ers = list(holders(Rol.IB, school=old.school_id))
    Aanmelding.objects.create(school=old.school, door=old.door if old.door in ib_ers else ib_ers[0], **known)
