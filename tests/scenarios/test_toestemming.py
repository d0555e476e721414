"""The parents take back their toestemming: nothing new is written down, what was before may be, and it can end."""

import datetime

import pytest
from django.urls import reverse

from cases.engine import Refused
from cases.models import Aanmelding, Advies, Contactmoment, Traject
from cases.models.toestemming import WEG
from cases.roles import Role
from cases.workflow import TRAJECT
from tests.people import TODAY
from tests.scenarios.shell import database_says

BEFORE, DAY, AFTER = (TODAY - datetime.timedelta(days=n) for n in (5, 3, 1))
CONTACT = {"soort": "telefoon", "minuten": 15, "als": "ab", "state": "geboekt"}


@pytest.fixture
def known(make):
    """A traject in uitvoering; the parents said yes a month ago."""
    asked = TODAY - datetime.timedelta(days=30)
    return make["traject"]("uitvoeren", whole=make["aanmelding"]("gestart", ouders_akkoord_op=asked))


@pytest.fixture
def running(known, sam):
    """And three days ago they took that back."""
    sam.press(known.aanmelding, "toestemming_weg", toestemming_weg_op=DAY)
    return known


def test_the_ib_er_writes_it_down_and_everybody_hears_it_and_sees_it(known, sam, olga, abel, mails):
    sam.press(known.aanmelding, "toestemming_weg", toestemming_weg_op=DAY)
    assert mails() == ["abel", "olga"]
    for who in (sam, olga, abel):
        (said,) = [text for text in who.see(known).said if text.startswith("De ouders trokken hun toestemming in op")]
        assert "Leg niets nieuws vast." in said


def test_a_new_advies_is_refused_on_the_page_by_post_and_by_the_engine(running, abel, people):
    assert abel.see(running).explained["Handelingsadvies geven"] == WEG
    assert abel.see("step", "traject", running.pk, "adviseren").refusal == WEG
    refused = abel.post(running, "adviseren", tekst="Geef één stap tegelijk.")
    assert (refused.status, refused.refusal, refused.typed) == (409, WEG, ["Geef één stap tegelijk."])
    with pytest.raises(Refused, match="hun toestemming ingetrokken"):
        TRAJECT.take("adviseren", running.pk, people[Role.AB], tekst="Geef één stap tegelijk.")
    assert Advies.objects.count() == 0


def test_the_database_takes_nothing_new(running, people):
    with database_says(WEG):
        Advies.objects.create(traject=running, door=people[Role.AB], soort="handeling", tekst="Geef één stap tegelijk.")
    with database_says(WEG):
        Contactmoment.objects.create(traject=running, door=people[Role.AB], datum=AFTER, **CONTACT)


def test_a_contact_of_before_may_be_written_down_and_one_of_after_not(running, abel):
    given = {"soort": "telefoon", "minuten_0": "60"}
    refused = abel.post(running, "bezoek", **given, datum=AFTER)
    assert (refused.status, refused.refusal) == (409, WEG)
    assert Contactmoment.objects.count() == 0
    abel.post(running, "bezoek", **given, datum=BEFORE)
    assert Contactmoment.objects.get().datum == BEFORE


def test_toestemming_that_was_never_there_is_not_taken_back(known, sam):
    refused = sam.press(known.aanmelding, "toestemming_weg", toestemming_weg_op=TODAY - datetime.timedelta(days=31))
    assert (refused.status, refused.refusal) == (
        409, "Toestemming die er niet was, kan niet worden ingetrokken.",
    )  # fmt: skip


def test_it_can_be_closed(running, abel):
    abel.press(running, "evalueren_ab")
    abel.press(running, "afsluiten_ab", doel_behaald="deels", opbrengst="De ouders gaan zelf verder.",
               afschrift_ouders_op=TODAY)  # fmt: skip
    assert Traject.objects.get().state == "afgesloten"


def test_it_can_be_stopped(running, olga):
    olga.press(running, "stoppen", note="De ouders willen niet verder.")
    assert Traject.objects.get().state == "gestopt"


def test_the_parents_may_say_yes_again(running, sam, olga, abel, mails):
    mails()
    sam.press(running.aanmelding, "toestemming_terug", ouders_akkoord_op=TODAY)
    assert (mails(), Aanmelding.objects.get().toestemming_weg_op) == (["abel", "olga"], None)
    assert [text for text in olga.see(running).said if "toestemming in op" in text] == []
    abel.press(running, "procesadvies", tekst="Plan een gesprek.")
    assert Advies.objects.count() == 1


def test_the_letter_to_the_parents_stays_possible(known, abel, sam, people):
    Advies.objects.create(traject=known, door=people[Role.AB], soort="proces", tekst="Plan een gesprek.")
    sam.press(known.aanmelding, "toestemming_weg", toestemming_weg_op=DAY)
    assert abel.client.get(reverse("brief", args=[known.pk])).status_code == 200
