"""A school year that can be counted."""

import datetime
from collections import defaultdict

import pytest

from cases.roles import Role
from schools.models import Schooljaar
from tests.alles import als_eigenaar
from tests.people import TODAY
from tests.scenarios.browser import Document
from tests.scenarios.conftest import abel, browser, coen, dirk, olga, sam, typed  # noqa: F401

JAAR = Schooljaar.of(TODAY)
EERDER = Schooljaar(begin=JAAR.begin - 1)


@pytest.fixture
def ended(people):
    """ended(thing, kind, state): the step that ended it, today."""

    def ended(thing, kind="traject", target="afgesloten"):
        als_eigenaar(
            "INSERT INTO cases_event (dossier_id, kind, object_id, step, source, target, by_id, note, at)"
            f" VALUES ('{thing.dossier_id}', '{kind}', '{thing.pk}', 'x', 'x', '{target}',"
            f" '{people[Role.OS].pk}', '', now())"
        )
        return thing

    return ended


@pytest.fixture
def sent(make):
    """sent(n, soort, …): so many aanmeldingen that were sent this schooljaar, or the one before."""

    def sent(n, soort="licht", jaar=JAAR, **fields):
        if jaar is not JAAR:
            fields |= {"schooljaar": Schooljaar.objects.van(jaar.eerste_dag)}
            fields |= {"ingediend_op": datetime.datetime.combine(jaar.eerste_dag, datetime.time(12), datetime.UTC)}
        return [make["aanmelding"]("ingediend", soort, **fields) for _ in range(n)]

    return sent


@pytest.fixture
def report():
    """report(person, …): {name of a figure: {part: (this year, the year before)}}; a dash where nothing is shown."""

    def report(who, **query):
        page = who.client.get("/tellen/", query)
        assert page.status_code == 200, page.status_code
        nothing = defaultdict(lambda: ("–", "–"))
        return defaultdict(lambda: nothing, figures(page.content.decode()))

    return report


def figures(html):
    """The tables of a page."""
    found = {}
    for table in Document(html).root.all("table"):
        (caption,) = table.all("caption")
        rows = [[cell.text for cell in tr if cell.tag in {"th", "td"}] for tr in table.all("tr")]
        found[caption.text] = {label: tuple(rest) for label, *rest in rows[1:]}
    return found
