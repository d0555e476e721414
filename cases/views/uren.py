"""Vandaag and Mijn uren: where an ambulant begeleider stands, and what she did."""

import datetime
from itertools import groupby

from django.db.models import Q, Subquery, Sum
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.gereed import rijen
from cases.models import Betrokkene, Contactmoment, Traject
from cases.models.muren_traject import ENDED
from cases.signalen import aandacht
from cases.views.regels import regels
from cases.workflow import AANMELDING, TRAJECT
from schools.models import vandaag
from schools.schooldagen import schooldagen


def betrokken_bij(user):
    """The trajecten into which an expert was brought (B-26)."""
    return Betrokkene.objects.filter(expert=user).values("traject")


def last_school_first(t):
    a = t.aanmelding
    return a.school_id != t.last, str(a.school), a.school_id, a.nummer


@require_safe
def vandaag_(request):
    """My trajecten by school, the school of my last visit first; then what waits for me."""
    user = request.user
    mine = sorted(rijen(eigen, user), key=last_school_first)
    groups = [(school, list(rows)) for school, rows in groupby(mine, key=lambda t: t.aanmelding.school)]
    waits = [(t, [s for s in TRAJECT.steps.values() if s.waited_for(t) and s.by & t.roles]) for t in rijen(wacht, user)]
    context = {"groups": groups, "last": mine[0].last if mine else None, "waits": waits}
    kalender = schooldagen()
    context["nieuw"] = regels(rijen(nieuw, user), user, kalender)
    context["aandacht"] = aandacht(user, kalender)
    return render(request, "cases/vandaag.html", context)


def own(user):
    """Q: the trajecten in which he works, not those of a team that he merely sees."""
    return Q(uitvoerder__in=user.namens) | Q(aanmelding__ab__in=user.namens) | Q(pk__in=betrokken_bij(user))


def eigen(user):
    """The trajecten that he carries out, and the school of his last visit."""
    visits = Contactmoment.objects.filter(door=user, state="geboekt").order_by("-datum", "-vastgelegd_op")
    last = Subquery(visits.values("traject__aanmelding__school")[:1])
    mine = Traject.objects.visible_to(user).filter(own(user)).exclude(state__in=ENDED).annotate(last=last)
    return mine.select_related("aanmelding__school", "uitvoerder")


def nieuw(user):
    """What waits for somebody of his team."""
    waits = AANMELDING.waiting_for(user).filter(as_team=True).select_related("school", "ab")
    return waits.order_by("ingediend_op", "pk")[:50]


def wacht(user):
    """His trajecten that wait for a step of him, the oldest first."""
    waits = TRAJECT.waiting_for(user).filter(own(user)).select_related("aanmelding__school")
    return waits.order_by("gemaakt_op", "pk")[:50]


@require_safe
def uren(request):
    """My contactmomenten of a month, newest first, each to be corrected by a click."""
    try:
        first = datetime.date.fromisoformat(f"{request.GET.get('maand', '')}-01")
    except ValueError:
        first = vandaag().replace(day=1)
    if not 2000 <= first.year <= 2100:
        first = vandaag().replace(day=1)
    after = (first + datetime.timedelta(days=32)).replace(day=1)
    mine = Contactmoment.objects.visible_to(request.user).filter(
        as_maker=True, state="geboekt", datum__gte=first, datum__lt=after
    )
    context = {
        "eerste": first,
        "vorige": first - datetime.timedelta(days=1),
        "volgende": after if after <= vandaag() else None,
        "totaal": mine.order_by().aggregate(t=Sum("minuten"))["t"] or 0,
        "contacten": mine.select_related("traject__aanmelding__school")[:200],
    }
    return render(request, "cases/uren.html", context)
