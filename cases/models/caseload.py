"""The work that an ambulant begeleider carries, and that another must take over some day."""

from django.db.models import Exists, OuterRef, Q

from cases.models.keuzes import Soort
from cases.models.muren_traject import ENDED
from schools.models import Aanstelling, Rol


def open_werk(trajecten):
    """Those that have not ended, with what a row about handing them over needs."""
    mine = trajecten.exclude(state__in=ENDED).select_related("aanmelding__school", "aanmelding__ab", "uitvoerder")
    return mine.prefetch_related("uitvoerder__aanstellingen").order_by("aanmelding__school__naam", "aanmelding__nummer")


def vreemde_uitvoerder(trajecten):
    """Those that an ambulant begeleider carries out who is not of the team of the school today.

    The school went to another team, or he left. What an onderwijsspecialist carries out goes along by itself.
    """

    def here(rol):
        place = {"team": OuterRef("aanmelding__school__team"), "user": OuterRef("uitvoerder")}
        return Exists(Aanstelling.objects.nu().filter(rol=rol, **place))

    an_ab = Q(uitvoerder__in=Aanstelling.objects.filter(rol=Rol.AB).values("user")) & ~here(Rol.OS)
    return open_werk(trajecten).filter(Q(soort=Soort.COMPLEX) | an_ab, ~here(Rol.AB))
