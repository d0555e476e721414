"""Who stands in for whom, made and ended by the onderwijsspecialist or the coördinator; and whose work can go over."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.forms.vervanging import VervangingForm
from cases.models import Traject
from cases.models.muren_traject import ENDED
from cases.roles import holders, places
from schools.models import Expertteam, Rol, User, Vervanging, beeindig_vervanging, vervang


@require_http_methods(["GET", "HEAD", "POST"])
def vervanging(request):
    """What is arranged, the form for another, and the caseloads of the own team."""
    if not {Rol.OS, Rol.COORDINATOR} & request.user.rollen:
        raise PermissionDenied
    people = holders(Rol.AB, team__in=own_teams(request.user))
    form = VervangingForm(request.POST if request.method == "POST" else None, people)
    reason = ""
    if form.is_valid():
        try:
            vervang(**form.cleaned_data)
            messages.success(request, f"{form.instance}.")
            return redirect("vervanging")
        except ValueError as refused:
            reason = str(refused)
    running = Vervanging.objects.open().filter(van_wie__in=people, door__in=people).select_related("van_wie", "door")
    context = {"form": form, "reason": reason, "lopend": running, "caseloads": caseloads(request.user)}
    return render(request, "cases/vervanging.html", context)


@require_POST
def einde(request):
    """The work goes back at once."""
    try:
        ended = beeindig_vervanging(uuid.UUID(request.POST.get("vervanging", "")))
    except ValueError:
        ended = False
    if not ended:
        raise Http404
    messages.success(request, "De vervanging is beëindigd.")
    return redirect("vervanging")


def own_teams(user):
    """The teams of an onderwijsspecialist, and those of the kringen of a coördinator."""
    kringen = places(user, Rol.COORDINATOR, "kring")
    own = Q(pk__in=user.teams(Rol.OS)) | Q(kring__in=kringen)
    return Expertteam.objects.filter(Q() if None in kringen else own)


def caseloads(user):
    """The ambulant begeleiders of the own team, and others who have work there: with how many open trajecten."""
    teams = user.teams(Rol.OS)
    open_ = Traject.objects.within(user).filter(aanmelding__school__team__in=teams).exclude(state__in=ENDED)
    counts = dict(open_.order_by().values_list("uitvoerder").annotate(Count("pk")))
    there = Q(pk__in=holders(Rol.AB, team__in=teams)) | Q(pk__in=counts, aanstellingen__rol=Rol.AB)
    people = User.objects.filter(there).distinct().order_by("achternaam", "voornaam")
    for person in people:
        person.open_werk = counts.get(person.pk, 0)
    return people
