"""A complex traject: waarnemen, begrijpen, plannen, uitvoeren, evaluatie, back with a reason, and closed."""

import pytest

from cases.models import Traject
from tests.people import TODAY, voluit
from tests.scenarios.conftest import COMPLEXE_VRAAG, CONTACT
from tests.scenarios.shell import database_says, sql

AFSCHRIFT = "Leg vast wanneer de ouders een afschrift van het advies kregen."
EIND = {"doel_behaald": "deels", "opbrengst": "Ze begint nu zelf aan haar taak."}


def state(traject):
    return Traject.objects.get(pk=traject.pk).state


@pytest.fixture
def traject(sam, olga, abel, newest, mails):
    sam.files(**COMPLEXE_VRAAG)
    vraag = newest()
    abel.press(vraag, "oppakken_ab", **CONTACT)
    traject = vraag.trajecten.get()
    abel.press(traject, "overleg", kort_overleg_met=olga.user.pk, voortraject="False")
    abel.press(traject, "starten")
    mails()
    return traject


@pytest.mark.regel("B-14", "B-16", "B-12", "A-21")
def test_from_waarnemen_to_a_closed_traject(traject, sam, olga, abel, mails):
    assert abel.see(traject).explained["Waarnemen afronden"] == "Leg eerst een bezoek of ander contact vast."
    abel.press(traject, "bezoek", soort="observatie", minuten_0=60, notitie="Ze kijkt naar haar buurvrouw.")
    assert abel.press(traject, "waargenomen").errors == ["Schrijf op wat je zag."]
    abel.press(traject, "waargenomen", bevinding="Ze begint pas als een ander begint.")
    assert (state(traject), mails()) == ("begrijpen", [])
    abel.press(traject, "begrepen", onderwijsbehoeften="Een korte taak met een duidelijk begin.")
    assert (state(traject), mails()) == ("plannen", ["sam"])
    abel.press(traject, "plannen", doel="Zelf beginnen", afspraken="Juf Elsbeth legt de taak klaar, elke ochtend.")
    assert (state(traject), mails()) == ("uitvoeren", ["sam"])
    abel.press(traject, "adviseren", tekst="Geef één taak tegelijk.")
    abel.press(traject, "evalueren_ab")
    assert (state(traject), mails()) == ("evaluatie", ["olga", "sam", "sam"])

    assert abel.press(traject, "terug_plannen").errors == ["Schrijf op waarom."]
    assert state(traject) == "evaluatie"
    abel.press(traject, "terug_plannen", note="Het doel was te groot.")
    assert (state(traject), mails()) == ("plannen", ["olga", "sam"])
    abel.press(traject, "plannen", doel="Binnen vijf minuten beginnen", afspraken="Een wekker op haar tafel.")
    abel.press(traject, "evalueren_ab")
    mails()
    abel.press(traject, "afsluiten_ab", **EIND, afschrift_ouders_op=TODAY)
    closed = Traject.objects.get(pk=traject.pk)
    assert (closed.state, closed.doel_behaald, closed.afschrift_ouders_op) == ("afgesloten", "deels", TODAY)
    assert mails() == ["olga", "sam"]
    assert "Het doel was te groot." in sam.see(traject).text
    assert sam.see(traject).facts["Afschrift aan ouders"] == voluit(TODAY)


@pytest.mark.parametrize("phase", ["waarnemen", "begrijpen", "plannen"])
def test_every_earlier_phase_can_be_gone_back_to_with_a_reason(make, abel, phase):
    traject = make["traject"]("evaluatie")
    assert abel.press(traject, f"terug_{phase}").errors == ["Schrijf op waarom."]
    abel.press(traject, f"terug_{phase}", note="Er is iets nieuws gebeurd.")
    assert (state(traject), traject.aanmelding.events.get().note) == (phase, "Er is iets nieuws gebeurd.")


def test_without_an_afschrift_or_the_reason_why_not_it_is_not_closed(make, abel):
    traject = make["traject"]("evaluatie")
    refused = abel.press(traject, "afsluiten_ab", **EIND)
    assert refused.errors == [AFSCHRIFT]
    assert refused.form("/afsluiten_ab/").values["opbrengst"] == EIND["opbrengst"]
    with database_says(AFSCHRIFT):
        Traject.objects.update(state="afgesloten", **EIND)
    with database_says(AFSCHRIFT):
        sql("UPDATE cases_traject SET state = 'afgesloten', doel_behaald = 'ja', opbrengst = 'Rust.'")
    abel.press(traject, "afsluiten_ab", **EIND, afschrift_reden="De ouders willen het niet.")
    assert state(traject) == "afgesloten"


@pytest.mark.regel("B-16", "B-25")
def test_the_inhoud_is_in_the_hands_of_the_ambulant_begeleider(make, olga, sam):
    """The onderwijsspecialist and the school take no step between the phases of a complex traject."""
    steps = {
        "waarnemen": [("waargenomen", {"bevinding": "Iets gezien."})],
        "begrijpen": [("begrepen", {"onderwijsbehoeften": "Iets nodig."})],
        "plannen": [("plannen", {"doel": "Een doel", "afspraken": "Wie wat doet."})],
        "evaluatie": [("terug_waarnemen", {"note": "Terug ermee."}), ("afsluiten_ab", EIND)],
        "uitvoeren": [("adviseren", {"tekst": "Zo en zo."})],
    }
    taken = []
    for phase, tries in steps.items():
        traject = make["traject"](phase)
        for name, answers in tries:
            for who in (olga, sam):
                if who.post(traject, name, **answers).status != 409:
                    taken.append((who.user.voornaam, name))
    assert taken == []


@pytest.mark.regel("B-5")
def test_a_complex_traject_is_not_asked_when_it_ends(make, abel):
    assert abel.open(make["traject"]("voorbereiding"), "starten").names == set()


@pytest.mark.regel("B-8")
@pytest.mark.parametrize("who", ["sam", "olga", "abel"])
def test_another_setting_in_view_is_flagged_and_the_onderwijsspecialist_stays(make, request, olga, mails, who):
    traject = make["traject"]("uitvoeren")
    request.getfixturevalue(who).press(traject.aanmelding, "andere_setting")
    traject.aanmelding.refresh_from_db()
    assert traject.aanmelding.andere_setting == "ja"
    assert mails() == ([] if who == "olga" else ["olga"])
    page = olga.see(traject)
    assert page.facts["Andere onderwijssetting in beeld"] == "Ja"
    assert "andere_setting" not in page.offered


def test_stopped_before_the_start_another_may_take_it(make, abel, tess):
    traject = make["traject"]("voorbereiding")
    assert abel.press(traject, "stoppen").errors == ["Schrijf op waarom."]
    abel.press(traject, "stoppen", note="Ik heb geen tijd meer.")
    tess.press(traject.aanmelding, "nemen")
    found = {t.uitvoerder: t.state for t in traject.aanmelding.trajecten.all()}
    assert found == {abel.user: "gestopt", tess.user: "voorbereiding"}
