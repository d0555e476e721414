"""The frame of every page: at most four links a role, and where to find help."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from expertteam import demo, sleutel
from expertteam.logboek import VERZOEK


@dataclass(frozen=True)
class Link:
    label: str
    url_name: str
    rollen: frozenset


LINKS = [
    Link("Mijn aanmeldingen", "mijn_aanmeldingen", frozenset({"ib"})),
    Link("OT", "overleggen", frozenset({"ib"})),
    Link("Werklijst", "werklijst", frozenset({"os"})),
    Link("Vandaag", "vandaag", frozenset({"ab", "sbo"})),
    Link("Bezoek", "vandaag", frozenset({"os"})),
    Link("Uren", "uren", frozenset({"ab", "sbo"})),
    Link("Offertes", "offertes", frozenset({"ib", "ab", "coordinator_aed"})),
    Link("Belasting", "belasting", frozenset({"coordinator_aed"})),
    Link("Consulten", "consulten", frozenset({"gw"})),
    Link("Aanbod", "aanbod", frozenset({"ab"})),
    Link("Kring", "afstemmingen", frozenset({"ib"})),
    Link("Kring", "kringen", frozenset({"os", "coordinator"})),
    Link("Tellen en vertellen", "tellen", frozenset({"coordinator"})),
    Link("Beheer", "admin:index", frozenset({"beheerder"})),
    Link("Post", "post", frozenset({"beheerder"})),
    Link("Hulp", "hulp", frozenset({"ib", "os", "ab", "coordinator", "beheerder", "sbo", "gw", "coordinator_aed"})),
]


def links(request):
    """The links for the roles that somebody has today, each place once."""
    if not request.user.is_authenticated:
        return []
    found = {}
    for link in LINKS:
        if link.rollen & request.user.rollen:
            url = reverse(link.url_name)
            found.setdefault(url, {"label": link.label, "url": url, "hier": request.path == url})
    return list(found.values())


def frame(request):
    """What base.html needs; nothing is asked of the database until it is shown."""
    return {
        "nav": SimpleLazyObject(lambda: links(request)),
        "sleutel": SimpleLazyObject(lambda: sleutel.make(request.user)),
        "swv": settings.SWV_NAAM,
        "aanmeldpunt": {"telefoon": settings.AANMELDPUNT_TELEFOON, "email": settings.AANMELDPUNT_EMAIL},
        "nummer": VERZOEK.get()[:8],  # enough to find the request in the log, short enough for the telephone
        "demo": settings.DEBUG,
        "oidc_naam": settings.OIDC_NAAM,
        "tweede_factor": settings.TWEEDE_FACTOR,
        "contact_schooldagen": settings.EERSTE_CONTACT_SCHOOLDAGEN,
        "personas": SimpleLazyObject(demo.personas),
    }
