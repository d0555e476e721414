"""A row of a list: one dossier, and who must do something now."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from cases.gereed import rijen
from cases.models import Aanmelding, Traject
from cases.models.afstemming import Besluit
from cases.models.muren_traject import ENDED
from cases.models.traject import loopt
from cases.roles import Role
from cases.workflow import AANMELDING, TRAJECT
from expertteam.gereed import DEZE
from schools.models import vandaag
from schools.schooldagen import schooldagen

WIE = {
    Role.IB: "School",
    Role.OS: "Onderwijsspecialist",
    Role.AB: "Ambulant begeleider",
    Role.TEAM: "Ambulant begeleider",
}


BESLUIT = dict(Besluit.choices)


@dataclass
class Regel:
    aanmelding: Aanmelding
    traject: Traject | None
    aan_zet: str
    jij: bool
    dagen: int | None
    lang: bool
    voorbij: bool
    besluit: str  # of the last afstemming, in a list that asked for it

    @property
    def over(self):
        return self.aanmelding.over


def turns(a, t):
    """[(roles that should act, roles this person has)] of an aanmelding and its traject, if it has one."""
    return [(AANMELDING.turn(a), a.roles)] + ([(TRAJECT.turn(t), t.roles)] if t else [])


def regels(aanmeldingen, user, kalender=None):
    """The rows of these aanmeldingen, in one statement, however many; one more where no vakanties are given."""
    kalender, zichtbaar = kalender or schooldagen(), {}
    for t in rijen(trajecten, user, deze=[a.pk for a in aanmeldingen]) if aanmeldingen else ():
        zichtbaar.setdefault(t.aanmelding_id, t)
    return [regel(a, zichtbaar.get(a.pk), kalender[a.school.regio]) for a in aanmeldingen]


def trajecten(user):
    """The trajecten of some aanmeldingen, in their own order."""
    return Traject.objects.visible_to(user).select_related("uitvoerder").filter(aanmelding__in=DEZE)


def regel(a, traject, dagen_van_school):
    """The row of one aanmelding, with the first traject of it that this person sees."""
    voorbij = traject is not None and traject.voorbij
    whose = turns(a, traject)
    jij = any(turn & roles for turn, roles in whose) or (voorbij and Role.OS in traject.roles)
    others = [WIE[role] for turn, _ in whose for role in sorted(turn) if role in WIE]
    if traject and traject.state not in ENDED and (not others or others[0] == WIE[Role.AB]):
        others = [traject.uitvoerder.kort]
    dagen = None
    if a.state == "ingediend":
        dagen = dagen_van_school.aantal(timezone.localdate(a.ingediend_op), vandaag())
    lang = dagen is not None and dagen > settings.EERSTE_CONTACT_SCHOOLDAGEN
    return Regel(
        a,
        traject,
        "Jij" if jij else next(iter(others), "–"),
        jij,
        dagen,
        lang,
        voorbij,
        BESLUIT.get(getattr(a, "besluit", None), ""),
    )


def met_loopt(aanmeldingen):
    """Marks each with whether a traject is prepared or runs."""
    return aanmeldingen.annotate(loopt=loopt())
