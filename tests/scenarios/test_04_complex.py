"""Scenario 4. A complexe vraag goes to OS and AB at once; a kort overleg before the traject starts."""

import pytest

from cases.engine import Refused
from cases.models import Traject
from cases.roles import Role
from cases.workflow import TRAJECT
from tests.people import TODAY, voluit
from tests.scenarios.conftest import COMPLEXE_VRAAG, CONTACT
from tests.scenarios.shell import database_says, sql

EERST_OVERLEG = "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast."


@pytest.fixture
def vraag(sam, newest):
    sam.files(**COMPLEXE_VRAAG)
    return newest()


@pytest.fixture
def genomen(vraag, abel):
    abel.press(vraag, "oppakken_ab", **CONTACT)
    return vraag


@pytest.mark.regel("B-24", "B-16", "B-22")
def test_both_get_it_one_ambulant_begeleider_takes_it_and_it_starts_after_the_overleg(
    sam, olga, abel, tess, otto, vraag, mails
):
    assert mails() == ["abel", "olga", "tess"]
    assert "Onderwijsspecialist: Olga Specht" in sam.see("verstuurd", vraag.pk).text
    assert "Ambulant begeleiders van het team: Tess Smit, Abel Visser" in sam.see("verstuurd", vraag.pk).text
    assert [person.see(vraag).status for person in (olga, abel, tess, otto)] == [200, 200, 200, 404]
    assert olga.see(vraag).facts["Aan zet"] == "Jij"

    abel.press(vraag, "oppakken_ab", **CONTACT)
    traject = vraag.trajecten.get()
    assert (traject.state, traject.uitvoerder, mails()) == ("voorbereiding", abel.user, ["olga", "sam"])
    assert "nemen" not in tess.see(vraag).offered

    page = abel.see(traject)
    assert ("starten" in page.offered, page.explained["Traject starten"]) == (False, EERST_OVERLEG)
    assert page.form("/overleg/").choices["kort_overleg_met"] == {str(olga.user.pk)}
    abel.send(page.form("/overleg/"), kort_overleg_met=olga.user.pk, voortraject="False")
    assert mails() == ["olga"]
    assert olga.see(traject).facts["Kort overleg"] == f"{voluit(TODAY)}, met O. Specht"
    abel.send(abel.see(traject).form("/starten/"))
    traject.refresh_from_db()
    vraag.refresh_from_db()
    assert (traject.state, vraag.state, mails()) == ("waarnemen", "gestart", ["olga", "sam"])


@pytest.mark.regel("B-24")
def test_without_the_overleg_it_does_not_start_by_post_by_call_or_by_expert(genomen, abel, tess, people):
    traject = genomen.trajecten.get()
    refused = abel.post(traject, "starten")
    assert (refused.status, refused.refusal) == (409, EERST_OVERLEG)
    assert abel.see("step", "traject", traject.pk, "starten").refusal == EERST_OVERLEG
    with pytest.raises(Refused, match=EERST_OVERLEG):
        TRAJECT.take("starten", traject.pk, people[Role.AB])
    Traject.objects.update(uitvoerder=tess.user)  # an expert brought in
    refused = tess.post(traject, "starten")
    assert (refused.status, refused.refusal) == (409, EERST_OVERLEG)
    assert Traject.objects.get().state == "voorbereiding"


@pytest.mark.regel("B-24")
def test_without_the_overleg_the_database_does_not_start_it(genomen):
    traject = genomen.trajecten.get()
    traject.state = "waarnemen"
    with database_says(EERST_OVERLEG):
        traject.save()
    with database_says(EERST_OVERLEG):
        Traject.objects.update(state="waarnemen")
    with database_says(EERST_OVERLEG):
        sql("UPDATE cases_traject SET state = 'waarnemen'")
    with database_says("Deze stap bestaat niet in de werkwijze."):
        Traject.objects.create(aanmelding=genomen, soort="complex", state="waarnemen", uitvoerder=traject.uitvoerder)


@pytest.mark.regel("B-24")
def test_the_overleg_is_with_the_onderwijsspecialist(genomen, abel, sam):
    traject = genomen.trajecten.get()
    refused = abel.post(traject, "overleg", kort_overleg_op=TODAY, kort_overleg_met=sam.user.pk, voortraject="False")
    assert refused.errors == ["Deze keuze bestaat niet meer. Kies opnieuw."]
    traject.kort_overleg_op, traject.kort_overleg_met = TODAY, sam.user
    with database_says("Het korte overleg is met de onderwijsspecialist."):
        traject.save()


@pytest.mark.regel("B-24")
def test_an_aanmelding_is_not_started_without_a_traject_that_started(genomen):
    """The gate holds for the aanmelding too: there is no traject behind it that passed the overleg."""
    genomen.refresh_from_db()
    genomen.state = "gestart"
    with database_says(EERST_OVERLEG):
        genomen.save()


@pytest.mark.regel("B-24")
def test_a_second_tab_comes_too_late(vraag, abel, tess):
    """Two ambulant begeleiders had the same page open; the second takes nothing, and keeps his text."""
    forms = [person.see(vraag).form("/oppakken_ab/") for person in (abel, tess)]
    abel.send(forms[0])
    late = tess.send(forms[1], eerste_contact_met="Sam, aan de telefoon")
    first = "A. Visser heeft dit net aangepast."
    assert (late.status, late.refusal) == (409, f"{first} “Oppakken” kan niet bij de status “Opgepakt”.")
    assert "Sam, aan de telefoon" in late.typed
    assert vraag.trajecten.get().uitvoerder == abel.user
    late = tess.post(vraag, "nemen")
    assert (late.status, late.refusal) == (409, "A. Visser heeft deze aanmelding al opgepakt.")


@pytest.mark.regel("B-24", "B-7")
def test_the_onderwijsspecialist_picks_it_up_and_one_of_them_takes_it(vraag, sam, olga, abel, tess, mails):
    mails()
    olga.press(vraag, "oppakken", **CONTACT)
    assert (mails(), vraag.trajecten.count()) == (["sam"], 0)
    assert [["nemen" in p.see(vraag).offered for p in (abel, tess)], "toewijzen" in olga.see(vraag).offered] == [
        [True, True], True
    ]  # fmt: skip
    form = tess.see(vraag).form("/nemen/")
    abel.send(abel.see(vraag).form("/nemen/"))
    assert mails() == ["olga", "sam"]
    assert "nemen" not in tess.see(vraag).offered
    assert tess.see(vraag).facts["Ambulant begeleider"] == "A. Visser"
    assert tess.send(form).refusal == "A. Visser heeft deze aanmelding al opgepakt."
    assert olga.post(vraag, "toewijzen", ab=tess.user.pk).refusal == "A. Visser heeft deze aanmelding al opgepakt."


def test_when_nobody_takes_it_the_onderwijsspecialist_chooses_one(vraag, sam, olga, abel, tess, mails):
    olga.press(vraag, "oppakken", **CONTACT)
    mails()
    form = olga.open(vraag, "toewijzen")
    assert form.choices["ab"] == {str(abel.user.pk), str(tess.user.pk)}
    olga.send(form, ab=tess.user.pk)
    assert (vraag.trajecten.get().uitvoerder, mails()) == (tess.user, ["sam", "tess"])
    assert ("nemen" in abel.see(vraag).offered, abel.see(vraag).facts["Ambulant begeleider"]) == (False, "T. Smit")
    assert abel.post(vraag, "nemen").refusal == "T. Smit heeft deze aanmelding al opgepakt."
