"""Of a traject that another ambulant begeleider takes over: when that can be, who it may be, what goes along."""

from cases.engine import FLOWS
from cases.models import Soort
from cases.roles import holders
from schools.models import Rol, User


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
