"""Vandaag and Mijn uren: where an ambulant begeleider stands, and what she did."""

import datetime
from itertools import groupby

from django.db.models import Q, Subquery, Sum
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models import Betrokkene, Contactmoment, Traject
from cases.models.muren_traject import ENDED
from cases.signalen import aandacht
from cases.views.regels import met_traject, regels
from cases.workflow import AANMELDING, TRAJECT
from schools.models import vandaag


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
    visits = Contactmoment.objects.filter(door=user, state="geboekt").order_by("-datum", "-vastgelegd_op")
    last = Subquery(visits.values("traject__aanmelding__school")[:1])
    own = Q(uitvoerder__in=user.namens) | Q(aanmelding__ab__in=user.namens) | Q(pk__in=betrokken_bij(user))
    mine = Traject.objects.visible_to(user).filter(own).exclude(state__in=ENDED).annotate(last=last)
    mine = sorted(mine.select_related("aanmelding__school", "uitvoerder"), key=last_school_first)
    groups = [(school, list(rows)) for school, rows in groupby(mine, key=lambda t: t.aanmelding.school)]
    new = AANMELDING.waiting_for(user).filter(as_team=True)
    new = regels(met_traject(new, user).order_by("ingediend_op", "pk")[:50])
    waits = TRAJECT.waiting_for(user).filter(own).select_related("aanmelding__school").order_by("gemaakt_op", "pk")
    waits = [(t, [s for s in TRAJECT.steps.values() if s.waited_for(t) and s.by & t.roles]) for t in waits[:50]]
    context = {"groups": groups, "last": mine[0].last if mine else None, "nieuw": new, "waits": waits}
    context["aandacht"] = aandacht(user)
    return render(request, "cases/vandaag.html", context)


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
