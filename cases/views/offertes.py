"""Offertes: the list, a new one without a dossier, and the paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases import papieren
from cases.engine import Refused
from cases.forms.offerte import OfferteForm
from cases.models import Offerte
from cases.roles import Role
from cases.stappen.offerte import zonder_dossier
from cases.workflow import OFFERTE
from expertteam import papier
from schools.models import School

KLAAR = {Offerte.State.AFGEROND, Offerte.State.NIET_AKKOORD, Offerte.State.VERVALLEN}
MOST = 200


def own_schools(user):
    """Those for which somebody can ask an offerte: of the IB-er, and of the team of the onderwijsspecialist."""
    there = School.objects.filter(team__in=user.teams("os"))
    there |= School.objects.filter(aanstellingen__in=[a.pk for a in user.vandaag if a.rol == "ib"])
    return list(there.filter(gesloten_op=None).distinct().order_by("naam", "brin6"))


@require_safe
def offertes(request):
    """Every offerte of the own schools; for the coördinator AED all."""
    mine = Offerte.objects.visible_to(request.user).select_related("school").prefetch_related("regels")
    groups = {"jij": [], "lopend": [], "klaar": []}
    for o in mine.order_by("-op", "pk")[:MOST]:
        turn = OFFERTE.turn(o)
        whose = ", ".join(role.label for role in Role if role in turn)
        row = (o, "Jij" if turn & o.roles else whose, papieren.uitgave(o, o.uitgave).totaal)
        groups["klaar" if o.state in KLAAR else "jij" if turn & o.roles else "lopend"].append(row)
    context = {"groups": groups, "leeg": not any(groups.values()), "vragen": own_schools(request.user)}
    return render(request, "cases/offertes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request):
    """The school asks for it: the IB-er, or the onderwijsspecialist with her."""
    schools = own_schools(request.user)
    if not schools:
        raise PermissionDenied
    form, reason = OfferteForm(request.POST if request.method == "POST" else None, schools), ""
    if form.is_valid():
        try:
            offerte = zonder_dossier(user=request.user, **form.cleaned_data)
            messages.success(request, "De offerte is gevraagd. De AED doet een aanbod.")
            return redirect("detail", "offerte", offerte.pk)
        except Refused as refused:
            reason = str(refused)
    context = {"form": form, "reason": reason, "schools": schools}
    return render(request, "cases/offerte_nieuw.html", context, status=409 if reason else 200)


@require_safe
def pdf(request, pk):
    """The paper, once it was sent; its name is its number and version."""
    sent = Offerte.objects.visible_to(request.user).exclude(uitgebracht_op=None).select_related("school")
    o = get_object_or_404(sent, pk=pk)
    return papier.antwoord(papieren.uitgave(o, o.uitgave).pdf(), f"{o.nummer}-versie-{o.uitgave}.pdf")
