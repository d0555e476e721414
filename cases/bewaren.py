"""What may go, in a kring: found, proposed, and confirmed by another, which destroys it."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cases.engine import Refused, sentence
from cases.gebruik import own_kringen
from cases.models import AanDeBeurt, Vernietiging
from schools.models import Rol

OPEN = {"bevestigd_op": None, "ingetrokken_op": None}


def kringen(user):
    """[kring] of which somebody keeps the numbers; None, for a coördinator, stands for the schools without one."""
    return [*own_kringen(user), *([None] if Rol.COORDINATOR in user.rollen else [])]


def vernietigingen(user):
    """The proposals and certificates of those kringen."""
    mine = kringen(user)
    own = Q(kring__in=[k for k in mine if k]) | (Q(kring=None) if None in mine else Q(pk__in=[]))
    return Vernietiging.objects.filter(own).select_related("kring", "voorgesteld_door", "bevestigd_door")


def aan_de_beurt(kring):
    """What may go and was not proposed yet, what was closed first on top."""
    waits = {
        pk for dossiers in Vernietiging.objects.filter(**OPEN).values_list("dossiers", flat=True) for pk in dossiers
    }
    rows = AanDeBeurt.objects.filter(kring=kring).exclude(pk__in=waits)
    return rows.select_related("school").order_by("bewaard_tot", "nummer")


def stel_voor(kring, user, dossiers):
    """A proposal, that another must confirm; `Refused` says why not."""
    with refused():
        return Vernietiging.objects.create(kring=kring, voorgesteld_door=user, dossiers=dossiers)


def bevestig(vernietiging, user):
    """The dossiers are gone when this returns; `Refused` says why nothing went."""
    with refused():
        Vernietiging.objects.filter(pk=vernietiging.pk).update(bevestigd_door=user)


def trek_in(vernietiging):
    """The dossiers stay, until somebody proposes them again."""
    with refused():
        Vernietiging.objects.filter(pk=vernietiging.pk).update(ingetrokken_op=timezone.now())


@contextmanager
def refused():
    """What the database refuses, in its own words; then nothing happened."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(sentence(error)) from error
