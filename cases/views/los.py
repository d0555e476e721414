"""The pages of what belongs to no dossier, or is seen by who has no role in one: OT, offerte, consult."""

from django.shortcuts import render

from cases import papieren
from cases.models import Event
from cases.views.onderdelen import onderdeel
from cases.views.vergadering import overzicht
from cases.workflow import FLOWS

PAGES = {"overleg": "cases/overleg.html", "offerte": "cases/offerte.html", "consult": "cases/consult.html"}


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
    if flow is FLOWS["overleg"]:
        context |= overzicht(request.user, obj)
    if flow is FLOWS["consult"]:
        context["consult"] = onderdeel(obj)
    if flow is FLOWS["offerte"]:
        nu, *eerder = [papieren.uitgave(obj, n) for n in range(obj.uitgave, 0, -1)]
        context |= {"papier": nu, "eerder": eerder, "werk": obj.werk.select_related("door")}
        context["gewerkt"] = sum(w.minuten for w in context["werk"])
    return render(request, PAGES[flow.kind], context)
