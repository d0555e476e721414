"""What else may happen to an aanmelding: answered, taken back, changed of soort, asked about, without a team."""

import pytest

from cases.engine import Refused
from cases.models import Aanmelding, Traject
from cases.roles import Role
from cases.workflow import AANMELDING
from schools.models import School
from tests.people import ontsla
from tests.scenarios.conftest import CONTACT, GESPREK, LEERLINGVRAAG, SCHOOLVRAAG
from tests.scenarios.shell import database_says


def state(vraag):
    return Aanmelding.objects.get(pk=vraag.pk).state


@pytest.mark.regel("A-2", "A-12")
def test_the_school_takes_it_up_itself_and_that_is_a_normal_end(make, olga, sam, mails):
    vraag = make["aanmelding"]("opgepakt", "basis")
    form = olga.open(vraag, "afronden")
    assert form.choices["afgerond_reden"] == {"beantwoord", "school", "doorverwezen", "anders"}
    assert olga.send(form, afgerond_reden="school").errors == ["Schrijf op wat jullie afspraken."]
    olga.press(vraag, "afronden", afgerond_reden="school", afgerond_toelichting="De leerkracht probeert het zelf.")
    assert (state(vraag), mails()) == ("afgerond", ["abel", "sam"])
    page = sam.see(vraag)
    assert page.facts["Afgerond"] == "School pakt het zelf op. De leerkracht probeert het zelf."
    assert sam.see("mijn_aanmeldingen").rows[1][5] == "Afgerond zonder traject"


def test_only_the_onderwijsspecialist_rounds_it_off(make, sam, abel):
    vraag = make["aanmelding"]("opgepakt", "complex")
    for who in (sam, abel):
        refused = who.post(vraag, "afronden", afgerond_reden="school", afgerond_toelichting="Zelf gedaan.")
        assert (refused.status, refused.refusal) == (409, "“Afronden zonder traject” is aan een ander.")
    with database_says("Kies hoe de aanmelding is afgerond en schrijf er één regel bij."):
        Aanmelding.objects.update(state="afgerond")


@pytest.mark.parametrize("from_", ["concept", "ingediend", "opgepakt"])
def test_before_the_start_the_school_may_take_it_back(make, sam, olga, from_):
    vraag = make["aanmelding"](from_, "licht")
    if from_ != "concept":
        assert olga.post(vraag, "intrekken").refusal == "“Intrekken” is aan een ander."
    sam.press(vraag, "weggooien" if from_ == "concept" else "intrekken")
    assert state(vraag) == "ingetrokken"


def test_taken_back_the_preparation_stops_and_the_ambulant_begeleider_hears_it(make, sam, mails):
    traject = make["traject"]("voorbereiding")
    sam.press(traject.aanmelding, "intrekken")
    assert (state(traject.aanmelding), Traject.objects.get().state) == ("ingetrokken", "gestopt")
    assert set(mails()) == {"abel", "olga"}


def test_once_it_runs_the_school_does_not_take_it_back(make, sam):
    traject = make["traject"]("waarnemen")
    refused = sam.post(traject.aanmelding, "intrekken")
    assert (refused.status, refused.refusal) == (409, "“Intrekken” kan niet bij de status “Traject gestart”.")
    with database_says("Deze stap bestaat niet in de werkwijze."):
        Aanmelding.objects.update(state="ingetrokken")


@pytest.mark.regel("B-1", "B-24")
def test_to_complex_with_a_reason_and_the_team_hears_of_it(make, olga, tess, mails):
    vraag = make["aanmelding"]("opgepakt", "licht", ab=None, **dict.fromkeys(GESPREK, "") | {"gesprek_op": None})
    assert tess.see(vraag).status == 404
    assert olga.open(vraag, "soort_wijzigen").choices["soort"] == {"basis", "complex"}
    assert olga.press(vraag, "soort_wijzigen", soort="complex").errors == ["Schrijf op waarom."]
    olga.press(vraag, "soort_wijzigen", soort="complex", note="Er speelt veel meer.")
    assert mails() == ["abel", "sam", "tess"]
    assert "nemen" in tess.see(vraag).offered
    assert vraag.events.get().note == "Er speelt veel meer."


@pytest.mark.regel("B-24")
def test_to_complex_after_a_gesprek_it_is_taken_by_the_one_of_the_gesprek(make, olga, abel):
    """Abel was asked to think along; the vraag turns out to be complex: somebody must be able to prepare it."""
    vraag = make["aanmelding"]("opgepakt", "licht")
    olga.press(vraag, "soort_wijzigen", soort="complex", note="Er speelt veel meer.")
    assert vraag.trajecten.exists() or "nemen" in abel.see(vraag).offered or "toewijzen" in olga.see(vraag).offered


def test_from_complex_the_preparation_stops(make, olga, abel):
    traject = make["traject"]("voorbereiding")
    olga.press(traject.aanmelding, "soort_wijzigen", soort="licht", note="Het is kleiner dan het leek.")
    fresh = Aanmelding.objects.get()
    assert (fresh.soort, fresh.ab, Traject.objects.get().state) == ("licht", None, "gestopt")


@pytest.mark.regel("B-4")
def test_to_licht_on_school_level_is_refused(sam, olga, people, newest):
    sam.files(**SCHOOLVRAAG)
    vraag = newest()
    olga.press(vraag, "oppakken", **CONTACT)
    refused = olga.post(vraag, "soort_wijzigen", soort="licht", note="Het is maar klein.")
    assert refused.refusal == "Lichte ondersteuning gaat over een leerling of een groep."
    with pytest.raises(Refused, match="Lichte ondersteuning gaat over een leerling of een groep."):
        AANMELDING.take("soort_wijzigen", vraag.pk, people[Role.OS], soort="licht", note="Klein.")
    assert Aanmelding.objects.get().soort == "basis"


@pytest.mark.parametrize("from_", ["ingediend", "opgepakt"])
def test_a_question_to_the_school_and_its_answer(make, sam, olga, mails, from_):
    vraag = make["aanmelding"](from_, "licht")
    olga.press(vraag, "vragen", vraag="Hoe gaat het op de speelplaats?")
    assert mails() == ["sam"]
    assert sam.see("mijn_aanmeldingen").rows[1][4:] == ["Jij", "Vraag aan school"]
    refused = olga.post(vraag, "vragen", vraag="En hoe gaat het bij gym?")
    sentence = "Er staat al een vraag open. Wacht op het antwoord van de school."
    assert (refused.status, refused.refusal) == (409, sentence)
    assert sam.press(vraag, "antwoorden").errors == ["Schrijf je antwoord op."]
    sam.press(vraag, "antwoorden", antwoord="Buiten speelt ze graag met anderen.")
    told = {"olga", "abel"} if from_ == "opgepakt" else {"olga"}
    assert set(mails()) == told
    asked = vraag.vragen.get()
    assert (asked.door, asked.beantwoord_door, asked.antwoord) == (
        olga.user, sam.user, "Buiten speelt ze graag met anderen."
    )  # fmt: skip


def test_a_school_without_a_team_is_seen_by_the_coordinator(eva, coen, olga, newest, mails, world):
    eva.files(**LEERLINGVRAAG)
    vraag = newest()
    assert mails() == ["coen"]
    assert "Coördinator: Coen Kring" in eva.see("verstuurd", vraag.pk).text
    assert [p.see(vraag).status for p in (coen, olga)] == [200, 404]
    assert f"{vraag.nummer} · Het Eiland" in coen.see("kringen").text
    School.objects.filter(naam="Het Eiland").update(team=world["merel"])  # the beheerder chooses a team
    assert [p.see(vraag).status for p in (coen, olga)] == [404, 200]
    assert "oppakken" in olga.see(vraag).offered


@pytest.mark.regel("B-1")
def test_an_ib_er_whose_aanstelling_ended_sends_nothing(make, sam):
    draft = make["aanmelding"]("concept")
    ontsla(sam.user)
    assert sam.post(draft, "indienen").status == 403  # and he is logged out
    assert state(draft) == "concept"
