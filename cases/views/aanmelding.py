"""Filing an aanmelding: the form with its draft, the check page, the confirmation."""

from django.contrib import messages
from django.db import models
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url

from cases.engine import Refused
from cases.forms.aanmelding import AanmeldForm
from cases.forms.bestanden import lees
from cases.forms.verslag import VerslagForm
from cases.models import Aanmelding, Bijlage
from cases.models.bekend import bekende
from cases.velden import FIELDS, asked, missing
from cases.views.stap import versie_of
from cases.workflow import AANMELDING
from expertteam import sleutel
from expertteam.views import give_back
from schools.models import Rol, School

ANDERE = "andere_leerling"  # in the session: the trajecten of which the IB-er said that they are of another child
CHOSEN = {"eerder_traject", "voorkeur_ab"}  # asked only where there is something to choose from


def own(request, pk):
    """An aanmelding of the IB-er's own school, or not at all."""
    return get_object_or_404(Aanmelding.objects.visible_to(request.user).filter(as_ib=True), pk=pk)


def own_schools(request):
    places = request.user.aanstellingen.geldig().filter(rol=Rol.IB).values("school")
    return School.objects.filter(pk__in=places, gesloten_op=None).order_by("naam")


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request):
    """A new aanmelding. There is no row before the first real save; the key of the form becomes its own."""
    schools = list(own_schools(request))
    school = next((s for s in schools if s.brin6 == request.GET.get("school")), schools[0] if schools else None)
    key = sleutel.read(request) if request.method == "POST" else None
    if key and Aanmelding.objects.filter(pk=key[1]).exists():
        return form_page(request, own(request, key[1]))
    if not school:
        return give_back(request, "cases/alleen_ib.html", 403)
    draft = Aanmelding(school=school, door=request.user)
    if key:
        draft.pk = key[1]
    return form_page(request, draft, new=True, schools=schools)


@require_http_methods(["GET", "HEAD", "POST"])
def beschrijven(request, pk):
    draft = own(request, pk)
    if draft.state != Aanmelding.State.CONCEPT and request.method != "POST":
        messages.info(request, "Deze aanmelding is al verstuurd. Je hoeft niets te doen.")
        return redirect("detail", "aanmelding", pk)
    return form_page(request, draft)


def form_page(request, draft, new=False, schools=()):
    """The form: shown, saved as a draft (by itself, or by a button), or on to the check page."""
    form = AanmeldForm(request.POST or None, instance=draft, user=request.user)
    draft.is_new = new
    context = {
        "form": form, "draft": draft, "schools": schools, "versie": draft.versie, "reason": "", "anders": [],
        "bewaard": None, "verslagen": verslagen(request, draft),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "cases/aanmelden.html", context)
    template = "cases/_bewaard.html" if request.htmx else "cases/aanmelden.html"
    request.shows_nothing = bool(request.htmx)  # a line that says whether it was saved leaves no trace
    try:
        save(request, draft, form, new, context["verslagen"])
    except Refused as refused:
        return render(request, template, context | conflict(request, draft, form, refused), status=409)
    context |= {"versie": draft.versie, "bewaard": timezone.localtime(), "verslagen": verslagen(request, draft)}
    if request.htmx:  # the browser's Back button and a reload find the draft, not an empty form
        return replace_url(render(request, template, context), reverse("beschrijven", args=[draft.pk]))
    return onward(request, draft, form) or render(request, template, context)


def verslagen(request, draft):
    """What the school says of each file that is there: whether it is an onderzoeksverslag."""
    return [VerslagForm(file, request.POST) for file in draft.bijlagen.defer("inhoud")]


def conflict(request, draft, form, refused):
    """What to say when another window was first: its texts, beside those that were typed here."""
    now = Aanmelding.objects.get(pk=draft.pk)
    sent = now.state != Aanmelding.State.CONCEPT
    reason = (
        "Deze aanmelding is al verstuurd. Je tekst staat hieronder, maar is niet bewaard." if sent else str(refused)
    )
    # a draft that saves itself stays as old as it is: what it would overwrite must be seen first
    versie = request.POST.get("versie", "") if request.htmx else now.versie
    return {"reason": reason, "versie": versie, "anders": other_values(now, form)}


def other_values(obj, form):
    """[(question, what stands there now)] where that is not what was typed."""
    rows = [(form.fields[name].label, value(obj, name), form[name].value()) for name in form.fields if name in FIELDS]
    return [
        (label, there)
        for label, there, typed in rows
        if there and str(there) != str(typed or "") and len(str(there)) > 2
    ]


def onward(request, draft, form):
    """Where to after saving; None while something is missing or not right: then the form says what."""
    if "bewaar" in request.POST and not form.errors:
        messages.success(request, "Je concept is bewaard. Je kunt later verder.")
        return redirect("mijn_aanmeldingen")
    if not form.errors:
        for name, text in missing(draft).items():
            form.add_error(name, text)
    return None if form.errors else redirect("controleren", draft.pk)


def save(request, draft, form, new, verslagen):
    """Save what can be saved: a draft is never refused for what is missing or not right yet."""
    form.is_valid()
    files = lees(request.FILES.getlist("bijlagen"), form)
    answers = {name: value for name, value in form.cleaned_data.items() if name in FIELDS}
    for name in form.errors:  # a text that is too long is kept as it is
        if name in FIELDS and isinstance(Aanmelding._meta.get_field(name), models.TextField):
            answers[name] = form.data.get(name, "").replace("\0", "")
    if new:
        Aanmelding(pk=draft.pk, school=draft.school, door=request.user).save(force_insert=True)
    saved = AANMELDING.take(
        "beschrijven", draft.pk, request.user, versie=None if new else versie_of(request), **answers
    )
    draft.versie, draft.is_new = saved.versie, False
    for name in FIELDS:
        setattr(draft, name, getattr(saved, name))
    for verslag in verslagen:
        for said in verslag.keep():
            form.add_error(None, said)
    for file in files:
        Bijlage.objects.create(aanmelding=saved, door=request.user, **file)


@require_safe
def controleren(request, pk):
    """A second look, and what is still missing; sending it is the step `indienen`."""
    draft = own(request, pk)
    if draft.state != Aanmelding.State.CONCEPT:
        return redirect("detail", "aanmelding", pk)
    names = [n for n in asked(draft.niveau, draft.soort) if n not in CHOSEN or getattr(draft, n)]
    rows = [(name, Aanmelding._meta.get_field(name)) for name in names]
    gaps = missing(draft)
    facts = [(name, field.verbose_name, value(draft, name), gaps.get(name)) for name, field in rows]
    context = {"a": draft, "facts": facts, "gaps": gaps, "bijlagen": draft.bijlagen.defer("inhoud")}
    gone = request.session.get(ANDERE, [])
    context["bekend"] = [t for t in bekende(draft, request.user) if f"{pk} {t.traject}" not in gone]
    return render(request, "cases/controleren.html", context)


def value(obj, name):
    """An answer as people read it."""
    if name == "ouders_akkoord":
        return "Ja" if obj.ouders_akkoord else ""
    display = getattr(obj, f"get_{name}_display", None)
    return display() if display else getattr(obj, name)


@require_safe
def verstuurd(request, pk):
    """Certainty: the number, who has it now, and what happens next. The same page at every visit."""
    a = own(request, pk)
    if not a.nummer:
        return redirect("controleren", pk)
    relations = AANMELDING.steps["indienen"].tells
    people = [(role.label, list(a.RELATIONS[role].people(a))) for role in sorted(relations)]
    return render(request, "cases/verstuurd.html", {"a": a, "people": [p for p in people if p[1]]})
