"""The page of one step: one view serves all steps of all flows."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from cases.engine import Refused
from cases.forms.stap import StepForm
from cases.models import Offerte
from cases.roles import Role
from cases.views.dossier import find
from cases.views.terug import waar_vandaan
from cases.workflow import AANMELDING
from expertteam.views import texts, typed


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
