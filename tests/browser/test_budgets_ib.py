"""What filing, resuming and answering costs an IB-er, with real clicks and real keys."""

import datetime

import pytest

from cases.models import Aanmelding, Event, Vraag
from cases.roles import Role
from cases.velden import COLUMNS, asked
from tests.browser.teller import TELLER

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

VRAAG = (
    "De leerling begint niet zelf aan een taak en wacht op de leerkracht. In de kring lukt het wel. "
    "Hoe krijgen we de leerling zelf aan het werk, en wat kan de leerkracht daarbij doen in een volle groep? "
    "We zoeken iets dat morgen kan beginnen, liefst met beelden en weinig tekst erbij."
)
GEDAAN = "Een weektaak met plaatjes en een vaste plek vooraan. De plek hielp, de weektaak niet. " * 7


def choose(page, question, answer):
    page.locator(f"#div_id_{question}").get_by_text(answer, exact=True).click()


def leerling(page):
    """Voornaam up to leerkracht: one click, for the groep."""
    for text in ["Yara", "Voorbeeld", "27-03-2017"]:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    choose(page, "groep", "5")
    page.keyboard.press("Tab")
    page.keyboard.type("Juf Els")


def send(page):
    page.get_by_role("button", name="Controleren").click()
    page.get_by_role("button", name="Aanmelding versturen").click()
    page.get_by_role("heading", name="Je aanmelding is verstuurd").wait_for()


def test_no_more_is_required_than_these_numbers_say():
    assert [sum(asked(*kind).values()) for kind in COLUMNS] == [10, 11, 14, 6, 7, 4]


def test_a_basis_aanmelding_about_a_leerling(people, open_as, within):
    page = open_as(people[Role.IB], TELLER)
    page.goto("/")
    page.get_by_role("link", name="Nieuwe aanmelding").click()
    choose(page, "niveau", "Een leerling")
    page.locator("label[for=id_soort_0]").click()
    page.locator("#id_hulpvraag").click()
    page.keyboard.type(VRAAG)
    for _ in ["al_gedaan", "gaat_goed", "voornaam"]:
        page.keyboard.press("Tab")
    leerling(page)
    page.locator("label[for=id_ouders_akkoord]").click()
    send(page)

    used = within(page, "IB-er: basis aanmelding over een leerling", clicks=9, pages=3, seconds=180)
    assert 310 <= used["keys"] <= 340
    sent = Aanmelding.objects.get()
    assert (sent.state, sent.soort, sent.hulpvraag, sent.leerkracht) == ("ingediend", "basis", VRAAG, "Juf Els")
    assert (sent.geboortedatum, sent.groep) == (datetime.date(2017, 3, 27), 5)


def test_a_question_of_the_whole_school(people, open_as, within):
    page = open_as(people[Role.IB], TELLER)
    page.goto("/")
    page.get_by_role("link", name="Nieuwe aanmelding").click()
    choose(page, "niveau", "De school")
    choose(page, "thema", "Groepsklimaat")
    page.locator("#id_hulpvraag").click()
    page.keyboard.type(VRAAG)
    send(page)

    within(page, "IB-er: vraag van de school", clicks=6, pages=3, seconds=120)
    sent = Aanmelding.objects.get()
    assert (sent.state, sent.niveau, sent.soort, sent.thema) == ("ingediend", "school", "basis", "groepsklimaat")


def test_a_complex_aanmelding(people, open_as, within):
    page = open_as(people[Role.IB], TELLER)
    page.goto("/")
    page.get_by_role("link", name="Nieuwe aanmelding").click()
    choose(page, "niveau", "Een leerling")
    page.locator("label[for=id_soort_2]").click()
    page.locator("#id_hulpvraag").click()
    page.keyboard.type(VRAAG)
    page.keyboard.press("Tab")
    page.keyboard.type(GEDAAN)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    leerling(page)
    choose(page, "opp", "In voorbereiding")
    choose(page, "andere_setting", "Weet ik niet")
    choose(page, "voortraject", "Nee")
    page.locator("label[for=id_ouders_akkoord]").click()
    send(page)

    within(page, "IB-er: complexe aanmelding", clicks=16, pages=3, seconds=480)
    sent = Aanmelding.objects.get()
    assert (sent.state, sent.soort, sent.opp, sent.andere_setting) == ("ingediend", "complex", "bezig", "weet_niet")


def test_resuming_a_draft(people, make, open_as, within):
    make["aanmelding"]("concept", hulpvraag="Half af")
    page = open_as(people[Role.IB], TELLER)
    page.goto("/")
    page.get_by_role("link", name="Verder").click()
    assert page.locator("#id_hulpvraag").input_value() == "Half af"
    within(page, "IB-er: verder met een concept", clicks=1, keys=0, pages=1)


def test_answering_a_question_from_the_link_in_the_mail(people, make, open_as, within):
    a = make["aanmelding"]("ingediend", vraag_open=True)
    Vraag.objects.create(aanmelding=a, door=people[Role.OS], vraag="Hoe gaat het thuis?")
    page = open_as(people[Role.IB], TELLER)
    page.goto(f"/aanmelding/{a.pk}/")
    page.get_by_label("Antwoord", exact=True).click()
    page.keyboard.type("Thuis gaat het goed. De ouders lezen samen voor.")
    page.get_by_role("button", name="Antwoord versturen").click()
    page.get_by_text("Vraag beantwoord.").wait_for()
    within(page, "IB-er: vraag beantwoorden (link uit de mail)", clicks=2, pages=1, seconds=60)
    assert Vraag.objects.get().antwoord == "Thuis gaat het goed. De ouders lezen samen voor."
    assert [e.step for e in Event.objects.all()] == ["antwoorden"]
