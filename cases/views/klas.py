"""What the coördinator keeps for Expertise in de klas: the voorwaarden."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.forms.klas import VoorwaardeForm
from cases.models import Voorwaarde
from schools.models import Rol, vandaag

LAATSTE = "Er moet minstens één voorwaarde zijn. Voeg eerst een andere toe."


def only_the_coordinator(user):
    if Rol.COORDINATOR not in user.rollen:
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def voorwaarden(request):
    """The list to which onderwijsspecialist and ambulant begeleider agree: kept here, and never deleted (B-19)."""
    only_the_coordinator(request.user)
    now, reason = Voorwaarde.objects.filter(tot=None), ""
    ends = now.filter(tekst=request.POST.get("einde", "")).first()
    form = VoorwaardeForm(request.POST if request.method == "POST" and "einde" not in request.POST else None)
    if ends and now.count() == 1:
        reason = LAATSTE
    elif ends:
        now.filter(pk=ends.pk).update(tot=vandaag())
        messages.success(request, "De voorwaarde is vervallen. Wie al akkoord was, blijft dat.")
    elif form.is_valid():
        Voorwaarde.objects.update_or_create(tekst=form.cleaned_data["tekst"], defaults={"tot": None})
        messages.success(request, "De voorwaarde staat in de lijst.")
    if request.method == "POST" and not reason and not form.errors:
        return redirect("voorwaarden")
    context = {"form": form, "reason": reason, "nu": now, "vervallen": Voorwaarde.objects.exclude(tot=None)}
    return render(request, "cases/voorwaarden.html", context, status=409 if reason else 200)
