"""Kringoverzicht: hours and counts at a glance, without a name of a leerling anywhere."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases import monitor
from cases.models import Aanmelding
from schools.models import Kring, Rol, School, Schooljaar, vandaag


def own_kringen(user):
    """The coördinator's kringen (all, when his aanstelling names none) and the onderwijsspecialist's own."""
    held = list(user.aanstellingen.geldig().filter(rol=Rol.COORDINATOR).values_list("kring", flat=True))
    own = Q(pk__in=[pk for pk in held if pk]) | Q(teams__in=user.teams(Rol.OS))
    return list(Kring.objects.filter(Q() if None in held else own).distinct().order_by("naam"))


@require_GET
def kringen(request):
    kringen = own_kringen(request.user)
    if not kringen:
        raise PermissionDenied
    jaren = list(Schooljaar.objects.order_by("-begin")[:10])
    jaar = next((j for j in jaren if str(j) == request.GET.get("jaar")), None) or Schooljaar.of(vandaag())
    chosen = [k for k in kringen if k.naam == request.GET.get("kring")] or kringen
    scholen, uren = monitor.per_school(chosen, jaar), monitor.budget(chosen, jaar)
    totals = [(k, monitor.total(k.naam, scholen[k.pk]), uren.get(k.pk)) for k in chosen]
    alles = monitor.total("Samen", [t for _, t, _ in totals])
    context = {
        "jaar": jaar, "jaren": jaren, "kringen": kringen, "chosen": chosen, "totals": totals, "alles": alles,
        "een": chosen[0] if len(chosen) == 1 else None, "scholen": scholen[chosen[0].pk] if len(chosen) == 1 else [],
        "budget": sum(uren.values()) if uren else None, "soorten": monitor.by_soort_and_state(chosen, jaar),
        "states": [s for s in Aanmelding.State if s != Aanmelding.State.CONCEPT],
        "wachten": monitor.waiting_times(chosen, jaar),
        "zonder_team": without_team(request.user),
    }  # fmt: skip
    return render(request, "cases/kring.html", context)


def without_team(user):
    """Schools that no expertteam serves, with what waits there: for the coördinator."""
    if Rol.COORDINATOR not in user.rollen:
        return []
    waits = Count("aanmeldingen", filter=Q(aanmeldingen__state="ingediend"))
    return School.objects.filter(team=None, gesloten_op=None).annotate(wacht=waits).order_by("-wacht", "naam")[:20]
