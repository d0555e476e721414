"""A row of a list: one dossier, and who must do something now."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from cases.models import Aanmelding, Traject
from cases.models.afstemming import Besluit
from cases.models.muren_traject import ENDED
from cases.models.traject import loopt
from cases.roles import Role
from cases.workflow import AANMELDING, TRAJECT
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


def regels(aanmeldingen, kalender=None):
    """The rows of these aanmeldingen, fetched with `met_traject`; a statement more where no vakanties are given."""
    kalender = kalender or schooldagen()
    return [regel(a, kalender[a.school.regio]) for a in aanmeldingen]


def regel(a, dagen_van_school):
    """The row of one aanmelding."""
    traject = next(iter(a.zichtbaar), None)
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


def met_traject(aanmeldingen, user):
    """The same aanmeldingen with what a row needs: two statements, however many rows."""
    trajecten = Traject.objects.visible_to(user).select_related("uitvoerder")
    return aanmeldingen.select_related("school", "ab").prefetch_related(
        Prefetch("trajecten", queryset=trajecten, to_attr="zichtbaar")
    )
