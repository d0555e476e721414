"""Scenario 8. A difficult group: on an offerte, or by exception Expertise in de klas, from the hours of the kring."""

import datetime

import pgtrigger
import pytest
from django.db import transaction

from cases.engine import Refused
from cases.models import Dagdeel, ExpertiseInDeKlas, Offerte, Voorwaarde
from cases.models.pot import pot_over
from cases.workflow import FLOWS
from tests.people import TODAY, pot
from tests.scenarios.shell import database_says, sql

TE_LANG = "Een dagdeel Expertise in de klas duurt maximaal 3 uur."
TE_VEEL = "Expertise in de klas duurt maximaal 12 dagdelen."
ACHT = "Meer dan 8 dagdelen? Schrijf eerst op waarom."
NOG_NIET = "Nog niet aan alle voorwaarden voldaan."
VERDEELD = "Het urenbudget van de kring is verdeeld. Bespreek de inzet in de afstemming van de IB-ers."
GROEP = "Expertise in de klas is voor een groep."
WAAROM = "Drie nieuwe leerkrachten in één jaar."
DAY = datetime.timedelta(days=1)
DRIE_UUR = {"minuten_0": "180", "werkwijze": "coteaching"}
INSERT = """INSERT INTO cases_dagdeel (id, versie, klas_id, state, datum, minuten, werkwijze)
            VALUES (gen_random_uuid(), 0, %s, 'gepland', %s, %s, 'coaching')"""


@pytest.fixture
def group(make, people):
    """Groep 7b: a licht traject of a group that the ambulant begeleider carries out."""
    return make["traject"]("lopend", "licht", uitvoerder=people["ab"], niveau="groep")


@pytest.fixture
def ruim(world):
    """The kring has hours enough."""
    return pot(world["noord"], 100)


def planned(klas, many, start=1):
    """So many dagdelen of three hours, put there past the page."""
    ExpertiseInDeKlas.objects.filter(pk=klas.pk).update(meer_dan_acht="Een grote groep.")
    for n in range(many):
        Dagdeel.objects.create(klas=klas, datum=TODAY + (start + n) * DAY, minuten=180, werkwijze="coteaching")


@pytest.mark.regel("B-19")
def test_the_rule_is_an_offerte_groepsondersteuning(group, abel, sam, mails):
    abel.press(group, "offerte", soort="groep", vraag="Rust in de middag")
    made = Offerte.objects.get()
    assert (made.soort, made.aanmelding, made.school, mails()) == (
        "groep", group.aanmelding, group.aanmelding.school, ["arie", "tess"],
    )  # fmt: skip
    assert sam.see("offertes").rows[1][:3] == [made.nummer, "De Berg", "Groepsondersteuning"]


@pytest.mark.regel("B-19")
def test_by_exception_from_the_hours_of_the_kring_from_the_proposal_to_the_tenth_dagdeel(
    group, ruim, world, olga, abel, sam, mails
):
    Voorwaarde.objects.create(tekst="De directeur weet het")
    olga.press(group, "klas", motivering=WAAROM)
    klas = ExpertiseInDeKlas.objects.get()
    assert (klas.state, mails()) == ("voorgesteld", ["abel"])
    for who in (olga, abel):
        step = f"akkoord_{'os' if who is olga else 'ab'}"
        assert who.open(klas, step).names == {"voorwaarde_0", "voorwaarde_1"}
        who.press(klas, step, voorwaarde_0=True, voorwaarde_1=True)
    klas.refresh_from_db()
    assert (klas.state, klas.voorwaarden) == ("getoetst", "OS en AB zijn het eens\nDe directeur weet het")
    abel.press(klas, "starten")
    assert "sam" in mails()
    for n in range(1, 9):
        abel.press(klas, "dagdeel", datum=TODAY + n * DAY, **DRIE_UUR)
    assert abel.see("step", "expertiseindeklas", klas.pk, "dagdeel").refusal == ACHT
    abel.press(klas, "ruimer", meer_dan_acht="De groep is heel groot.")
    for n in (9, 10):
        abel.press(klas, "dagdeel", datum=TODAY + n * DAY, **DRIE_UUR)
    assert (klas.dagdelen.count(), pot_over(world["noord"], TODAY)) == (10, 100 * 60 - 30 * 60)
    page = sam.see(group)
    assert "0 uur gegeven, 30 uur gepland. De kring heeft dit schooljaar nog 70 uur om te plannen." in page.text
    assert [row[1:4] for row in page.rows if row[1:2] == ["Co-teaching"]] == 10 * [["Co-teaching", "3", "Gepland"]]


@pytest.mark.regel("B-19")
def test_a_dagdeel_that_was_given_is_a_contact_of_the_ambulant_begeleider_and_counts_once(make, abel, olga, world):
    given = make["dagdeel"]("gepland", datum=TODAY)
    before = pot_over(world["noord"], TODAY)
    abel.press(given, "gegeven")
    given.refresh_from_db()
    assert (given.contact.soort, given.contact.minuten, given.contact.als) == ("coteaching", 180, "ab")
    assert pot_over(world["noord"], TODAY) == before
    assert "3 uur gegeven, 0 uur gepland." in olga.see(given.traject).text


@pytest.mark.regel("B-19")
def test_it_does_not_start_with_a_voorwaarde_that_is_not_ticked(make, olga, abel, people):
    klas = make["expertiseindeklas"]("voorgesteld")
    Voorwaarde.objects.create(tekst="De directeur weet het")
    half = olga.press(klas, "akkoord_os", voorwaarde_0=True)
    assert half.errors == [NOG_NIET]
    assert olga.post(klas, "akkoord_os", voorwaarde_0="on").errors == [NOG_NIET]
    klas.refresh_from_db()
    assert (klas.akkoord_os, klas.state) == (None, "voorgesteld")
    with pytest.raises(Refused, match="kan niet bij de status “Voorgesteld”"):
        FLOWS["expertiseindeklas"].take("starten", klas.pk, people["ab"])
    with pgtrigger.ignore("cases.ExpertiseInDeKlas:pijlen"), database_says(NOG_NIET):
        ExpertiseInDeKlas.objects.filter(pk=klas.pk).update(state="lopend")


@pytest.mark.regel("B-19")
def test_one_of_the_two_is_not_enough_and_nobody_ticks_for_another(make, olga, abel):
    klas = make["expertiseindeklas"]("voorgesteld")
    olga.press(klas, "akkoord_os", voorwaarde_0=True)
    klas.refresh_from_db()
    assert (klas.state, klas.akkoord_ab) == ("voorgesteld", None)
    refused = olga.post(klas, "akkoord_ab", voorwaarde_0="on")
    assert (refused.status, refused.refusal) == (409, "“Voorwaarden toetsen” is aan een ander.")
    again = olga.post(klas, "akkoord_os", voorwaarde_0="on")
    assert (again.status, again.refusal) == (409, "De onderwijsspecialist is al akkoord.")


@pytest.mark.regel("B-19")
def test_it_is_an_exception_that_must_be_explained(group, olga):
    assert olga.press(group, "klas").errors == ["Schrijf op waarom dit een uitzondering is."]
    assert ExpertiseInDeKlas.objects.count() == 0
    with database_says("Schrijf op waarom dit een uitzondering is."):
        ExpertiseInDeKlas.objects.create(traject=group, door=olga.user, motivering="")


@pytest.mark.regel("B-19")
def test_it_is_never_for_one_leerling(make, olga, abel, people):
    alone = make["traject"]("lopend", "licht", uitvoerder=people["ab"])
    assert "klas" not in olga.see(alone).offered
    for who in (olga, abel):
        refused = who.post(alone, "klas", motivering=WAAROM)
        assert (refused.status, refused.refusal, refused.typed) == (409, GROEP, [WAAROM])
    with database_says("Expertise in de klas is voor een groep, en een ambulant begeleider voert het uit."):
        ExpertiseInDeKlas.objects.create(traject=alone, door=olga.user, motivering=WAAROM)


@pytest.mark.regel("B-19")
def test_the_ambulant_begeleider_carries_it_out_not_the_onderwijsspecialist(make, olga):
    own = make["traject"]("lopend", "licht", niveau="groep")
    refused = olga.post(own, "klas", motivering=WAAROM)
    assert refused.refusal == (
        "Een ambulant begeleider voert Expertise in de klas uit. Start het traject met haar als uitvoerder."
    )


@pytest.mark.regel("B-19")
def test_a_dagdeel_of_three_and_a_half_hours_is_refused_everywhere(make, ruim, abel, people):
    klas = make["expertiseindeklas"]("lopend")
    given = {"datum": TODAY + DAY, "werkwijze": "coteaching", "minuten_0": "anders", "minuten_1": "210"}
    assert abel.press(klas, "dagdeel", **given).refusal == TE_LANG
    refused = abel.post(klas, "dagdeel", **given)
    assert (refused.status, refused.refusal) == (409, TE_LANG)
    with pytest.raises(Refused, match=TE_LANG):
        FLOWS["expertiseindeklas"].take(
            "dagdeel", klas.pk, people["ab"], datum=TODAY, minuten=210, werkwijze="coteaching"
        )
    with database_says(TE_LANG):
        sql(INSERT, klas.pk, TODAY, 210)
    planned(klas, 1)
    longer = abel.post(klas.dagdelen.get(), "verzetten", **given)
    assert (longer.status, longer.refusal, klas.dagdelen.get().minuten) == (409, TE_LANG, 180)


@pytest.mark.regel("B-19")
def test_the_thirteenth_dagdeel_is_refused_everywhere(make, ruim, abel):
    klas = make["expertiseindeklas"]("lopend")
    planned(klas, 12)
    page = abel.see(klas)
    assert page.explained["Dagdeel plannen"] == TE_VEEL
    refused = abel.post(klas, "dagdeel", datum=TODAY + 20 * DAY, **DRIE_UUR)
    assert (refused.status, refused.refusal, klas.dagdelen.count()) == (409, TE_VEEL, 12)
    with database_says(TE_VEEL):
        sql(INSERT, klas.pk, TODAY, 60)
    wall = pgtrigger.ignore("cases.Dagdeel:twaalf")
    with wall, pytest.raises(pytest.fail.Exception), transaction.atomic(), database_says("…"):
        sql(INSERT, klas.pk, TODAY, 60)


@pytest.mark.regel("B-19")
def test_one_that_lapsed_makes_room_for_another(make, ruim, abel):
    klas = make["expertiseindeklas"]("lopend")
    planned(klas, 12)
    abel.press(klas.dagdelen.first(), "vervalt")
    abel.press(klas, "dagdeel", datum=TODAY + 20 * DAY, **DRIE_UUR)
    assert klas.dagdelen.exclude(state="vervallen").count() == 12


@pytest.mark.regel("B-19")
def test_the_ninth_is_refused_by_the_database_until_there_is_a_reason(make, ruim):
    klas = make["expertiseindeklas"]("lopend")
    planned(klas, 8)
    ExpertiseInDeKlas.objects.update(meer_dan_acht="")
    with database_says(ACHT):
        sql(INSERT, klas.pk, TODAY, 60)


@pytest.mark.regel("A-19", "B-19")
def test_planning_more_than_the_kring_has_left_is_refused_everywhere(make, abel, world, people):
    klas = make["expertiseindeklas"]("lopend")
    pot(world["noord"], 3)
    make["contactmoment"](whole=make["traject"]("waarnemen"))  # an hour of the same pot
    given = {"datum": TODAY + DAY, **DRIE_UUR}
    assert abel.press(klas, "dagdeel", **given).refusal == VERDEELD
    refused = abel.post(klas, "dagdeel", **given)
    assert (refused.status, refused.refusal, Dagdeel.objects.count()) == (409, VERDEELD, 0)
    with database_says(VERDEELD):
        sql(INSERT, klas.pk, TODAY, 180)
    wall = pgtrigger.ignore("cases.Dagdeel:pot")
    with wall, pytest.raises(pytest.fail.Exception), transaction.atomic(), database_says("…"):
        sql(INSERT, klas.pk, TODAY, 180)
    abel.press(klas, "dagdeel", **given | {"minuten_0": "120"})  # just what is left
    assert pot_over(world["noord"], TODAY) == 0


@pytest.mark.regel("A-19")
def test_a_kring_without_hours_plans_nothing_and_what_was_given_is_still_recorded(make, abel, world):
    klas = make["expertiseindeklas"]("lopend")
    assert abel.post(klas, "dagdeel", datum=TODAY + DAY, **DRIE_UUR).refusal == VERDEELD
    make["contactmoment"](whole=klas.traject)
    assert pot_over(world["noord"], TODAY) == -60


@pytest.mark.regel("B-17", "B-19")
def test_the_hours_of_an_offerte_leave_the_pot_as_it_is(make, abel, world):
    pot(world["noord"], 10)
    work = make["offerte"]("in_uitvoering")
    abel.press(work, "werk", datum=TODAY, minuten_0="180")
    assert pot_over(world["noord"], TODAY) == 600


@pytest.mark.regel("B-19")
def test_stopping_lets_what_was_planned_lapse_and_gives_the_hours_back(make, ruim, abel, world):
    klas = make["expertiseindeklas"]("lopend")
    planned(klas, 3)
    abel.press(klas, "stoppen", note="De groep wordt gesplitst.")
    assert {*klas.dagdelen.values_list("state", flat=True)} == {"vervallen"}
    assert pot_over(world["noord"], TODAY) == 6000


@pytest.mark.regel("B-19")
def test_it_is_finished_only_when_every_dagdeel_was_given_or_lapsed(make, ruim, abel):
    klas = make["expertiseindeklas"]("lopend")
    planned(klas, 2)
    refused = abel.post(klas, "afronden", resultaat="Er is rust in de groep.")
    assert refused.refusal == "Er staan nog 2 dagdelen gepland. Leg ze vast, of laat ze vervallen."
    for dagdeel in klas.dagdelen.all():
        abel.press(dagdeel, "vervalt")
    abel.press(klas, "afronden", resultaat="Er is rust in de groep.")
    klas.refresh_from_db()
    assert (klas.state, klas.resultaat) == ("afgerond", "Er is rust in de groep.")
