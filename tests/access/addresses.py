"""Every address of the real urlconf, where each person goes, and what can be sent there."""

from uuid import UUID

from django.urls import URLPattern, get_resolver, reverse

NOTHING = UUID("00000000-0000-4000-8000-000000000000")  # the primary key of nothing at all
OUTSIDE = {"weg", "uit", "anoniem"}  # refused at the door, before anything is looked for
KINDS = {
    "aanmelding": ("nieuw", "aanmelding"),
    "concept": ("concept", "aanmelding"),
    "opgepakt": ("start", "aanmelding"),
    "gestart": ("loopt", "aanmelding"),
    "traject": ("loopt.traject", "traject"),
    "contactmoment": ("loopt.contact", "contactmoment"),
    "overleg": ("loopt.overleg", "overleg"),
    "agendapunt": ("loopt.agendapunt", "agendapunt"),
    "route": ("loopt.route", "route"),
    "consult": ("loopt.consult", "consult"),
    "offerte": ("nieuw.offerte", "offerte"),
}
STEPS = {  # step: (what it is taken on, kind)
    "indienen": ("concept", "aanmelding"),
    "oppakken": ("basis", "aanmelding"),
    "oppakken_ab": ("nieuw", "aanmelding"),
    "overleg": ("start.traject", "traject"),
    "bezoek": ("loopt.traject", "traject"),
    "wijzigen": ("loopt.contact", "contactmoment"),
    "verplaatsen": ("loopt.overleg", "overleg"),
    "voorbereiden": ("loopt.agendapunt", "agendapunt"),
    "geplaatst": ("loopt.route", "route"),
    "beantwoorden": ("loopt.consult", "consult"),
    "akkoord": ("nieuw.offerte", "offerte"),
}
DRAFT = {"niveau": "leerling", "soort": "complex", "hulpvraag": "Hoe verder?"}
BODIES = {  # what somebody who may, can send
    "nieuw": {"niveau": "leerling", "soort": "basis", "hulpvraag": "Hoe verder?", "bewaar": "1"},
    "beschrijven": DRAFT | {"bewaar": "1"},
    "beschrijven:verder": DRAFT,  # saved, and back to the form for what is missing
    "beschrijven:vanzelf": DRAFT,  # saved by the script: the answer is a line
    "akkoord_intrekken": {"akkoord_ingetrokken_op": "vandaag"},
    "bekend": {"traject": str(NOTHING), "antwoord": "ja"},
    "zoeken": {"q": "mees-"},
    "offerte_nieuw": {"soort": "groep", "vraag": "Rust in de pauze"},
    "account_login": {"login": "sam@berg.test", "password": "geraden wachtwoord"},
    "account_reset_password": {"email": "sam@berg.test"},
    "step:oppakken": {"eerste_contact_op": "vandaag", "eerste_contact_met": "Sam"},
    "step:oppakken_ab": {"eerste_contact_op": "vandaag", "eerste_contact_met": "Sam"},
    "step:bezoek": {"soort": "bezoek", "minuten_0": "60", "datum": "vandaag"},
    "step:wijzigen": {"soort": "bezoek", "minuten_0": "90", "datum": "vandaag"},
    "step:verplaatsen": {"datum": "vandaag", "tijd": "9:00", "minuten_0": "60"},
    "step:geplaatst": {"setting": "sbo", "instelling": "De Vlieger"},
    "step:beantwoorden": {"antwoord": "Kijk ook naar slaap."},
    "step:akkoord": {},
    "vernietiging": {"intrekken": "1"},
    "step:voorbereiden": {"fase": "begrijpen", "doel": "Weten wat helpt"},
}
QUERIES = {"werklijst": ["?status=klaar", "?status=loopt", "?status=nieuw"], "kringen": ["?kring=Noord"],
           "afstemmingen": ["?kring=Noord"], "tellen": ["?kring=Noord", "?kring=Noord&deel=kwartaal-1"]}  # fmt: skip
AGAIN = ["beschrijven:verder", "beschrijven:vanzelf", "step:oppakken:leeg"]  # the same address, something else sent
OBJECTS = [
    "beschrijven", "controleren", "verstuurd", "bijlage", "bijlage_weg", "akkoord_intrekken", "bekend", "inzage",
    "vergaderen", "offerte_pdf", "brief", "afstemming", "verhaal", "vernietiging", "verklaring", "inzageverzoek",
    *(f"detail:{kind}" for kind in KINDS), *(f"step:{step}" for step in STEPS), *AGAIN,
]  # fmt: skip
KWARGS = {
    "agenda": {"sleutel": "geraden"},
    "tellen_bestand": {"vorm": "csv"},
    "openid_connect_login": {"provider_id": "oidc"},
    "openid_connect_callback": {"provider_id": "oidc"},
}


def routes(resolver=None, namespace=""):
    """(name, pattern) of every address; a name that is missing is empty."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLPattern):
            yield namespace + (found.name or ""), found
        else:
            yield from routes(found, f"{namespace}{found.namespace}:" if found.namespace else namespace)


def address(page, place, pk):
    """The address of a page of the matrix at a place."""
    name, last, *_ = [*page.split(":"), ""]
    drafts = dict.fromkeys(["beschrijven", "controleren", "bijlage_weg", "bekend"], "concept")
    others = {"inzage": "loopt", "inzageverzoek": "loopt", "vergaderen": "loopt.overleg", "caseload": "caseload.ab"}
    others |= {"afstemming": "nieuw.afstemming", "verhaal": "eerder.traject"}
    others |= {"vernietiging": "eerder.vernietiging", "verklaring": "eerder.verklaring"}
    others |= {"brief": "loopt.traject", "offerte_pdf": "nieuw.offerte"}
    thing = (drafts | others).get(name, "nieuw")
    if name in {"detail", "step"}:
        thing, kind = STEPS[last] if name == "step" else KINDS[last]
        args = [kind, pk.get((place, thing), NOTHING), *([last] if name == "step" else [])]
    elif name in {"bijlage", "bijlage_weg", "akkoord_intrekken"}:
        args = [pk.get((place, thing), NOTHING), pk.get((place, f"{thing}.bijlage"), NOTHING)]
    elif name == "account_reset_password_from_key":
        return "/wachtwoord/1a-set-password/"
    else:
        args = [] if (place, thing) == ("lijst", "nieuw") else [pk.get((place, thing), NOTHING)]
    return reverse(name, args=args, kwargs=KWARGS.get(name))


def own_names():
    """The names of the urlconf, without the admin's and the page that a demo has for every wrong address."""
    return [name for name, _ in routes() if not name.startswith("admin:") and name != "niet_gevonden"]


def pages():
    """Every address of the urlconf but the admin's: a list, or a page of an object with its kinds and steps."""
    names = own_names()
    return [name for name in names if name not in {page.partition(":")[0] for page in OBJECTS}] + OBJECTS


def places(who, page):
    """Where somebody walks; at a school without a team only the coördinator has something to look for."""
    if page not in OBJECTS:
        return ["lijst"]
    if who in OUTSIDE:
        return ["eigen", "niets"]
    island = ["eiland"] if who.startswith("coordinator") else []
    return ["eigen", "buur", "elders", "ver", *island, "niets"]


def methods(who, page, place):
    """What answers one method only, refuses the other before it looks for anything: once is enough."""
    if page in AGAIN:
        return ["POST"]
    head = ["HEAD"] if who == "os" and place in {"lijst", "eigen"} else []
    both = page.startswith("step:") or page in {"beschrijven", "akkoord_intrekken"}
    if place in {"lijst", "eigen"} or both:
        return ["GET", "POST", *head]
    return ["POST"] if page in {"bijlage_weg", "bekend"} else ["GET"]
