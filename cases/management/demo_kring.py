"""What the schools of a kring do together in the demo: an afstemming that was held, the next one, and some aanbod."""

import datetime
from decimal import Decimal

from cases.aanbieden import bied_aan, doe_mee, namens
from cases.afstemmen import leg_vast, open_vragen, plan
from cases.management.demo_werk import ago
from expertteam.actor import acting_as
from schools.models import Schooljaar, vandaag


def together(p):
    afstemming(p)
    aanbod(p)


def afstemming(p):
    """Three weeks ago they decided about the first vragen; in five weeks they meet again."""
    kring = p.Olga.aanstellingen.get().team.kring
    said = [("eerst", 6, "Deze groep wacht het langst"), ("eerst", 4, ""), ("later", 0, "Na de vakantie")]
    with acting_as(p.Olga):
        f = plan(kring, p.Olga, max(ago(21), Schooljaar.of(vandaag()).eerste_dag))
        vragen = list(open_vragen(kring)[: len(said)])
        given = [
            (vraag, {"besluit": besluit, "uren": Decimal(uren) + vraag.ingezet // 60, "toelichting": waarom})
            for vraag, (besluit, uren, waarom) in zip(vragen, said, strict=True)
        ]
        there = "\n".join([f"{p.Noor} (De Wilg)", f"{p.Sam} (Het Anker)", f"{p.Olga} (Team Reiger)"])
        agreed = "We beginnen bij de groepen die het langst wachten."
        leg_vast(f, p.Olga, f.versie, given, aanwezig=there, verslag=agreed, gehouden=True)
        plan(kring, p.Olga, vandaag() + datetime.timedelta(weeks=5))


def aanbod(p):
    """A school and an expert offer something, and a school joins."""
    for user, soort, titel, omschrijving in [
        (p.Noor, "materiaal", "Koffer met rekenspellen", "Voor groep 3 tot 5. Je leent de koffer twee weken."),
        (p.Rosa, "training", "Korte instructies geven", "Een middag met voorbeelden uit de klas."),
    ]:
        fields = {"soort": soort, "titel": titel, "omschrijving": omschrijving, "plekken": 4}
        with acting_as(user):
            _, whose = next(iter(namens(user).values()))
            made = bied_aan(user, **fields, **whose, wanneer="In overleg")
        with acting_as(p.Sam):
            doe_mee(p.Sam, made, p.Sam.aanstellingen.get().school)
