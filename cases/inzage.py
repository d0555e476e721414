"""Every page that shows something of a dossier leaves a trace, in the same transaction: no trace, no page."""

from cases.models import Aanmelding, Inzage, InzageMetReden
from cases.models.base import SEEN
from cases.roles import Role
from schools.models import Rol, User

LISTS = {
    "mijn_aanmeldingen", "werklijst", "vandaag", "uren", "kringen", "zoeken", "nieuw", "met_reden", "beoordelen",
    "caseload", "overleggen", "overleg_nieuw", "consulten",
}  # fmt: skip
PARTS = {
    "step": Inzage.Deel.STAP,
    "bijlage": Inzage.Deel.BIJLAGE,
    "akkoord_intrekken": Inzage.Deel.STAP,
    "beschrijven": Inzage.Deel.FORMULIER,
    "inzage": Inzage.Deel.INZAGE,
    "inzageverzoek": Inzage.Deel.VERZOEK,
}
OWN = {Role.MAKER, Role.UITVOERDER, Role.EIGENAAR}  # beside the role that lets somebody in
SHOWN = {200, 409}  # the other answers hold nothing of a dossier


class InzageMiddleware:
    """Counts which dossiers came out of the database for this answer, and writes that down with it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        rows = []
        token = SEEN.set(rows)
        try:
            response = self.get_response(request)
        finally:
            SEEN.reset(token)
        if rows and response.status_code in SHOWN and not getattr(request, "shows_nothing", False):
            response.in_the_end = lambda: write(request, rows)
        return response


def write(request, rows):
    """Who, as what, on whose behalf, which part, of which dossiers, and why: a row for each reason that was given."""
    roles = {}
    for row in rows:
        if row.dossier_id is None:  # an OT or an offerte is nobody's dossier
            continue
        found = {role for role in row.RELATIONS if getattr(row, f"as_{role}", False)}
        roles.setdefault(row.dossier_id, set()).update(found)
    page, user = request.resolver_match.url_name, request.user
    a_list = page in LISTS  # the page of a dossier can show an earlier one too: then it is of the first
    for (granted, covered), dossiers in by_reason(user, roles).items():
        held = set().union(*(roles[dossier] for dossier in dossiers))
        Inzage.objects.create(
            door=user, als=as_what(user, held), namens=on_behalf_of(user, held, covered),
            deel=Inzage.Deel.LIJST if a_list else PARTS.get(page, Inzage.Deel.DOSSIER),
            waarom=f"Met reden: {granted.reden}"[:300] if granted else why(a_list, user, held, covered),
            pagina=page, dossiers=sorted(dossiers) if a_list else dossiers,
            keten=user.pk if a_list else dossiers[0],
            met_reden=granted,
        )  # fmt: skip


def by_reason(user, roles):
    """{(the reason that was given, for whom he stands in): dossiers}; both are empty for own work.

    Nobody reads in his dossier what was said about another.
    """
    found, covered = {}, stands_in_for(user, roles)
    for dossier, held in roles.items():
        if not held and found:  # an earlier dossier, shown with one in which he has a role
            next(iter(found.values())).append(dossier)
            continue
        granted = reason(user, dossier) if held == {Role.REDEN} else None
        found.setdefault((granted, covered.get(dossier, "")), []).append(dossier)
    return found


def reason(user, dossier):
    """The reason that somebody gave for looking into this dossier."""
    return InzageMetReden.objects.filter(door=user, dossier=dossier).order_by("-van").first()


def stands_in_for(user, roles):
    """{dossier: A. Visser} of those in which somebody is ambulant begeleider only because he stands in for another."""
    if len(user.namens) == 1:
        return {}
    names = {other.pk: other.kort for other in User.objects.filter(pk__in=user.namens)}
    whose, only = {}, [dossier for dossier, held in roles.items() if held - OWN <= {Role.AB}]
    for dossier, *people in Aanmelding.objects.filter(pk__in=only).values_list("pk", "ab", "trajecten__uitvoerder"):
        whose.setdefault(dossier, set()).update(names.keys() & {*people})
    return {
        dossier: ", ".join(sorted(names[pk] for pk in people))
        for dossier, people in whose.items()
        if people and user.pk not in people
    }


def as_what(user, held):
    """The roles in the dossier, in words; those somebody has at all when the page did not ask which."""
    held = held - OWN or held
    return ", ".join(Role(role).label for role in sorted(held)) or ", ".join(sorted(Rol(r).label for r in user.rollen))


def on_behalf_of(user, held, covered):
    """The school or the expertteam for which somebody looks, and whom he stands in for; the rest for the swv."""
    places = {str(a.school or a.team) for a in user.vandaag if (a.school_id or a.team_id) and suits(a.rol, held)}
    where = ", ".join(sorted(places)) or "het samenwerkingsverband"
    return (f"vervangt {covered}, {where}" if covered else where)[:200]


def suits(rol, held):
    return not held or rol in held or (rol == Rol.AB and Role.TEAM in held)


def why(a_list, user, held, covered):
    if covered:
        return f"{'Lijst van werk' if a_list else 'Werk'} van {covered} als {as_what(user, held)}"
    return f"{'Lijst van eigen werk' if a_list else 'Eigen werk'} als {as_what(user, held)}"
