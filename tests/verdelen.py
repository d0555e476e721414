"""The coördinator who divides, and the worked example: kringen Noord, Oost and Zuid."""

import re

import pytest
from django.urls import reverse

from cases.roles import Role
from expertteam import sleutel
from schools.models import Kring, Schooljaar, leg_voor, stel_verdeling_vast
from tests.alles import closed
from tests.people import TODAY

JAAR = Schooljaar.of(TODAY).begin
GEGEVEN = {"Noord": (5000, 50), "Oost": (3000, 9), "Zuid": (2000, 10)}


@pytest.fixture
def coordinator(people):
    return people[Role.COORDINATOR]


@pytest.fixture
def coen(client, coordinator):
    """The coördinator at his browser: coen(page, query, answers), and the page that follows as text."""
    client.force_login(coordinator)

    def go(page, query="", /, **answers):
        where = reverse(page) + query
        if answers:
            answers["sleutel"] = sleutel.make(coordinator)
            return client.post(where, answers, follow=True).content.decode()
        return client.get(where).content.decode()

    return go


def cells(page):
    """The rows of the tables of a page, as lists of texts."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.replace("\n", ""))
    return [re.findall(r"<t[hd][^>]*>(?:<[^/][^>]*>)*([^<]*)", row) for row in rows]


@pytest.fixture
def concept(world, coordinator):
    """Makes a concept in the name of the coördinator."""
    Kring.objects.create(naam="Oost")

    def make(aed=2760, vlieger=310, waarom="", begin=JAAR):
        with closed(coordinator):
            kringen = {kring: GEGEVEN[kring.naam] for kring in Kring.objects.all()}
            return leg_voor(begin, coordinator, aed, vlieger, kringen, waarom)

    return make


@pytest.fixture
def vast(concept, coordinator):
    """Makes a concept and fixes it."""

    def fix(*args, **fields):
        made = concept(*args, **fields)
        with closed(coordinator):
            stel_verdeling_vast(made.pk)
        made.refresh_from_db()
        return made

    return fix
