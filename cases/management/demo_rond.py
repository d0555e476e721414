"""What goes on around the trajecten in the demo: an OT, a route, experts, a consult, Expertise in de klas, offertes."""

import datetime

from cases.management.demo_werk import ago, child, contact, send, take
from cases.models import Agendapunt, Offerte, Overleg, Traject
from cases.workflow import AANMELDING, AFSPRAAK, AGENDAPUNT, CONSULT, DAGDEEL, KLAS, OFFERTE, OVERLEG, ROUTE, TRAJECT
from expertteam.actor import acting_as
from schools.models import vandaag


def around(p):
    overleg(p)
    experts(p)
    klas(p)
    offerte(p)


def running(p, phase):
    """A complex traject of the team of Olga that is in this phase."""
    with acting_as(p.Olga):
        found = Traject.objects.filter(soort="complex", state=phase).select_related("aanmelding", "uitvoerder")
        return found.order_by("gemaakt_op").first()


def plan(ib, day, *aanmeldingen):
    """An OT of the school of this IB-er."""
    with acting_as(ib):
        o = Overleg.objects.create(school=aanmeldingen[0].school, door=ib)
        punten = [Agendapunt.objects.create(overleg=o, aanmelding=a) for a in aanmeldingen]
    when = {"datum": day, "tijd": datetime.time(14), "minuten": 60, "plaats": "De lerarenkamer"}
    take(OVERLEG, "plannen", o.pk, ib, **when)
    return o, punten


def overleg(p):
    """One that was held, and one next week that is not prepared yet."""
    with acting_as(p.Noor):
        mine = list(Traject.objects.filter(soort="complex", aanmelding__school__naam="De Wilg").order_by("gemaakt_op"))
    first, last = mine[0].aanmelding, mine[-1].aanmelding
    o, (punt,) = plan(p.Noor, ago(6), first)
    take(AGENDAPUNT, "voorbereiden", punt.pk, p.Noor, fase="begrijpen", doel="Weten wat helpt bij het zelf werken")
    soon = vandaag() + datetime.timedelta(days=8)
    what = {"wat": "Een vaste plek bij het raam proberen", "wie": p.Noor, "wanneer": soon}
    done = take(AGENDAPUNT, "afspreken", punt.pk, p.Olga, **what)
    take(AGENDAPUNT, "afspreken", punt.pk, p.Olga, wat="De leerkracht bellen", wie=p.Olga, wanneer=soon)
    take(OVERLEG, "houden", o.pk, p.Noor, os_erbij="ja")
    take(OVERLEG, "verslag", o.pk, p.Noor, verslag="We zien wat helpt: korte taken en een vaste plek.")
    take(AFSPRAAK, "gedaan", done.pk, p.Noor)
    plan(p.Noor, soon, first, last)


def experts(p):
    """A route, jeugdhulp, a second expert, and a question to the gedragswetenschapper."""
    t = running(p, "uitvoeren")
    ab = t.uitvoerder
    take(AANMELDING, "andere_setting", t.aanmelding_id, ab)
    with acting_as(p.Olga):
        route = t.aanmelding.routes.get()
    take(ROUTE, "loopt", route.pk, p.Olga, setting="sbo")
    take(TRAJECT, "jeugdhulp", t.pk, p.Olga, op=ago(2), partij="Het buurtteam", ouders_akkoord_op=ago(5))
    brought = {"expert": p.Vera, "expertise": "Motoriek", "overleg_os_op": ago(3), "overleg_ib_op": ago(2)}
    take(TRAJECT, "betrekken", t.pk, ab, **brought)
    t = running(p, "plannen")
    asked = take(TRAJECT, "consult", t.pk, t.uitvoerder, aan=p.Gijs, vraag="Past wat we zien bij faalangst?")
    take(CONSULT, "beantwoorden", asked.pk, p.Gijs, antwoord="Dat kan. Kijk ook naar de overgangen op een dag.")
    t = running(p, "begrijpen")
    take(TRAJECT, "consult", t.pk, t.uitvoerder, aan=p.Gijs, vraag="Wat vraagt dit van de leerkracht?")


def klas(p):
    """A difficult group, by exception from the hours of the kring."""
    groep = {"niveau": "groep", "groep": 8, "groep_naam": "8a", "leerkracht": "Meester Kees", "soort": "licht"}
    a = send(p.Sam, 40, **groep, hulpvraag="Hoe leert deze groep weer samenwerken?", al_gedaan="Een groepsgesprek.")
    contact(a, p.Olga, days=38)
    said = {"ab": p.Rosa, "gesprek_op": ago(36), "gesprek_wie": "Rosa in de groep", "gesprek_inzet": "10 dagdelen"}
    take(AANMELDING, "gesprek", a.pk, p.Olga, **said, gesprek_offerte="nee")
    end = vandaag() + datetime.timedelta(weeks=9)
    begin = {"doel": "Samen werken aan een taak", "uitvoerder": p.Rosa, "verwachte_einddatum": end}
    t = take(AANMELDING, "starten_licht", a.pk, p.Olga, **begin)
    k = take(TRAJECT, "klas", t.pk, p.Olga, motivering="Drie leerkrachten in een jaar, en de rust is weg.")
    take(KLAS, "akkoord_os", k.pk, p.Olga)
    take(KLAS, "akkoord_ab", k.pk, p.Rosa)
    take(KLAS, "starten", k.pk, p.Rosa)
    for days in (-7, 0, 7, 14):
        day = vandaag() + datetime.timedelta(days=days)
        take(KLAS, "dagdeel", k.pk, p.Rosa, datum=day, minuten=180, werkwijze="coteaching")
    with acting_as(p.Rosa):
        given = k.dagdelen.order_by("datum").first()
    take(DAGDEEL, "gegeven", given.pk, p.Rosa)


def offerte(p):
    """A vraag that becomes an offerte, and the school agrees."""
    a = contact(send(p.Jip, 9, **child("Pim", "Bedacht", "basis", 6)), p.Olga, days=7)
    what = {"soort": "individueel", "vraag": "Leren plannen, een half uur in de week."}
    made = take(AANMELDING, "doorzetten", a.pk, p.Olga, **what)
    line = {"omschrijving": "Begeleiding, 12 keer een half uur", "uren": 6, "tarief": 95, "btw": "0"}
    take(OFFERTE, "regel", made.pk, p.Rosa, **line)
    take(OFFERTE, "uitbrengen", made.pk, p.Rosa, geldig_tot=vandaag() + datetime.timedelta(days=12))
    with acting_as(p.Noor):
        asked = Offerte.objects.create(
            school=p.Noor.aanstellingen.get().school, door=p.Noor, nummer="O26-9001", soort="scholing", thema="klimaat",
            vraag="Een teammiddag over het groepsklimaat.",
        )  # fmt: skip
    take(OFFERTE, "gevraagd", asked.pk, p.Noor)
