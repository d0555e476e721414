"""What is kept of a question, beside what Django writes for who asks."""

from django.core.exceptions import EmptyResultSet

from cases.gereed import PLACES, sleutels
from expertteam.gereed import KEPT


def same_question(kept, maak, user, rest):
    """They are the same, but for who has one place twice: Django leaves the second out."""
    places = [(a.rol, *(getattr(a, place) for place in PLACES)) for a in user.vandaag]
    if len(places) != len({*places}):
        return
    try:
        direct = maak(user, *rest).query.sql_with_params()
    except EmptyResultSet:
        direct = "", ()
    assert (kept.sql, kept.gevuld(sleutels(user))) == direct


def vergeet():
    """For who breaks something on purpose: what was written before it broke, is written again."""
    KEPT.__dict__.clear()
