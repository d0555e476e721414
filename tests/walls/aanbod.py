"""How the walls of the aanbod in the kring are run into: full is full, and a kring is a kring."""

from cases.models import Aanbod, Deelname
from cases.models.aanbod import ANDERE_KRING, TE_WEINIG, VOL, WEG, ZELF
from cases.roles import Role
from schools.models import School

TEKST = {"soort": "training", "titel": "Rekenspel", "omschrijving": "Een middag met spellen.", "wanneer": "In mei"}


def offered(people, school="De Berg", **fields):
    """An aanbod of De Berg, with one place."""
    school = school and School.objects.get(naam=school)
    kring = School.objects.get(naam="De Berg").team.kring
    return Aanbod.objects.create(
        **TEKST | {"school": school, "kring": kring, "door": people[Role.IB], "plekken": 1} | fields
    )


def joins(aanbod, people, school="Het Dal"):
    return Deelname.objects.create(aanbod=aanbod, school=School.objects.get(naam=school), door=people[None])


def changed(**fields):
    def breach(make, people):
        a = offered(people)
        return lambda: Aanbod.objects.filter(pk=a.pk).update(**fields)

    return breach


def joining(school="Het Dal", first="", **fields):
    """A school joins, after another one did."""

    def breach(make, people):
        a = offered(people, **fields)
        if first:
            joins(a, people, first)
        return lambda: joins(a, people, school)

    return breach


def fewer_places(make, people):
    a = offered(people, plekken=2)
    joins(a, people), joins(a, people, "De Beek")
    return lambda: Aanbod.objects.filter(pk=a.pk).update(plekken=1)


CONSTRAINTS = {
    "aanbod_soort": ("Kies wat voor aanbod het is.", changed(soort="feest")),
    "aanbod_tekst": ("Vul in hoe het heet, wat het inhoudt, en wanneer het is.", changed(titel="")),
    "aanbod_plekken": ("Vul een aantal in van 1 tot 50.", changed(plekken=0)),
    "deelname_een_per_school": ("Jullie doen al mee.", joining(first="Het Dal", plekken=3)),
}
TRIGGERS = {
    "Aanbod:van_de_kring": (ANDERE_KRING, lambda make, people: lambda: offered(people, "De Duin")),
    "Aanbod:niet_minder": (TE_WEINIG, fewer_places),
    "Deelname:vol": (VOL, joining(first="De Beek")),
    "Deelname:weg": (WEG, joining(weg=True)),
    "Deelname:zelf": (ZELF, joining("De Berg")),
    "Deelname:van_de_kring": (ANDERE_KRING, joining("De Duin")),
}
