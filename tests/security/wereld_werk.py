"""What stands around the dossiers of the random world: overleggen, routes, consulten, klassen, offertes, experts."""

import datetime

from cases.models import (
    Afspraak,
    Agendapunt,
    Betrokkene,
    Consult,
    Dagdeel,
    ExpertiseInDeKlas,
    Jeugdhulp,
    Offerte,
    Offerteregel,
    Overleg,
    Route,
)
from tests.people import TODAY

TABLES = ["overleg", "agendapunt", "afspraak", "route", "betrokkene", "jeugdhulp", "consult", "expertiseindeklas",
          "dagdeel", "offerte", "offerteregel"]  # fmt: skip


def around(dice, schools, people, whole, trajecten, number):
    """About so many of each, with people who may or may not have a role there."""

    def any_of(rows):
        return dice.sample(rows, min(number, len(rows)))

    at_table(dice, schools, people, any_of(whole))
    Route.objects.bulk_create(Route(aanmelding=a) for a in any_of(whole))
    beside(dice, people, any_of(trajecten))
    Consult.objects.bulk_create(
        Consult(traject=t, dossier=t.aanmelding, nummer="26-1", door=dice.choice(people), aan=dice.choice(people),
                vraag="V") for t in any_of(trajecten)
    )  # fmt: skip
    klassen = ExpertiseInDeKlas.objects.bulk_create(
        ExpertiseInDeKlas(traject=t, door=dice.choice(people), motivering="M") for t in any_of(trajecten)
    )
    Dagdeel.objects.bulk_create(Dagdeel(klas=k, datum=TODAY, werkwijze="coaching") for k in klassen)
    offertes = Offerte.objects.bulk_create(
        Offerte(school=dice.choice(schools), door=dice.choice(people), nummer=f"O26-{n:04}", soort="groep", vraag="V")
        for n in range(number)
    )
    Offerteregel.objects.bulk_create(
        Offerteregel(offerte=o, uitgave=1, omschrijving="O", uren=1, tarief=1) for o in offertes
    )


def at_table(dice, schools, people, some):
    """An OT for each, to which somebody may be invited who carries out nothing, and what was agreed there."""
    overleggen = Overleg.objects.bulk_create(
        Overleg(school=dice.choice(schools), door=dice.choice(people), datum=TODAY, tijd=datetime.time(14))
        for _ in some
    )
    Agendapunt.objects.bulk_create(
        Agendapunt(overleg=o, aanmelding=a, state=dice.choice(["gepland", "vervallen"]), doel="D", ab_reden="R",
                   ab=dice.choice([None, dice.choice(people)])) for o, a in zip(overleggen, some, strict=True)
    )  # fmt: skip
    Afspraak.objects.bulk_create(
        Afspraak(aanmelding=a, door=dice.choice(people), wie=dice.choice(people), wat="W", wanneer=TODAY) for a in some
    )


def beside(dice, people, some):
    """Who was brought into a traject, whatever he is now, and the jeugdhulp that was asked."""
    known = {"overleg_os_op": TODAY, "overleg_ib_op": TODAY}
    Betrokkene.objects.bulk_create(
        Betrokkene(traject=t, door=t.uitvoerder, expert=dice.choice(people), expertise="E", **known) for t in some
    )
    Jeugdhulp.objects.bulk_create(
        Jeugdhulp(traject=t, door=t.uitvoerder, op=TODAY, partij="P", ouders_akkoord_op=TODAY) for t in some
    )
