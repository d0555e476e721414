"""Aanbod in de kring: what schools and experts offer one another, and who joins (A-32)."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cases.aanbieden import (
    aanbod_van,
    bied_aan,
    doe_mee,
    eigen_scholen,
    haal_weg,
    kringen_van,
    meld_af,
    namens,
    pas_aan,
)
from cases.engine import Refused
from cases.forms.aanbod import AanbodForm
from cases.models import Aanbod
from schools.models import Kring

BUTTONS = {"mee", "af", "weg"}


@require_http_methods(["GET", "HEAD", "POST"])
def aanbod(request):
    """The list, a button for each own school, and a form for who offers something, or changes what he offers."""
    mine = list(kringen_van(request.user))
    kring = next((k for k in mine if k.naam == request.GET.get("kring")), mine[0] if mine else None)
    voor, reason = namens(request.user), ""
    if not kring or (request.method == "POST" and not voor):
        raise PermissionDenied
    oud = eigen(request, kring)
    new = request.method == "POST" and not BUTTONS & {*request.POST}
    form = AanbodForm(voor, request.POST if new else None, oud)
    try:
        if request.method == "POST" and (not new or form.is_valid()):
            done, at = offer(request.user, form, oud) if new else change(request, kring)
            messages.success(request, done)
            return redirect(f"{reverse('aanbod')}?{urlencode({'kring': at})}")
    except Refused as refused:
        reason = str(refused)
    context = {"kring": kring, "kringen": mine, "form": form if voor else None, "reason": reason, "oud": oud}
    context["rijen"] = rijen(request.user, kring)
    return render(request, "cases/aanbod.html", context, status=409 if reason else 200)


def find(kring, key):
    """What is or was offered in this kring, by its key."""
    try:
        found = Aanbod.objects.filter(kring=kring, pk=uuid.UUID(key)).select_related("door", "kring")
    except ValueError:
        raise Http404 from None
    return get_object_or_404(found)


def eigen(request, kring):
    """The own aanbod that is being changed, or nothing."""
    if "wijzig" not in request.GET:
        return None
    found = find(kring, request.GET["wijzig"])
    if found.door_id != request.user.pk:
        raise Http404
    return found


def offer(user, form, oud):
    if oud:
        pas_aan(user, oud, **form.changes())
        return "Je aanbod is aangepast.", oud.kring
    made = bied_aan(user, **form.given())
    return "Je aanbod staat erbij.", Kring.objects.get(pk=made.kring_id)


def change(request, kring):
    """One of the three buttons: join, leave, or take the own aanbod away."""
    what = next(name for name in sorted(BUTTONS) if name in request.POST)
    key, _, brin6 = request.POST[what].partition(" ")
    found = find(kring, key)
    school = next((s for s in eigen_scholen(request.user) if s.brin6 == brin6), None)
    if found.door_id != request.user.pk if what == "weg" else not school:
        raise Http404
    if what == "weg":
        haal_weg(request.user, found)
        return "Je aanbod is weggehaald.", kring
    if what == "af":
        meld_af(request.user, found, school)
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
