"""Whom one may choose in a form, in alphabetical order."""

from django.db.models import Q

from cases.models import Aanmelding, Offerte, Soort
from cases.models.traject import open_vraag
from cases.roles import Role, holders
from schools.models import Rol, User


def team(obj, *rollen):
    """The people of the expertteam of this school."""
    return holders(*rollen, team=obj.school.team_id)


def opvolgers(t):
    """Who may take a traject over: of the team, and for basis and licht the one of the OS-AB gesprek (B-23)."""
    found = team(t.aanmelding, Rol.AB).exclude(pk=t.uitvoerder_id)
    return found if t.soort == Soort.COMPLEX else found.filter(pk=t.aanmelding.ab_id)


def uitvoerders(obj, step):
    if isinstance(obj, Offerte):
        return team(obj, Rol.AB)
    return opvolgers(obj) if step.name == "overnemen" else team(obj.aanmelding, Rol.OS, Rol.AB)


def van_het_dossier(obj):
    """Who works in this dossier: IB-er, onderwijsspecialist, ambulant begeleider."""
    there = [obj.RELATIONS[role].people(obj).values("pk") for role in (Role.IB, Role.OS, Role.AB)]
    q = Q()
    for people in there:
        q |= Q(pk__in=people)
    return User.objects.filter(q).order_by("achternaam", "voornaam")


def te_bespreken(school):
    """The dossiers of a school that an OT can be about: they run, and the parents still agree. Longest ago first."""
    return Aanmelding.objects.filter(open_vraag(), school=school, toestemming_weg_op=None).order_by(
        "ingediend_op", "pk"
    )


def mensen(name, obj, step):
    """The people for the field of this name, or None when it is no choice of people."""
    found = {
        "ab": lambda: team(obj.aanmelding, Rol.AB),
        "kort_overleg_met": lambda: team(obj.aanmelding, Rol.OS),
        "aan": lambda: holders(Rol.GW),
        "expert": lambda: holders(Rol.AB, Rol.SBO).exclude(pk=obj.uitvoerder_id),
        "wie": lambda: van_het_dossier(obj),
        "uitvoerder": lambda: uitvoerders(obj, step),
    }
    return found.get(name)
