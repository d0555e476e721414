"""Bewaren en vernietigen: what is due, the proposal that another confirms, and the certificate (WPO 18a lid 13)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from cases import papieren
from cases.bewaren import OPEN, aan_de_beurt, bevestig, kringen, stel_voor, trek_in, vernietigingen
from cases.engine import Refused
from cases.forms.bewaren import BevestigForm, VoorstelForm
from cases.models import AanDeBeurt, Vernietigd
from cases.models.bewaren import MEEST
from expertteam.opnieuw import gevoelig
from expertteam.papier import antwoord

ZONDER = "zonder-kring"
MOST = 50  # certificates that are shown


@require_http_methods(["GET", "HEAD", "POST"])
def bewaren(request):
    """For who keeps the numbers of a kring: no name of a leerling, and nothing goes from here."""
    if not (mine := kringen(request.user)):
        raise PermissionDenied
    kring = next((k for k in mine if naam(k) == request.GET.get("kring")), mine[0])
    rows, reason = aan_de_beurt(kring), ""
    form = VoorstelForm(request.POST if request.method == "POST" else None, rows)
    if form.is_valid():
        try:
            made = stel_voor(kring, request.user, form.cleaned_data["dossiers"])
            messages.success(request, "Je voorstel staat klaar. Een ander bevestigt het.")
            return redirect("vernietiging", made.pk)
        except Refused as refused:
            reason = str(refused)
    there = vernietigingen(request.user).filter(kring=kring)
    context = {"form": form, "reason": reason, "kring": kring, "gekozen": naam(kring), "aantal": len(rows)}
    context |= {"kringen": [(naam(k), k or "Scholen zonder kring") for k in mine], "meest": MEEST}
    context |= {"open": there.filter(**OPEN), "klaar": there.exclude(bevestigd_op=None)[:MOST]}
    return render(request, "cases/bewaren.html", context, status=409 if reason else 200)


def naam(kring):
    return kring.naam if kring else ZONDER


@gevoelig
@require_http_methods(["GET", "HEAD", "POST"])
def vernietiging(request, pk):
    """One proposal: confirmed by another it is done; or it is taken back."""
    v = get_object_or_404(vernietigingen(request.user), pk=pk)
    form, reason = BevestigForm(request.POST if "bevestig" in request.POST else None), ""
    try:
        if "intrekken" in request.POST:
            trek_in(v)
            messages.success(request, "Het voorstel is ingetrokken. Alle dossiers blijven.")
            return redirect(terug(v))
        if form.is_valid():
            bevestig(v, request.user)
            messages.success(request, "De dossiers zijn vernietigd. Bewaar de verklaring.")
            return redirect("vernietiging", v.pk)
    except Refused as refused:
        reason = str(refused)
    context = {"v": v, "form": form, "reason": reason, "terug": terug(v), "regels": regels(v)}
    context |= {"zelf": v.voorgesteld_door == request.user, "aantallen": papieren.in_woorden(v.aantallen)}
    return render(request, "cases/vernietiging.html", context, status=409 if reason else 200)


def terug(v):
    return f"{reverse('bewaren')}?{urlencode({'kring': naam(v.kring)})}"


def regels(v):
    """The dossiers of it: as they are in the certificate, or as they are now."""
    if v.bevestigd_op:
        return v.regels.filter(soort=Vernietigd.Soort.DOSSIER).select_related("school")
    return AanDeBeurt.objects.filter(pk__in=v.dossiers).select_related("school").order_by("bewaard_tot", "nummer")


@require_safe
def verklaring(request, pk):
    """The certificate on paper: numbers and dates, and no name of a leerling."""
    v = get_object_or_404(vernietigingen(request.user), pk=pk)
    if not v.bevestigd_op:
        raise Http404
    return antwoord(papieren.verklaring(v, regels(v)).pdf(), f"vernietiging-{v.nummer}.pdf")
