"""The OT: the list, planning one, and the page to run the meeting with (B-9)."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from cases.engine import Refused
from cases.forms.overleg import PlanForm
from cases.models import Agendapunt, Overleg
from cases.views.aanmelding import own_schools
from cases.views.vergadering import gedaan, zaken
from cases.workflow import AFSPRAAK, OVERLEG
from expertteam.views import give_back

MOST = 50  # rows of each list


def aantal(**of):
    """How many leerlingen stand on the agenda of an OT, of those that who asks may see."""
    punten = Agendapunt.objects.filter(overleg=OuterRef("pk"), **of).exclude(state="vervallen").order_by()
    counted = punten.values("overleg").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@require_safe
def overleggen(request):
    """The OT's somebody has to do with: what comes, what has been; and what he agreed to do."""
    mine = Overleg.objects.visible_to(request.user).select_related("school", "os")
    mine = mine.annotate(leerlingen=aantal(), nog=aantal(state="gepland"))
    done = mine.exclude(state__in=["nieuw", "gepland"])
    afspraken = AFSPRAAK.waiting_for(request.user).select_related("aanmelding__school", "wie")
    context = {
        "komt": mine.filter(state="gepland").order_by("datum", "tijd", "pk")[:MOST],
        "geweest": done.order_by("-datum", "-tijd", "pk")[:MOST],
        "afspraken": [(a, gedaan(a)) for a in afspraken.order_by("wanneer", "pk")[:MOST]],
        "plant": "ib" in request.user.rollen,
    }
    return render(request, "cases/overleggen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request):
    """The IB-er plans an OT of her school: the onderwijsspecialist is invited always (B-9)."""
    schools = list(own_schools(request))
    school = next((s for s in schools if s.brin6 == request.GET.get("school")), schools[0] if schools else None)
    if not school:
        return give_back(request, "cases/overleg_alleen_ib.html", 403)
    overleg, step, reason = Overleg(school=school, door=request.user), OVERLEG.steps["plannen"], ""
    form = PlanForm(step, overleg, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            plan(request.user, overleg, **form.cleaned_data)
            dag = date_format(form.cleaned_data["datum"], "l j F Y")
            messages.success(request, f"OT gepland op {dag}. Bepaal nu per leerling de fase en het doel.")
            return redirect("detail", "overleg", overleg.pk)
        except Refused as refused:
            reason = str(refused)
    context = {"form": form, "obj": overleg, "step": step, "reason": reason, "schools": schools}
    return render(request, "cases/overleg_nieuw.html", context, status=409 if reason else 200)


def plan(user, overleg, leerlingen, **when):
    """The meeting with its agenda: all of it, or nothing."""
    with transaction.atomic():
        overleg.save(force_insert=True)
        OVERLEG.take("plannen", overleg.pk, user, **when)
        for aanmelding in leerlingen:
            OVERLEG.take("agenderen", overleg.pk, user, aanmelding=aanmelding)


@require_safe
def vergaderen(request, pk):
    """One page to run the meeting with, on a tablet; on paper a sheet for each leerling."""
    overleg = get_object_or_404(Overleg.objects.visible_to(request.user).select_related("school", "os"), pk=pk)
    offered = {step.name: (step, waits) for step, waits in OVERLEG.offered(overleg)}
    context = {"obj": overleg, "zaken": zaken(request.user, overleg)}
    context["nu"] = offered.get("houden") or offered.get("verslag")
    return render(request, "cases/vergaderen.html", context)
