"""How the walls of the afstemming are run into: who was there, what is history, and the hours of the pot."""

import datetime

from django.db import connection

from cases.models import Afstemming, Afstemmingsbesluit
from cases.models.afstemming import AL_BESLOTEN, ANDERE_KRING, GEHOUDEN, NIET_OPEN, NOG_NIET, VOORBIJ, WIE
from cases.models.offerte import KWARTIER
from cases.models.pot import NIET_VRIJ
from cases.roles import Role
from schools.models import Schooljaar
from tests.people import TODAY, pot
from tests.walls.ways import change, twice

EERSTE = Schooljaar.of(TODAY).eerste_dag
DAGEN = [EERSTE + datetime.timedelta(days=n) for n in (1, 2, 3)]  # three days of one schooljaar


def besluit(**fields):
    """A besluit about a vraag that waits, which these fields then break."""

    def breach(make, people):
        row = make["besluit"]()
        pot(row.afstemming.kring)
        return lambda: Afstemmingsbesluit.objects.filter(pk=row.pk).update(**fields)

    return breach


def new(school="De Berg", state="ingediend", uren=0, hours=10):
    """A new besluit about a vraag of this school, in a kring with these hours."""

    def breach(make, people):
        vraag, f = make["aanmelding"](state, "complex", school), make["afstemming"]()
        pot(f.kring, hours)
        given = {"afstemming": f, "aanmelding": vraag, "besluit": "eerst", "door": people[Role.OS]}
        return lambda: Afstemmingsbesluit.objects.create(**given, uren=uren)

    return breach


def after_it_was(make, people):
    row = make["besluit"]()
    Afstemming.objects.filter(pk=row.afstemming_id).update(gehouden=True, aanwezig="Sam Ibema")
    return lambda: Afstemmingsbesluit.objects.filter(pk=row.pk).update(besluit="later")


def same(make):
    return {"datum": TODAY}


def same_vraag(make, people):
    row = make["besluit"]()
    return lambda: make["besluit"](whole=row.afstemming, aanmelding=row.aanmelding)


def past_another(make, people):
    """A planned one with a besluit goes past the next, which would then no longer be the last."""
    row = make["besluit"](whole=make["afstemming"](datum=DAGEN[0]))
    make["afstemming"](datum=DAGEN[1])
    return lambda: Afstemming.objects.filter(pk=row.afstemming_id).update(datum=DAGEN[2])


def taken_away(state="gepland"):
    def breach(make, people):
        row = make["besluit"](whole=make["afstemming"]("volgende"))
        f = make["afstemming"]("gehouden") if state == "gehouden" else row.afstemming

        def delete():
            with connection.cursor() as cursor:  # what refers to it looks at once, and not at the end of the test
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            Afstemming.objects.filter(pk=f.pk)._raw_delete(using="default")

        return delete

    return breach


CONSTRAINTS = {
    "afstemming_een_per_dag": ("Op die dag is er al een afstemming van deze kring.", twice("afstemming", same)),
    "afstemming_aanwezig": (WIE, change("afstemming", "gepland", gehouden=True)),
    "besluit_een_per_vraag": ("Over deze vraag is in deze afstemming al besloten.", same_vraag),
    "besluit_bestaat": ("Kies eerst, later of anders.", besluit(besluit="ooit")),
    "besluit_uren": ("Vul het aantal uren in met cijfers. Bijvoorbeeld 6,5.", besluit(uren=-1)),
    "besluit_kwartier": (KWARTIER, besluit(uren="0.10")),
}
TRIGGERS = {
    "Afstemming:geweest_is_geweest": (GEHOUDEN, change("afstemming", "gehouden", verslag="Toch anders.")),
    "Afstemming:al_besloten": (AL_BESLOTEN, taken_away()),
    "Afstemming:voorbij": (VOORBIJ, past_another),
    "Afstemming:nog_niet": (NOG_NIET, change("afstemming", "volgende", gehouden=True, aanwezig="Sam Ibema")),
    "Afstemmingsbesluit:geweest": (GEHOUDEN, after_it_was),
    "Afstemmingsbesluit:open_vraag": (NIET_OPEN, new(state="afgerond")),
    "Afstemmingsbesluit:van_de_kring": (ANDERE_KRING, new(school="De Duin")),
    "Afstemmingsbesluit:uren_vrij": (NIET_VRIJ, new(uren="10.25")),
}
