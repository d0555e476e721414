"""Aanbod in de kring: what schools and experts offer one another, and who joins (A-32)."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cases.aanbieden import aanbod_van, bied_aan, doe_mee, eigen_scholen, kringen_van, meld_af, namens
from cases.engine import Refused
from cases.forms.aanbod import AanbodForm
from cases.models import Aanbod
from schools.models import Kring


@require_http_methods(["GET", "HEAD", "POST"])
def aanbod(request):
    """The list, a button for each own school, and a form for who may offer something."""
    mine = list(kringen_van(request.user))
    kring = next((k for k in mine if k.naam == request.GET.get("kring")), mine[0] if mine else None)
    voor, reason = namens(request.user), ""
    if not kring or (request.method == "POST" and not voor):
        raise PermissionDenied
    new = request.method == "POST" and not {"mee", "af", "weg"} & {*request.POST}
    form = AanbodForm(voor, request.POST if new else None)
    try:
        if request.method == "POST" and (not new or form.is_valid()):
            done, at = offer(request.user, form) if new else change(request, kring)
            messages.success(request, done)
            return redirect(f"{reverse('aanbod')}?{urlencode({'kring': at})}")
    except Refused as refused:
        reason = str(refused)
    context = {"kring": kring, "kringen": mine, "form": form if voor else None, "reason": reason}
    context["rijen"] = rijen(request.user, kring)
    return render(request, "cases/aanbod.html", context, status=409 if reason else 200)


def offer(user, form):
    made = bied_aan(user, **form.given())
    return "Je aanbod staat erbij.", Kring.objects.get(pk=made.kring_id)


def change(request, kring):
    """One of the three buttons: join, leave, or take the own aanbod away."""
    what = next(name for name in ("mee", "af", "weg") if name in request.POST)
    key, _, brin6 = request.POST[what].partition(" ")
    try:
        found = Aanbod.objects.filter(kring=kring, pk=uuid.UUID(key)).first()
    except ValueError:
        found = None
    school = next((s for s in eigen_scholen(request.user) if s.brin6 == brin6), None)
    if not found or (found.door_id != request.user.pk if what == "weg" else not school):
        raise Http404
    if what == "weg":
        Aanbod.objects.filter(pk=found.pk).update(weg=True)
        return "Je aanbod is weggehaald.", kring
    if what == "af":
        meld_af(found, school)
        return f"{school} doet niet meer mee.", kring
    doe_mee(request.user, found, school)
    return f"{school} doet mee.", kring


def rijen(user, kring):
    """[(aanbod, places left, [(own school, does it join?)])]"""
    own = [s for s in eigen_scholen(user) if s.team.kring_id == kring.pk]
    found = []
    for a in aanbod_van(kring):
        joined = {d.school_id for d in a.deelnames.all()}
        may = [(s, s.pk in joined) for s in own if s.pk != a.school_id]
        found.append((a, a.plekken - len(joined), may))
    return found
