"""Scenario 5. After a voortraject: no start before the onderwijsspecialist has handed over."""

import pytest

from cases.engine import Refused
from cases.models import Aanmelding, Traject
from cases.roles import Role
from cases.workflow import TRAJECT
from tests.people import TODAY, voluit
from tests.scenarios.conftest import CONTACT, LATER, LEERLINGVRAAG
from tests.scenarios.shell import database_says, sql

EERST_OVERDRACHT = "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast."
ONTVANG = "Neem eerst de overdracht van de onderwijsspecialist in ontvangst."
WERK = {"overdracht_op": TODAY, "overdracht_tekst": "Doel: zelf hulp vragen. We zagen: ze wacht. Afspraak: een maatje."}


@pytest.fixture
def voor(sam, olga, newest):
    """The lichte traject that Olga did this year, which she now turns into complex."""
    sam.files(**LEERLINGVRAAG)
    vraag = newest()
    olga.press(vraag, "oppakken", **CONTACT)
    olga.press(vraag, "starten_licht", doel="Ze vraagt zelf om hulp", verwachte_einddatum=LATER)
    olga.press(vraag.trajecten.get(), "omzetten", doel_behaald="nee", opbrengst="Een maatje is niet genoeg.")
    return vraag.trajecten.get()


@pytest.fixture
def traject(voor, sam, abel):
    """The complexe traject that Abel prepares: the kort overleg has been, the overdracht has not."""
    draft = Aanmelding.objects.get(state="concept")
    form = sam.see("beschrijven", draft.pk).form("/beschrijven/")
    sam.send(sam.send(form, opp="nee", andere_setting="nee", ouders_akkoord=True).form("/indienen/"))
    abel.press(draft, "oppakken_ab", **CONTACT)
    traject = draft.trajecten.get()
    os = voor.uitvoerder.pk
    abel.press(traject, "overleg", kort_overleg_met=os, voortraject="True")
    return traject


@pytest.mark.regel("B-14", "B-1")
def test_turned_into_complex_it_is_a_concept_for_the_ib_er(voor, sam, olga, abel, tess, mails):
    assert mails()[-1] == "sam"
    assert voor.state == "afgesloten"
    draft = Aanmelding.objects.get(state="concept")
    assert (draft.soort, draft.voortraject, draft.eerder_traject, draft.door) == ("complex", "ja", voor, sam.user)
    assert (draft.voornaam, draft.hulpvraag) == (LEERLINGVRAAG["voornaam"], LEERLINGVRAAG["hulpvraag"])
    assert [p.see(draft).status for p in (sam, olga, abel)] == [200, 404, 404]  # it waits for the school
    page = sam.see("beschrijven", draft.pk)
    page = sam.send(page.form("/beschrijven/"))
    assert page.errors == [
        "Kies of er een OPP is.", "Kies of een andere onderwijssetting in beeld is.",
        "Vink aan dat de ouders ervan weten. Anders kun je de aanmelding niet versturen.",
    ]  # fmt: skip
    page = sam.send(page.form("/beschrijven/"), opp="bezig", andere_setting="weet_niet", ouders_akkoord=True)
    sam.send(page.form("/indienen/"))
    assert mails() == ["abel", "olga", "tess"]


def test_a_group_is_not_turned_into_complex(olga, make):
    whole = make["aanmelding"]("gestart", "licht", niveau="groep", groep_naam="7 blauw")
    traject = make["traject"]("lopend", "licht", whole)
    refused = olga.post(traject, "omzetten", doel_behaald="nee", opbrengst="Er is meer nodig.")
    assert (refused.status, refused.refusal) == (409, "Complexe ondersteuning gaat over een leerling.")


@pytest.mark.regel("B-14")
def test_after_the_overdracht_the_ambulant_begeleider_goes_on_with_what_is_known(traject, voor, olga, abel, mails):
    page = abel.see(traject)
    assert ("starten" in page.offered, page.explained["Traject starten"]) == (False, EERST_OVERDRACHT)
    assert page.explained["Overdracht ontvangen"] == EERST_OVERDRACHT
    refused = abel.post(traject, "starten")
    assert (refused.status, refused.refusal) == (409, EERST_OVERDRACHT)

    mails()
    olga.press(traject, "overdragen", **WERK)
    assert mails() == ["abel"]
    page = abel.see(traject)
    assert page.explained["Traject starten"] == ONTVANG
    assert page.facts["Voortraject"] == (
        f"{voor.aanmelding.nummer}. Doel: Ze vraagt zelf om hulp. Opbrengst: Een maatje is niet genoeg."
    )
    assert page.facts["Overdracht"] == f"{voluit(TODAY)}, door O. Specht. {WERK['overdracht_tekst']}"
    abel.press(traject, "ontvangen")
    abel.press(traject, "starten")
    page = abel.see(traject)
    assert page.explained["Waarnemen afronden"] == "Leg eerst een bezoek of ander contact vast."
    abel.press(traject, "op_voortraject", bevinding="Ze wacht tot iemand haar ziet.")
    traject.refresh_from_db()
    assert (traject.state, traject.waarnemen_op_voortraject) == ("begrijpen", True)


@pytest.mark.regel("B-14")
def test_the_ambulant_begeleider_does_not_fill_in_the_overdracht_for_her(traject, abel, people):
    assert "overdragen" not in abel.see(traject).offered
    refused = abel.post(traject, "overdragen", **WERK)
    assert (refused.status, refused.refusal) == (409, "“Overdracht vastleggen” is aan een ander.")
    assert refused.typed == [WERK["overdracht_tekst"]]
    with pytest.raises(Refused, match="is aan een ander"):
        TRAJECT.take("overdragen", traject.pk, people[Role.AB], **WERK)
    traject.refresh_from_db()
    traject.overdracht_door, traject.overdracht_op, traject.overdracht_tekst = people[Role.AB], TODAY, "Niets."
    with database_says("De onderwijsspecialist geeft de overdracht."):
        traject.save()
    assert Traject.objects.get(pk=traject.pk).overdracht_op is None


@pytest.mark.regel("B-14")
def test_without_the_overdracht_the_database_does_not_start_it(traject):
    traject.refresh_from_db()
    traject.state = "waarnemen"
    with database_says(EERST_OVERDRACHT):
        traject.save()
    with database_says(EERST_OVERDRACHT):
        Traject.objects.filter(pk=traject.pk).update(state="waarnemen")
    with database_says(EERST_OVERDRACHT):
        sql("UPDATE cases_traject SET state = 'waarnemen' WHERE id = %s", traject.pk)


@pytest.mark.regel("B-14")
def test_nobody_closes_waarnemen_on_an_overdracht_that_was_never_given(make, abel):
    running = make["traject"]("waarnemen")
    sentence = "Dit kan alleen als er een overdracht is ontvangen."
    assert "op_voortraject" not in abel.see(running).offered
    assert abel.post(running, "op_voortraject", bevinding="Niets.").refusal == sentence
    with database_says("Neem eerst de overdracht in ontvangst."):
        Traject.objects.update(waarnemen_op_voortraject=True)


@pytest.mark.regel("B-14")
def test_a_voortraject_that_is_known_cannot_be_waved_away(traject, abel, olga):
    """The aanmelding names the voortraject; whoever answers “Nee” in the overleg still needs the overdracht."""
    abel.press(traject, "overleg", kort_overleg_met=olga.user.pk, voortraject="False")
    refused = abel.post(traject, "starten")
    assert (refused.status, refused.refusal) == (409, EERST_OVERDRACHT)


@pytest.mark.regel("B-14")
def test_a_start_in_an_old_tab_is_refused(traject, olga, abel):
    """Abel had the start open; meanwhile Olga hands over again, and he has not received that."""
    olga.press(traject, "overdragen", **WERK)
    abel.press(traject, "ontvangen")
    form = abel.see(traject).form("/starten/")
    olga.press(traject, "overdragen", **WERK)
    late = abel.send(form)
    assert (late.status, late.refusal) == (409, ONTVANG)
