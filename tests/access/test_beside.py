"""Beside the walk: the beheer, rights that end, a file of another dossier, a form without its token."""

from contextlib import nullcontext

import pytest
from django.test import Client
from django.urls import reverse

from expertteam import sleutel
from schools.models import Kring, Rol
from schools.models.mensen import AanstellingQuerySet
from tests import alles
from tests.access.addresses import routes
from tests.access.sight import fingerprint, undone
from tests.gelijk import vergeet
from tests.people import ontsla, stel_aan

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")


def browser(user, **options):
    client = Client(**options)
    if user:
        client.force_login(user)
    return client


def admin_urls():
    """Every address of the beheer, with a key that exists."""
    key = Kring.objects.get(naam="Noord").pk
    fill = {"object_id": key, "content_type_id": 1, "app_label": "schools"}
    for name, pattern in routes():
        if name.startswith("admin:") and name != "admin:":
            names = [*pattern.pattern.converters, *pattern.pattern.regex.groupindex]
            yield name, reverse(name, kwargs={n: fill[n] for n in names})
    yield "admin:", "/beheer/bestaat-niet/"


def answers(client, urls):
    """(name, status) of the addresses that are not closed."""
    for name, url in urls:
        for method in (client.get, client.post):
            with undone():
                response = method(url)
            shut = response.status_code == 403 or response.get("Location", "").startswith(("/beheer/", "/inloggen/"))
            if not shut:
                yield name, response.status_code


def test_the_beheer_is_closed_for_everybody_but_the_beheerder(town):
    urls = [*admin_urls()]
    assert len(urls) > 50
    found = {
        who: [*answers(browser(user), urls if who in {"coordinator", "anoniem"} else urls[:1])]
        for who, user in town["people"].items()
        if who != "beheerder"
    }
    assert {who: wrong for who, wrong in found.items() if wrong} == {}


def test_the_beheerder_keeps_no_groups_and_no_addresses_and_the_check_sees_an_open_page(town):
    urls = [(n, u) for n, u in admin_urls() if n.startswith(("admin:auth", "admin:account"))]
    beheerder = browser(town["people"]["beheerder"])
    assert [*answers(beheerder, urls)] == []
    assert [*answers(beheerder, [("admin:index", "/beheer/")])] == [("admin:index", 200)] * 2


def before_and_after(town, who, elsewhere):
    """What somebody gets on his page, and at the next request when his aanstelling has ended meanwhile."""
    user, pk = town["people"][who], town["pk"]["eigen", "concept" if who == "ib" else "loopt.traject"]
    url = reverse("beschrijven", args=[pk]) if who == "ib" else reverse("step", args=["traject", pk, "bezoek"])
    client = browser(user)
    first = client.get(url).status_code
    with undone():
        ontsla(user)
        if elsewhere:
            stel_aan(user, Rol.GW)
        before = fingerprint()
        sent = client.post(url, {"soort": "bezoek", "minuten_0": "60", "datum": "vandaag", "niveau": "groep"})
        return first, sent.status_code, client.get(url).status_code, before == fingerprint()


def test_a_right_that_ends_ends_at_the_next_request(town, monkeypatch):
    """Who has no role any more is logged out; who has another, finds nothing."""
    people = ("ib", "os", "ab")
    assert {who: before_and_after(town, who, False) for who in people} == dict.fromkeys(people, (200, 403, 302, True))
    assert {who: before_and_after(town, who, True) for who in people} == dict.fromkeys(people, (200, 404, 404, True))
    monkeypatch.setattr(AanstellingQuerySet, "geldig", lambda self, op=None: self)  # broken on purpose
    vergeet()
    assert before_and_after(town, "os", True) == (200, 404, 404, True)  # the database knows better
    monkeypatch.setattr(alles, "closed", nullcontext)
    assert before_and_after(town, "os", True) == (200, 302, 200, False)


def test_without_a_csrf_token_nothing_changes(town):
    people, pk = town["people"], town["pk"]
    take = {"eerste_contact_op": "vandaag", "eerste_contact_met": "Sam"}
    sent = [
        ("os", reverse("step", args=["aanmelding", pk["eigen", "basis"], "oppakken"]), take),
        ("ib", reverse("nieuw"), {"hulpvraag": "Hoe verder?"}),
        ("ib", reverse("beschrijven", args=[pk["eigen", "concept"]]), {"hulpvraag": "Hoe verder?"}),
        ("ib", reverse("bijlage_weg", args=[pk["eigen", "concept"], pk["eigen", "concept.bijlage"]]), {}),
    ]
    strict = {who: browser(people[who], enforce_csrf_checks=True) for who in ("os", "ib")}
    loose = {who: browser(people[who]) for who in strict}
    before = fingerprint()
    for who, url, body in sent:
        for key in ({}, {"sleutel": sleutel.make(people[who])}):
            response = strict[who].post(url, body | key)
            assert (url, response.status_code, fingerprint() == before) == (url, 403, True)
        with undone():  # the same without the check, so that the refusal says something
            assert loose[who].post(url, body).status_code in {200, 302}
            assert fingerprint() != before
