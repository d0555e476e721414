"""Every month somebody looks at who looked: with a reason, at odd moments, and a sample."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.engine import sentence
from cases.forms.inzage import BeoordeelForm
from cases.models import Inzage
from cases.models.nakijken import Regel, na_te_kijken
from cases.views.kring import own_kringen
from schools.models import Aanstelling, Rol, vandaag

MONTHS, PER_PAGE = 4, 50
REFUSED = "Er is nog niets opgeslagen. Kijk bij de regels met een rode streep."
NOTHING = "Kies eerst bij minstens één regel een oordeel."


def after(month):
    return (month + datetime.timedelta(days=32)).replace(day=1)


def latest():
    """The first days of this month and those before."""
    months = [vandaag().replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - datetime.timedelta(days=1)).replace(day=1))
    return months


@require_http_methods(["GET", "HEAD", "POST"])
def beoordelen(request):
    """One form for the page: what was filled in is saved together, or not at all."""
    if Rol.COORDINATOR not in request.user.rollen:
        raise PermissionDenied
    months = latest()
    month = next((m for m in months if f"{m:%Y-%m}" == request.GET.get("maand")), months[0])
    everything = na_te_kijken(months[-1], after(months[0]))
    rows = [row for row in everything if row.maand == month]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    if sent := request.POST.getlist("inzage"):  # what was on the screen, also when another judged some of it since
        page.object_list = [row for row in rows if str(row.inzage) in sent]
    lines, reason = with_forms(request, page.object_list), ""
    if request.method == "POST" and not (reason := save([form for _, _, _, form in lines])):
        messages.success(request, "De beoordeling is opgeslagen.")
        return redirect(f"{reverse('beoordelen')}?maand={month:%Y-%m}")
    context = {"maand": month, "maanden": counted(months, everything), "page": page, "lines": lines, "reason": reason}
    context |= {"open": sum(not row.beoordeeld for row in rows), "nu": month == months[0]}
    context |= {"aanstellingen": new_roles(request.user, month), "vast": f"maand={month:%Y-%m}"}
    return render(request, "cases/beoordelen.html", context)


def with_forms(request, rows):
    """[(what it is about, why it is here, the look, its form)]"""
    looks = Inzage.objects.select_related("door", "beoordeling__door").in_bulk([row.inzage for row in rows])
    data, lines = request.POST if request.method == "POST" else None, []
    for row in rows:
        look = looks[row.inzage]
        why = [rule.label for rule in Regel if rule in row.regels]
        lines.append((row, why, look, BeoordeelForm(data, look, request.user)))
    return lines


def save(forms):
    """Keep all that was judged; or nothing, and say why not."""
    judged = [form for form in forms if form.has_changed()]
    if not judged:
        return NOTHING
    if not all([form.is_valid() for form in judged]):
        return REFUSED
    try:
        with transaction.atomic():
            for form in judged:
                form.save()
    except IntegrityError as error:  # somebody was first, just now
        return sentence(error)
    return ""


def counted(months, rows):
    """[(month, how many, how many of a month that is over are still to do, in words)]"""
    counts = []
    for n, month in enumerate(months):
        open_ = [not row.beoordeeld for row in rows if row.maand == month]
        counts.append((month, len(open_), f"nog {sum(open_)}" if n and any(open_) else ""))
    return counts


def new_roles(user, month):
    """Who got which role where, in the own kringen and where there is none."""
    own = own_kringen(user)
    here = Q(kring__in=own) | Q(team__kring__in=own) | Q(school__team__kring__in=own)
    here |= Q(kring=None, team=None, school__team=None)
    written = Q(vastgelegd_op__date__gte=month, vastgelegd_op__date__lt=after(month))
    begun = Aanstelling.objects.filter(here, written | Q(vastgelegd_op=None, van__gte=month, van__lt=after(month)))
    return begun.select_related("user", "school", "team", "kring").order_by("van", "user__achternaam", "pk")
