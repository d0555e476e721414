"""Werk overdragen: all open trajecten of one ambulant begeleider, to others, with one button."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases.engine import Refused
from cases.forms.vervanging import AllesForm, OverdraagForm
from cases.models import Traject
from cases.models.caseload import open_werk
from cases.roles import holders
from cases.workflow import TRAJECT
from expertteam.views import texts, typed
from schools.models import Aanstelling, Rol, User

NIETS = "Er is nog niets gekozen. Kies bij minstens één traject wie het overneemt."
FOUT = "Er is nog niets overgedragen. Kijk bij de trajecten met een rode streep."
WEG = "Een van deze trajecten is net overgedragen of gesloten. Er is nog niets overgedragen. Kijk het na."


@require_http_methods(["GET", "HEAD", "POST"])
def caseload(request, pk):
    """For the onderwijsspecialist of the schools: together, or not at all."""
    teams, van_wie = request.user.teams(Rol.OS), get_object_or_404(User, pk=pk)
    own = Traject.objects.visible_to(request.user).filter(as_os=True, uitvoerder=van_wie)
    trajecten = list(open_werk(own))
    if not trajecten and not holders(Rol.AB, team__in=teams, user=van_wie).exists():
        raise Http404
    alles, rows = with_forms(request.POST if request.method == "POST" else None, van_wie, trajecten, teams)
    reason, forms = "", [form for _, form, _ in rows if form]
    gone = {*request.POST.getlist("traject")} - {str(form.t.pk) for form in forms}
    if request.method == "POST":
        reason = WEG if gone else save(request.user, alles, forms)
        if not reason:
            messages.success(request, "Het werk is overgedragen.")
            return redirect("vervanging")
    context = {"van_wie": van_wie, "alles": alles, "rows": rows, "forms": forms, "reason": reason}
    context["teksten"] = texts(typed(request)) if gone else []
    return render(request, "cases/caseload.html", context)


def with_forms(data, van_wie, trajecten, teams):
    """(the form for all, [(traject, its form or None, why there is none)])"""
    people = {}
    there = Aanstelling.objects.nu().filter(rol=Rol.AB, team__in=teams).exclude(user=van_wie).select_related("user")
    for aanstelling in there.order_by("user__achternaam", "user__voornaam"):
        people.setdefault(aanstelling.team_id, []).append(aanstelling.user)
    alles = AllesForm(data, dict.fromkeys(sum(people.values(), [])))
    rows = []
    for t in trajecten:
        why_not, team = TRAJECT.steps["overnemen"].refusal(t), people.get(t.aanmelding.school.team_id, [])
        rows.append((t, None if why_not else OverdraagForm(data, t, team, alles.given), why_not))
    return alles, rows


def save(user, alles, forms):
    """Take the step for each that was chosen, in one transaction; or for none, and say why not."""
    chosen = [form for form in forms if form.chosen]
    if not all([form.is_valid() for form in [alles, *chosen]]):
        return FOUT
    if not chosen:
        return NIETS
    try:
        with transaction.atomic():
            for form in chosen:
                TRAJECT.take("overnemen", form.t.pk, user, versie=form.versie, **form.cleaned_data)
    except Refused as refused:
        return f"{form.t.aanmelding.nummer}: {refused} Er is nog niets overgedragen."
    except Traject.DoesNotExist:
        return WEG
    return ""
