"""The traject: the gates before its start, the phases, the advice, the hours (DOMAIN 1.4 to 1.6)."""

from tests.model import vraag
from tests.model.werkwijze import BASIS_LICHT, COMPLEX, HGW, LOOPT, eis, is_, naar, niets, stap

T = "traject"
FASEN, LOPEND = " ".join(sorted(HGW)), " ".join(sorted(LOOPT))
BEGIN = "voorbereiding"
EIND = "doel_behaald opbrengst"
NIET_DOOR = "niet_door"


@stap(T, "overleg", "AB", BEGIN, vraagt="kort_overleg_op kort_overleg_met voortraject", mail="OS")
def overleg(w, p, t, n):
    t.overleg, t.voortraject = True, n["voortraject"] or t.a.eerder is not None


@stap(T, "overdragen", "OS", BEGIN, vraagt="overdracht_op overdracht_tekst", mail="AB")
def overdragen(w, p, t, n):
    t.voortraject, t.overdracht, t.ontvangen = True, True, False


@stap(T, "ontvangen", "AB", BEGIN, mail="OS")
def ontvangen(w, p, t, n):
    eis(t.overdracht)
    t.ontvangen = True


@stap(T, "starten", "AB", BEGIN, mail="IB OS")
def starten(w, p, t, n):
    """First the kort overleg (B-24), and what is known already is handed over and received (B-14)."""
    eis(t.overleg and (not t.voortraject or t.overdracht and t.ontvangen))
    t.state, t.begon = "waarnemen", w.klok
    w.ook(p, t.a, "gestart")


stap(T, "vervallen", "", BEGIN, mail="AB")(naar("gestopt"))


@stap(T, "waargenomen", "AB", "waarnemen", vraagt="bevinding")
def waargenomen(w, p, t, n):
    seen = [c for c in w.alle("contactmoment", t=t, state="geboekt") if c.soort != NIET_DOOR and c.klok > t.begon]
    eis(seen)
    t.state, t.waargenomen = "begrijpen", True


@stap(T, "op_voortraject", "AB", "waarnemen", vraagt="bevinding")
def op_voortraject(w, p, t, n):
    eis(t.ontvangen)
    t.state, t.waargenomen = "begrijpen", True


@stap(T, "begrepen", "AB", "begrijpen", vraagt="onderwijsbehoeften", mail="IB")
def begrepen(w, p, t, n):
    t.state, t.begrepen = "plannen", True


stap(T, "plannen", "AB", "plannen", vraagt="doel afspraken", mail="IB")(naar("uitvoeren"))


def advies(w, p, t, n):
    t.advies = True


@stap(T, "adviseren", "AB EXPERT", FASEN + " evaluatie", soort=COMPLEX, vraagt="tekst", mail="IB", deel=True)
def adviseren(w, p, t, n):
    eis(t.waargenomen and t.begrepen)
    advies(w, p, t, n)


stap(T, "adviseren_os", "OS AB", "lopend evaluatie", soort=BASIS_LICHT, vraagt="tekst", mail="IB", deel=True)(advies)
stap(T, "procesadvies", "OS AB EXPERT", LOPEND, vraagt="tekst", mail="IB", deel=True)(advies)


def contact(w, p, t, soort, minuten):
    als = "os" if is_("os", p) else "ab"
    return w.nieuw("contactmoment", "geboekt", a=t.a, t=t, door=p, als=als, soort=soort, minuten=minuten,
                   klok=w.klok + 1)  # fmt: skip


def duurt(n):
    eis((n["minuten"] == 0 and n.get("notitie")) if n["soort"] == NIET_DOOR else n["minuten"] > 0)


@stap(T, "bezoek", "OS AB EXPERT", f"{BEGIN} {LOPEND} afgesloten gestopt", vraagt="soort minuten datum", deel=True,
      ook_zonder=True)  # fmt: skip
def bezoek(w, p, t, n):
    """Delivered hours are never refused (A-7), but for an ambulant begeleider before the OS-AB gesprek (B-23)."""
    eis(is_("os", p) or t.soort == "complex" or t.a.gesprek)
    eis(t.a.weg is None or n["datum"] <= t.a.weg)
    duurt(n)
    contact(w, p, t, n["soort"], n["minuten"])


@stap(T, "leerlinggesprek", "AB", FASEN, soort=COMPLEX, vraagt="gesprek_doel minuten datum", deel=True)
def leerlinggesprek(w, p, t, n):
    """A limited number (B-13), and no training (B-17)."""
    held = [c for c in w.alle("contactmoment", t=t, state="geboekt") if c.soort == "leerlinggesprek"]
    eis(len(held) < t.gesprekken and (n["gesprek_doel"] != "vaardigheden" or t.uitzondering))
    contact(w, p, t, "leerlinggesprek", n["minuten"])


@stap(T, "uitzondering", "OS", FASEN, soort=COMPLEX, vraagt="uitzondering", mail="IB AB")
def uitzondering(w, p, t, n):
    t.uitzondering = True


@stap(T, "offerte", "IB OS AB", LOPEND, vraagt="soort vraag", deel=True)
def offerte(w, p, t, n):
    eis(n["soort"] != "scholing" or n.get("thema"))
    vraag.offerte(w, p, t.a, n)


@stap(T, "consult", "AB", FASEN, soort=COMPLEX, vraagt="aan vraag", deel=True)
def consult(w, p, t, n):
    c = w.nieuw("consult", "gevraagd", a=t.a, t=t, door=p, aan=n["aan"])
    w.ook(p, c, "gevraagd")


@stap(T, "betrekken", "UITVOERDER", FASEN, soort=COMPLEX, vraagt="expert expertise overleg_os_op overleg_ib_op",
      mail="IB OS EXPERT", deel=True)  # fmt: skip
def betrekken(w, p, t, n):
    eis(n["expert"] != t.uitvoerder and n["expert"] not in t.betrokken)
    t.betrokken.add(n["expert"])


@stap(T, "jeugdhulp", "IB OS AB", LOPEND, vraagt="op partij ouders_akkoord_op", mail="IB OS AB", deel=True)
def jeugdhulp(w, p, t, n):
    eis(t.a.niveau == "leerling" and n["ouders_akkoord_op"] <= n["op"])


@stap(T, "klas", "OS AB", "lopend", soort=BASIS_LICHT, vraagt="motivering", mail="OS AB", deel=True)
def klas(w, p, t, n):
    open_ = [k for k in w.alle("expertiseindeklas", t=t) if k.state not in {"afgerond", "gestopt"}]
    eis(t.a.niveau == "groep" and is_("ab", t.uitvoerder) and not open_)
    w.nieuw("expertiseindeklas", "voorgesteld", a=t.a, t=t, akkoord_os=False, akkoord_ab=False, ruimer=False)


@stap(T, "afschrift", "OS AB", LOPEND, vraagt="afschrift_ouders_op", ook_zonder=True)
def afschrift(w, p, t, n):
    eis(t.advies)
    t.afschrift = True


stap(T, "doorzetten", "OS AB", LOPEND, waarom=True, mail="IB OS")(niets)
stap(T, "verlengen", "OS", "lopend", soort={"licht"}, vraagt="verwachte_einddatum", waarom=True, mail="IB")(niets)


@stap(T, "omzetten", "OS", "lopend evaluatie", soort={"licht"}, vraagt=EIND, mail="IB", eind=True)
def omzetten(w, p, t, n):
    """The IB-er gets a concept: the initiative stays hers (B-1)."""
    eis(t.a.niveau == "leerling")
    t.state = "afgesloten"
    vraag.vraag(w, t.a.school, "leerling", "complex", t.a.door, ouders=False, setting=t.a.setting, voortraject=True,
                eerder=t)  # fmt: skip


stap(T, "evalueren", "OS AB", "lopend", mail="IB OS", ook_zonder=True)(naar("evaluatie"))
stap(T, "evalueren_ab", "AB", "uitvoeren", mail="IB OS", ook_zonder=True)(naar("evaluatie"))


@stap(T, "terug_waarnemen", "AB", "evaluatie", soort=COMPLEX, waarom=True, mail="IB OS")
def terug_waarnemen(w, p, t, n):
    t.state, t.begon = "waarnemen", w.klok


for fase in ("begrijpen", "plannen"):
    stap(T, f"terug_{fase}", "AB", "evaluatie", soort=COMPLEX, waarom=True, mail="IB OS")(naar(fase))
stap(T, "afsluiten", "OS AB", "evaluatie", soort=BASIS_LICHT, vraagt=EIND, mail="IB OS", ook_zonder=True,
     eind=True)(naar("afgesloten"))  # fmt: skip


@stap(T, "afsluiten_ab", "AB", "evaluatie", soort=COMPLEX, vraagt=EIND, mail="IB OS", ook_zonder=True, eind=True)
def afsluiten_ab(w, p, t, n):
    """The parents have a copy of the advice, or it is written down why not."""
    eis(t.afschrift or n.get("afschrift_ouders_op") is not None or n.get("afschrift_reden"))
    t.state = "afgesloten"


@stap(T, "overnemen", "OS", f"{BEGIN} {LOPEND}", vraagt="uitvoerder", waarom=True, mail="IB", ook_zonder=True)
def overnemen(w, p, t, n):
    """To another of the team; for basis and licht to the one of the OS-AB gesprek (B-23). Both hear of it."""
    new, old = n["uitvoerder"], t.uitvoerder
    eis(new != old)
    if t.soort != "complex":
        eis(is_("ab", old) and t.a.gesprek and t.a.ab == new)
    t.uitvoerder = new
    if t.soort == "complex":
        t.a.ab = new
        w.ook(p, t.a, "overgenomen")
    w.post += sorted({new, old})


@stap(T, "stoppen", "OS AB", f"{BEGIN} {LOPEND}", waarom=True, mail="IB OS", ook_zonder=True, eind=True)
def stoppen(w, p, t, n):
    t.state = "gestopt"
    if t.a.state == "opgepakt":
        w.ook(p, t.a, "vrijgeven")


C = "contactmoment"


@stap(C, "wijzigen", "MAKER", "geboekt", vraagt="soort minuten datum")
def wijzigen(w, p, c, n):
    eis((n["soort"] == "leerlinggesprek") == (c.soort == "leerlinggesprek"))
    duurt(n)
    c.soort, c.minuten = n["soort"], n["minuten"]


stap(C, "ongedaan", "MAKER", "geboekt")(naar("vervallen"))
