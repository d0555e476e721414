"""The pages where people begin: what waits for me."""

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from cases.afstemmen import met_besluit
from cases.kringsignalen import erbij
from cases.models import Aanmelding, Soort, Traject
from cases.models.caseload import vreemde_uitvoerder
from cases.signalen import aandacht
from cases.views.regels import met_loopt, met_traject, regels
from schools.models import School
from schools.schooldagen import schooldagen

START = [
    ("os", "werklijst"),
    ("ab", "vandaag"),
    ("ib", "mijn_aanmeldingen"),
    ("sbo", "vandaag"),
    ("coordinator", "kringen"),
    ("gw", "consulten"),
    ("beheerder", "admin:index"),
    ("coordinator_aed", "offertes"),
]

KLAAR = ["afgerond", "doorgezet", "ingetrokken"]
TABS = {  # of the werklijst
    "open": ("Alles open", Q(state__in=["ingediend", "opgepakt"]) | Q(state="gestart", loopt=True)),
    "nieuw": ("Nieuw", Q(state="ingediend", vraag_open=False)),
    "vraag": ("Vraag aan school", Q(vraag_open=True)),
    "opgepakt": ("Opgepakt", Q(state="opgepakt", vraag_open=False)),
    "loopt": ("Loopt", Q(state="gestart", loopt=True)),
    "klaar": ("Klaar", Q(state__in=KLAAR) | Q(state="gestart", loopt=False)),
}
NEW_FIRST = Case(
    When(besluit="eerst", state__in=["ingediend", "opgepakt"], then=Value(-1)),  # so the afstemming decided
    When(state="ingediend", then=Value(0)), When(state="opgepakt", then=Value(1)), default=Value(2),
    output_field=IntegerField(),
)  # fmt: skip
PER_PAGE = 50


@require_safe
def start(request):
    """To the page where this person's work begins."""
    if not request.session.get("bewaard", {}).get("gezien", True):
        return redirect("verder")  # what was sent when the login had run out; once, then it is up to him
    for rol, page in START:
        if rol in request.user.rollen:
            return redirect(page)
    return render(request, "cases/geen_rol.html")


@require_safe
def werklijst(request):
    """Every vraag and every leerling in begeleiding of the own team, on one page (B-21)."""
    tab = request.GET.get("status") if request.GET.get("status") in TABS else "open"
    mine, chosen = filtered(request, met_loopt(Aanmelding.objects.visible_to(request.user).filter(as_os=True)))
    counts = mine.aggregate(**{f"n_{name}": Count("pk", filter=q) for name, (_, q) in TABS.items()})
    rows = met_traject(met_besluit(mine).filter(TABS[tab][1]), request.user).order_by(NEW_FIRST, "ingediend_op", "pk")
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = counts[f"n_{tab}"]  # known already
    page = paginator.get_page(request.GET.get("pagina"))
    kalender = schooldagen()  # asked once, for all three
    rows = regels(page, kalender)
    tabs = [(name, label, counts[f"n_{name}"], name == tab) for name, (label, _) in TABS.items()]
    context = {"tabs": tabs, "tab": tab, "regels": rows, "page": page, "jij": sum(r.jij for r in rows)} | chosen
    context["aandacht"], context["afstemmen"] = erbij(aandacht(request.user, kalender), request.user, kalender)
    context["vreemd"] = vreemde_uitvoerder(Traject.objects.visible_to(request.user).filter(as_os=True))[:PER_PAGE]
    context["vast"] = urlencode({"status": tab, "school": chosen["school"], "soort": chosen["soort"]})
    return render(request, "cases/werklijst.html", context)


def filtered(request, mine):
    """(those of the school and the soort that were chosen, what can be chosen and what was)"""
    scholen = School.objects.filter(team__in=request.user.teams("os")).order_by("naam")
    school = request.GET.get("school") if request.GET.get("school") in {s.brin6 for s in scholen} else ""
    soort = request.GET.get("soort") if request.GET.get("soort") in Soort.values else ""
    if school:
        mine = mine.filter(school__brin6=school)
    if soort:
        mine = mine.filter(soort=soort)
    return mine, {"scholen": scholen, "soorten": Soort, "school": school, "soort": soort}


@require_safe
def mijn_aanmeldingen(request):
    """The IB-er's start: what must I do, and what runs."""
    mine = met_loopt(Aanmelding.objects.visible_to(request.user).filter(as_ib=True))
    rows = regels(met_traject(mine, request.user).order_by("-gewijzigd_op")[:200])
    groups = {"jij": [], "concept": [], "lopend": [], "klaar": []}
    for r in rows:
        state = r.aanmelding.state
        done = state in KLAAR or (state == "gestart" and not r.aanmelding.loopt)
        groups["concept" if state == "concept" else "klaar" if done else "jij" if r.jij else "lopend"].append(r)
    groups["klaar"] = [r for r in groups["klaar"] if r.aanmelding.nummer]
    context = {"groups": groups, "leeg": not rows, "aandacht": aandacht(request.user)}
    return render(request, "cases/mijn_aanmeldingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def zoeken(request):
    """Find a dossier by number, school or achternaam. By POST, so that no name stands in an address."""
    q = " ".join(request.POST.get("q", "").replace("\0", "").split())[:80]
    rows = []
    if len(q) >= 2:
        hit = (
            Q(nummer__iendswith=q)
            | Q(school__naam__icontains=q)
            | Q(achternaam__icontains=q)
            | Q(voornaam__icontains=q)
        )
        found = Aanmelding.objects.visible_to(request.user).filter(hit)
        rows = regels(met_traject(found, request.user).order_by("-ingediend_op", "pk")[:PER_PAGE])
    return render(request, "cases/zoeken.html", {"q": q, "regels": rows})
