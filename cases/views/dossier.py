"""The page of one dossier: everything that belongs to one aanmelding."""

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cases.forms.stap import StepForm
from cases.gereed import een, rijen
from cases.models import (
    Aanmelding,
    Advies,
    Besluitregel,
    Betrokkene,
    Bijlage,
    Contactmoment,
    Event,
    Jeugdhulp,
    Traject,
    Vraag,
)
from cases.models.bekend import bekende
from cases.models.voortraject import voortraject
from cases.roles import Role
from cases.views.brief import geen_brief
from cases.views.los import PAGES, los
from cases.views.onderdelen import kinds, onderdelen
from cases.views.regels import turns
from cases.workflow import AANMELDING, FLOWS, TRAJECT
from expertteam.gereed import DIE

NOG_NIET_BEGONNEN = {Aanmelding.State.INGEDIEND, Aanmelding.State.OPGEPAKT}


def find(request, kind, pk):
    """The one place where an address becomes an object: for whoever has a role in it, or not at all."""
    if kind not in FLOWS:
        raise Http404
    return FLOWS[kind], een_of_404(FLOWS[kind].model, request.user, pk)


def een_of_404(model, *about):
    """What `een` finds, or the page that says that it is not there."""
    try:
        return een(model, *about)
    except model.DoesNotExist as error:
        raise Http404 from error


@require_safe
def detail(request, kind, pk):
    flow, obj = find(request, kind, pk)
    if kind == "contactmoment":
        return redirect("detail", "traject", obj.traject_id)
    if kind in PAGES:
        return los(request, flow, obj)
    if kind not in {"aanmelding", "traject"}:
        return redirect("detail", *obj.thuis)
    if kind == "aanmelding" and obj.state == "concept":
        return redirect("controleren", pk)
    a = een_of_404(Aanmelding, request.user, obj.dossier_id, "school__team__kring", "door", "ab")
    which = "pk" if kind == "traject" else "aanmelding"
    t = next(iter(rijen(traject, request.user, which, a.state == "opgepakt", die=pk)), None)
    if t:
        t.aanmelding = a
        prefetch_related_objects([t], Prefetch("adviezen", Advies.objects.select_related("door")))  # or asked thrice
    return render(request, "cases/dossier.html", dossier(request, a, t))


def traject(user, which, only_alive):
    """The traject with this key, or of this aanmelding; what was stopped before it began, is free again."""
    trajecten = Traject.objects.visible_to(user).select_related("uitvoerder", "kort_overleg_met", "overdracht_door")
    return (trajecten.exclude(state="gestopt") if only_alive else trajecten).filter(**{which: DIE})[:1]


def dossier(request, a, t):
    """Everything that belongs to one aanmelding, and what this person may do with it."""
    offered = [(AANMELDING, a, step, waits) for step, waits in AANMELDING.offered(a)]
    if t:
        offered += [(TRAJECT, t, step, waits) for step, waits in TRAJECT.offered(t)]
    now = next((o for o in offered if o[2].waited_for(o[1]) and not o[3]), None)
    form = None
    if now:
        flow, obj, step, _ = now
        form = StepForm(step, obj, step.on(obj, request.user) if step.on else obj)
    due = [o for o in offered if o is not now and o[2].waited_for(o[1])]
    return {
        "a": a, "t": t, "now": now, "form": form, "volgende": now and now[2].name == "oppakken",
        "wachtend": due,
        "bezoek": next((o for o in offered if o[2].name == "bezoek" and not o[3]), None),
        "steps": [o for o in offered if o is not now and o not in due and (o[2].aside or not o[3])],
        "aan_zet": aan_zet(a, t),
        "voor": voortraject(a), "onderdelen": onderdelen(request.user, a, t),
        "bekend": bekende(a, request.user) if a.as_os and a.state in NOG_NIET_BEGONNEN else [],
        "events": timeline(request, a), "brief": t is not None and not geen_brief(t),
        "verhaal": t is not None and t.state == "afgesloten" and {Role.OS, Role.AB} & t.roles,
    } | rondom(request.user, a) | (work(request.user, t) if t else {})  # fmt: skip


def rondom(user, a):
    """What was asked, sent along, and decided in the last afstemming."""
    return {
        "vragen": bij(user, Vraag, "aanmelding", a.pk, "door", "beantwoord_door"),
        "bijlagen": rijen(bijlagen, user, die=a.pk),
        "besluit": next(iter(rijen(besluiten, user, die=a.pk)), None),
    }


def work(user, t):
    """What was done in a traject, and who joined."""
    return {
        "contacten": t.contacten.filter(state="geboekt").select_related("door"),  # each knows its traject
        "adviezen": t.adviezen.all(),
        "betrokkenen": bij(user, Betrokkene, "traject", t.pk, "expert"),
        "jeugdhulp": bij(user, Jeugdhulp, "traject", t.pk),
    }


def bij(user, model, of, pk, *erbij):
    """What belongs to a dossier or a traject, with who it is about; the database shows what somebody may see of it."""
    return rijen(stukken, user, model, of, *erbij, die=pk)


def stukken(user, model, of, *erbij):
    """Of one dossier or traject, in the order of their own."""
    rows = model.objects.filter(**{of: DIE})
    return rows.select_related(*erbij) if erbij else rows


def bijlagen(user):
    """Of one dossier, without what is in them."""
    return stukken(user, Bijlage, "aanmelding").defer("inhoud")


def besluiten(user):
    """What the last afstemming said of one dossier."""
    return stukken(user, Besluitregel, "aanmelding").order_by("-datum")[:1]


def aan_zet(a, t):
    """Who must do something now, in words."""
    whose = turns(a, t)
    if any(turn & roles for turn, roles in whose):
        return "Jij"
    return ", ".join(role.label for role in Role if any(role in turn for turn, _ in whose))


def timeline(request, a):
    """(event, what happened), newest first, of the objects this person sees, without what merely followed."""
    events = rijen(gebeurd, request.user, *sorted({*kinds(a.roles)} - {"traject", "contactmoment"}), die=a.pk)
    events = [(e, FLOWS[e.kind].steps.get(e.step)) for e in events]
    return [(e, step.done or step.label) for e, step in events if step and (step.done or not step.follows)]


def gebeurd(user, *kinds):
    """What happened in a dossier, to the objects of these kinds, the aanmelding, and the trajecten that he sees."""
    trajecten = Traject.objects.within(user).filter(aanmelding=DIE)
    contacten = Contactmoment.objects.filter(traject__in=trajecten)
    mine = Q(kind="aanmelding") | Q(object_id__in=trajecten.values("pk")) | Q(object_id__in=contacten.values("pk"))
    return Event.objects.filter(mine | Q(kind__in=kinds), dossier=DIE).select_related("by")[:50]
