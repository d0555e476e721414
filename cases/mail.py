"""Who hears of a step, and how: at once, in the mail of the next morning, or not. The mail is made when it leaves."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from cases.roles import Role
from expertteam.wachtrij import zet
from schools.models import Post

VRIJ = {6, 7}  # Saturday, Sunday


def about(obj, event, step):
    """A mail for everyone with one of the roles of `step.tells` about the step just taken, but not who took it."""
    told = {user for role in step.tells for user in obj.RELATIONS[role].people(obj)} - {event.by}
    left = {*step.also(obj)} - {event.by}  # may see it no more, and hears why: the mail reads it for who took the step
    people = sorted(told | left, key=lambda user: user.email)
    meteen = [u for u in people if step.in_agenda or u.post == Post.DIRECT or u in left and u.post == Post.DAG]
    morgen = [u for u in people if u.post == Post.DAG and u not in meteen]
    for users, op in ((meteen, None), (morgen, volgende_ochtend(timezone.now()))):
        door = {user: {"door": str(event.by_id)} if user in left else {} for user in users}
        zet("stap", *({"event": event.pk, "wie": str(user.pk)} | door[user] for user in users), op=op)


def volgende_ochtend(now):
    """When the next mail of the day goes: on a weekday, at the hour of the settings, in the Netherlands."""
    hour = time(*map(int, settings.DAGOVERZICHT.split(":")))
    day = timezone.localtime(now).date()
    while True:
        at = timezone.make_aware(datetime.combine(day, hour))
        if at > now and day.isoweekday() not in VRIJ:
            return at
        day += timedelta(days=1)


def met_reden(a, inzage):
    """The school and the onderwijsspecialist hear that somebody looks; nobody can choose not to."""
    people = {user for role in (Role.OS, Role.IB) for user in a.RELATIONS[role].people(a)} - {inzage.door}
    ids = [{"reden": str(inzage.pk), "wie": str(user.pk)} for user in sorted(people, key=lambda user: user.email)]
    zet("met_reden", *ids)


def aanbod(aanbod, wat, people, school=None):
    """Who offers hears which school joins or leaves; who joined, that it changes. At once, for there are few."""
    where = {"school": school.pk} if school else {}
    users = sorted(people, key=lambda user: user.email)
    zet("aanbod", *({"aanbod": str(aanbod.pk), "wat": wat, "wie": str(user.pk)} | where for user in users))
