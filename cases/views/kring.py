"""Kringoverzicht: hours and counts at a glance, without a name of a leerling anywhere."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import monitor
from cases.models import Aanmelding
from schools.models import Kring, Rol, Schooljaar, vandaag


def own_kringen(user):
    """The coördinator's kringen (all, when his aanstelling names none) and the onderwijsspecialist's own."""
    held = [a.kring_id for a in user.vandaag if a.rol == Rol.COORDINATOR]
    own = Q(pk__in=[pk for pk in held if pk]) | Q(teams__in=user.teams(Rol.OS))
    return Kring.objects.filter(Q() if None in held else own).distinct().order_by("naam")


@require_safe
def kringen(request):
    jaren = list(Schooljaar.objects.order_by("-begin")[:10])
    jaar = next((j for j in jaren if str(j) == request.GET.get("jaar")), None) or Schooljaar.of(vandaag())
    kringen = list(monitor.with_budget(own_kringen(request.user), jaar))
    if not kringen:
        raise PermissionDenied
    chosen = [k for k in kringen if k.naam == request.GET.get("kring")] or kringen
    scholen = monitor.per_school(chosen, jaar)
    totals = [(k, monitor.total(k.naam, scholen[k.pk]), k.uren) for k in chosen]
    alles = monitor.total("Samen", [t for _, t, _ in totals])
    soorten, contact = monitor.aanmeldingen(chosen, jaar)
    context = {
        "jaar": jaar, "jaren": jaren, "kringen": kringen, "chosen": chosen, "totals": totals, "alles": alles,
        "een": chosen[0] if len(chosen) == 1 else None, "scholen": scholen[chosen[0].pk] if len(chosen) == 1 else [],
        "budget": sum(k.uren or 0 for k in chosen), "soorten": soorten,
        "states": [s for s in Aanmelding.State if s != Aanmelding.State.CONCEPT],
        "wachten": {"contact": contact, "start": monitor.until_start(chosen, jaar)},
        "zonder_os": without_os(request.user),
    }  # fmt: skip
    return render(request, "cases/kring.html", context)


def without_os(user):
    """What waits at schools for which there is no onderwijsspecialist: it goes to the coördinator."""
    if Rol.COORDINATOR not in user.rollen:
        return []
    waiting = Aanmelding.objects.visible_to(user).filter(as_coordinator=True, state__in=["ingediend", "opgepakt"])
    return waiting.select_related("school").order_by("ingediend_op", "pk")[:50]
