"""Whom one may choose in a form, in alphabetical order."""

from django.db.models import Q

from cases.models import Offerte
from cases.roles import Role, holders
from schools.models import Rol, User


def team(obj, *rollen):
    """The people of the expertteam of this school."""
    return holders(*rollen, team=obj.school.team_id)


def van_het_dossier(obj):
    """Who works in this dossier: IB-er, onderwijsspecialist, ambulant begeleider."""
    there = [obj.RELATIONS[role].people(obj).values("pk") for role in (Role.IB, Role.OS, Role.AB)]
    q = Q()
    for people in there:
        q |= Q(pk__in=people)
    return User.objects.filter(q).order_by("achternaam", "voornaam")


def mensen(name, obj, part):
    """The people for the field of this name, or None when it is no choice of people."""
    found = {
        "ab": lambda: team(obj.aanmelding, Rol.AB),
        "kort_overleg_met": lambda: team(obj.aanmelding, Rol.OS),
        "aan": lambda: holders(Rol.GW),
        "expert": lambda: holders(Rol.AB, Rol.SBO).exclude(pk=obj.uitvoerder_id),
        "wie": lambda: van_het_dossier(obj),
        "uitvoerder": lambda: team(obj, Rol.AB) if isinstance(obj, Offerte) else team(obj.aanmelding, Rol.OS, Rol.AB),
    }
    return found.get(name)
