"""The money of a school, for information: the coördinator keeps it, and the IB-er reads that of her own (A-13)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.forms.middelen import MiddelenForm
from cases.views.verdeling import schooljaren
from schools.models import Leerlingaantal, Middelen, Rol, School, Schooldeel, Schooljaar


@require_http_methods(["GET", "HEAD", "POST"])
def middelen(request):
    """What each school has in a schooljaar: its leerlingen times the amount, and its schooldeel."""
    scholen = seen(request)
    jaar, jaren = schooljaren(request)
    kept = Middelen.objects.filter(schooljaar__begin=jaar.begin).first()
    delen = dict(Schooldeel.objects.filter(middelen=kept, school__in=scholen).values_list("school", "bedrag"))
    form = None
    if request.user.verdeelt:
        form = MiddelenForm(request.POST if request.method == "POST" else None, scholen, kept, delen)
        if form.is_valid():
            keep(jaar, *form.cents())
            messages.success(request, f"De middelen van {jaar} zijn opgeslagen.")
            return redirect(f"{reverse('middelen')}?jaar={jaar}")
    rijen = amounts(scholen, jaar, kept, delen)
    context = {"form": form, "jaar": jaar, "jaren": jaren, "middelen": kept, "rijen": rijen}
    return render(request, "cases/middelen.html", context)


def seen(request):
    """The schools whose money somebody sees: all, or those where he is IB-er; and only the first may change it."""
    if not request.user.verdeelt and (Rol.IB not in request.user.rollen or request.method == "POST"):
        raise PermissionDenied
    scholen = School.objects.filter(gesloten_op=None).order_by("naam", "pk")
    own = [a.school_id for a in request.user.vandaag if a.rol == Rol.IB]
    return list(scholen if request.user.verdeelt else scholen.filter(pk__in=own))


def amounts(scholen, jaar, kept, delen):
    """[(school, leerlingen, cents for those, cents of the schooldeel, together)]; nothing before an amount is set."""
    leerlingen = Leerlingaantal.objects.filter(school__in=scholen).per("school", jaar.begin) if kept else {}
    found = []
    for school in scholen if kept else []:
        aantal, deel = leerlingen.get(school.pk), delen.get(school.pk, 0)
        bedrag = (aantal or 0) * kept.per_leerling
        found.append((school, aantal, bedrag, deel, bedrag + deel))
    return found


@transaction.atomic
def keep(jaar, per_leerling, delen):
    """All together, or nothing."""
    kept = Schooljaar.objects.van(jaar.eerste_dag)
    middelen = Middelen.objects.update_or_create(schooljaar=kept, defaults={"per_leerling": per_leerling})[0]
    middelen.schooldelen.all().delete()
    Schooldeel.objects.bulk_create(Schooldeel(middelen=middelen, school=s, bedrag=n) for s, n in delen.items())
