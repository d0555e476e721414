"""Kringoverzicht: hours and counts at a glance, without a name of a leerling anywhere."""

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import gebruik, kringsignalen, monitor
from cases.afstemmen import met_afstemming, te_lang_geleden
from cases.gebruik import own_kringen
from cases.models import Aanmelding
from schools.models import Kring, Rol, Schooljaar, vandaag
from schools.schooldagen import schooldagen

DIRECTIE = "cases/kring_directie.html"  # totals only, to print
STATES = [s for s in Aanmelding.State if s != Aanmelding.State.CONCEPT]


@require_safe
def kringen(request):
    own, kalender = list(met_jaren(met_afstemming(own_kringen(request.user)))), schooldagen()
    if not own:
        raise PermissionDenied
    jaren = [Schooljaar(begin=begin) for begin in own[0].jaren]
    jaar = next((j for j in jaren if str(j) == request.GET.get("jaar")), None) or Schooljaar.of(vandaag())
    named = [k for k in own if k.naam == request.GET.get("kring")] or own
    gebruiken = gebruik.per_kring(Kring.objects.filter(pk__in=[k.pk for k in named]), jaar, kalender)
    chosen = [g.kring for g in gebruiken]
    een = gebruiken[0] if len(gebruiken) == 1 else None
    scholen = monitor.per_school(chosen, jaar)
    soorten, wachten = monitor.aanmeldingen(chosen, scholen, jaar, kalender)
    totals = [(k, monitor.total(k.naam, scholen[k.pk])) for k in chosen]
    context = {
        "jaar": jaar, "jaren": jaren, "kringen": own, "gebruiken": gebruiken, "totals": totals,
        "alles": monitor.total("Samen", [t for _, t in totals]), "een": een and een.kring,
        "uren": een or gebruik.samen(gebruiken), "scholen": scholen[chosen[0].pk] if een else [],
        "soorten": soorten, "wachten": wachten, "states": STATES,
        "zonder_os": without_os(request.user), "nu": vandaag(),
        "afstemmen": te_lang_geleden(own, kalender),
        "aandacht": kringsignalen.van_kringen(gebruiken if jaar.begin == Schooljaar.of(vandaag()).begin else []),
    }  # fmt: skip
    return render(request, DIRECTIE if request.GET.get("vorm") == "directie" else "cases/kring.html", context)


def met_jaren(kringen):
    """Each with the schooljaren that there are, the last first: one statement for what the page begins with."""
    return kringen.annotate(jaren=ArraySubquery(Schooljaar.objects.order_by("-begin").values("begin")[:10]))


def without_os(user):
    """What waits at schools for which there is no onderwijsspecialist: it goes to the coördinator."""
    if Rol.COORDINATOR not in user.rollen:
        return []
    waiting = Aanmelding.objects.visible_to(user).filter(as_coordinator=True, state__in=["ingediend", "opgepakt"])
    return waiting.select_related("school").order_by("ingediend_op", "pk")[:50]
