"""The schooljaar before this one in the demo, in small: so that Tellen en vertellen has something to compare with."""

from itertools import cycle

from cases.afstemmen import leg_vast, plan
from cases.management.demo_werk import ago, child, contact, days_ago, send, take
from cases.workflow import AANMELDING, TRAJECT
from expertteam.actor import acting_as
from schools.models import Schooljaar, vandaag

NAMEN = ["Abe", "Bibi", "Cato", "Dirk", "Elin"]
NU = ["Hanna", "Ilse", "Jochem", "Koen"]


def before(p):
    """Five short trajecten in Merenwijk and an afstemming; in Duinrand some aanmeldingen, then and now."""
    first = (vandaag() - Schooljaar(begin=Schooljaar.of(vandaag()).begin - 1).eerste_dag).days
    then = min(365 + 30, first)  # a year ago, and never in the schooljaar before that one
    for naam, ib in zip(NAMEN, cycle([p.Noor, p.Sam, p.Jip]), strict=False):
        basis(ib, p.Olga, then, naam)
    for naam in NAMEN:
        a = send(p.Bram, then, **child(naam, "Verzonnen", "licht", 4))
        with days_ago(then - 9):
            take(AANMELDING, "intrekken", a.pk, p.Bram, note="De school maakt een eigen plan.")
    for naam in NU:
        send(p.Bram, 2, **child(naam, "Verzonnen", "licht", 4))
    kring = p.Olga.aanstellingen.get().team.kring
    with acting_as(p.Olga):
        f = plan(kring, p.Olga, ago(then - 10))
        leg_vast(f, p.Olga, f.versie, [], aanwezig=f"{p.Noor} (De Wilg)\n{p.Olga} (Team Reiger)", gehouden=True)


def basis(ib, os, days, naam):
    """One that was closed."""
    a = contact(send(ib, days, **child(naam, "Bedacht", "basis", 6)), os, days=days - 3)
    with days_ago(days - 4):
        t = take(AANMELDING, "starten_basis", a.pk, os, doel="Zelf beginnen met een taak", uitvoerder=os)
    with days_ago(days - 20):
        take(TRAJECT, "evalueren", t.pk, os)
        take(TRAJECT, "afsluiten", t.pk, os, doel_behaald="ja", opbrengst="De leerling begint nu zelf.")
