"""Aanbod in de kring: who may see and offer it, a school that joins or leaves, and who hears of it (A-32)."""

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q

from cases import mail
from cases.afstemmen import kringen
from cases.engine import Refused, sentence
from cases.models import Aanbod, Deelname
from cases.models.aanbod import WEG
from cases.roles import places
from schools.models import Expertteam, Kring, Rol, School


def kringen_van(user):
    """The kringen of which somebody sees the aanbod: as of the afstemming; an ambulant begeleider that of his team."""
    ab = Q(teams__in=user.teams(Rol.AB))
    return Kring.objects.filter(Q(pk__in=kringen(user).values("pk")) | ab).distinct().order_by("naam")


def eigen_scholen(user):
    """The schools that somebody may sign up: of an IB-er, with a kring."""
    return School.objects.filter(pk__in=places(user, Rol.IB, "school"), team__kring__isnull=False).select_related(
        "team"
    )


def namens(user):
    """{key: (name, fields)} of those for whom somebody may offer: his schools, and himself in the kring of his team."""
    found = {s.brin6: (str(s), {"school": s, "kring_id": s.team.kring_id}) for s in eigen_scholen(user)}
    for team in Expertteam.objects.filter(pk__in=user.teams(Rol.AB)).select_related("kring").order_by("naam"):
        found[f"kring-{team.kring_id}"] = (f"{user}, kring {team.kring}", {"school": None, "kring_id": team.kring_id})
    return found


def aanbod_van(kring):
    """What is offered in a kring now, the newest first, with who joins."""
    deelnames = Prefetch("deelnames", Deelname.objects.select_related("school").order_by("op", "pk"))
    return Aanbod.objects.filter(kring=kring, weg=False).select_related("school", "door").prefetch_related(deelnames)


def bied_aan(user, **fields):
    """Something is offered; `Refused` says why not."""
    return said(lambda: Aanbod.objects.create(door=user, **fields))


def pas_aan(user, aanbod, **fields):
    """Who offers it says it in other words; never for fewer schools than join. Who joins hears of it."""
    if not said(lambda: Aanbod.objects.filter(pk=aanbod.pk, door=user, weg=False).update(**fields)):
        raise Refused(WEG)
    mail.aanbod(aanbod, "anders", joined(aanbod, user))


def haal_weg(user, aanbod):
    """It is not offered any more, and who joined hears of it."""
    Aanbod.objects.filter(pk=aanbod.pk, door=user).update(weg=True)
    mail.aanbod(aanbod, "weg", joined(aanbod, user))


def doe_mee(user, aanbod, school):
    """A school takes a place; full is full, also when two take the last one at once. Who offers hears of it."""
    made = said(lambda: Deelname.objects.create(aanbod=aanbod, school=school, door=user))
    mail.aanbod(aanbod, "erbij", {aanbod.door} - {user}, school)
    return made


def meld_af(user, aanbod, school):
    """The place is free again, and who offers hears of it."""
    if Deelname.objects.filter(aanbod=aanbod, school=school).delete()[0]:
        mail.aanbod(aanbod, "eraf", {aanbod.door} - {user}, school)


def joined(aanbod, user):
    return {d.door for d in aanbod.deelnames.select_related("door")} - {user}


def said(write):
    """Do it, or say in Dutch what the database said."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        raise Refused(sentence(error)) from error
