"""Scenario 7. A limited number of leerlinggesprekken; training of a leerling is on an offerte, by one click."""

import pgtrigger
import pytest
from django.db import transaction

from cases.engine import Refused
from cases.models import Contactmoment, Offerte
from cases.models.pot import pot_over
from cases.workflow import FLOWS, TRAJECT
from tests.people import TODAY, pot
from tests.scenarios.shell import database_says, sql

OP = "Het beperkte aantal leerlinggesprekken (3) is bereikt."
OP_OFFERTE = (
    "Individuele begeleiding gericht op vaardigheden of ontwikkelingsdoelen vindt in principe op offerte plaats."
)
GESPREK = {"gesprek_doel": "behoeften", "minuten_0": "60", "datum": TODAY}
TRAINING = GESPREK | {"gesprek_doel": "vaardigheden"}
INSERT = """INSERT INTO cases_contactmoment (id, versie, traject_id, door_id, als, soort, minuten, datum, gesprek_doel,
            notitie, vastgelegd_op, state) VALUES (gen_random_uuid(), 0, %s, %s, 'ab', 'leerlinggesprek', 60, now(),
            %s, '', now(), 'geboekt')"""


@pytest.fixture
def running(make):
    return make["traject"]("waarnemen")


def held(running, abel, times=3):
    for _ in range(times):
        abel.press(running, "leerlinggesprek", **GESPREK)


@pytest.mark.regel("B-13")
def test_three_gesprekken_about_what_the_leerling_needs_are_recorded(running, abel):
    held(running, abel)
    goals = set(running.contacten.values_list("soort", "gesprek_doel", "als", "door"))
    assert (running.contacten.count(), goals) == (3, {("leerlinggesprek", "behoeften", "ab", abel.user.pk)})


@pytest.mark.regel("B-13")
def test_the_fourth_is_refused_on_the_page_and_by_a_post_and_what_was_typed_stays(running, abel):
    held(running, abel)
    page = abel.see(running)
    assert ("leerlinggesprek" in page.offered, page.explained["Leerlinggesprek vastleggen"]) == (False, OP)
    assert abel.see("step", "traject", running.pk, "leerlinggesprek").refusal == OP
    refused = abel.post(running, "leerlinggesprek", notitie="Zij vertelt over rekenen.", **GESPREK)
    assert (refused.status, refused.refusal, refused.typed) == (409, OP, ["Zij vertelt over rekenen."])
    assert "Vraag een offerte" not in refused.text  # the limit is no question of money
    assert running.contacten.count() == 3


@pytest.mark.regel("B-13")
def test_one_that_was_undone_does_not_count(running, abel):
    held(running, abel)
    abel.press(running.contacten.first(), "ongedaan")
    abel.press(running, "leerlinggesprek", **GESPREK)
    assert running.contacten.filter(state="geboekt").count() == 3


@pytest.mark.regel("B-13")
def test_the_database_refuses_the_fourth_too(running, abel):
    held(running, abel)
    with database_says("Het beperkte aantal leerlinggesprekken is bereikt."):
        sql(INSERT, running.pk, abel.user.pk, "sterk")
    wall = pgtrigger.ignore("cases.Contactmoment:leerlinggesprek")
    with wall, pytest.raises(pytest.fail.Exception), transaction.atomic(), database_says("…"):
        sql(INSERT, running.pk, abel.user.pk, "sterk")


@pytest.mark.regel("B-13", "B-17")
def test_a_bezoek_cannot_be_a_leerlinggesprek_in_disguise(running, abel):
    refused = abel.post(running, "bezoek", soort="leerlinggesprek", minuten_0="60", datum=TODAY)
    assert (refused.errors, running.contacten.count()) == (["Deze keuze bestaat niet meer. Kies opnieuw."], 0)


@pytest.mark.regel("B-13")
def test_the_onderwijsspecialist_and_the_ib_er_record_none(running, olga, sam):
    for who in (olga, sam):
        refused = who.post(running, "leerlinggesprek", **GESPREK)
        assert (refused.status, refused.refusal) == (409, "“Leerlinggesprek vastleggen” is aan een ander.")


@pytest.mark.regel("B-17")
def test_training_is_refused_and_one_click_makes_an_offerte(running, abel, sam, mails):
    refused = abel.press(running, "leerlinggesprek", **TRAINING)
    assert (refused.refusal, running.contacten.count()) == (OP_OFFERTE, 0)
    page = abel.send(refused.form("/offerte/"))
    made = Offerte.objects.get()
    assert (page.path, page.said) == (f"/offerte/{made.pk}/", ["Offerte gevraagd."])
    assert (made.state, made.soort, made.thema, made.school, made.door) == (
        "gevraagd", "individueel", "", running.aanmelding.school, abel.user,
    )  # fmt: skip
    assert made.vraag == "Begeleiding gericht op vaardigheden of ontwikkelingsdoelen"
    assert mails() == ["arie", "tess"]
    assert sam.see(made).title == f"Offerte {made.nummer}, versie 1"


@pytest.mark.regel("B-17")
def test_the_same_click_twice_makes_one_offerte(running, abel):
    form = abel.press(running, "leerlinggesprek", **TRAINING).form("/offerte/")
    assert abel.send(form).path == abel.send(form).path
    assert Offerte.objects.count() == 1


@pytest.mark.regel("B-17")
def test_nothing_of_the_leerling_stands_in_the_offerte(running, abel, browser, people):
    abel.send(abel.press(running, "leerlinggesprek", notitie="Zij oefent rekenen.", **TRAINING).form("/offerte/"))
    made = Offerte.objects.get()
    for who in (abel, browser(people["aed"])):
        page = who.see(made)
        a, text = running.aanmelding, page.text.replace(made.nummer, "")
        words = [a.voornaam, a.achternaam, a.nummer, a.hulpvraag, "rekenen"]
        assert (page.status, [word for word in words if word in text]) == (200, [])


@pytest.mark.regel("B-17")
def test_the_hours_of_an_offerte_do_not_come_from_the_pot(running, abel, make, world):
    pot(world["noord"], 100)
    before = pot_over(world["noord"], TODAY)
    work = make["offerte"]("in_uitvoering")
    abel.press(work, "werk", datum=TODAY, minuten_0="180")
    assert (work.werk.get().minuten, pot_over(world["noord"], TODAY)) == (180, before)
    abel.press(running, "leerlinggesprek", **GESPREK)
    assert pot_over(world["noord"], TODAY) == before - 60


@pytest.mark.regel("B-17")
def test_the_engine_and_the_database_refuse_training_too(running, abel):
    given = {"gesprek_doel": "vaardigheden", "minuten": 60, "datum": TODAY}
    with pytest.raises(Refused, match=OP_OFFERTE):
        TRAJECT.take("leerlinggesprek", running.pk, abel.user, **given)
    with database_says(OP_OFFERTE):
        sql(INSERT, running.pk, abel.user.pk, "vaardigheden")
    wall = pgtrigger.ignore("cases.Contactmoment:op_offerte")
    with wall, pytest.raises(pytest.fail.Exception), transaction.atomic(), database_says("…"):
        sql(INSERT, running.pk, abel.user.pk, "vaardigheden")


@pytest.mark.regel("B-17")
def test_in_principe_only_the_onderwijsspecialist_makes_an_exception_and_says_why(running, abel, olga):
    refused = abel.post(running, "uitzondering", uitzondering="Het is maar één keer.")
    assert (refused.status, refused.refusal) == (409, "“Uitzondering op offerte” is aan een ander.")
    assert olga.press(running, "uitzondering").errors == ["Schrijf op waarom dit niet op offerte gaat."]
    olga.press(running, "uitzondering", uitzondering="Eén keer, om te zien wat helpt.")
    abel.press(running, "leerlinggesprek", **TRAINING)
    assert Contactmoment.objects.get().gesprek_doel == "vaardigheden"
    assert abel.see(running).facts["Uitzondering op offerte"] == "Eén keer, om te zien wat helpt."


def test_without_a_dossier_the_step_offerte_gevraagd_has_no_page(make, sam):
    made = make["offerte"]("gevraagd")
    assert sam.see("step", "offerte", made.pk, "gevraagd").status == 404
    assert FLOWS["offerte"].steps["gevraagd"].follows
