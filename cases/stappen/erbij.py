"""What comes with a traject: talks, other experts, jeugdhulp, a consult, Expertise in de klas, another uitvoerder."""

from cases.engine import FLOWS
from cases.models import Betrokkene, Consult, Contactmoment, ExpertiseInDeKlas, Jeugdhulp, Soort, Werk
from cases.models.contact import OP_OFFERTE
from cases.models.keuzes import GesprekDoel
from cases.roles import holders
from cases.stappen import aanmelding
from schools.models import Rol, User


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


def over_te_dragen(t):
    if t.soort == Soort.COMPLEX:
        return ""
    if not any(x.rol == Rol.AB for x in t.uitvoerder.aanstellingen.all()):
        return "De onderwijsspecialist voert dit traject uit."
    if t.aanmelding.ab_id in {None, t.uitvoerder_id} or not t.aanmelding.gesprek_op:
        return "Leg eerst het OS-AB gesprek met de nieuwe ambulant begeleider vast."
    return ""


def ander_van_het_team(t, part):
    there = holders(Rol.AB, team=t.aanmelding.school.team_id, user=t.uitvoerder).exclude(trajecten=t)
    return "" if there.exists() else "Kies een andere ambulant begeleider van het team van de school."


def vorige_onthouden(t, user, part):
    t.vorige = User.objects.get(trajecten=t)  # not saved yet


def ab_van_de_aanmelding(t, user, part):
    if t.soort == Soort.COMPLEX:
        FLOWS["aanmelding"].take("overgenomen", t.aanmelding_id, user, ab=t.uitvoerder)


def vorige(t):
    return holders(Rol.AB, user=t.vorige)
