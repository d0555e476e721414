"""The aanmelding: one door, no approval, and what basis, licht and complex each ask (DOMAIN 1.3)."""

from tests.model.werkwijze import BASIS_LICHT, COMPLEX, eis, naar, stap

A = "aanmelding"
BEZIG = "ingediend opgepakt gestart"
CONTACT = "eerste_contact_op eerste_contact_met"
KAN = {  # which ondersteuning there is of which niveau (B-3, B-4, B-5)
    "leerling": {"basis", "licht", "complex"}, "groep": {"basis", "licht"}, "school": {"basis"},
}  # fmt: skip


def vraag(w, school, niveau, soort, door, ouders=True, setting=False, voortraject=False, eerder=None):
    """A new concept."""
    return w.nieuw(
        A, "concept", school=school, niveau=niveau, soort=soort, door=door, ouders=ouders, setting=setting,
        voortraject=voortraject, eerder=eerder, hulpvraag=True, verstuurd=False, ab=None, gesprek=False, vraag=False,
        weg=None, akkoord=-30,
    )  # fmt: skip


def voorbereiding(w, a):
    return next(iter(w.alle("traject", a=a, state="voorbereiding")), None)


def bereid_voor(w, a):
    traject(w, a, "voorbereiding", a.ab, voortraject=a.voortraject or a.eerder is not None)


def traject(w, a, state, uitvoerder, voortraject=False):
    w.nieuw("traject", state, a=a, soort=a.soort, uitvoerder=uitvoerder, voortraject=voortraject, overleg=False,
            overdracht=False, ontvangen=False, waargenomen=False, begrepen=False, begon=0, gesprekken=3,
            uitzondering=False, advies=False, afschrift=False, betrokken=set())  # fmt: skip


def stop_voorbereiding(w, p, a):
    if t := voorbereiding(w, a):
        w.ook(p, t, "vervallen")


def verken_route(w, a):
    """As soon as another setting is thought of there is a route, one at a time (B-8)."""
    ended = {"geplaatst", "blijft", "gestopt"}
    if a.niveau == "leerling" and a.setting and all(r.state in ended for r in w.alle("route", a=a)):
        w.nieuw("route", "verkennen", a=a)


def neemt(w, a, p):
    a.ab = p
    bereid_voor(w, a)


@stap(A, "beschrijven", "IB", "concept")
def beschrijven(w, p, a, n):
    a.hulpvraag = bool(n["hulpvraag"])
    if n.get("ouders_akkoord"):
        a.ouders, a.akkoord = True, n["ouders_akkoord_op"]


@stap(A, "indienen", "IB", "concept", mail="OS TEAM")
def indienen(w, p, a, n):
    eis(a.soort in KAN[a.niveau] and a.hulpvraag and (a.ouders or a.niveau != "leerling"))
    a.state, a.verstuurd = "ingediend", True
    a.voortraject, a.setting = a.voortraject and a.niveau != "school", a.setting and a.niveau == "leerling"
    verken_route(w, a)


stap(A, "oppakken", "OS", "ingediend", vraagt=CONTACT, mail="IB")(naar("opgepakt"))


@stap(A, "oppakken_ab", "TEAM", "ingediend", soort=COMPLEX, vraagt=CONTACT, mail="IB OS")
def oppakken_ab(w, p, a, n):
    a.state = "opgepakt"
    neemt(w, a, p)


@stap(A, "nemen", "TEAM", "opgepakt", soort=COMPLEX, mail="IB OS")
def nemen(w, p, a, n):
    eis(a.ab is None)
    neemt(w, a, p)


@stap(A, "toewijzen", "OS", "opgepakt", soort=COMPLEX, vraagt="ab", mail="IB AB")
def toewijzen(w, p, a, n):
    eis(a.ab is None)
    neemt(w, a, n["ab"])


@stap(A, "vragen", "OS AB TEAM", "ingediend opgepakt", vraagt="vraag", mail="IB", deel=True)
def vragen(w, p, a, n):
    eis(not a.vraag)
    a.vraag = True


@stap(A, "antwoorden", "IB", BEZIG, vraagt="antwoord", mail="OS AB TEAM", deel=True)
def antwoorden(w, p, a, n):
    eis(a.vraag)
    a.vraag = False


@stap(A, "gesprek", "OS", "opgepakt gestart", soort=BASIS_LICHT, mail="AB",
      vraagt="ab gesprek_op gesprek_wie gesprek_inzet gesprek_offerte")  # fmt: skip
def gesprek(w, p, a, n):
    a.ab, a.gesprek = n["ab"], True


@stap(A, "aanvullen", "AB", "opgepakt gestart", soort=BASIS_LICHT, vraagt="gesprek_wie gesprek_inzet", mail="OS")
def aanvullen(w, p, a, n):
    eis(a.gesprek)


def starten(w, p, a, n):
    """An ambulant begeleider carries it out only after the OS-AB gesprek with her (B-23)."""
    wie = n["uitvoerder"]
    eis(wie == p or a.gesprek and wie == a.ab)
    a.state = "gestart"
    traject(w, a, "lopend", wie)


stap(A, "starten_basis", "OS", "opgepakt", soort={"basis"}, vraagt="doel uitvoerder", mail="IB AB", deel=True)(starten)
stap(A, "starten_licht", "OS", "opgepakt", soort={"licht"}, vraagt="doel uitvoerder verwachte_einddatum",
     mail="IB AB", deel=True)(starten)  # fmt: skip
stap(A, "gestart", "", "opgepakt")(naar("gestart"))  # with the start of the traject


@stap(A, "overgenomen", "", "")
def overgenomen(w, p, a, n):
    """Another ambulant begeleider: who, is known by then."""


@stap(A, "vrijgeven", "", "opgepakt", mail="TEAM")
def vrijgeven(w, p, a, n):
    a.ab, a.gesprek = None, False


@stap(A, "soort_wijzigen", "OS", "opgepakt", vraagt="soort", waarom=True, mail="IB TEAM")
def soort_wijzigen(w, p, a, n):
    eis(a.niveau != "school" and n["soort"] in KAN[a.niveau])
    a.soort, a.ab = n["soort"], a.ab if a.gesprek else None
    stop_voorbereiding(w, p, a)
    if a.soort == "complex" and a.ab:
        bereid_voor(w, a)


@stap(A, "andere_setting", "IB OS AB", BEZIG, mail="OS")
def andere_setting(w, p, a, n):
    eis(a.niveau == "leerling" and not a.setting)
    a.setting = True
    verken_route(w, a)


@stap(A, "afronden", "OS", "opgepakt", vraagt="afgerond_reden afgerond_toelichting", mail="IB AB", ook_zonder=True,
      eind=True)  # fmt: skip
def afronden(w, p, a, n):
    a.state, a.vraag = "afgerond", False
    stop_voorbereiding(w, p, a)


def offerte(w, p, a, n):
    """For the school: everybody who can make it hears of it (B-17, B-18)."""
    o = w.nieuw("offerte", "gevraagd", school=a.school, door=p, regels=0, versies=1)
    w.ook(p, o, "gevraagd")


@stap(A, "doorzetten", "OS AB", "opgepakt", vraagt="soort vraag", mail="IB OS", deel=True, eind=True)
def doorzetten(w, p, a, n):
    eis(n["soort"] != "scholing" or n.get("thema"))
    a.state = "doorgezet"
    stop_voorbereiding(w, p, a)
    offerte(w, p, a, n)


@stap(A, "opp", "IB OS AB", BEZIG)
def opp(w, p, a, n):
    eis(a.niveau == "leerling")


@stap(A, "routenotitie", "IB OS AB", BEZIG, waarom=True, mail="OS")
def routenotitie(w, p, a, n):
    eis(any(r.state in {"verkennen", "loopt", "aangemeld"} for r in w.alle("route", a=a)))


@stap(A, "toestemming_weg", "IB OS", BEZIG, vraagt="toestemming_weg_op", mail="IB OS AB")
def toestemming_weg(w, p, a, n):
    eis(a.niveau == "leerling" and n["toestemming_weg_op"] >= a.akkoord)
    a.weg = n["toestemming_weg_op"]


@stap(A, "toestemming_terug", "IB", BEZIG, vraagt="ouders_akkoord_op", mail="OS AB", ook_zonder=True)
def toestemming_terug(w, p, a, n):
    eis(a.weg is not None)
    a.weg, a.akkoord = None, n["ouders_akkoord_op"]


stap(A, "weggooien", "IB", "concept", ook_zonder=True, eind=True)(naar("ingetrokken"))


@stap(A, "intrekken", "IB", "ingediend opgepakt", mail="OS AB", ook_zonder=True, eind=True)
def intrekken(w, p, a, n):
    a.state, a.vraag = "ingetrokken", False
    stop_voorbereiding(w, p, a)
