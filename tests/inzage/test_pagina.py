"""The page that says who saw a dossier: it is the rows, all of them, for who may see it."""

import datetime

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Inzage, InzageMetReden
from cases.roles import Role
from cases.views import inzage as views
from schools.models import vandaag
from tests.alles import closed
from tests.inzage.kijken import LAST_MONTH, gezien, moment
from tests.people import met_reden, ontsla


def page_of(client, user, a, **query):
    client.force_login(user)
    return client.get(reverse("inzage", args=[a.pk]), query)


def visit(client, user, a, page="detail"):
    client.force_login(user)
    args = {"detail": ["aanmelding", a.pk], "step": ["aanmelding", a.pk, "oppakken_ab"]}[page]
    assert client.get(reverse(page, args=args)).status_code == 200


def lines(response):
    return [(r["wie"], r["wat"], r["aantal"]) for r in response.context["page"].object_list]


def test_one_view_is_one_row_and_stands_on_the_page(people, make, client):
    a = make["aanmelding"]("ingediend")
    visit(client, people[Role.OS], a)
    visit(client, people[Role.TEAM], a)
    response = page_of(client, people[Role.IB], a)
    assert lines(response) == [("Tess Smit", "Het dossier", 1), ("Olga Specht", "Het dossier", 1)]
    body = response.content.decode()
    for text in ["Eigen werk als Onderwijsspecialist", "Team Merel", f"<strong>{a}</strong> · De Berg"]:
        assert text in body
    assert Inzage.objects.filter(dossiers__contains=[a.pk]).count() == 3  # with this page itself
    assert lines(page_of(client, people[Role.OS], a))[0] == ("Sam Ibema", "De lijst van inzage", 1)


def test_the_same_look_on_one_day_is_one_line(people, make, client):
    a, os = make["aanmelding"]("ingediend"), people[Role.OS]
    day = moment(LAST_MONTH)
    for hour in (9, 11, 15):
        gezien(os, a, op=day.replace(hour=hour))
    gezien(os, a, op=day.replace(hour=16), deel="stap")
    gezien(os, a, op=day + datetime.timedelta(days=1))
    response = page_of(client, people[Role.IB], a)
    assert lines(response) == [
        ("Olga Specht", "Het dossier", 1), ("Olga Specht", "Een stap in het dossier", 1),
        ("Olga Specht", "Het dossier", 3),
    ]  # fmt: skip
    assert "3 keer, 09.00 tot 15.00 uur" in response.content.decode()


def total(response):
    return sum(r["aantal"] for r in response.context["page"].object_list)


def test_the_page_holds_every_row_and_the_count_sees_one_that_is_left_out(people, make, client, monkeypatch):
    a, b = make["aanmelding"]("ingediend"), make["aanmelding"]("ingediend")
    for page in ("detail", "step", "detail"):
        visit(client, people[Role.OS], a, page)
    client.get(reverse("werklijst"))
    visit(client, people[Role.OS], b)
    rows = Inzage.objects.filter(dossiers__contains=[a.pk]).count()
    assert (rows, total(page_of(client, people[Role.IB], a))) == (4, 4)
    looks = views.looks
    monkeypatch.setattr(views, "looks", lambda a, **period: looks(a, **period).exclude(deel="lijst"))  # broken
    assert total(page_of(client, people[Role.IB], a)) == 4  # the visit just before, and without the list


WHO = {Role.IB: 200, Role.OS: 200, Role.AB: 404, Role.TEAM: 404, Role.COORDINATOR: 404, None: 404}


def answers(client, people, a):
    return {who: page_of(client, people[who], a).status_code for who in WHO}


def test_the_school_and_the_onderwijsspecialist_see_the_page_and_nobody_else(people, make, client, monkeypatch, world):
    a = make["aanmelding"]("ingediend")
    gezien(people[Role.OS], a)
    assert answers(client, people, a) == WHO
    assert page_of(client, met_reden(a.pk, world["spreeuw"]), a).status_code == 404
    monkeypatch.setattr(views, "SEES_INZAGE", Q())  # broken on purpose
    broken = page_of(client, people[Role.TEAM], a)
    assert (broken.status_code, lines(broken)) == (200, [])  # and behind it stands the wall of the database
    with closed(people[Role.TEAM]):
        assert Inzage.objects.exclude(door=people[Role.TEAM]).count() == 0


def test_the_coordinator_sees_the_page_where_there_is_no_onderwijsspecialist(people, make, client):
    a = make["aanmelding"]("ingediend")
    ontsla(people[Role.OS])
    assert page_of(client, people[Role.COORDINATOR], a).status_code == 200


def test_a_period_shows_the_days_within_it(people, make, client):
    a, today = make["aanmelding"]("ingediend"), vandaag()
    for days in (0, 5, 10):
        at = datetime.datetime.combine(today - datetime.timedelta(days=days), datetime.time(0, 5), moment(today).tzinfo)
        gezien(people[Role.OS], a, op=at, waarom=f"Dag {days}")

    def why(**query):
        response = page_of(client, people[Role.OS], a, **query)
        return [r["waarom"] for r in response.context["page"].object_list if r["waarom"].startswith("Dag")]

    day = [(today - datetime.timedelta(days=n)).isoformat() for n in range(11)]
    assert why() == ["Dag 0", "Dag 5", "Dag 10"]
    assert why(van=day[5]) == ["Dag 0", "Dag 5"]
    assert why(tot=day[5]) == ["Dag 5", "Dag 10"]
    assert why(van=day[9], tot=day[1]) == ["Dag 5"]
    assert why(van=day[9], tot=day[8]) == []


@pytest.mark.parametrize(("van", "tot", "sentence"), [
    ("31-2-2026", "", "Deze datum bestaat niet."),
    ("2026-03-02", "2026-03-01", "De laatste dag ligt voor de eerste. Draai ze om."),
])  # fmt: skip
def test_a_period_that_cannot_be_is_told(people, make, client, van, tot, sentence):
    a = make["aanmelding"]("ingediend")
    assert sentence in page_of(client, people[Role.IB], a, van=van, tot=tot).content.decode()


def test_a_look_with_a_reason_stands_out(people, make, client, world):
    a = make["aanmelding"]("ingediend")
    rene = met_reden(a.pk, world["spreeuw"])
    visit(client, people[Role.OS], a)
    visit(client, rene, a)
    body = page_of(client, people[Role.IB], a).content.decode()
    assert body.count('class="et-opvallend"') == 1
    assert "Met reden: De ouders bellen en Olga is er niet" in body
    assert InzageMetReden.objects.get().gezien.get().door == rene


def test_more_than_two_hundred_lines_are_turned_over(people, make, client):
    a = make["aanmelding"]("ingediend")
    for n in range(201):
        gezien(people[Role.OS], a, waarom=f"Reden {n}")
    response = page_of(client, people[Role.IB], a)
    assert len(lines(response)) == 200
    assert "Bladzijde 1 van 2" in response.content.decode()


def test_the_page_asks_as_much_for_one_row_as_for_fifty(people, make, client):
    a, counts = make["aanmelding"]("ingediend"), []
    page_of(client, people[Role.IB], a)
    for many in (1, 2, 47):
        for n in range(many):
            gezien(people[Role.OS], a, waarom=f"Reden {len(counts)} {n}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("inzage", args=[a.pk]))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize(("who", "shown"), [(Role.IB, 1), (Role.OS, 1), (Role.TEAM, 0)])
def test_the_dossier_links_to_the_page_for_who_may_see_it(people, make, client, who, shown):
    a = make["aanmelding"]("ingediend")
    client.force_login(people[who])
    body = client.get(reverse("detail", args=["aanmelding", a.pk])).content.decode()
    assert body.count(f'href="{reverse("inzage", args=[a.pk])}"') == shown
