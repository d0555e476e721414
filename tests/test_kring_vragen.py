"""Every page of the hours of a kring asks the database the same 15 questions at most, however much there is."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Afstemming
from cases.roles import Role
from schools.models import Expertteam, Inzetafspraak, Kring, Middelen, Rol, School, Schooldeel, Schooljaar, Verdeling
from tests.alles import als_eigenaar
from tests.people import TODAY, person
from tests.walls.aanbod import joins, offered

PAGES = [
    ("kringen", "", Role.COORDINATOR), ("kringen", "?kring=Noord", Role.COORDINATOR), ("kringen", "", Role.OS),
    ("kringen", "?vorm=directie", Role.COORDINATOR), ("kringen", "?vorm=directie", Role.OS),
    ("verdeling", "", Role.COORDINATOR), ("inzet", "", Role.COORDINATOR),
    ("middelen", "", Role.COORDINATOR), ("middelen", "", Role.IB),
    ("afstemmingen", "?kring=Noord", Role.COORDINATOR), ("afstemmingen", "", Role.OS), ("afstemmingen", "", Role.IB),
    ("afstemming", "", Role.OS), ("afstemming", "", Role.COORDINATOR), ("afstemming", "", Role.IB),
    ("aanbod", "?kring=Noord", Role.COORDINATOR), ("aanbod", "", Role.OS), ("aanbod", "", Role.AB),
    ("aanbod", "", Role.IB),
    ("belasting", "", Role.COORDINATOR), ("belasting", "", Role.OS), ("belasting", "", Role.AED),
    ("tellen", "", Role.COORDINATOR), ("tellen", "?kring=Noord&deel=kwartaal-1", Role.COORDINATOR),
    ("tellen", "", Role.OS),
]  # fmt: skip


@pytest.fixture
def fill(make, people, world, concept, vast):
    """Some of everything that these pages are about, and each time more of it."""
    times = iter(range(10))

    def more():
        n = next(times)
        for _ in range(3):
            t = make["traject"]("waarnemen")
            make["contactmoment"](whole=t)
            make["besluit"](whole=Afstemming.objects.filter(gehouden=False).first(), aanmelding=t.aanmelding)
            make["aanmelding"]("ingediend", "licht", school="De Beek")
            make["afstemming"]("gehouden", datum=TODAY - datetime.timedelta(days=Afstemming.objects.count()))
            joins(offered(people), people)
        make["dagdeel"]()
        jaar = Schooljaar.objects.van(TODAY)
        middelen, _ = Middelen.objects.get_or_create(schooljaar=jaar, defaults={"per_leerling": 100})
        for m in range(n, n + 5):
            kring = Kring.objects.create(naam=f"Kring {n}-{m}")
            team = Expertteam.objects.create(naam=f"Team {n}-{m}", kring=kring)
            school = School.objects.create(naam=f"School {n}-{m}", brin6=f"98{n}{m:03}", team=team, plaats="Daar")
            Schooldeel.objects.create(middelen=middelen, school=school, bedrag=500)
            ab = person(f"ab{n}{m}@aed.test", "Ab", f"Nummer{n}{m}", (Rol.AB, {"team": world["merel"]}))
            Inzetafspraak.objects.create(schooljaar=jaar, expert=ab, team=world["merel"], uren=5)
        als_eigenaar("ANALYZE")

    make["afstemming"]("volgende")
    vast()
    vast(aed=100, vlieger=0, waarom="Minder")
    concept(aed=90, vlieger=0, waarom="Nog minder")
    assert Verdeling.objects.count() == 3
    return more


def test_no_page_asks_more_than_fifteen_times_or_more_when_there_is_more(client, people, fill):
    found = []
    for _ in range(2):
        fill()
        open_ = Afstemming.objects.get(gehouden=False).pk
        counts = {}
        for name, query, who in PAGES:
            client.force_login(people[who])
            client.get(reverse("hulp"))  # the first page of a session writes down that there is one
            with CaptureQueriesContext(connection) as queries:
                response = client.get(reverse(name, args=[open_] if name == "afstemming" else []) + query)
            assert response.status_code == 200, (name, who)
            counts[name, query, who] = len(queries) - 2  # but for the savepoint that only a test has
        found.append(counts)
    assert found[0] == found[1]
    assert {page: n for page, n in found[0].items() if n > 15} == {}
