"""Steps while the mail server is down, and what arrives when it is up again: `make post`, with 500 of them."""

from dataclasses import dataclass

from procrastinate.contrib.django.models import ProcrastinateJob

from cases.roles import Role
from cases.workflow import AANMELDING
from expertteam import wachtrij
from expertteam.models import NietVerstuurd
from tests.people import LEERLING, TODAY
from tests.post.sink import Sink, smtp
from tests.post.werken import straks, werk

CONTACT = {"eerste_contact_op": TODAY, "eerste_contact_met": "Sam Ibema"}
PERSOONLIJK = [LEERLING[name] for name in ("voornaam", "achternaam", "hulpvraag", "al_gedaan", "leerkracht")]


@dataclass
class Uitslag:
    mails: int  # that arrived, by Message-ID
    dubbel: int  # that arrived more than once
    persoonlijk: list  # words of a dossier that stood in one
    mislukt: set  # why they did not leave at first
    over: int  # jobs that are still there


def ronde(n, people, make, port, eerst=None, nog_eens=False):
    """n steps while the server is down (or says what `eerst` says), then up: what came of it, as the server saw it."""
    sent = [make["aanmelding"]("ingediend", "basis") for _ in range(n)]
    for a in sent:
        AANMELDING.take("oppakken", a.pk, people[Role.OS], **CONTACT)
    if eerst:
        with smtp(port, eerst):
            werk()
    else:
        werk()
    why = {*NietVerstuurd.objects.values_list("waarom", flat=True)}
    kept = [(job.task_name, job.args) for job in ProcrastinateJob.objects.all()]
    sink = Sink()
    with smtp(port, sink):
        straks()
        werk()
        if nog_eens:  # broken on purpose: done, and not said so
            zet_terug(kept)
            werk()
    texts = [message.as_string() for _, message in sink.messages]
    found = [word for word in PERSOONLIJK for text in texts if word in text]
    doubled = sum(times > 1 for times in sink.keys.values())
    return Uitslag(len(sink.keys), doubled, found, why, ProcrastinateJob.objects.exclude(queue_name="default").count())


def zet_terug(kept):
    for name, args in kept:
        wachtrij.zet(name, args)
