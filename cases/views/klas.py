"""What the coördinator keeps for Expertise in de klas: the voorwaarden, and the hours of each kring."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.forms.klas import PotForm, VoorwaardeForm
from cases.models import Voorwaarde
from cases.views.kring import own_kringen
from schools.models import Rol, Schooljaar, Urenbudget, vandaag

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


@require_http_methods(["GET", "HEAD", "POST"])
def pot(request):
    """The hours of each own kring in a schooljaar, one figure for each: saved together, or not at all (A-28)."""
    only_the_coordinator(request.user)
    this = Schooljaar.of(vandaag())
    jaren = [this, Schooljaar(begin=this.begin + 1)]
    jaar = next((j for j in jaren if str(j) == request.GET.get("jaar")), this)
    kringen = own_kringen(request.user)
    there = Urenbudget.objects.filter(schooljaar__begin=jaar.begin, bron="aed", kring__in=kringen)
    form = PotForm(
        request.POST if request.method == "POST" else None, kringen, dict(there.values_list("kring", "uren"))
    )
    if form.is_valid():
        keep(jaar, form.given())
        messages.success(request, f"De uren van {jaar} zijn opgeslagen.")
        return redirect(f"{reverse('kringen')}?jaar={jaar}")
    return render(request, "cases/pot.html", {"form": form, "jaar": jaar, "jaren": jaren})


@transaction.atomic
def keep(jaar, given):
    kept = Schooljaar.objects.van(jaar.eerste_dag)
    for kring, uren in given:
        Urenbudget.objects.update_or_create(kring=kring, schooljaar=kept, bron="aed", defaults={"uren": uren})
