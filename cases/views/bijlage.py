"""The files of a dossier: fetched, taken out of a draft, and what the parents no longer want to share."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.forms.verslag import IntrekkenForm
from cases.models import Aanmelding, Bijlage
from cases.views.aanmelding import own
from cases.workflow import AANMELDING

SEALED = {  # a download, and nothing else, whatever a browser makes of it
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@require_safe
def bijlage(request, pk, bijlage):
    """A file of a dossier, to whoever may see the dossier: always as a download, never shown inline."""
    a = get_object_or_404(Aanmelding.objects.visible_to(request.user), pk=pk)
    file = get_object_or_404(Bijlage, pk=bijlage, aanmelding=a)
    if not file.op_te_halen:
        return render(request, "cases/bijlage_niet.html", {"a": a, "bijlage": file}, status=409)
    name = f"bijlage-{a.nummer or 'concept'}.{file.get_soort_display()}"  # its own can name a child
    headers = SEALED | {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(bytes(file.inhoud), content_type=file.soort, headers=headers)


@require_POST
def bijlage_weg(request, pk, bijlage):
    """Take a file out of a draft."""
    own(request, pk)
    draft = Aanmelding.objects.select_for_update().get(pk=pk)  # it is not being sent meanwhile
    file = get_object_or_404(Bijlage.objects.defer("inhoud"), pk=bijlage, aanmelding=draft)
    if draft.state != Aanmelding.State.CONCEPT:
        raise Http404
    file.delete()
    messages.success(request, "Het bestand is weg.")
    return redirect("beschrijven", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def akkoord_intrekken(request, pk, bijlage):
    """The parents do not want an onderzoeksverslag to be shared any more: from now on nobody gets it."""
    mine = Aanmelding.objects.visible_to(request.user).filter(Q(as_ib=True) | Q(as_os=True), nummer__isnull=False)
    a = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        Aanmelding.objects.select_for_update().get(pk=pk)  # one of two windows is first
    file = get_object_or_404(Bijlage.objects.defer("inhoud"), pk=bijlage, aanmelding=a, verslag=True)
    if file.akkoord_ingetrokken_op:
        messages.info(request, "De ouders trokken hun akkoord al in. Je hoeft niets te doen.")
        return redirect("detail", "aanmelding", pk)
    form = IntrekkenForm(file, request.POST if request.method == "POST" else None)
    if form.is_valid():
        AANMELDING.take("akkoord_weg", pk, request.user)
        Bijlage.objects.filter(pk=file.pk).update(**form.cleaned_data)
        messages.success(request, "Vastgelegd. Niemand kan dit verslag nog openen.")
        return redirect("detail", "aanmelding", pk)
    return render(request, "cases/akkoord_intrekken.html", {"a": a, "bijlage": file, "form": form})
