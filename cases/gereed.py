"""Questions of which the SQL is written once, for everybody with the same roles, and filled in for who asks.

It is written for a stand-in with keys that are nobody's; in what is sent they are replaced by those of who asks. What
else a question depends on, it says. RLS in the database answers to `app.uid` all the same.
"""

from uuid import UUID

from expertteam.gereed import DIE, NOBODY, bewaard
from schools.models import Aanstelling, User, vandaag

PLACES = ("school_id", "team_id", "kring_id")


def een(model, user, pk, *erbij):
    """This object as somebody sees it, with what belongs to it; DoesNotExist when he does not."""
    if not (rows := rijen(zichtbaar, user, model, *erbij, die=pk)):
        raise model.DoesNotExist
    return rows[0]


def zichtbaar(user, model, *erbij):
    """One object that somebody sees."""
    rows = model.objects.visible_to(user).filter(pk=DIE)
    return rows.select_related(*erbij) if erbij else rows


def rijen(maak, user, *rest, die=None, deze=()):
    """The rows of the queryset `maak(user, *rest)`, which prefetches nothing.

    Where it says `pk=DIE` that is filled in, and for `pk__in=DEZE` all of these. It may differ by the user's keys and
    roles, by the day and by `rest`, and by nothing else.
    """
    return vraag(maak, user, rest).rijen(sleutels(user), die, deze)


def vraag(maak, user, rest):
    """The question as Django wrote it for somebody with these roles, or writes it now."""
    roles = tuple((a.rol, *(bool(getattr(a, place)) for place in PLACES)) for a in user.vandaag)
    vorm = maak, rest, vandaag(), roles, len(user.namens)
    return bewaard(vorm, lambda: maak(invaller(user), *rest))


def invaller(user):
    """Somebody with the same roles, whose keys are nobody's."""
    people, places = nummers(user)
    other = User(pk=people[0])
    other.namens, other.vandaag = people, []
    for held, keys in zip(user.vandaag, places, strict=True):
        where = {place: getattr(held, place) and key for place, key in keys.items()}
        other.vandaag.append(Aanstelling(rol=held.rol, **where))
    return other


def sleutels(user):
    """{key of the stand-in: that of who asks}"""
    people, places = nummers(user)
    found = dict(zip(people, user.namens, strict=True))
    for held, keys in zip(user.vandaag, places, strict=True):
        found |= {key: getattr(held, place) for place, key in keys.items()}
    return found


def nummers(user):
    """Keys that are nobody's: as many as this person has, ([of people], [{column: of places}])."""
    people = [UUID(int=NOBODY + n) for n in range(len(user.namens))]
    return people, [{p: NOBODY + 3 * n + i for i, p in enumerate(PLACES)} for n in range(len(user.vandaag))]
