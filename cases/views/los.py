"""The pages of what belongs to no dossier, or is seen by who has no role in one: OT, offerte, consult."""

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import papieren
from cases.forms.stap import StepForm
from cases.models import Consult, Event
from cases.roles import Role
from cases.views.vergadering import overzicht

OPEN_FIRST = Case(When(state="gevraagd", then=Value(0)), default=Value(1))
PER_PAGE = 50
PAGES = {"overleg": "cases/overleg.html", "offerte": "cases/offerte.html", "consult": "cases/consult.html"}


@require_safe
def consulten(request):
    """The questions put to a gedragswetenschapper: first what waits for an answer, the newest first (B-16)."""
    mine = Consult.objects.visible_to(request.user).filter(as_gw=True).select_related("door")
    page = Paginator(mine.order_by(OPEN_FIRST, "-op", "pk"), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "cases/consulten.html", {"page": page})


def los(request, flow, obj):
    """One object on its own page: what it says, what can be done, what happened."""
    events = Event.objects.filter(kind=flow.kind, object_id=obj.pk).select_related("by")
    steps = [(e, flow.steps.get(e.step)) for e in events[:50]]
    offered = flow.offered(obj)
    context = {
        "obj": obj, "flow": flow, "steps": offered,
        "nu": next((s for s, waits in offered if s.waited_for(obj) and not waits), None),
        "events": [(e, s.done or s.label) for e, s in steps if s and (s.done or not s.follows)],
    }  # fmt: skip
    context |= MORE[flow.kind](request.user, obj, context)
    return render(request, PAGES[flow.kind], context)


def consult(user, obj, context):
    """A question, and the form for its answer; who answers sees nothing of the dossier."""
    now = context["nu"]
    return {
        "form": StepForm(now, obj, obj) if now else None,
        "steps": [(step, waits) for step, waits in context["steps"] if step is not now],
        "in_dossier": obj.roles != {Role.GW},
    }


def offerte(user, obj, context):
    """This version and those before it, and the work that was done."""
    now, *before = [papieren.uitgave(obj, n) for n in range(obj.uitgave, 0, -1)]
    work = obj.werk.select_related("door")
    return {"papier": now, "eerder": before, "werk": work, "gewerkt": sum(w.minuten for w in work)}


MORE = {"overleg": lambda user, obj, context: overzicht(user, obj), "offerte": offerte, "consult": consult}
