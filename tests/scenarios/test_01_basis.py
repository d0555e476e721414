"""Scenario 1. A basisvraag on school level: één aanmeldpunt, and only the onderwijsspecialist of the team."""

import pytest
from django.core.mail import send_mail

from cases.models import Aanmelding
from cases.roles import Role
from schools.models import School
from tests.scenarios.conftest import CONTACT, SCHOOLVRAAG
from tests.scenarios.shell import database_says, sql

INITIATIEF = "Het initiatief ligt bij de IB-er van de school."


@pytest.mark.regel("B-1", "B-3", "B-7", "B-22")
def test_a_school_asks_the_onderwijsspecialist_comes_and_the_traject_ends(sam, olga, abel, tess, newest, mails):
    sent = sam.files(**SCHOOLVRAAG)
    vraag = newest()
    assert (sent.title, vraag.state, vraag.soort) == ("Je aanmelding is verstuurd", "ingediend", "basis")
    assert "Onderwijsspecialist: Olga Specht" in sent.text
    assert mails() == ["olga"]
    assert abel.see(vraag).status == tess.see(vraag).status == 404

    assert olga.see("werklijst").rows[1][:4] == [vraag.nummer, "De Berg", "school", "Basis"]
    assert olga.see(vraag).offered >= {"oppakken", "vragen"}
    assert olga.press(vraag, "oppakken", **CONTACT).said == ["Opgepakt."]
    assert mails() == ["sam"]

    form = olga.open(vraag, "starten_basis")
    assert form.values["uitvoerder"] == str(olga.user.pk)  # the onderwijsspecialist, unless she chooses another
    assert "De school blijft verantwoordelijk" in olga.see("step", "aanmelding", vraag.pk, "starten_basis").text
    assert olga.send(form, doel="Elke week een korte bespreking").said == ["Traject gestart."]
    assert mails() == ["sam"]

    traject = vraag.trajecten.get()
    assert (traject.state, traject.uitvoerder) == ("lopend", olga.user)
    said = olga.press(traject, "bezoek", soort="bezoek", minuten_0=90, notitie="De structuur staat op papier.").said
    assert said[0].endswith("1,5 uur. Wijzig · Maak ongedaan")
    olga.press(traject, "evalueren")
    assert olga.press(traject, "afsluiten").errors == [
        "Kies of het doel is behaald.", "Schrijf op wat het opleverde."
    ]  # fmt: skip
    olga.press(traject, "afsluiten", doel_behaald="ja", opbrengst="Iedereen weet wie wat doet.")
    traject.refresh_from_db()
    assert (traject.state, traject.doel_behaald) == ("afgesloten", "ja")
    assert mails() == ["sam", "sam"]
    assert [e.step for e in vraag.events.order_by("pk")] == [
        "indienen", "oppakken", "starten_basis", "bezoek", "evalueren", "afsluiten"
    ]  # fmt: skip


@pytest.mark.regel("A-12")
def test_the_form_asks_for_no_leerling_and_for_no_approval(sam, newest):
    page = sam.writes(**SCHOOLVRAAG)
    assert page.title == "Controleer en verstuur"
    asked = set(page.facts) - {"Bijlage"}
    assert asked == {
        "Waar gaat de vraag over?", "Welke ondersteuning?", "Thema", "Wat is jullie vraag aan het expertteam?",
        "Wat heeft de school al gedaan en wat was het effect?",
    }  # fmt: skip


@pytest.mark.regel("B-1")
def test_nobody_but_the_ib_er_of_the_school_files_for_it(sam, olga, abel, coen, dirk, otto, newest):
    for other in (olga, abel, coen, otto):
        page = other.see("nieuw")
        assert (page.status, page.forms[-1].action) == (403, "/uitloggen/")
        assert f"{INITIATIEF} Vraag de IB-er om de aanmelding te maken." in page.text
        assert other.client.post("/aanmelding/nieuw/", SCHOOLVRAAG).status_code == 403
    page = dirk.client.get("/aanmelding/nieuw/?school=99ZZ00").content.decode()
    assert ("Voor <strong>Het Dal</strong>" in page, "De Berg" in page) == (True, False)
    sam.writes(**SCHOOLVRAAG)
    draft = newest()
    for other in (olga, abel, coen, dirk):
        assert other.post(draft, "indienen", versie=draft.versie).status == 404
    assert Aanmelding.objects.get().state == "concept"


@pytest.mark.regel("B-1")
@pytest.mark.parametrize("who", [Role.OS, Role.AB, Role.COORDINATOR, None], ids=str)
def test_not_even_the_database_takes_it_from_another(people, who):
    with database_says(INITIATIEF):
        Aanmelding.objects.create(school=School.objects.get(naam="De Berg"), door=people[who])


@pytest.mark.regel("B-1")
def test_nobody_puts_the_name_of_another_or_another_school_under_it_afterwards(people, make):
    make["aanmelding"]("ingediend")
    blijft = "De school, de IB-er en het nummer van een aanmelding blijven zoals ze zijn."
    with database_says(blijft):
        sql("UPDATE cases_aanmelding SET door_id = %s", people[Role.OS].pk)
    with database_says(blijft):
        Aanmelding.objects.update(school=School.objects.get(naam="Het Dal"))


def test_a_mail_is_a_number_and_a_link(sam, newest, mailoutbox):
    sam.files(**SCHOOLVRAAG)
    (mail,) = mailoutbox
    vraag = newest()
    assert mail.subject == f"Nieuwe aanmelding {vraag.nummer}"
    assert mail.body == (
        "Hallo Olga,\n\nEr is een nieuwe aanmelding van De Berg. Soort: basis.\n"
        f"Bekijk de aanmelding: http://127.0.0.1:8000/aanmelding/{vraag.pk}/\n\n"
        "Je krijgt deze mail omdat nieuwe aanmeldingen van deze school naar jou gaan.\n"
    )


def test_a_mail_with_a_text_from_the_dossier_would_be_seen(sam, mails):
    """The broken twin of the look at every mail."""
    sam.writes(**SCHOOLVRAAG)
    send_mail("Nieuw", f"Zij vragen: {SCHOOLVRAAG['hulpvraag']}", None, ["olga@ppo.test"])
    with pytest.raises(AssertionError):
        mails()
