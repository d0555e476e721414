"""Of a traject: what must happen first, what the system fills in, what else happens in the same moment."""

from cases.engine import FLOWS
from cases.models import (
    Aanmelding,
    Advies,
    Betrokkene,
    Consult,
    Contactmoment,
    ExpertiseInDeKlas,
    Jeugdhulp,
    Soort,
    Werk,
)
from cases.models.contact import OP_OFFERTE
from cases.models.keuzes import GesprekDoel
from cases.roles import Role, holders
from cases.stappen import aanmelding
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


def gesprekken_over(t):
    """A limited number (B-13)."""
    held = t.contacten.filter(state="geboekt", soort=Werk.LEERLINGGESPREK).count()
    if held < t.gesprekken_max:
        return ""
    return f"Het beperkte aantal leerlinggesprekken ({t.gesprekken_max}) is bereikt."


def doel_van_gesprek(t, contact):
    """Training is no leerlinggesprek (B-17)."""
    return OP_OFFERTE if contact.gesprek_doel == GesprekDoel.VAARDIGHEDEN and not t.uitzondering else ""


def nieuw_leerlinggesprek(t, user):
    return Contactmoment(traject=t, door=user, als="ab", soort=Werk.LEERLINGGESPREK)


def nieuwe_betrokkene(t, user):
    return Betrokkene(traject=t, door=user)


def nog_niet_betrokken(t, betrokkene):
    if betrokkene.expert_id == t.uitvoerder_id:
        return "Je voert het traject zelf uit. Kies een andere expert."
    return "Deze expert is al betrokken." if t.betrokkenen.filter(expert=betrokkene.expert_id).exists() else ""


def nieuwe_jeugdhulp(t, user):
    return Jeugdhulp(traject=t, door=user)


def ouders_eerst(t, jeugdhulp):
    late = jeugdhulp.ouders_akkoord_op > jeugdhulp.op
    return "Vraag eerst de ouders. Zonder hun akkoord schakel je geen jeugdhulp in." if late else ""


def over_een_leerling(t):
    return aanmelding.over_een_leerling(t.aanmelding)


def er_is_een_advies(t):
    return "" if t.adviezen.exists() else "Er is nog geen advies."


def nieuw_consult(t, user):
    return Consult(traject=t, dossier_id=t.aanmelding_id, nummer=t.aanmelding.nummer, door=user)


def consult_gevraagd(t, user, consult):
    FLOWS["consult"].take("gevraagd", consult.pk, user)


def groep_met_ab(t):
    if t.aanmelding.niveau != "groep":
        return "Expertise in de klas is voor een groep."
    if not holders(Rol.AB, user=t.uitvoerder_id).exists():
        return "Een ambulant begeleider voert Expertise in de klas uit. Start het traject met haar als uitvoerder."
    busy = t.klassen.exclude(state__in=["afgerond", "gestopt"]).exists()
    return "Er is al Expertise in de klas bij dit traject." if busy else ""


def nieuwe_klas(t, user):
    return ExpertiseInDeKlas(traject=t, door=user)
