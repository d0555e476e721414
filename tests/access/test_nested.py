"""My dossier in the address, and a part of another: as if it does not exist, whichever line of the two fails."""

from contextlib import nullcontext

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter, UUIDConverter

from cases.models import Bijlage
from cases.views import bijlage as pages
from tests import alles
from tests.access.addresses import NOTHING, routes
from tests.access.sight import ONCE, undone

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")

PAIRS = {  # address: (whole, part, how it is sent); a new one with two keys in it is to be added here
    "bijlage": ("nieuw", "bijlage", "get"),
    "bijlage_weg": ("concept", "bijlage", "post"),
    "akkoord_intrekken": ("nieuw", "bijlage", "get"),
}
FOREIGN = [("eigen", "basis"), ("buur", "concept"), ("buur", "nieuw"), ("elders", "nieuw"), ("ver", "nieuw")]
OWN = {"Content-Length", "X-Request-ID"}  # differ with the address, and with each request


def with_two_keys(found=None):
    """The addresses with more than one key in them."""
    keys = (UUIDConverter, IntConverter)
    for name, pattern in found or routes():
        converters = getattr(pattern.pattern, "converters", {}).values()
        if sum(isinstance(c, keys) for c in converters) > 1:
            yield name


def test_every_address_with_two_keys_is_known():
    assert {*with_two_keys()} == {*PAIRS}


def answers(town, name):
    """{whose part: the status, and whether the page is the one of what does not exist}, and the part is still there."""
    whole, part, method = PAIRS[name]
    client, pk = Client(), town["pk"]
    client.force_login(town["people"]["ib"])
    found = {}

    def page(key):
        url = reverse(name, args=[pk["eigen", whole], key])
        response = getattr(client, method)(url)
        head = sorted((k, v) for k, v in response.items() if k not in OWN)
        return response.status_code, head, ONCE.sub("", response.content.decode(errors="replace")).replace(url, "")

    with undone():
        nothing = page(NOTHING)
    assert nothing[0] == 404
    for place, thing in FOREIGN:
        key = pk[place, f"{thing}.{part}"]
        with undone():
            got = page(key)
            found[place, thing] = (got[0], got == nothing, Bijlage.objects.filter(pk=key).exists())
    return found


@pytest.mark.parametrize("name", PAIRS)
def test_a_part_is_reached_through_its_own_dossier_only(town, name):
    assert answers(town, name) == dict.fromkeys(FOREIGN, (404, True, True))


REACHED = {
    "bijlage": (200, False, True), "bijlage_weg": (302, False, False), "akkoord_intrekken": (200, False, True),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_a_forgotten_filter_on_the_part_is_harmless_and_without_the_database_this_sees_it(town, name, monkeypatch):
    find = pages.get_object_or_404
    monkeypatch.setattr(pages, "get_object_or_404", lambda where, pk, **rest: find(where, pk=pk))
    # of a dossier that somebody may see: the database has no reason to hide it
    assert {key for key, got in answers(town, name).items() if got != (404, True, True)} <= {("eigen", "basis")}
    monkeypatch.setattr(alles, "closed", nullcontext)
    assert answers(town, name)["buur", "concept"] == REACHED[name]


def test_the_kind_of_a_dossier_belongs_to_its_key(town):
    client, pk = Client(), town["pk"]
    client.force_login(town["people"]["ib"])
    whole = pk["eigen", "loopt"]
    keys = {"aanmelding": whole, "traject": pk["eigen", "loopt.traject"], "contactmoment": pk["eigen", "loopt.contact"]}
    for kind in keys:
        for other in keys.keys() - {kind}:
            for url in (
                reverse("detail", args=[kind, keys[other]]),
                reverse("step", args=[kind, keys[other], "bezoek"]),
            ):
                assert (url, client.get(url).status_code) == (url, 404)


def test_somebody_elses_session_is_as_one_that_is_not_there(town):
    mine, other, people = Client(), Client(), town["people"]
    mine.force_login(people["ib"])
    other.force_login(people["os"])
    name = people["os"].sessies.get().naam
    texts = []
    for sent in (name, "bestaat-niet"):
        response = mine.post(reverse("sessie_einde"), {"sessie": sent})
        texts.append((response.status_code, ONCE.sub("", response.content.decode())))
    assert texts[0] == texts[1]
    assert (texts[0][0], people["os"].sessies.count()) == (404, 1)


def test_that_count_sees_an_address_with_two_keys():
    class Route:
        pattern = type("P", (), {"converters": {"pk": UUIDConverter(), "nr": IntConverter()}})

    assert [*with_two_keys([("x", Route)])] == ["x"]
