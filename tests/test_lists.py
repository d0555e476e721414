"""Every list asks the database the same number of questions, however long it is; and says the right things."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Aanmelding
from cases.roles import Role
from schools.models import Schooljaar, Urenbudget
from tests.alles import als_eigenaar
from tests.people import TODAY, person

LISTS = [
    ("werklijst", Role.OS), ("mijn_aanmeldingen", Role.IB), ("vandaag", Role.AB), ("vandaag", Role.TEAM),
    ("uren", Role.AB), ("kringen", Role.COORDINATOR), ("kringen", Role.OS), ("zoeken", Role.OS), ("hulp", Role.IB),
    ("offertes", Role.IB), ("offertes", Role.AED), ("offertes", Role.OS),
    ("overleggen", Role.IB), ("overleggen", Role.OS), ("overleggen", Role.AB), ("overleg_nieuw", Role.IB),
    ("consulten", Role.GW), ("tellen", Role.COORDINATOR), ("tellen", Role.OS),
]  # fmt: skip
MOST = 16  # three of them for what asks for attention, on the pages where people begin


def fill(make, many):
    """So many of everything that stands in a list."""
    for n in range(many):
        make["aanmelding"]("concept", ("basis", "licht", "complex")[n % 3])
        make["aanmelding"]("ingediend", ("complex", "licht", "basis")[n % 3])
        make["aanmelding"]("afgerond", "basis")
        make["contactmoment"](whole=make["traject"]("waarnemen"))
        make["traject"]("voorbereiding")
        make["traject"]("afgesloten")
        make["offerte"](("gevraagd", "uitgebracht", "afgerond")[n % 3])


def meet(make, people, many):
    """So many OT's, with a leerling on each agenda and afspraken that each of her people made."""
    for _ in range(many):
        deep = {"ab": people[Role.AB], "ab_reden": "Kent haar goed"}
        punt = make["agendapunt"]("voorbereid", **deep)
        for who in (Role.IB, Role.OS, Role.AB):
            make["afspraak"](aanmelding=punt.aanmelding, agendapunt=punt, wie=people[who])
        make["overleg"]("vastgesteld")


def asked(client, page):
    """How many statements one visit takes, but for the savepoint around it that only a test has."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        if page == "zoeken":
            response = client.post(reverse(page), {"q": "voorbeeld"})
        else:
            response = client.get(reverse(page))
    assert response.status_code == 200
    return len(queries) - 2


@pytest.mark.parametrize(("page", "who"), LISTS, ids=lambda value: str(value))
def test_a_list_asks_as_much_for_one_row_as_for_fifty(people, make, client, page, who):
    client.force_login(people[who])
    client.get(reverse("hulp"))  # the first page of a session writes down that there is one
    counts, made, whole = [], 0, make["traject"]("waarnemen")
    for many in (1, 3, 50):
        fill(make, many - made)
        if page.startswith("overleg"):
            meet(make, people, min(many, 10) - min(made, 10))
        for _ in range(made, many):
            make["consult"](whole=whole)
            make["afspraak"](aanmelding=whole.aanmelding, wie=people[who])
        als_eigenaar("ANALYZE")  # else the plans are for the empty tables that autovacuum may have seen meanwhile
        made = many
        counts.append(asked(client, page))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST


def test_that_count_sees_a_question_for_each_row(people, make, client, monkeypatch):
    """The broken twin: a row that fetches its school by itself."""
    client.force_login(people[Role.OS])
    monkeypatch.setattr(Aanmelding, "over", property(lambda a: Aanmelding.objects.get(pk=a.pk).school.naam))
    fill(make, 1)
    few = asked(client, "werklijst")
    fill(make, 2)
    assert asked(client, "werklijst") > few


def test_the_worklist_begins_with_who_waits_longest(gewone_weken, people, make, client):
    old = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=20)
    for name, sent in [
        ("Eva", old + datetime.timedelta(days=9)),
        ("Abe", old),
        ("Zoë", old + datetime.timedelta(days=19)),
    ]:
        make["aanmelding"]("ingediend", "licht", voornaam=name, ingediend_op=sent)
    make["aanmelding"]("opgepakt", "licht", voornaam="Kim", ingediend_op=old - datetime.timedelta(days=90))
    client.force_login(people[Role.OS])
    response = client.get(reverse("werklijst"))
    assert [r.aanmelding.voornaam for r in response.context["regels"]] == ["Abe", "Eva", "Zoë", "Kim"]
    assert [r.lang for r in response.context["regels"]] == [True, True, False, False]
    assert response.content.decode().count("Wacht lang") == 2


def test_the_tabs_count_and_show_the_same(people, make, client):
    fill(make, 2)
    make["aanmelding"]("ingediend", "licht", vraag_open=True)
    client.force_login(people[Role.OS])
    shown = {}
    for tab in ["open", "nieuw", "vraag", "opgepakt", "loopt", "klaar"]:
        response = client.get(reverse("werklijst"), {"status": tab})
        counts = {name: count for name, _, count, _ in response.context["tabs"]}
        shown[tab] = len(response.context["regels"])
        assert counts[tab] == shown[tab]
    assert shown == {"open": 7, "nieuw": 2, "vraag": 1, "opgepakt": 2, "loopt": 2, "klaar": 4}


def test_a_filter_shows_one_school_or_one_soort_and_can_be_wiped(people, make, client):
    make["aanmelding"]("ingediend", "licht")
    make["aanmelding"]("ingediend", "basis", school="Het Dal", door=people[None])
    client.force_login(people[Role.OS])
    response = client.get(reverse("werklijst"), {"school": "99ZZ01"})
    assert [r.aanmelding.school.naam for r in response.context["regels"]] == ["Het Dal"]
    response = client.get(reverse("werklijst"), {"soort": "licht", "school": "99ZZ01"})
    assert "0 aanmeldingen met deze filters." in response.content.decode()
    assert len(client.get(reverse("werklijst"), {"school": "99ZZ03", "soort": "x"}).context["regels"]) == 2


@pytest.mark.parametrize("q", ["26-", "voorbeeld", "VOORBEELD", "berg"])
def test_search_finds_by_number_school_and_achternaam(people, make, client, q):
    make["aanmelding"]("ingediend", nummer="26-0143")
    client.force_login(people[Role.OS])
    found = client.post(reverse("zoeken"), {"q": "26-0143" if q == "26-" else q}).context["regels"]
    assert [r.aanmelding.nummer for r in found] == ["26-0143"]


@pytest.mark.parametrize(("q", "sentence"), [
    ("wlig", "0 resultaten voor ‘wlig’"), ("w", "Typ minstens 2 tekens."), ("a\0b", "0 resultaten voor ‘ab’"),
    ("%", "Typ minstens 2 tekens."),
])  # fmt: skip
def test_search_that_finds_nothing_says_what_to_do(people, client, q, sentence):
    client.force_login(people[Role.OS])
    assert sentence in client.post(reverse("zoeken"), {"q": q}).content.decode()


@pytest.mark.regel("A-9")
def test_the_kringoverzicht_adds_up(people, make, world, client):
    make["contactmoment"](minuten=90)
    make["contactmoment"](minuten=45)
    make["contactmoment"]("vervallen", minuten=600)
    make["aanmelding"]("ingediend", "licht", school="De Beek", door=person("bo@beek.test", "Bo", "Beekman"))
    jaar = Schooljaar.objects.van(TODAY)
    Urenbudget.objects.create(kring=world["noord"], schooljaar=jaar, uren=100)
    client.force_login(people[Role.COORDINATOR])
    alle = client.get(reverse("kringen"))
    assert [(t.naam, t.minuten, t.open, t.trajecten) for _, t in alle.context["totals"]] == [
        ("Noord", 135, 1, 3),
        ("Zuid", 0, 0, 0),
    ]
    een = client.get(reverse("kringen"), {"kring": "Noord"}).content.decode()
    assert "de kring gebruikte <strong>2,25</strong> van de <strong>100</strong> uren" in een
    assert "De uren zijn van de hele kring. Ze zijn niet verdeeld per school." in een
    assert "Yara" not in een


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_demo_fills_every_list(settings):
    settings.DEBUG = True
    call_command("demo")
    assert {a.state for a in Aanmelding.objects.order_by("pk")} == set(Aanmelding.State)
    call_command("demo")
    assert Aanmelding.objects.filter(state="concept").count() == 1


def test_vandaag_begins_with_the_school_of_the_last_visit(people, make, client):
    for n, school in enumerate(["De Berg", "De Beek", "Het Dal"]):
        whole = make["aanmelding"]("gestart", school=school)
        day = TODAY - datetime.timedelta(days=abs(n - 1))
        make["contactmoment"](whole=make["traject"]("waarnemen", whole=whole), datum=day)
    client.force_login(people[Role.AB])
    page = client.get(reverse("vandaag"))
    assert [school.naam for school, _ in page.context["groups"]] == ["De Beek", "De Berg", "Het Dal"]
    assert page.content.decode().count("Laatste school: De Beek") == 1
    assert page.content.decode().count("Laatste school") == 1


def test_vandaag_without_a_visit_has_no_last_school(people, make, client):
    make["traject"]("waarnemen")
    client.force_login(people[Role.AB])
    assert "Laatste school" not in client.get(reverse("vandaag")).content.decode()


@pytest.mark.regel("B-4")
def test_licht_past_its_end_date_asks_the_onderwijsspecialist_how_to_go_on(people, make, client):
    yesterday = TODAY - datetime.timedelta(days=1)
    late = make["traject"]("lopend", "licht", verwachte_einddatum=yesterday)
    make["traject"]("lopend", "licht", verwachte_einddatum=TODAY)
    client.force_login(people[Role.OS])
    response = client.get(reverse("werklijst"))
    assert [(r.voorbij, r.jij) for r in response.context["regels"]] == [(True, True), (False, False)]
    assert response.content.decode().count("Einddatum voorbij") == 1
    page = client.get(reverse("detail", args=["traject", late.pk])).content.decode()
    for step in ["evalueren", "verlengen", "omzetten"]:
        assert page.count(f'href="{reverse("step", args=["traject", late.pk, step])}"') == 2
    client.force_login(people[Role.AB])
    assert "De einddatum is voorbij" not in client.get(reverse("detail", args=["traject", late.pk])).content.decode()


def test_a_meeting_asks_one_question_more_for_each_leerling(people, make, client):
    """Who may do what is agreed: that differs for each of them; all else is asked for all together."""
    client.force_login(people[Role.IB])
    client.get(reverse("hulp"))
    ot, counts = make["overleg"](), []
    for _ in range(3):
        punt = make["agendapunt"]("voorbereid", whole=ot)
        make["contactmoment"](whole=punt.aanmelding.trajecten.get())
        make["afspraak"](aanmelding=punt.aanmelding)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("vergaderen", args=[ot.pk])).status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0], counts[0] + 1, counts[0] + 2]
    assert counts[0] <= MOST + 3


def test_the_ots_that_come_stand_in_the_order_of_the_calendar_and_what_has_been_the_other_way_round(
    people, make, client
):
    day = datetime.timedelta(days=1)
    for n in (3, 1, 2):
        make["overleg"](datum=TODAY + n * day)
        make["overleg"]("vastgesteld", datum=TODAY - n * day)
    client.force_login(people[Role.OS])
    response = client.get(reverse("overleggen"))
    assert [(o.datum - TODAY).days for o in response.context["komt"]] == [1, 2, 3]
    assert [(o.datum - TODAY).days for o in response.context["geweest"]] == [-1, -2, -3]
    assert 'href="/overleg/"' in client.get(reverse("werklijst")).content.decode()
    client.force_login(people[Role.IB])
    assert [link["label"] for link in client.get(reverse("overleggen")).context["nav"]][:2] == [
        "Mijn aanmeldingen",
        "OT",
    ]
    client.force_login(people[None])
    assert "Er is geen OT gepland." in client.get(reverse("overleggen")).content.decode()
