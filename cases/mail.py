"""Who hears of a step. A mail holds a number and a link, never a name of a leerling and never a text from a dossier."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string


def about(obj, event, step):
    """A mail for everyone with one of the roles of `step.tells` about the step just taken, but not who took it."""
    people = {user for role in step.tells for user in obj.RELATIONS[role].people(obj)}
    people = {*people, *step.also(obj)} - {event.by}
    if not people:
        return []
    kind, pk = obj.thuis
    about = {
        "obj": obj, "nummer": obj.kenmerk, "waarbij": f"aanmelding {obj.kenmerk}" if obj.dossier_id else str(obj),
        "stap": step.label, "wie": event.by, "link": f"{settings.BASE_URL}/{kind}/{pk}/", "start": settings.BASE_URL,
    }  # fmt: skip
    templates = [f"mail/{event.kind}_{event.step}.txt", "mail/stap.txt"]
    mails = []
    for user in sorted(people, key=lambda user: user.email):
        subject, _, text = render_to_string(templates, about | {"voornaam": user.voornaam}).partition("\n\n")
        invitation = filter(None, [step.invites(obj, user)])
        mails.append((" ".join(subject.split()), text.strip() + "\n", None, [user.email], *invitation))
    return mails


def send(mails):
    """Send (subject, text, from, to), all over one connection; a fifth is the calendar part of that mail."""
    messages = []
    for subject, text, sender, to, *agenda in mails:
        message = EmailMultiAlternatives(subject, text, sender, to)
        for part in agenda:
            method = re.search(rb"^METHOD:(\w+)", part, re.M)[1].decode()
            message.attach_alternative(part.decode(), f"text/calendar; method={method}")
        messages.append(message)
    get_connection().send_messages(messages)
