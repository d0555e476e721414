"""The page of one dossier, and the page of one step. One view serves all steps of all flows."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from cases.engine import Refused
from cases.forms.stap import StepForm
from cases.models import Aanmelding, Contactmoment, Offerte, Traject
from cases.models.bekend import bekende
from cases.models.voortraject import voortraject
from cases.roles import Role
from cases.views.brief import geen_brief
from cases.views.los import PAGES, los
from cases.views.onderdelen import kinds, onderdelen
from cases.views.regels import turns
from cases.views.terug import waar_vandaan
from cases.workflow import AANMELDING, FLOWS, TRAJECT
from expertteam.views import texts, typed

NOG_NIET_BEGONNEN = {Aanmelding.State.INGEDIEND, Aanmelding.State.OPGEPAKT}


def find(request, kind, pk):
    """The one place where an address becomes an object: for whoever has a role in it, or not at all."""
    if kind not in FLOWS:
        raise Http404
    return FLOWS[kind], get_object_or_404(FLOWS[kind].model.objects.visible_to(request.user), pk=pk)


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
    mine = Aanmelding.objects.visible_to(request.user).select_related("school__team__kring", "door", "ab")
    a = get_object_or_404(mine, pk=obj.dossier_id)
    trajecten = Traject.objects.visible_to(request.user).select_related(
        "uitvoerder", "kort_overleg_met", "overdracht_door"
    )
    if a.state == "opgepakt":
        trajecten = trajecten.exclude(state="gestopt")  # stopped before it began: it is free again
    which = {"pk": pk} if kind == "traject" else {"aanmelding": a}
    if t := trajecten.filter(**which).first():
        t.aanmelding = a
    return render(request, "cases/dossier.html", dossier(request, a, t))


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
        "vragen": a.vragen.select_related("door", "beantwoord_door"), "bijlagen": a.bijlagen.defer("inhoud"),
        "events": timeline(request, a), "brief": t is not None and not geen_brief(t),
    } | (work(t) if t else {})  # fmt: skip


def work(t):
    """What was done in a traject, and who joined."""
    return {
        "contacten": t.contacten.filter(state="geboekt").select_related("door"),
        "adviezen": t.adviezen.select_related("door"),
        "betrokkenen": t.betrokkenen.select_related("expert"), "jeugdhulp": t.jeugdhulp.all(),
    }  # fmt: skip


def aan_zet(a, t):
    """Who must do something now, in words."""
    whose = turns(a, t)
    if any(turn & roles for turn, roles in whose):
        return "Jij"
    return ", ".join(role.label for role in Role if any(role in turn for turn, _ in whose))


def timeline(request, a):
    """(event, what happened), newest first, of the objects this person sees, without what merely followed."""
    trajecten = Traject.objects.within(request.user).filter(aanmelding=a)
    contacten = Contactmoment.objects.filter(traject__in=trajecten)
    mine = Q(kind="aanmelding") | Q(object_id__in=trajecten.values("pk")) | Q(object_id__in=contacten.values("pk"))
    mine |= Q(kind__in={*kinds(a.roles)} - {"traject", "contactmoment"})
    events = [(e, FLOWS[e.kind].steps.get(e.step)) for e in a.events.filter(mine).select_related("by")[:50]]
    return [(e, step.done or step.label) for e, step in events if step and (step.done or not step.follows)]


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, kind, pk, name):
    flow, obj = find(request, kind, pk)
    step = flow.steps.get(name)
    if not step or step.follows or step.silent:
        raise Http404
    if name == "indienen" and obj.nummer:
        messages.info(request, "Deze aanmelding is al verstuurd. Je hoeft niets te doen.")
        return redirect("verstuurd", pk)
    reason, form = why_not(request, flow, step, obj), None
    if not reason:
        part = step.on(obj, request.user) if step.on else obj
        form = StepForm(step, obj, part, request.POST if request.method == "POST" else None, alone=True)
    if request.method == "POST" and form and form.is_valid():
        try:
            taken = take(request, flow, obj, step, form)
            return redirect(after(request, flow, obj, step, taken))
        except Refused as refused:
            reason = str(refused)
    status = 409 if reason and request.method == "POST" else 200
    return page(request, flow, obj, step, form, reason, status)


def why_not(request, flow, step, obj):
    """The refusal of the step, and who was first when it is gone since this form was opened."""
    reason = step.refusal(obj)
    if not step.exists_for(obj) and request.POST.get("versie", str(obj.versie)) != str(obj.versie):
        return f"{flow.changed_by_another(obj, request.user)} {reason}"
    return reason


def page(request, flow, obj, step, form, reason, status):
    """The page of a step: its form, or why it cannot be taken now, with whatever was typed."""
    fresh = obj  # as it was fetched, unless somebody changed it meanwhile
    if reason:
        fresh = flow.model.objects.visible_to(request.user).filter(pk=obj.pk).first() or obj
    context = {
        "flow": flow, "obj": obj, "step": step, "form": form, "reason": reason, "versie": fresh.versie,
        "a": obj.aanmelding if obj.dossier_id and obj.roles != {Role.GW} else None,
        "vraag": obj.vragen.filter(antwoord="").first() if step.name == "antwoorden" else None,
        "teksten": texts(typed(request)) if reason and not form else [],
        "anders": now_there(fresh, step) if reason and not step.on else [], "terug": waar_vandaan(request),
    }  # fmt: skip
    return render(request, "cases/stap.html", context, status=status)


def now_there(obj, step):
    """[(question, what stands there now)] of what this step fills in: perhaps somebody else just did."""
    fields = [obj._meta.get_field(name) for name in (*step.asks, *step.may)]
    return [(f.verbose_name, getattr(obj, f.name)) for f in fields if getattr(obj, f.name) not in (None, "", False)]


def versie_of(request):
    """The version of the object that the form of this request was about; None if it says none."""
    versie = request.POST.get("versie", "")
    return int(versie) if versie.isdecimal() and len(versie) < 10 else None


def take(request, flow, obj, step, form):
    answers = {k: v for k, v in form.cleaned_data.items() if k in {*step.asks, *step.may}}
    note = form.cleaned_data.get("note", "")
    return flow.take(step.name, obj.pk, request.user, note=note, versie=versie_of(request), **answers)


def after(request, flow, obj, step, taken):
    """Where somebody goes after a step, and what he is told."""
    if step.name in {"bezoek", "wijzigen"}:
        messages.success(request, f"Bezoek opgeslagen: {in_words(taken)}.", extra_tags=str(taken.pk))
        begins_there = {"ab", "sbo"} & request.user.rollen
        return reverse("vandaag") if begins_there else reverse("detail", args=["traject", taken.traject_id])
    if step.name == "ongedaan":
        messages.success(request, "Het contact is ongedaan gemaakt.")
        return reverse("detail", args=["traject", obj.traject_id])
    if step.name == "indienen":
        return reverse("verstuurd", args=[obj.pk])
    if "volgende" in request.POST:
        return next_new(request)
    messages.success(request, f"{step.done}.")
    still_there = flow.model.objects.visible_to(request.user).filter(pk=obj.pk).exists()
    there = taken.thuis if isinstance(taken, Offerte) else (flow.kind, obj.pk)
    return waar_vandaan(request, obj) or reverse(*(["detail", None, there] if still_there else ["start"]))


def in_words(contact):
    """dinsdag 3 november 2026, 1,5 uur"""
    hours = f"{contact.minuten / 60:g} uur".replace(".", ",") if contact.minuten else "ging niet door"
    return f"{date_format(contact.datum, 'l j F Y')}, {hours}"


def next_new(request):
    """The next new aanmelding opens by itself."""
    waiting = AANMELDING.waiting_for(request.user).filter(state="ingediend").order_by("ingediend_op", "pk").first()
    if waiting:
        messages.success(request, "Opgepakt. Dit is de volgende aanmelding.")
        return reverse("detail", args=["aanmelding", waiting.pk])
    messages.success(request, "Opgepakt. Er zijn geen nieuwe aanmeldingen.")
    return reverse("start")
