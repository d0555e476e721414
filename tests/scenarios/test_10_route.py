"""Scenario 10. The way to another setting: the onderwijsspecialist has the regie, and staying is a good end."""

import datetime

import pytest

from cases.engine import Refused
from cases.models import Jeugdhulp, Route
from cases.models.route import REGIE
from cases.roles import Role
from cases.workflow import ROUTE
from tests.alles import closed
from tests.people import TODAY, voluit
from tests.scenarios.shell import database_says

YESTERDAY = TODAY - datetime.timedelta(days=1)
EERST_OUDERS = "Vraag eerst de ouders. Zonder hun akkoord schakel je geen jeugdhulp in."


@pytest.fixture
def running(make):
    return make["traject"]("uitvoeren")


@pytest.fixture
def route(running, abel):
    """Abel thinks of another setting: so there is a route to look at."""
    abel.press(running.aanmelding, "andere_setting")
    return Route.objects.get()


@pytest.mark.regel("B-8")
def test_the_ab_says_it_and_the_os_stays_and_has_a_route_to_look_at(running, abel, olga, mails):
    abel.press(running.aanmelding, "andere_setting")
    assert (Route.objects.get().state, mails()) == ("verkennen", ["olga"])
    assert "Route: verkennen" in olga.see(running).text


@pytest.mark.regel("B-8")
@pytest.mark.parametrize("step", ["loopt", "blijft", "stoppen"])
def test_who_is_not_the_os_does_not_set_the_route_on(route, abel, sam, people, step):
    for who in (abel, sam):
        assert who.see("step", "route", route.pk, step).refusal == REGIE
        refused = who.post(route, step, setting="sbo", note="Het kan nu.")
        assert (refused.status, refused.refusal) == (409, REGIE)
    with pytest.raises(Refused, match=REGIE):
        ROUTE.take(step, route.pk, people[Role.AB], setting="sbo", note="Het kan nu.")
    assert Route.objects.get().state == "verkennen"


@pytest.mark.regel("B-8")
def test_the_database_changes_no_route_for_who_is_not_the_os(route, people):
    for role, changed in ((Role.AB, 0), (Role.IB, 0), (Role.OS, 1)):
        with closed(people[role]):
            assert Route.objects.filter(pk=route.pk).update(instelling="De Vlieger") == changed


@pytest.mark.regel("B-8")
def test_the_card_says_who_has_the_regie_to_others(route, running, abel, sam, olga):
    assert [who.see(running).text.count(REGIE) for who in (abel, sam, olga)] == [1, 1, 0]


@pytest.mark.regel("B-8")
def test_the_os_goes_all_the_way_and_the_dates_of_the_tlv_are_kept(route, running, olga, sam, mails):
    mails()
    olga.press(route, "loopt", setting="sbo")
    assert mails() == ["abel", "sam"]
    assert "Twee deskundigen geven advies." in sam.see(running).text
    olga.press(route, "tlv", tlv_aangevraagd_op=YESTERDAY)
    olga.press(route, "aangemeld", instelling="De Vlieger")
    olga.press(route, "tlv", tlv_afgegeven_op=TODAY)
    olga.press(route, "geplaatst")
    page = sam.see(running)
    assert page.facts["Welke school of voorziening"] == "De Vlieger"
    assert "Route: geplaatst" in page.text
    assert "Twee deskundigen" not in page.text


@pytest.mark.regel("A-1")
def test_staying_at_school_is_a_good_end(route, running, olga, sam):
    olga.press(route, "blijft")
    page = sam.see(running)
    assert "Route: blijft op school" in page.text
    assert "De leerling blijft op school. Dat is een goede uitkomst." in page.text
    assert olga.see("step", "route", route.pk, "loopt").refusal == (
        "“Route starten” kan niet bij de status “Blijft op school”."
    )


@pytest.mark.regel("B-5")
def test_jeugdhulp_comes_after_the_parents_said_yes(running, abel, people):
    asked = {"op": YESTERDAY, "partij": "Het jeugdteam"}
    refused = abel.press(running, "jeugdhulp", **asked)
    assert (refused.status, len(refused.errors)) == (200, 1)
    refused = abel.press(running, "jeugdhulp", **asked, ouders_akkoord_op=TODAY)
    assert EERST_OUDERS in [*refused.errors, refused.refusal]
    with database_says(EERST_OUDERS):
        Jeugdhulp.objects.create(traject=running, door=people[Role.AB], **asked, ouders_akkoord_op=TODAY)
    assert Jeugdhulp.objects.count() == 0
    abel.press(running, "jeugdhulp", **asked, ouders_akkoord_op=YESTERDAY)
    assert abel.see(running).facts["Jeugdhulp"].startswith("Het jeugdteam")


def test_the_dossier_says_what_is_known_of_the_opp_and_not_the_opp_itself(running, sam, abel):
    sam.press(running.aanmelding, "opp", opp_vastgesteld_op=YESTERDAY, opp_gehoord_op=YESTERDAY,
              opp_evaluatie_op=TODAY + datetime.timedelta(days=90), opp_url="https://groei.test/1")  # fmt: skip
    facts = abel.see(running).facts
    assert facts["OPP vastgesteld"] == facts["Leerling gehoord"] == voluit(YESTERDAY)
    assert facts["Volgende evaluatie van het OPP"] == voluit(TODAY + datetime.timedelta(days=90))
    assert facts["Het OPP zelf"] == "Open het OPP"
