"""Who somebody is to an aanmelding or traject: said here only, in both directions."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, TextChoices

from schools.models import Aanstelling, Rol, User


class Role(TextChoices):
    IB = "ib", "IB-er"
    OS = "os", "Onderwijsspecialist"
    AB = "ab", "Ambulant begeleider"
    TEAM = "team", "Ambulant begeleiders van het team"
    COORDINATOR = "coordinator", "Coördinator"
    MAKER = "maker", "Wie het vastlegde"


NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Relation:
    objects: Callable  # user -> Q: the objects somebody has this role in (subqueries only, never a join)
    people: Callable  # object -> users who have this role in it


def places(user, rol, place):
    """The schools, teams or kringen where somebody has this role today, as a subquery."""
    return Aanstelling.objects.geldig().filter(user=user, rol=rol, user__is_active=True).values(place)


def holders(rol, **place):
    """The people who have this role today, at a place."""
    there = Aanstelling.objects.geldig().filter(rol=rol, **place)
    return User.objects.filter(is_active=True, pk__in=there.values("user")).order_by("achternaam", "voornaam")


def still(user, rol):
    """Nobody keeps a role in a dossier after his last aanstelling in that role has ended."""
    return places(user, rol, "user")


def through(field, model, roles):
    """The relations of a part are those of its whole."""
    return {
        role: Relation(
            objects=lambda user, r=model.RELATIONS[role]: Q(**{f"{field}__in": model.objects.filter(r.objects(user))}),
            people=lambda part, r=model.RELATIONS[role]: r.people(getattr(part, field)),
        )
        for role in roles
    }


def without_os():
    """Aanmeldingen for which no onderwijsspecialist is there today: they go to the coördinator, never nowhere."""
    return ~Q(school__team__in=Aanstelling.objects.geldig().filter(rol=Rol.OS, user__is_active=True).values("team"))


def at_school(user):
    return Q(school__in=places(user, Rol.IB, "school"))


def at_team(user, rol):
    return Q(school__team__in=places(user, rol, "team"))
