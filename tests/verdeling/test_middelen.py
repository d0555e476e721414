"""The money of a school, for information: an amount for each leerling, and the schooldeel of the old rugzakken."""

from functools import partial

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases.roles import Role
from expertteam import sleutel
from schools.models import Leerlingaantal, Middelen, Rol, School, Schooldeel, Schooljaar
from tests.alles import closed
from tests.people import person
from tests.verdelen import JAAR, cells


@pytest.fixture
def scholen(world):
    found = {school.naam: school for school in School.objects.all()}
    for naam, aantal in [("De Berg", 200), ("Het Dal", 90)]:
        Leerlingaantal.objects.create(school=found[naam], jaar=JAAR, aantal=aantal)
    return found


@pytest.fixture
def kies(coen, scholen):
    return partial(coen, "middelen")


def example(scholen, **more):
    return {"per_leerling": "100", f"school-{scholen['De Berg'].brin6}": "12500,50"} | more


@pytest.mark.regel("A-13")
def test_each_school_has_its_leerlingen_times_the_amount_and_its_schooldeel(kies, scholen):
    assert "De bedragen van dit schooljaar zijn nog niet ingevuld." in kies()
    page = kies(**example(scholen))
    assert f"De middelen van {Schooljaar(begin=JAAR)} zijn opgeslagen." in page
    assert ["De Berg", "200", "€\u00a020.000,00", "€\u00a012.500,50", "€\u00a032.500,50"] in cells(page)
    assert ["Het Dal", "90", "€\u00a09.000,00", "€\u00a00,00", "€\u00a09.000,00"] in cells(page)
    assert ["Het Eiland", "onbekend", "€\u00a00,00", "€\u00a00,00", "€\u00a00,00"] in cells(page)
    assert "Ter informatie." in page
    kies(per_leerling="99,95")
    assert [(m.per_leerling, m.schooldelen.count()) for m in Middelen.objects.all()] == [(9995, 0)]


@pytest.mark.regel("A-13")
def test_an_ib_er_reads_those_of_her_own_school_and_changes_nothing(kies, scholen, client, people):
    kies(**example(scholen, **{f"school-{scholen['Het Dal'].brin6}": "7"}))
    client.force_login(people[Role.IB])
    page = client.get(reverse("middelen")).content.decode()
    assert [row[0] for row in cells(page)] == ["School", "De Berg"]
    assert ["De Berg", "200", "€\u00a020.000,00", "€\u00a012.500,50", "€\u00a032.500,50"] in cells(page)
    assert "Bedragen opslaan" not in page
    answers = {"per_leerling": "5", "sleutel": sleutel.make(people[Role.IB])}
    assert client.post(reverse("middelen"), answers).status_code == 403
    with closed(people[Role.IB]):
        assert [deel.bedrag for deel in Schooldeel.objects.all()] == [1_250_050]
        assert Middelen.objects.update(per_leerling=5) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Schooldeel.objects.create(middelen=Middelen.objects.get(), school=scholen["De Beek"], bedrag=1)


@pytest.mark.parametrize("who", [Role.OS, Role.AB, Role.AED, Role.GW, "coordinator of a kring"])
def test_the_page_is_for_nobody_else(people, client, world, who):
    own = (Rol.COORDINATOR, {"kring": world["noord"]})
    client.force_login(people[who] if who in people else person("cor@ppo.test", "Cor", "Een", own))
    assert client.get(reverse("middelen")).status_code == 403


@pytest.mark.parametrize("wrong", ["veel", "-1", "1.380", "12,345", ""])
def test_what_is_no_amount_is_refused_and_stays_as_typed(kies, scholen, wrong):
    page = kies(**example(scholen, per_leerling=wrong))
    assert "Vul het bedrag per leerling in met cijfers. Bijvoorbeeld 100 of 12500,50." in page
    assert ('value="12500,50"' in page, Middelen.objects.count()) == (True, 0)
    if wrong:
        page = kies(**example(scholen, **{f"school-{scholen['De Berg'].brin6}": wrong}))
        assert "Vul het bedrag van De Berg in met cijfers. Bijvoorbeeld 100 of 12500,50." in page
        assert Middelen.objects.count() == 0


def test_the_page_asks_as_much_for_many_schools_as_for_few(kies, scholen, client, django_assert_max_num_queries):
    School.objects.bulk_create(School(naam=f"School {n}", brin6=f"98ZZ{n:02}") for n in range(50))
    kies(**example(scholen))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("middelen")).status_code == 200
