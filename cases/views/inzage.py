"""Who saw a dossier, and why that was allowed; and an hour in another dossier, with a reason."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q, Value
from django.db.models.functions import Concat, TruncDate
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from cases import mail
from cases.forms.inzage import GEEN_DOSSIER, MetRedenForm, PeriodeForm
from cases.inzage import reason
from cases.models import Aanmelding, Inzage
from cases.models.nakijken import open_met_reden
from cases.roles import who_sees
from expertteam.opnieuw import gevoelig
from expertteam.views import give_back
from schools.models import Rol

PER_PAGE = 200
SEES_INZAGE = reduce(or_, [Q(**{f"as_{role}": True}) for role in who_sees("inzage")])


@require_safe
def inzage(request, pk):
    """For the school and the onderwijsspecialist; on paper for the parents."""
    mine = Aanmelding.objects.visible_to(request.user).filter(SEES_INZAGE).select_related("school")
    a = get_object_or_404(mine, pk=pk)
    form = PeriodeForm(request.GET, label_suffix="")
    period = form.cleaned_data if form.is_valid() else {}
    page = Paginator(looks(a, **period), PER_PAGE).get_page(request.GET.get("pagina"))
    page.object_list = [row | {"wat": Inzage.Deel(row["deel"]).label} for row in page.object_list]
    context = {"a": a, "form": form, "page": page, "periode": any(period.values())}
    context["vast"] = urlencode({name: day.isoformat() for name, day in period.items() if day})
    return render(request, "cases/inzage.html", context)


def looks(a, van=None, tot=None):
    """The same look of one person on one day is one line: how often, from when to when. The newest first."""
    rows = Inzage.objects.filter(dossiers__contains=[a.pk])
    if van:
        rows = rows.filter(op__date__gte=van)
    if tot:
        rows = rows.filter(op__date__lte=tot)
    who = Concat("door__voornaam", Value(" "), "door__achternaam")
    same = rows.annotate(dag=TruncDate("op"), wie=who).values(
        "dag", "door", "wie", "als", "namens", "deel", "waarom", "met_reden"
    )
    return same.annotate(aantal=Count("pk"), eerst=Min("op"), laatst=Max("op"), nr=Max("pk")).order_by("-laatst", "-nr")


def may_ask(user):
    """A coördinator or an onderwijsspecialist; never who also gives out the roles."""
    return bool({Rol.COORDINATOR, Rol.OS} & user.rollen) and Rol.BEHEERDER not in user.rollen


@gevoelig
@require_http_methods(["GET", "HEAD", "POST"])
def met_reden(request):
    """One dossier, one hour, and everybody concerned hears of it."""
    if not may_ask(request.user):
        return give_back(request, "cases/geen_reden.html", 403)
    form = MetRedenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        nummer, reden = form.cleaned_data["nummer"], form.cleaned_data["reden"]
        known = Aanmelding.objects.within(request.user).filter(nummer=nummer).values_list("pk", flat=True)
        if pk := known.first():
            messages.info(request, "Dit dossier kun je al zien. Je hoeft er geen reden voor te geven.")
            return redirect("detail", "aanmelding", pk)
        if pk := open_met_reden(nummer, reden):
            a = Aanmelding.objects.visible_to(request.user).select_related("school").get(pk=pk)
            mail.met_reden(a, reason(request.user, pk))
            return redirect("detail", "aanmelding", pk)
        form.add_error("nummer", GEEN_DOSSIER)
    return render(request, "cases/met_reden.html", {"form": form})
