"""Scenario 2. Lichte ondersteuning: always short, about a leerling or a group, with the parents' agreement."""

import datetime

import pytest

from cases.engine import Refused
from cases.models import Aanmelding, Traject
from cases.roles import Role
from cases.workflow import AANMELDING
from schools.models import School, Vakantie
from tests.people import TODAY
from tests.scenarios.conftest import CONTACT, LATER, LEERLINGVRAAG, SCHOOLVRAAG
from tests.scenarios.shell import database_says, sql

NIET_OP_SCHOOL = "Lichte ondersteuning gaat over een leerling of een groep."
OUDERS = "Vink aan dat de ouders ervan weten. Anders kun je de aanmelding niet versturen."
EINDDATUM = "Vul in wanneer het klaar is. Lichte ondersteuning is altijd kortdurend."


def twelve_weeks():
    """The same weekday; from a weekend on the friday before it, which is the sixtieth weekday too."""
    return TODAY + datetime.timedelta(weeks=12) - datetime.timedelta(days=max(TODAY.weekday() - 4, 0))


@pytest.mark.regel("B-4")
def test_the_proposed_end_of_licht_skips_the_vakanties_of_the_school(gewone_weken, make, olga):
    vraag = make["aanmelding"]("opgepakt", "licht")
    monday = TODAY + datetime.timedelta(days=7 - TODAY.weekday())
    for regio, week in [("Midden", 1), ("Noord", 4)]:
        van = monday + datetime.timedelta(weeks=week)
        Vakantie.objects.create(naam="vrij", regio=regio, van=van, tot=van + datetime.timedelta(days=6))
    for regio in ("", "Noord"):
        School.objects.filter(naam="De Berg").update(vakantieregio=regio)
        shown = olga.open(vraag, "starten_licht").values["verwachte_einddatum"]
        assert shown == (twelve_weeks() + datetime.timedelta(weeks=1)).isoformat()
    Vakantie.objects.update(regio="Zuid")
    assert olga.open(vraag, "starten_licht").values["verwachte_einddatum"] == twelve_weeks().isoformat()


@pytest.mark.regel("B-4")
def test_a_lichte_vraag_has_an_end_and_ends(gewone_weken, sam, olga, newest, mails):
    sam.files(**LEERLINGVRAAG)
    vraag = newest()
    olga.press(vraag, "oppakken", **CONTACT)
    form = olga.open(vraag, "starten_licht")
    assert form.values["verwachte_einddatum"] == twelve_weeks().isoformat()
    refused = olga.send(form, doel="Ze vraagt om hulp", verwachte_einddatum="")
    assert refused.errors == ["Vul in wanneer het klaar is."]
    assert not Traject.objects.exists()
    refused = olga.press(vraag, "starten_licht", doel="Ze vraagt om hulp", verwachte_einddatum=TODAY)
    assert [error.partition(" na ")[0] for error in refused.errors] == ["De einddatum moet"]

    mails()
    olga.press(vraag, "starten_licht", doel="Ze vraagt om hulp", verwachte_einddatum=LATER)
    traject = vraag.trajecten.get()
    assert (traject.state, traject.verwachte_einddatum, mails()) == ("lopend", LATER, ["sam"])
    olga.press(traject, "evalueren")
    olga.press(traject, "afsluiten", doel_behaald="deels", opbrengst="Ze steekt haar vinger op.")
    traject.refresh_from_db()
    assert (traject.state, traject.doel_behaald, traject.opbrengst) == (
        "afgesloten", "deels", "Ze steekt haar vinger op."
    )  # fmt: skip


@pytest.mark.regel("B-4")
def test_past_the_end_the_onderwijsspecialist_may_close_prolong_or_turn_it_into_complex(olga, make):
    over = TODAY - datetime.timedelta(days=1)
    traject = make["traject"]("lopend", "licht", verwachte_einddatum=over)
    assert olga.see(traject).offered >= {"evalueren", "verlengen", "omzetten"}
    assert olga.press(traject, "verlengen", verwachte_einddatum=LATER).errors == ["Schrijf op waarom."]
    olga.press(traject, "verlengen", verwachte_einddatum=LATER, note="Ze was lang ziek.")
    traject.refresh_from_db()
    assert (traject.state, traject.verwachte_einddatum) == ("lopend", LATER)
    assert traject.aanmelding.events.get(step="verlengen").note == "Ze was lang ziek."


@pytest.mark.regel("B-4")
def test_past_the_end_it_is_the_turn_of_the_onderwijsspecialist(olga, make):
    """A signal: it stands under what she must do, and it never closes by itself."""
    over = TODAY - datetime.timedelta(days=1)
    traject = make["traject"]("lopend", "licht", verwachte_einddatum=over)
    assert olga.see("werklijst").rows[1][5] == "Jij"
    assert Traject.objects.get(pk=traject.pk).state == "lopend"


@pytest.mark.regel("B-4")
def test_licht_on_school_level_is_refused_on_every_path(sam, people, newest):
    page = sam.writes(**SCHOOLVRAAG | {"soort": "licht"})
    assert page.errors == [NIET_OP_SCHOOL]
    draft = newest()
    Aanmelding.objects.update(soort="licht")  # past the form; a draft is refused nothing
    assert NIET_OP_SCHOOL in sam.see("controleren", draft.pk).text
    refused = sam.post(draft, "indienen")
    assert (refused.status, refused.refusal) == (409, NIET_OP_SCHOOL)
    with pytest.raises(Refused, match=NIET_OP_SCHOOL):
        AANMELDING.take("indienen", draft.pk, people[Role.IB])


@pytest.mark.regel("B-4")
def test_the_database_refuses_licht_on_school_level_too(make):
    sent = make["aanmelding"]("ingediend", "basis", niveau="school")
    sent.soort = "licht"
    with database_says(NIET_OP_SCHOOL):
        sent.save()
    with database_says(NIET_OP_SCHOOL):
        sql("UPDATE cases_aanmelding SET soort = 'licht'")


def test_without_the_parents_it_is_not_sent_and_the_field_is_named(sam, people, newest):
    page = sam.writes(**{k: v for k, v in LEERLINGVRAAG.items() if k != "ouders_akkoord"})
    assert page.errors == [OUDERS]
    draft = newest()
    form = sam.see("controleren", draft.pk)
    assert [f.action for f in form.forms if f.action.endswith("indienen/")] == []  # no button
    refused = sam.post(draft, "indienen", ouders_akkoord="on")  # a word from the side changes nothing
    assert (refused.status, refused.refusal) == (409, OUDERS)
    with pytest.raises(Refused, match=OUDERS):
        AANMELDING.take("indienen", draft.pk, people[Role.IB], ouders_akkoord=True)
    assert Aanmelding.objects.get().state == "concept"


def test_the_database_wants_the_parents_too(make):
    sent = make["aanmelding"]("ingediend", "licht")
    sent.ouders_akkoord = False
    with database_says(OUDERS):
        sent.save()
    with database_says(OUDERS):
        Aanmelding.objects.update(ouders_akkoord_op=None)


@pytest.mark.regel("B-4")
def test_the_database_wants_an_end_of_every_licht_traject(make, people):
    traject = make["traject"]("lopend", "licht")
    traject.verwachte_einddatum = None
    with database_says(EINDDATUM):
        traject.save()
    with database_says(EINDDATUM):
        sql("UPDATE cases_traject SET verwachte_einddatum = NULL")
    whole = make["aanmelding"]("opgepakt", "licht")
    with database_says(EINDDATUM):
        Traject.objects.create(aanmelding=whole, soort="licht", state="lopend", uitvoerder=people[Role.OS], doel="Zo")
