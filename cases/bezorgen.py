"""The mail of a step, made at the moment that it leaves: for who may still see what it is about, and for nobody else.

A mail holds a number and a link, never a name of a leerling and never a text from a dossier.
"""

from collections import defaultdict

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from cases.models import Aanbod, Aanmelding, Event, InzageMetReden
from cases.roles import Role
from cases.workflow import FLOWS
from expertteam.actor import acting_as
from expertteam.verzenden import Waarom, opgemaakt, verstuur
from expertteam.wachtrij import DAG, Vervalt, taak, zet
from schools.models import Post, School, User

AANBOD = {
    "erbij": "{school} doet mee met je aanbod",
    "eraf": "{school} doet niet meer mee met je aanbod",
    "anders": "wie aanbiedt, paste aanbod aan waar jullie aan meedoen",
    "weg": "aanbod waar jullie aan meedoen, gaat niet door",
}


def ontvanger(wie):
    """Who gets it, as he is now."""
    user = User.objects.filter(pk=wie, is_active=True).first()
    if not user:
        raise Vervalt(Waarom.ACCOUNT)
    return user


def gezien(user, event, door=None):
    """(event, step, object) as this user sees them now; by `door` for who saw it until this step.

    Only in the transaction of who reads.
    """
    event = Event.objects.filter(pk=event).select_related("by").first()
    if not event:
        raise Vervalt(Waarom.MAG_NIET)
    flow = FLOWS[event.kind]
    step, obj = flow.steps[event.step], flow.model.objects.visible_to(user).filter(pk=event.object_id).first()
    if not obj or not door and not obj.roles & step.tells:
        raise Vervalt(Waarom.MAG_NIET)
    if step.in_agenda and obj.state != event.target:
        raise Vervalt(Waarom.VOORBIJ)  # a later step sent a newer appointment
    return event, step, obj


def over(event, step, obj):
    """What a mail says of it."""
    kind, pk = obj.thuis
    return {
        "obj": obj, "nummer": obj.kenmerk, "waarbij": f"aanmelding {obj.kenmerk}" if obj.dossier_id else str(obj),
        "stap": step.label, "wie": event.by, "link": f"{settings.BASE_URL}/{kind}/{pk}/", "start": settings.BASE_URL,
    }  # fmt: skip


@taak("stap")
def stap(job, event, wie, door=None):
    """One step, to one person."""
    user = ontvanger(wie)
    lezer = User.objects.get(pk=door) if door else user
    with acting_as(lezer):
        event, step, obj = gezien(lezer, event, door)
        if user.post == Post.NIET and not step.in_agenda:
            raise Vervalt(Waarom.KEUZE)
        templates = [f"mail/{event.kind}_{event.step}.txt", "mail/stap.txt"]
        subject, text = opgemaakt(templates, **over(event, step, obj), voornaam=user.voornaam)
        agenda = step.invites(obj, user)
    verstuur(f"stap/{event.pk}/{user.pk}", user.email, subject, text, agenda)


@taak("met_reden")
def met_reden(job, reden, wie):
    """Somebody looks into a dossier with a reason: who works there hears it, not why, and no name of a leerling."""
    user = ontvanger(wie)
    with acting_as(user):
        granted = InzageMetReden.objects.filter(pk=reden).select_related("door").first()
        a = granted and Aanmelding.objects.visible_to(user).filter(pk=granted.dossier_id).first()
        if not a or not a.roles & {Role.OS, Role.IB}:
            raise Vervalt(Waarom.MAG_NIET)
        about = {"nummer": a.nummer, "wie": granted.door, "link": f"{settings.BASE_URL}/aanmelding/{a.pk}/inzage/"}
    verstuur(f"reden/{reden}/{wie}", user.email, *opgemaakt("mail/met_reden.txt", **about, voornaam=user.voornaam))


@taak("aanbod")
def aanbod(job, aanbod, wat, wie, school=None):
    """What happened to an aanbod and where to look: no word of the aanbod itself, for somebody typed it."""
    user = ontvanger(wie)
    with acting_as(user):
        if not Aanbod.objects.filter(pk=aanbod).exists():
            raise Vervalt(Waarom.MAG_NIET)
        said = AANBOD[wat].format(school=School.objects.filter(pk=school).first())
    if user.post == Post.NIET:
        raise Vervalt(Waarom.KEUZE)
    about = {"wat": said, "link": settings.BASE_URL + reverse("aanbod"), "voornaam": user.voornaam}
    verstuur(f"aanbod/{job}", user.email, *opgemaakt("mail/aanbod.txt", **about))


@app.periodic(cron="*/5 * * * *")
@app.task(name="overzichten", queueing_lock="overzichten")
def overzichten(timestamp):
    """What waited for the morning becomes one mail for each person, in one transaction: no line is lost or doubled."""
    waits = "DELETE FROM procrastinate_jobs WHERE queue_name = %s AND status = 'todo' AND scheduled_at <= %s"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{waits} RETURNING args->>'wie', (args->>'event')::bigint", [DAG, timezone.now()])  # noqa: S608
        events = defaultdict(list)
        for wie, event in sorted(cursor.fetchall()):
            events[wie].append(event)
        zet("overzicht", *({"wie": wie, "events": keys} for wie, keys in events.items()))


@taak("overzicht")
def overzicht(job, wie, events):
    """The mail of the day: a number, a step and a link for each, as far as this person may still see them."""
    user, regels = ontvanger(wie), []
    if user.post == Post.NIET:
        raise Vervalt(Waarom.KEUZE)
    with acting_as(user):
        for event in events:
            try:
                regels.append(over(*gezien(user, event)))
            except Vervalt:
                continue
        if not regels:
            raise Vervalt(Waarom.MAG_NIET)
        about = {"voornaam": user.voornaam, "regels": regels, "start": settings.BASE_URL}
        subject, text = opgemaakt("mail/overzicht.txt", **about)
    verstuur(f"overzicht/{job}", user.email, subject, text)
