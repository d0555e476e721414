"""Scenario 11. Other experts are brought in by who carries it out; a gedragswetenschapper sees one question."""

import pytest

from cases.engine import Refused
from cases.models import Betrokkene, Consult, Contactmoment
from cases.roles import Role
from cases.workflow import TRAJECT
from schools.models import Rol
from tests.people import LEERLING, TODAY, person
from tests.scenarios.conftest import somebody
from tests.scenarios.shell import database_says

ALLEEN = (
    "Alleen degene die het traject uitvoert benadert andere experts, in overleg met de onderwijsspecialist en de IB-er."
)
OVERLEG = {"overleg_os_op": TODAY, "overleg_ib_op": TODAY}
eef, gerda = somebody(Role.EXPERT), somebody(Role.GW)


@pytest.fixture
def running(make):
    return make["traject"]("waarnemen")


@pytest.fixture
def saar(browser, world):
    """An expert of the SBO."""
    return browser(person("saar@vlieger.test", "Saar", "Vlieger", (Rol.SBO, {"team": world["merel"]})))


def bring(abel, running, who):
    return abel.press(running, "betrekken", expert=who.user.pk, expertise="Motoriek", **OVERLEG)


@pytest.mark.regel("B-26")
def test_an_expert_brought_in_sees_the_traject_from_then_on_and_books_hours(running, abel, eef, mails):
    assert eef.see(running).status == 404
    bring(abel, running, eef)
    assert mails() == ["eef", "olga", "sam"]
    assert running.aanmelding.nummer in eef.see("vandaag").text
    eef.press(running, "bezoek", soort="observatie", minuten_0="60", datum=TODAY)
    assert (Contactmoment.objects.get().door, Contactmoment.objects.get().als) == (eef.user, "ab")


@pytest.mark.regel("A-23", "B-26")
def test_an_expert_of_the_sbo_begins_at_vandaag_and_books_there(running, abel, saar):
    assert saar.see("start").path == "/vandaag/"
    assert "Je hebt nu geen trajecten." in saar.see("vandaag").text
    bring(abel, running, saar)
    page = saar.see("vandaag")
    assert running.aanmelding.nummer in page.text
    after = saar.press(running, "bezoek", soort="bezoek", minuten_0="60", datum=TODAY)
    assert (after.path, Contactmoment.objects.get().als) == ("/vandaag/", "sbo")
    assert running.aanmelding.nummer in saar.see("uren").text


@pytest.mark.regel("B-26")
def test_neither_the_expert_nor_the_os_adds_a_third(running, abel, eef, olga, sam, tess):
    bring(abel, running, eef)
    asked = {"expert": tess.user, "expertise": "Taal", **OVERLEG}
    for who in (eef, olga, sam):
        assert who.see("step", "traject", running.pk, "betrekken").refusal == ALLEEN
        refused = who.post(running, "betrekken", **asked | {"expert": tess.user.pk})
        assert (refused.status, refused.refusal) == (409, ALLEEN)
        with pytest.raises(Refused, match="Alleen degene die het traject uitvoert"):
            TRAJECT.take("betrekken", running.pk, who.user, **asked)
        with database_says(ALLEEN):
            Betrokkene.objects.create(traject=running, door=who.user, **asked)
    assert Betrokkene.objects.count() == 1


@pytest.mark.regel("B-26")
def test_without_an_overleg_with_the_ib_er_nobody_is_brought_in(running, abel, eef):
    answers = {"expert": eef.user.pk, "expertise": "Motoriek", "overleg_os_op": TODAY}
    page = abel.press(running, "betrekken", **answers, overleg_ib_op="")
    assert (page.status, len(page.errors), Betrokkene.objects.count()) == (200, 1, 0)
    with pytest.raises(Refused, match="Vul eerst in: wanneer was het overleg met de IB-er"):
        TRAJECT.take("betrekken", running.pk, abel.user, **answers | {"expert": eef.user})


def ask(abel, running, gerda):
    abel.press(running, "consult", aan=gerda.user.pk, vraag="Past deze aanpak bij angst?")
    return Consult.objects.get()


@pytest.mark.regel("B-16")
def test_a_gedragswetenschapper_sees_the_question_and_nothing_of_the_dossier(running, abel, gerda, mails):
    consult = ask(abel, running, gerda)
    assert mails() == ["gerda"]
    assert gerda.see("start").path == "/consulten/"
    pages = [gerda.see("consulten"), gerda.see(consult), gerda.see("step", "consult", consult.pk, "beantwoorden")]
    words = {LEERLING["voornaam"], LEERLING["achternaam"], "De Berg", LEERLING["hulpvraag"], "Juf Els", "Zelf aan"}
    for page in pages:
        assert (page.status, [word for word in words if word in page.text]) == (200, [])
    assert all("Past deze aanpak bij angst?" in page.text for page in pages[:2])
    assert "Abel Visser" in pages[1].text
    assert gerda.see(running).status == gerda.see(running.aanmelding).status == 404


@pytest.mark.regel("B-16")
def test_she_answers_on_the_page_of_the_question_and_the_ab_reads_it_in_the_dossier(running, abel, gerda, sam, mails):
    consult = ask(abel, running, gerda)
    mails()
    form = gerda.see(consult).form("/beantwoorden/")
    page = gerda.send(form, antwoord="Kijk ook naar de slaap.")
    assert (page.status, mails(), "Kijk ook naar de slaap." in page.text) == (200, ["abel"], True)
    assert [f for f in page.forms if f.action.endswith("/beantwoorden/")] == []
    for who in (abel, sam):
        assert who.see(running).facts["Wat is je antwoord"] == "Kijk ook naar de slaap."


@pytest.mark.regel("B-16")
def test_the_question_of_another_is_not_there(running, abel, gerda, browser):
    consult = ask(abel, running, gerda)
    guus = browser(person("guus@aed.test", "Guus", "Wijs", (Rol.GW, {})))
    assert guus.see(consult).status == guus.see("step", "consult", consult.pk, "beantwoorden").status == 404
    assert "Er zijn nog geen vragen voor jou." in guus.see("consulten").text


@pytest.mark.regel("B-16")
def test_what_waits_for_an_answer_stands_first(make, gerda):
    made = [make["consult"](state) for state in ("gevraagd", "beantwoord", "gevraagd", "ingetrokken")]
    found = gerda.client.get("/consulten/").context["page"].object_list
    assert [c.pk for c in found] == [made[2].pk, made[0].pk, made[3].pk, made[1].pk]
