"""De afstemming van een kring: its history and the next date, and the page to run one from (I5; A-18, A-20)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cases.afstemmen import NET_GEWIJZIGD, effect, kringen, leg_vast, open_vragen, plan, zeg_af
from cases.engine import Refused
from cases.forms.afstemming import AfstemmingForm, BesluitForm, PlanForm
from cases.gebruik import per_kring
from cases.models import Aanmelding, Afstemming, Besluitregel, Schooluren
from cases.models.afstemming import GEHOUDEN
from cases.models.pot import NIET_VRIJ, pot_over
from cases.namen import mogelijke_namen
from expertteam.views import texts, typed
from schools.models import Aanstelling, Kring, Rol, School, Schooljaar, vandaag
from schools.schooldagen import schooldagen

MOST = 50  # afstemmingen that are shown


@require_http_methods(["GET", "HEAD", "POST"])
def afstemmingen(request):
    """What was agreed before, when the next one is, and where the hours of the kring are."""
    mine, leads = list(kringen(request.user)), list(kringen(request.user, leads=True))
    kring = next((k for k in mine if k.naam == request.GET.get("kring")), mine[0] if mine else None)
    if not kring or (request.method == "POST" and kring not in leads):
        raise PermissionDenied
    form, reason = PlanForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            made = plan(kring, request.user, form.cleaned_data["datum"])
            messages.success(request, "De afstemming staat gepland.")
            return redirect("afstemming", made.pk)
        except Refused as refused:
            reason = str(refused)
    there = list(Afstemming.objects.filter(kring=kring).annotate(vragen=Count("besluiten"))[:MOST])
    context = stand(kring) | {"kring": kring, "kringen": mine, "form": form, "reason": reason, "leidt": kring in leads}
    context["komt"] = sorted((f for f in there if not f.gehouden), key=lambda f: f.datum)
    context["geweest"] = [f for f in there if f.gehouden]
    context["dit_jaar"] = any(f.datum >= context["jaar"].eerste_dag for f in context["geweest"])
    return render(request, "cases/afstemmingen.html", context)


def stand(kring):
    """The hours of a kring this schooljaar, used per school; and the open vragen of each (A-19: never a tegoed)."""
    jaar = Schooljaar.of(vandaag())
    used = Schooluren.objects.filter(kring=kring, jaar=jaar.begin).values_list("school").annotate(Sum("minuten"))
    used = dict(used.order_by())
    vragen = list(open_vragen(kring))
    open_ = [vraag.school_id for vraag in vragen]
    scholen = School.objects.filter(team__kring=kring).order_by("naam", "pk")
    return {
        "jaar": jaar, "vragen": vragen,
        "uren": per_kring(Kring.objects.filter(pk=kring.pk), jaar, schooldagen())[0],
        "scholen": [(s, used.get(s.pk, 0), open_.count(s.pk)) for s in scholen],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def afstemming(request, pk):
    """Of the own kring: to run it from for who leads it, to read for the IB-ers, and for all once it was held."""
    mine = Afstemming.objects.filter(kring__in=kringen(request.user)).select_related("kring")
    f = get_object_or_404(mine.annotate(besloten=Count("besluiten")), pk=pk)
    leads = kringen(request.user, leads=True).filter(pk=f.kring_id).exists()
    if request.method == "POST" and not leads:
        raise PermissionDenied
    context = {"f": f, "reason": "", "gevolg": None, "back": back(f), "vrij": pot_over(f.kring, f.datum)}
    if leads and not f.gehouden:
        return afzeggen(request, f) if "afzeggen" in request.POST else voeren(request, f, context)
    if request.method == "POST":  # somebody else closed it meanwhile
        context |= {"reason": GEHOUDEN, "teksten": texts(typed(request))}
    rows = Besluitregel.objects.filter(afstemming=f).select_related("school").order_by("besluit", "ingediend_op", "pk")
    context["regels"] = rows if f.gehouden else open_vragen(f.kring)
    return render(request, "cases/afstemming_lezen.html", context, status=409 if context["reason"] else 200)


def afzeggen(request, f):
    """A planned afstemming that does not happen; or why it stays."""
    versie = request.POST.get("versie", "")
    try:
        zeg_af(f, int(versie) if versie.isdecimal() and len(versie) < 9 else None)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("afstemming", f.pk)
    messages.success(request, "De afstemming is afgezegd.")
    return redirect(back(f))


def back(f):
    return f"{reverse('afstemmingen')}?{urlencode({'kring': f.kring.naam})}"


def voeren(request, f, context):
    """A besluit about each open vraag, and what it does to the hours, before anything is saved."""
    data = request.POST if request.method == "POST" else None
    people, rows = erbij(f.kring), [BesluitForm(f, vraag, data) for vraag in open_vragen(f.kring)]
    form = AfstemmingForm(f, people, data, namen(request, f, rows, people) if data else ())
    context |= {"form": form, "rows": rows, "fouten": [row for row in rows if row.errors]}
    if data and form.is_valid() and not context["fouten"]:
        given = [(row.vraag, row.cleaned_data) for row in rows if row.changed]
        gevolg = context["gevolg"] = effect(f, given)
        if data.get("versie") != str(f.versie):
            reason = NET_GEWIJZIGD
        elif gevolg.na < min(0, gevolg.voor):
            reason = NIET_VRIJ
        else:
            reason = "" if "effect" in data else save(request, f, form, given)
        if not reason and "effect" not in data:
            return redirect(back(f)) if "afronden" in data else redirect("afstemming", f.pk)
        context["reason"] = reason
    return render(request, "cases/afstemming.html", context, status=409 if context["reason"] else 200)


def namen(request, f, rows, people):
    """What may be a name in what is written now; what stood there already was looked at before."""
    here = Aanmelding.objects.within(request.user).filter(pk__in=[row.vraag.pk for row in rows])
    bekend = {naam for names in here.values_list("voornaam", "achternaam", "leerkracht") for naam in names}
    mag = [*people, *School.objects.filter(team__kring=f.kring).values_list("naam", flat=True), "De Vlieger"]
    was = "\n".join([f.verslag, *(row.vraag.toelichting or "" for row in rows)])
    now = "\n".join([request.POST.get("verslag", ""), *(row.geschreven for row in rows)])
    before = mogelijke_namen(was, bekend, mag)
    return [naam for naam in mogelijke_namen(now, bekend, mag) if naam not in before]


def save(request, f, form, given):
    """Why it is refused, or nothing."""
    done = "afronden" in request.POST
    try:
        leg_vast(f, request.user, f.versie, given, **form.fields_given(), **({"gehouden": True} if done else {}))
    except Refused as refused:
        return str(refused)
    said = "De afstemming is vastgelegd. Plan nu de volgende." if done else "Opgeslagen."
    messages.success(request, said)
    return ""


def erbij(kring):
    """Who may have been there: IB-ers and onderwijsspecialisten of the kring, and its coördinator."""
    here = Q(rol=Rol.IB, school__team__kring=kring) | Q(rol=Rol.OS, team__kring=kring)
    here |= Q(Q(kring=None) | Q(kring=kring), rol=Rol.COORDINATOR)
    rows = Aanstelling.objects.nu().filter(here).select_related("user", "school", "team", "kring")
    rows = rows.order_by("school__naam", "user__achternaam", "pk")
    return [f"{a.user} ({a.school or a.team or a.get_rol_display().lower()})" for a in rows]
