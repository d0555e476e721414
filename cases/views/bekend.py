"""The product offers an earlier traject of the same leerling; the IB-er says whether it belongs to this one."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.engine import Refused
from cases.models import Aanmelding, Traject
from cases.models.bekend import bekende
from cases.views.aanmelding import ANDERE, own
from cases.views.stap import versie_of
from cases.workflow import AANMELDING

WEG = "Dat eerdere traject past niet meer bij deze aanmelding. Kijk na wat hieronder staat."


@require_POST
def bekend(request, pk):
    """Ja: it is the voortraject of this aanmelding. Nee: it is of another child, and is not asked again."""
    draft = own(request, pk)
    if draft.state != Aanmelding.State.CONCEPT:
        return redirect("controleren", pk)
    known = {str(found.traject): found for found in bekende(draft, request.user)}
    chosen = known.get(request.POST.get("traject"))
    if not chosen:
        messages.warning(request, WEG)
    elif request.POST.get("antwoord") == "ja":
        answer(request, draft, chosen)
    else:
        request.session[ANDERE] = [*request.session.get(ANDERE, []), f"{pk} {chosen.traject}"]
    return redirect("controleren", pk)


def answer(request, draft, chosen):
    """What the form would save; unless another window was first."""
    traject = Traject.objects.visible_to(request.user).get(pk=chosen.traject)
    given = {"voortraject": "ja", "eerder_traject": traject}
    try:
        AANMELDING.take("beschrijven", draft.pk, request.user, versie=versie_of(request), **given)
        messages.success(request, f"Het traject van {chosen.nummer} hoort nu bij deze aanmelding.")
    except Refused as refused:
        messages.warning(request, str(refused))
