"""Sharing a story of a closed traject, and taking it back; for who carries it out and the onderwijsspecialist."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.engine import sentence
from cases.forms.verhaal import VerhaalForm
from cases.models import Aanmelding, Traject, Verhaal
from cases.models.verhaal import NOG_NIET
from schools.models import Aanstelling


def bekende_namen(t, user):
    """The people of the dossier, of the school and its team, and the leerlingen of the school that she sees."""
    a = t.aanmelding
    held = Aanstelling.objects.filter(Q(school=a.school_id) | Q(team=a.school.team_id, team__isnull=False))
    people = [*held.values_list("user__voornaam", "user__achternaam")]
    here = Aanmelding.objects.within(user).filter(school=a.school_id)
    people += here.values_list("voornaam", "achternaam", "leerkracht", "eerste_contact_met")
    return {naam for names in people for naam in names} | {str(p) for p in (a.door, a.ab, t.uitvoerder) if p} | {
        a.school.naam
    }  # fmt: skip


def deel(t, user, form):
    """Whether the database lets it be shared; else the form says why not."""
    words = " ".join(form.cleaned_data.get("geen_namen", []))
    try:
        with transaction.atomic():
            Verhaal.objects.create(traject=t, door=user, tekst=form.cleaned_data["tekst"], geen_namen=words)
    except IntegrityError as error:
        form.add_error("tekst", sentence(error))
    return not form.errors


@require_http_methods(["GET", "HEAD", "POST"])
def verhaal(request, pk):
    mine = Traject.objects.visible_to(request.user).filter(Q(as_os=True) | Q(as_ab=True))
    t = get_object_or_404(mine.select_related("aanmelding__school__team", "uitvoerder"), pk=pk)
    if t.state != Traject.State.AFGESLOTEN:
        messages.info(request, NOG_NIET)
        return redirect("detail", "traject", pk)
    sent = request.POST if request.method == "POST" else None
    if sent:
        Aanmelding.objects.select_for_update().get(pk=t.aanmelding_id)  # one of two windows is first
    shared = Verhaal.objects.filter(traject=t, ingetrokken_op=None)
    form = VerhaalForm(bekende_namen(t, request.user), t.opbrengst, sent)
    if sent and "intrekken" in sent:
        shared.update(ingetrokken_op=timezone.now())
        messages.success(request, "Het verhaal staat niet meer in het verslag.")
    elif sent and not shared and form.is_valid() and deel(t, request.user, form):
        messages.success(request, "Het verhaal staat in Tellen en vertellen.")
    else:
        return render(request, "cases/verhaal.html", {"t": t, "form": form, "gedeeld": shared.first()})
    return redirect("detail", "traject", pk)
