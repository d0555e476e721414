"""How the coördinator of all kringen divides the hours of a schooljaar: look first, then fix (A-25, A-28 to A-30)."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.forms.verdeling import VerdelingForm, name
from cases.gebruik import per_kring
from schools.models import (
    Kring,
    Leerlingaantal,
    Schooljaar,
    Verdeeldeel,
    Verdeling,
    gooi_weg,
    leg_voor,
    stel_verdeling_vast,
    vandaag,
)
from schools.models.verdelen import GEEN_CONCEPT
from schools.schooldagen import schooldagen
from schools.verdeling import tekorten

BUTTONS = {
    "vaststellen": (stel_verdeling_vast, "De verdeling van {} is vastgesteld. Elke kring heeft nu deze uren."),
    "weggooien": (gooi_weg, "Het concept van {} is weg."),
}


def schooljaren(request):
    """(the schooljaar that was chosen, those to choose from): this one, the next, and those that were divided."""
    this = Schooljaar.of(vandaag()).begin
    begins = {this, this + 1, *Verdeling.objects.order_by().values_list("schooljaar__begin", flat=True)}
    jaren = [Schooljaar(begin=begin) for begin in sorted(begins)]
    asked = request.GET.get("jaar")
    return next((j for j in jaren if str(j) == asked), Schooljaar(begin=this)), jaren


@require_http_methods(["GET", "HEAD", "POST"])
def verdeling(request):
    """The versions of a schooljaar, the concept with its outcome, and the form that works out another."""
    if not request.user.verdeelt:
        raise PermissionDenied
    jaar, jaren = schooljaren(request)
    there, reason = f"{reverse('verdeling')}?jaar={jaar}", ""
    versies = of_year(jaar)
    kringen, geldt = list(Kring.objects.order_by("naam")), versies["vastgesteld"]
    button = next((name for name in BUTTONS if name in request.POST), "")
    typed = request.POST if request.method == "POST" and not button else None
    form = VerdelingForm(typed, kringen, known(jaar, kringen, versies["concept"] or geldt), geldt)
    if button and not (reason := press(button, request.POST[button])):
        messages.success(request, BUTTONS[button][1].format(jaar))
        return redirect(there)
    if form.is_valid():
        given = form.cleaned_data
        leg_voor(jaar.begin, request.user, given["aed"], given["vlieger"], form.numbers(), given.get("waarom", ""))
        return redirect(there)
    context = {"form": form, "reason": reason, "jaar": jaar, "jaren": jaren, "geldt": geldt, "versies": versies}
    context["krap"] = te_krap(versies["concept"], jaar)
    return render(request, "cases/verdeling.html", context, status=409 if reason else 200)


def of_year(jaar):
    """{"concept": …, "vastgesteld": …, "eerder": […]} of a schooljaar, each with what a kring lacks."""
    found = Verdeling.objects.filter(schooljaar__begin=jaar.begin).order_by("-versie").select_related("door")
    versies = {"concept": None, "vastgesteld": None, "eerder": []}
    for versie in found.prefetch_related(Prefetch("delen", Verdeeldeel.objects.select_related("kring"))):
        versie.rijen = rows(versie)
        if versie.state == Verdeling.State.BIJGESTELD:
            versies["eerder"].append(versie)
        else:
            versies[versie.state] = versie
    return versies


def rows(versie):
    """The parts of a version, each with the rugzakken it has too few of; the version itself gets the sums."""
    delen = sorted(versie.delen.all(), key=lambda deel: deel.kring.naam)
    versie.leerlingen, versie.rugzakken = (sum(getattr(d, name) for d in delen) for name in ("leerlingen", "rugzakken"))
    short = tekorten({deel.pk: (deel.leerlingen, deel.rugzakken) for deel in delen})
    for deel in delen:
        deel.tekort = short[deel.pk] / versie.leerlingen if versie.leerlingen else 0
    versie.tekort = sum(deel.tekort for deel in delen)
    return delen


def te_krap(concept, jaar):
    """[(kring, minutes it gets, minutes used, planned and kept)]: only said, for the coördinator decides (A-7)."""
    if not concept:
        return []
    taken = {g.kring: g.bezet + g.gereserveerd for g in per_kring(Kring.objects.all(), jaar, schooldagen())}
    given = [(deel.kring, int(deel.samen * 60), taken[deel.kring]) for deel in concept.rijen]
    return [row for row in given if row[1] < row[2]]


def press(button, pk):
    """Why this concept cannot be fixed or thrown away; nothing when it is."""
    try:
        BUTTONS[button][0](uuid.UUID(pk))
    except ValueError as refused:
        return str(refused) if refused.__cause__ else GEEN_CONCEPT
    return ""


def known(jaar, kringen, versie):
    """What is filled in beforehand: this version, or else the last count of leerlingen and the last rugzakken."""
    if versie:
        leerlingen = {deel.kring_id: deel.leerlingen for deel in versie.rijen}
        rugzakken = {deel.kring_id: deel.rugzakken for deel in versie.rijen}
        reason = versie.waarom if versie.state == Verdeling.State.CONCEPT else ""
        found = {"aed": versie.aed_totaal, "vlieger": versie.vlieger_totaal, "waarom": reason}
    else:
        leerlingen, found = Leerlingaantal.objects.per("school__team__kring", jaar.begin), {}
        last = Verdeeldeel.objects.order_by("verdeling__schooljaar__begin", "verdeling__versie")
        rugzakken = dict(last.values_list("kring", "rugzakken"))
    for kring in kringen:
        found[name("leerlingen", kring)] = leerlingen.get(kring.pk)
        found[name("rugzakken", kring)] = rugzakken.get(kring.pk)
    return found
