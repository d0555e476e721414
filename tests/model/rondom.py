"""What stands around a traject: OT, route, consult, Expertise in de klas, offerte (DOMAIN 1.7 to 1.11)."""

from tests.model.begeleiding import contact
from tests.model.werkwijze import eis, is_, naar, niets, stap

O, P, AF, R, C = "overleg", "agendapunt", "afspraak", "route", "consult"  # noqa: E741
K, D, F = "expertiseindeklas", "dagdeel", "offerte"
WANNEER = "datum tijd minuten"


# OT: the school organises it, and its phase is known beforehand (B-9)


def punten(w, o):
    return [p for p in w.alle(P, overleg=o) if p.state != "vervallen"]


@stap(O, "plannen", "", "nieuw")
def plannen(w, p, o, n):
    o.state = "gepland"
    w.meld(p, o, "OS")
    w.agenda = [*w.post]


@stap(O, "agenderen", "IB OS", "gepland", vraagt="aanmelding", deel=True)
def agenderen(w, p, o, n):
    a = n["aanmelding"]
    eis(a.school == o.school and a.weg is None and a not in [punt.a for punt in punten(w, o)])
    w.nieuw(P, "gepland", a=a, overleg=o, ab=None)


@stap(O, "verplaatsen", "IB OS", "gepland", vraagt=WANNEER)
def verplaatsen(w, p, o, n):
    w.meld(p, o, "IB", "OS", "AB")
    w.agenda = [*w.post]


@stap(O, "houden", "IB OS", "gepland", vraagt="os_erbij")
def houden(w, p, o, n):
    agenda = punten(w, o)
    eis(agenda and all(punt.state == "voorbereid" and punt.a.weg is None for punt in agenda))
    eis(n["os_erbij"] == "ja" or n.get("os_reden"))
    o.state = "gehouden"
    for punt in agenda:
        w.ook(p, punt, "besproken")


@stap(O, "verslag", "IB", "gehouden", mail="OS AB")
def verslag(w, p, o, n):
    agreed = [af for af in w.alle(AF) if af.punt.overleg is o]
    eis(n.get("verslag") or n.get("verslag_url") or agreed)
    o.state = "vastgesteld"


@stap(O, "afzeggen", "IB", "gepland", waarom=True, eind=True)
def afzeggen(w, p, o, n):
    """Who was invited hears that it is off, in her calendar too."""
    w.meld(p, o, "OS", "AB")
    w.agenda, o.state = [*w.post], "vervallen"
    for punt in punten(w, o):
        w.ook(p, punt, "van_agenda")


stap(P, "voorbereiden", "IB OS", "gepland", vraagt="fase doel")(naar("voorbereid"))
stap(P, "bijstellen", "IB OS", "voorbereid", vraagt="fase doel")(niets)


@stap(P, "ab_uitnodigen", "IB OS", "voorbereid", vraagt="ab_reden")
def ab_uitnodigen(w, p, punt, n):
    """Only who carries out a traject of this leerling now; she has it in her calendar."""
    busy = [t for t in w.alle("traject", a=punt.a) if t.state not in {"afgesloten", "gestopt"}]
    eis(busy and is_("ab", busy[0].uitvoerder))
    punt.ab = busy[0].uitvoerder
    w.post = w.agenda = [punt.ab]


@stap(P, "afspreken", "IB OS AB", "voorbereid besproken", vraagt="wat wie wanneer", deel=True)
def afspreken(w, p, punt, n):
    eis(any(n["wie"] in w.mensen(rol, punt) for rol in ("IB", "OS", "AB")))
    w.nieuw(AF, "open", a=punt.a, punt=punt, wie=n["wie"])


stap(P, "besproken", "", "voorbereid")(naar("besproken"))


@stap(P, "van_agenda", "IB OS", "gepland voorbereid", ook_zonder=True, eind=True)
def van_agenda(w, p, punt, n):
    """Who was invited for this leerling only, has it out of her calendar; once, when the whole OT is off."""
    punt.state = "vervallen"
    if punt.ab and punt.overleg.state == "gepland" and "AB" not in w.rollen(punt.ab, punt.overleg):
        w.post, w.agenda = [punt.ab], [punt.ab]


stap(AF, "gedaan", "EIGENAAR", "open")(naar("gedaan"))
stap(AF, "is_gedaan", "IB OS", "open")(naar("gedaan"))
stap(AF, "verzetten", "EIGENAAR IB OS", "open", vraagt="wanneer")(niets)
stap(AF, "vervalt", "IB OS", "open", waarom=True, eind=True)(naar("vervallen"))

# route: the onderwijsspecialist has the regie (B-8), and staying is a good end
OPEN = "verkennen loopt aangemeld"
stap(R, "loopt", "OS", "verkennen", vraagt="setting", mail="IB AB")(naar("loopt"))
stap(R, "aangemeld", "OS", "loopt", vraagt="instelling", mail="IB AB")(naar("aangemeld"))
stap(R, "tlv", "OS", "loopt aangemeld")(niets)
stap(R, "geplaatst", "OS", "aangemeld", mail="IB AB", eind=True)(naar("geplaatst"))
stap(R, "blijft", "OS", OPEN, mail="IB AB", ook_zonder=True, eind=True)(naar("blijft"))
stap(R, "stoppen", "OS", OPEN, waarom=True, mail="IB AB", ook_zonder=True, eind=True)(naar("gestopt"))

# consult (B-16)
stap(C, "gevraagd", "", "gevraagd", mail="GW")(niets)
stap(C, "beantwoorden", "GW", "gevraagd", vraagt="antwoord", mail="MAKER")(naar("beantwoord"))
stap(C, "intrekken", "MAKER", "gevraagd", mail="GW", eind=True)(naar("ingetrokken"))

# Expertise in de klas: by exception, from the hours of the kring (B-19)


def akkoord(wie):
    def regel(w, p, k, n):
        eis(not getattr(k, wie))
        setattr(k, wie, True)
        if k.akkoord_os and k.akkoord_ab:
            w.ook(p, k, "getoetst")

    return regel


stap(K, "akkoord_os", "OS", "voorgesteld", mail="AB")(akkoord("akkoord_os"))
stap(K, "akkoord_ab", "AB", "voorgesteld", mail="OS")(akkoord("akkoord_ab"))
stap(K, "getoetst", "", "voorgesteld")(naar("getoetst"))
stap(K, "starten", "AB", "getoetst", mail="IB OS")(naar("lopend"))


@stap(K, "dagdeel", "AB", "lopend", vraagt="datum minuten werkwijze", deel=True)
def dagdeel(w, p, k, n):
    """At most 8 or, with a reason, 12 of at most 3 hours, and never more than the kring has left."""
    planned = len([d for d in w.alle(D, k=k) if d.state != "vervallen"])
    eis(planned < (12 if k.ruimer else 8) and n["minuten"] <= min(180, w.over()))
    w.nieuw(D, "gepland", a=k.a, t=k.t, k=k, minuten=n["minuten"], datum=n["datum"], werkwijze=n["werkwijze"])


@stap(K, "ruimer", "AB", "lopend", vraagt="meer_dan_acht", mail="OS")
def ruimer(w, p, k, n):
    k.ruimer = True


def gepland(w, k):
    return w.alle(D, k=k, state="gepland")


@stap(K, "afronden", "AB", "lopend", vraagt="resultaat", mail="IB OS", eind=True)
def afronden(w, p, k, n):
    eis(not gepland(w, k))
    k.state = "afgerond"


@stap(K, "stoppen", "OS AB", "voorgesteld getoetst lopend", waarom=True, mail="IB OS AB", eind=True)
def stoppen(w, p, k, n):
    k.state = "gestopt"
    for d in gepland(w, k):
        w.ook(p, d, "vervalt")


@stap(D, "gegeven", "AB", "gepland")
def gegeven(w, p, d, n):
    eis(d.datum <= 0)
    d.state = "gegeven"
    contact(w, p, d.t, d.werkwijze, d.minuten)


@stap(D, "verzetten", "AB", "gepland", vraagt="datum minuten werkwijze")
def verzetten(w, p, d, n):
    eis(n["minuten"] <= min(180, w.over(behalve=d)))
    d.datum, d.minuten, d.werkwijze = n["datum"], n["minuten"], n["werkwijze"]


stap(D, "vervalt", "AB OS", "gepland", eind=True)(naar("vervallen"))

# offerte: the school buys, and no hour of the kring is in it (B-17 to B-19)
MAKERS = "TEAM AED"
stap(F, "gevraagd", "", "gevraagd", mail="AED TEAM")(niets)


def regels(hoeveel, minstens=0):
    def regel(w, p, f, n):
        eis(f.regels >= minstens)
        f.regels = hoeveel(f)

    return regel


stap(F, "regel", MAKERS, "gevraagd", vraagt="omschrijving uren tarief btw", deel=True)(regels(lambda f: f.regels + 1))
stap(F, "regels_weg", MAKERS, "gevraagd")(regels(lambda f: 0, minstens=1))


@stap(F, "uitbrengen", MAKERS, "gevraagd", vraagt="geldig_tot", mail="IB")
def uitbrengen(w, p, f, n):
    eis(f.regels and n["geldig_tot"] >= 0)
    f.state = "uitgebracht"


stap(F, "akkoord", "IB", "uitgebracht", mail="TEAM AED")(naar("akkoord"))
stap(F, "niet_akkoord", "IB", "uitgebracht", waarom=True, mail="TEAM AED", eind=True)(naar("niet_akkoord"))
stap(F, "herzien", MAKERS, "uitgebracht niet_akkoord vervallen")(naar("gevraagd"))
stap(F, "laten_vervallen", f"IB {MAKERS}", "gevraagd uitgebracht", waarom=True, mail="IB TEAM", eind=True)(
    naar("vervallen")
)
stap(F, "uitvoeren", MAKERS, "akkoord", vraagt="uitvoerder", mail="IB")(naar("in_uitvoering"))
stap(F, "werk", "TEAM", "in_uitvoering", vraagt="datum minuten", deel=True)(niets)
stap(F, "afronden", MAKERS, "in_uitvoering", mail="IB", eind=True)(naar("afgerond"))
