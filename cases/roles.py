"""Who somebody is to an aanmelding or traject: said here only, in both directions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, TextChoices
from django.db.models.functions import Now

from schools.models import Aanstelling, Rol, User, Vervanging


class Role(TextChoices):
    IB = "ib", "IB-er"
    OS = "os", "Onderwijsspecialist"
    AB = "ab", "Ambulant begeleider"
    TEAM = "team", "Ambulant begeleiders van het team"
    COORDINATOR = "coordinator", "Coördinator"
    REDEN = "reden", "Inzage met reden"
    MAKER = "maker", "Wie het vastlegde"
    EXPERT = "expert", "Betrokken expert"
    UITVOERDER = "uitvoerder", "Uitvoerder"
    GW = "gw", "Gedragswetenschapper"
    AED = "aed", "Coördinator AED"
    EIGENAAR = "eigenaar", "Wie het doet"


NOTHING = Q(pk__in=[])

# What a role sees inside a dossier. The kring sees numbers and themes: the views of cases/models/tellen.py, and no row.
QUESTION = {"aanmelding", "vraag", "bijlage"}
WORK = {"traject", "contactmoment", "advies"}
AROUND = {"overleg", "route", "consult"}
SEES = {
    Role.IB: QUESTION | WORK | AROUND | {"inzage"},
    Role.OS: QUESTION | WORK | AROUND | {"inzage"},
    Role.AB: QUESTION | WORK | AROUND,
    Role.TEAM: QUESTION,
    Role.COORDINATOR: QUESTION | WORK | AROUND | {"inzage"},
    Role.REDEN: QUESTION | WORK | AROUND,
    Role.EXPERT: QUESTION | WORK,
}


def who_sees(part):
    """The roles that see a part of a dossier."""
    return [role for role, parts in SEES.items() if part in parts]


@dataclass(frozen=True)
class Relation:
    objects: Callable  # user -> Q: the objects somebody has this role in (no join but along forward keys)
    people: Callable  # object -> users who have this role in it


def places(user, rol, place):
    """The schools, teams or kringen where somebody has this role today; asked once per request."""
    return [getattr(a, f"{place}_id") for a in user.vandaag if a.rol == rol]


def holders(*rollen, **place):
    """The people who have one of these roles today, at a place."""
    there = Aanstelling.objects.nu().filter(rol__in=rollen, **place)
    return User.objects.filter(is_active=True, pk__in=there.values("user")).order_by("achternaam", "voornaam")


def with_cover(*people):
    """These people, and who stands in for one of them today."""
    return User.objects.filter(
        Q(pk__in=people) | Q(pk__in=Vervanging.objects.nu().filter(van_wie__in=people).values("door"))
    )


def still(user, own, *rollen):
    """What is his own (a Q); nobody keeps a role in a dossier after his last aanstelling in these roles has ended."""
    return own if {*rollen} & user.rollen else NOTHING


def along(field, q, model=None):
    """The same question, asked of a part: a join along its own keys, which doubles nothing."""
    if q is NOTHING:
        return NOTHING
    moved = [along(field, c) if isinstance(c, Q) else (f"{field}__{c[0]}", c[1]) for c in q.children]
    return Q(*moved, _connector=q.connector, _negated=q.negated)


def inside(field, q, model):
    """The same question, asked of a part that somebody may see without its whole: a join would hide it from him."""
    return NOTHING if q is NOTHING else Q(**{f"{field}__in": model.objects.filter(q)})


def through(field, model, part, ask=along):
    """The relations of a part are those of its whole, for the roles that see the part."""
    return {
        role: Relation(
            objects=lambda user, r=model.RELATIONS[role]: ask(field, r.objects(user), model),
            people=lambda part, r=model.RELATIONS[role]: r.people(getattr(part, field)),
        )
        for role in who_sees(part)
    }


def either(*questions):
    """One of these, without those that hold nothing."""
    left = [q for q in questions if q is not NOTHING]
    return reduce(or_, left) if left else NOTHING


def both(own, q):
    """What is somebody's own, as far as he sees it."""
    return NOTHING if q is NOTHING else own & q


def without_os():
    """Aanmeldingen for which no onderwijsspecialist is there today: they go to the coördinator, never nowhere."""
    return ~Q(school__team__in=Aanstelling.objects.nu().filter(rol=Rol.OS).values("team"))


def in_kring(user, **more):
    """Of the kringen of a coördinator; one of all kringen has all, and a school without a team is everybody's."""
    mine = places(user, Rol.COORDINATOR, "kring")
    if not mine:
        return NOTHING
    here = Q() if None in mine else Q(school__team__kring__in=mine) | Q(school__team=None)
    return here & without_os() & Q(**more)


def coordinators(school):
    """The coördinatoren of a school: of its kring, and of all kringen; of a school without a team, all."""
    there = Aanstelling.objects.nu().filter(rol=Rol.COORDINATOR)
    if school.team:
        there = there.filter(Q(kring=None) | Q(kring=school.team.kring_id))
    return User.objects.filter(pk__in=there.values("user")).order_by("achternaam", "voornaam")


def at_school(user):
    mine = places(user, Rol.IB, "school")
    return Q(school__in=mine) if mine else NOTHING


def at_team(user, rol, **more):
    mine = places(user, rol, "team")
    return Q(school__team__in=mine, **more) if mine else NOTHING


def with_reason(model, **at):
    """The reasons for looking into a dossier that still count."""
    granted = model._meta.get_field("met_reden").related_model
    return granted.objects.filter(tot__gt=Now(), **at)


LOOKS_IN = {Rol.COORDINATOR, Rol.OS}


def reasons_of(user, model):
    """Q: the dossiers into which somebody may look now because he gave a reason."""
    given = with_reason(model, door=user).values("dossier")
    return Q(pk__in=given) if LOOKS_IN & user.rollen else NOTHING


def looks_in(dossier):
    """The people who may look into a dossier now because they gave a reason."""
    held = Aanstelling.objects.nu().filter(rol__in=LOOKS_IN).values("user")
    return User.objects.filter(pk__in=with_reason(type(dossier), dossier=dossier, door__in=held).values("door"))
