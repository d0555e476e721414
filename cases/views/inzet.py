"""What PPO and the AED agree on: the hours of each expert in each team, beside the hours of the kring (A-26, A-28)."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.forms.inzet import InzetForm
from cases.views.verdeling import schooljaren
from schools.models import Bron, Inzetafspraak, Kring, Rol, Schooljaar, Urenbudget, experts_in

BRON = {Rol.AB: Bron.AED, Rol.SBO: Bron.VLIEGER}


@require_http_methods(["GET", "HEAD", "POST"])
def inzet(request):
    """Each expert with his hours, and for each kring what that makes beside what was fixed."""
    if not request.user.verdeelt:
        raise PermissionDenied
    jaar, jaren = schooljaren(request)
    plekken = list(experts_in(jaar).select_related("user", "team__kring"))
    there = Inzetafspraak.objects.filter(schooljaar__begin=jaar.begin)
    known = {(row.team_id, row.expert_id): row.uren for row in there}
    form = InzetForm(request.POST if request.method == "POST" else None, plekken, known)
    if form.is_valid():
        keep(jaar, form.given())
        messages.success(request, f"De uren van de experts in {jaar} zijn opgeslagen.")
        return redirect(f"{reverse('inzet')}?jaar={jaar}")
    context = {"form": form, "jaar": jaar, "jaren": jaren, "kringen": differences(jaar, plekken, known)}
    return render(request, "cases/inzet.html", context)


@transaction.atomic
def keep(jaar, given):
    """All together, or nothing; who has no hours has no agreement."""
    kept = Schooljaar.objects.van(jaar.eerste_dag)
    for plek, uren in given:
        at = {"schooljaar": kept, "expert_id": plek.user_id, "team_id": plek.team_id}
        if uren:
            Inzetafspraak.objects.update_or_create(**at, defaults={"uren": uren})
        else:
            Inzetafspraak.objects.filter(**at).delete()


def differences(jaar, plekken, known):
    """[(kring, [(bron, fixed, agreed, what is left)])]: the AED with its begeleiders, de Vlieger with its experts."""
    fixed = Urenbudget.objects.filter(schooljaar__begin=jaar.begin).values_list("kring", "bron", "uren")
    fixed, agreed = {(kring, bron): uren for kring, bron, uren in fixed}, Counter()
    for plek in plekken:
        agreed[plek.team.kring_id, BRON[plek.rol]] += known.get((plek.team_id, plek.user_id), 0)
    found = []
    for kring in Kring.objects.order_by("naam"):
        both = [(bron, fixed.get((kring.pk, bron), 0), agreed[kring.pk, bron]) for bron in Bron]
        found.append((kring, [(bron, has, gives, has - gives) for bron, has, gives in both]))
    return found
