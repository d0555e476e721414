"""How the walls of the afstemming are run into: who was there, what is history, and the hours of the pot."""

from cases.models import Afstemming, Afstemmingsbesluit
from cases.models.afstemming import ANDERE_KRING, GEHOUDEN, NIET_OPEN, NOG_NIET, WIE
from cases.models.offerte import KWARTIER
from cases.models.pot import NIET_VRIJ
from cases.roles import Role
from tests.people import TODAY, pot
from tests.walls.ways import change, twice


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
    "Afstemming:nog_niet": (NOG_NIET, change("afstemming", "volgende", gehouden=True, aanwezig="Sam Ibema")),
    "Afstemmingsbesluit:geweest": (GEHOUDEN, after_it_was),
    "Afstemmingsbesluit:open_vraag": (NIET_OPEN, new(state="afgerond")),
    "Afstemmingsbesluit:van_de_kring": (ANDERE_KRING, new(school="De Duin")),
    "Afstemmingsbesluit:uren_vrij": (NIET_VRIJ, new(uren="10.25")),
}
