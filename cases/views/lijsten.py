"""The pages where people begin: what waits for me."""

from functools import reduce
from operator import or_

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from cases.afstemmen import met_besluit
from cases.gereed import rijen
from cases.kringsignalen import erbij
from cases.models import Aanmelding, Soort, Traject
from cases.models.caseload import vreemde_uitvoerder
from cases.signalen import aandacht
from cases.views.regels import met_loopt, regels
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
LOOPT = {"state": "gestart", "loopt": True}
TABS = {  # of the werklijst: its name, and what stands on it is one of these
    "open": ("Alles open", [{"state": "ingediend"}, {"state": "opgepakt"}, LOOPT]),
    "nieuw": ("Nieuw", [{"state": "ingediend", "vraag_open": False}]),
    "vraag": ("Vraag aan school", [{"vraag_open": True}]),
    "opgepakt": ("Opgepakt", [{"state": "opgepakt", "vraag_open": False}]),
    "loopt": ("Loopt", [LOOPT]),
    "klaar": ("Klaar", [*({"state": state} for state in KLAAR), LOOPT | {"loopt": False}]),
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
    user, tab = request.user, request.GET.get("status") if request.GET.get("status") in TABS else "open"
    chosen = gekozen(request)
    what = chosen["school"], chosen["soort"]
    counts = per_tab(rijen(aantallen, user, *what))
    page = Paginator(range(counts[tab]), PER_PAGE).get_page(request.GET.get("pagina"))
    kalender = schooldagen()  # asked once, for all three
    rows = regels(rijen(van_tab, user, tab, page.number, *what), user, kalender)
    tabs = [(name, label, counts[name], name == tab) for name, (label, _) in TABS.items()]
    context = {"tabs": tabs, "tab": tab, "regels": rows, "page": page, "jij": sum(r.jij for r in rows)} | chosen
    context["aandacht"], context["afstemmen"] = erbij(aandacht(user, kalender), user, kalender)
    context["vreemd"] = rijen(vreemd, user)
    context["vast"] = urlencode({"status": tab, "school": chosen["school"], "soort": chosen["soort"]})
    return render(request, "cases/werklijst.html", context)


def gekozen(request):
    """What can be chosen, and which school and soort were."""
    scholen = School.objects.filter(team__in=request.user.teams("os")).order_by("naam")
    school = request.GET.get("school") if request.GET.get("school") in {s.brin6 for s in scholen} else ""
    soort = request.GET.get("soort") if request.GET.get("soort") in Soort.values else ""
    return {"scholen": scholen, "soorten": Soort, "school": school, "soort": soort}


def van_os(user, school, soort):
    """The dossiers of his team, of this school and soort when they were chosen."""
    chosen = {"school__brin6": school, "soort": soort}
    mine = met_loopt(Aanmelding.objects.visible_to(user).filter(as_os=True))
    return mine.filter(**{name: value for name, value in chosen.items() if value})


def aantallen(user, school, soort):
    """How many there are of each that a tab can tell apart."""
    alike = van_os(user, school, soort).order_by().values("state", "vraag_open", "loopt")
    return alike.annotate(n=Count("pk"))


def per_tab(alike):
    """{tab: how many stand on it}"""
    return {
        tab: sum(row["n"] for row in alike if any(one.items() <= row.items() for one in ones))
        for tab, (_, ones) in TABS.items()
    }


def van_tab(user, tab, number, school, soort):
    """The dossiers on this page of a tab."""
    _, ones = TABS[tab]
    rows = met_besluit(van_os(user, school, soort)).filter(reduce(or_, (Q(**one) for one in ones)))
    rows = rows.select_related("school", "ab")
    return rows.order_by(NEW_FIRST, "ingediend_op", "pk")[(number - 1) * PER_PAGE : number * PER_PAGE]


def vreemd(user):
    """The trajecten of his team that somebody of another team carries out."""
    return vreemde_uitvoerder(Traject.objects.visible_to(user).filter(as_os=True))[:PER_PAGE]


@require_safe
def mijn_aanmeldingen(request):
    """The IB-er's start: what must I do, and what runs."""
    rows = regels(rijen(van_school, request.user), request.user)
    groups = {"jij": [], "concept": [], "lopend": [], "klaar": []}
    for r in rows:
        state = r.aanmelding.state
        done = state in KLAAR or (state == "gestart" and not r.aanmelding.loopt)
        groups["concept" if state == "concept" else "klaar" if done else "jij" if r.jij else "lopend"].append(r)
    groups["klaar"] = [r for r in groups["klaar"] if r.aanmelding.nummer]
    context = {"groups": groups, "leeg": not rows, "aandacht": aandacht(request.user)}
    return render(request, "cases/mijn_aanmeldingen.html", context)


def van_school(user):
    """The dossiers of his schools, what was worked on last first."""
    mine = met_loopt(Aanmelding.objects.visible_to(user).filter(as_ib=True)).select_related("school", "ab")
    return mine.order_by("-gewijzigd_op")[:200]


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
        found = Aanmelding.objects.visible_to(request.user).filter(hit).select_related("school", "ab")
        rows = regels(found.order_by("-ingediend_op", "pk")[:PER_PAGE], request.user)
    return render(request, "cases/zoeken.html", {"q": q, "regels": rows})
