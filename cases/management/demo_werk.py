"""The work in the demo: a little of every state, taken step by step by the people who may take it."""

import datetime
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone

from cases.models import Aanmelding
from cases.workflow import AANMELDING, TRAJECT
from expertteam.actor import acting_as
from schools.models import Rol, vandaag

LEERLING = {"leerkracht": "Juf Els", "ouders_akkoord": True}
COMPLEX = {"soort": "complex", "opp": "nee", "andere_setting": "nee", "voortraject": "nee"}
VRAGEN = [
    "Hoe houdt de leerkracht de leerling aan het werk na de instructie?",
    "Wat heeft deze leerling nodig om rustig de dag te beginnen?",
    "Hoe geven we deze leerling een plek in de groep?",
    "Hoe helpen we deze leerling om hulp te vragen?",
]


@contextmanager
def days_ago(days):
    """What happens in here happened some days ago: a demo in which everything is of today shows nothing."""
    then = timezone.now() - datetime.timedelta(days=days)
    with patch("django.utils.timezone.now", lambda: then):
        yield


def take(flow, name, pk, user, **answers):
    """A step, in the name of who takes it."""
    with acting_as(user):
        return flow.take(name, pk, user, **answers)


def ago(days):
    return vandaag() - datetime.timedelta(days=days)


def child(voornaam, achternaam, soort, groep, **more):
    """The answers for a leerling."""
    answers = LEERLING | {
        "niveau": "leerling", "soort": soort, "voornaam": voornaam, "achternaam": achternaam, "groep": groep,
        "geboortedatum": datetime.date(vandaag().year - 4 - groep, 3, 27), "ouders_akkoord_op": ago(20),
        "hulpvraag": VRAGEN[groep % 4], "al_gedaan": "Een weektaak en een vaste plek. Dat hielp een beetje.",
    }  # fmt: skip
    return answers | (COMPLEX if soort == "complex" else {}) | more


def file(ib, **answers):
    """A concept of this IB-er."""
    school = ib.aanstellingen.get(rol=Rol.IB).school
    with acting_as(ib):
        a = Aanmelding.objects.create(school=school, door=ib)
    take(AANMELDING, "beschrijven", a.pk, ib, **answers)
    return a


def send(ib, days=0, **answers):
    with days_ago(days):
        return take(AANMELDING, "indienen", file(ib, **answers).pk, ib)


def contact(a, user, step="oppakken", days=2):
    with days_ago(days):
        return take(AANMELDING, step, a.pk, user, eerste_contact_op=vandaag(), eerste_contact_met=str(a.door))


def visits(t, user, *days):
    for n, day in enumerate(days):
        soort = ("observatie", "overleg", "bezoek")[n % 3]
        with days_ago(day):
            take(TRAJECT, "bezoek", t.pk, user, soort=soort, minuten=(60, 90, 120)[n % 3], datum=vandaag())


def tell(people):
    """A school year in small."""
    p = type("People", (), people)
    file(p.Noor, niveau="leerling", soort="licht", voornaam="Tobias", hulpvraag="Hoe")
    zorg = {"niveau": "school", "soort": "basis", "thema": "zorgstructuur"}
    send(p.Noor, **zorg, hulpvraag="Hoe richten we de zorgstructuur in de onderbouw in?")
    send(p.Sam, 3, **child("Yara", "Voorbeeld", "complex", 5))
    send(p.Mila, 11, **child("Finn", "Verzonnen", "basis", 3))
    send(p.Lotte, **child("Puk", "Fictief", "licht", 4))
    groep = {"niveau": "groep", "groep": 7, "groep_naam": "7b", "leerkracht": "Meester Hans"}
    asked = send(
        p.Jip, **groep, soort="licht", hulpvraag="Hoe krijgen we rust in de groep?", al_gedaan="Regels gemaakt."
    )
    take(AANMELDING, "vragen", asked.pk, p.Olga, vraag="Wanneer is het onrustig? Bij de les of bij het wisselen?")
    contact(send(p.Sam, 6, **child("Lev", "Bedacht", "licht", 2)), p.Olga)
    done = contact(send(p.Noor, 12, **child("Isa", "Verzonnen", "basis", 6)), p.Olga, days=9)
    plan = "De school maakt zelf een plan."
    take(AANMELDING, "afronden", done.pk, p.Olga, afgerond_reden="school", afgerond_toelichting=plan)
    moved = send(p.Mila, **child("Bo", "Fictief", "basis", 4))
    take(AANMELDING, "intrekken", moved.pk, p.Mila, note="De leerling verhuist.")
    short(p)
    long(p)
    other_teams(p)


def short(p):
    """Basis and licht, carried out by the onderwijsspecialist."""
    a = contact(send(p.Noor, 16, **child("Mees", "Bedacht", "basis", 7)), p.Olga, days=12)
    with days_ago(11):
        t = take(AANMELDING, "starten_basis", a.pk, p.Olga, doel="Zelf beginnen met een taak", uitvoerder=p.Olga)
    visits(t, p.Olga, 10, 3)
    a = contact(send(p.Jip, 17, **child("Vera", "Voorbeeld", "licht", 5)), p.Olga, days=15)
    take(
        AANMELDING, "gesprek", a.pk, p.Olga, ab=p.Abel, gesprek_op=ago(14), gesprek_inzet="2 uur",
        gesprek_wie="Olga observeert, Abel denkt mee", gesprek_offerte="nee",
    )  # fmt: skip
    end = vandaag() + datetime.timedelta(weeks=9)
    t = take(
        AANMELDING, "starten_licht", a.pk, p.Olga, doel="Om hulp vragen", uitvoerder=p.Olga, verwachte_einddatum=end
    )
    visits(t, p.Olga, 13, 6)
    visits(t, p.Abel, 4)
    a = contact(send(p.Sam, 47, **child("Guus", "Verzonnen", "licht", 4)), p.Olga, days=40)
    t = take(
        AANMELDING, "starten_licht", a.pk, p.Olga, doel="Rustig starten", uitvoerder=p.Olga, verwachte_einddatum=end
    )
    visits(t, p.Olga, 35, 20, 8)
    take(TRAJECT, "evalueren", t.pk, p.Olga)
    take(TRAJECT, "afsluiten", t.pk, p.Olga, doel_behaald="ja", opbrengst="De ochtenden zijn rustig.")


def long(p):
    """Complex, in every phase; one with a voortraject that waits for the overdracht."""
    a = contact(send(p.Sam, 4, **child("Nora", "Fictief", "complex", 6, voortraject="ja")), p.Rosa, "oppakken_ab")
    t = a.trajecten.get()
    take(TRAJECT, "overleg", t.pk, p.Rosa, kort_overleg_op=ago(1), kort_overleg_met=p.Olga, voortraject=True)
    names = ["Siem", "Roos", "Teun", "Fleur", "Joep", "Kaat"]
    until = ["waarnemen", "begrijpen", "plannen", "uitvoeren", "evaluatie", "afgesloten"]
    for n, (name, phase) in enumerate(zip(names, until, strict=True)):
        ib, ab = (p.Noor, p.Jip, p.Mila)[n % 3], (p.Rosa, p.Abel)[n % 2]
        a = contact(send(ib, 62 + n, **child(name, "Verzonnen", "complex", n + 2)), ab, "oppakken_ab", days=60)
        carry_out(a.trajecten.get(), ab, p.Olga, until.index(phase))
    a = contact(send(p.Mila, 33, **child("Ties", "Bedacht", "complex", 8)), p.Abel, "oppakken_ab", days=30)
    take(TRAJECT, "stoppen", a.trajecten.get().pk, p.Abel, note="De leerling gaat naar een andere school.")


def carry_out(t, ab, os, phases, began=57):
    """A complex traject, so many phases far, a week each."""
    with days_ago(began):
        take(TRAJECT, "overleg", t.pk, ab, kort_overleg_op=vandaag(), kort_overleg_met=os, voortraject=False)
        take(TRAJECT, "starten", t.pk, ab)
    visits(t, ab, *(day for day in (began - 3, began - 10, began - 17) if day > 0))
    steps = [
        ("waargenomen", {"bevinding": "Kijkt veel rond en wacht op hulp."}),
        ("begrepen", {"onderwijsbehoeften": "Korte taken en een vast moment voor hulp."}),
        ("plannen", {"doel": "Zelfstandig starten", "afspraken": "De leerkracht geeft elke ochtend een kaart."}),
        ("evalueren_ab", {}),
        ("afsluiten_ab", {"doel_behaald": "deels", "opbrengst": "Meer zelf doen.", "afschrift_ouders_op": ago(1)}),
    ]
    for n, (name, answers) in enumerate(steps[:phases]):
        with days_ago(max(began - 18 - 7 * n, 0)):
            if name == "plannen":
                take(TRAJECT, "adviseren", t.pk, ab, tekst="Geef korte taken en spreek een vast moment af voor hulp.")
            take(TRAJECT, name, t.pk, ab, **answers)


def other_teams(p):
    send(p.Daan, **child("Ravi", "Bedacht", "complex", 3))
    a = contact(send(p.Saar, 5, **child("Lena", "Voorbeeld", "licht", 5)), p.Otto)
    end = vandaag() + datetime.timedelta(weeks=12)
    take(AANMELDING, "starten_licht", a.pk, p.Otto, doel="Samen spelen", uitvoerder=p.Otto, verwachte_einddatum=end)
    a = contact(send(p.Bram, 14, **child("Milo", "Fictief", "complex", 4)), p.Arie, "oppakken_ab", days=10)
    carry_out(a.trajecten.get(), p.Arie, p.Oda, 2, began=9)
