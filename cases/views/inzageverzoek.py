"""A whole dossier for who asks what is kept of him: made by who answers such a request, and traced as that."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from cases.forms.inzageverzoek import VerzoekForm
from cases.inzageverzoek import Verzoek
from cases.models import Aanmelding
from expertteam.opnieuw import gevoelig
from expertteam.papier import antwoord
from schools.models import Rol


def te_geven(user):
    """The dossiers of which this person answers a request: a coördinator looks with a reason first."""
    mine = Q(as_os=True) | Q(as_coordinator=True)
    if Rol.COORDINATOR in user.rollen:
        mine |= Q(as_reden=True)
    return Aanmelding.objects.visible_to(user).filter(mine).exclude(nummer=None)


@gevoelig
@require_http_methods(["GET", "HEAD", "POST"])
def inzageverzoek(request, pk):
    """The answer is one file, that names nobody."""
    a = get_object_or_404(te_geven(request.user).select_related("school"), pk=pk)
    form = VerzoekForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verzoek = Verzoek(a, form.cleaned_data["namen"])
        return antwoord(verzoek.zip(), f"inzageverzoek-{a.nummer}.zip", "application/zip")
    return render(request, "cases/inzageverzoek.html", {"a": a, "form": form})
