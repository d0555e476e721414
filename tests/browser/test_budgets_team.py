"""What the daily work costs the expertteam and the coördinator: clicks, taps, keys, seconds."""

import pytest

from cases.models import Aanmelding, Contactmoment, Traject, Vraag
from cases.roles import Role
from schools.models import Schooljaar, Urenbudget
from tests.browser.conftest import PHONE
from tests.browser.teller import TELLER
from tests.people import TODAY

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


def tap(page, question, answer):
    page.locator(f"#div_id_{question}").get_by_text(answer, exact=True).tap()


def test_triage_of_one_aanmelding_opens_the_next(people, make, open_as, within):
    first, second = make["aanmelding"]("ingediend", "basis"), make["aanmelding"]("ingediend", "licht")
    page = open_as(people[Role.OS], TELLER)
    page.goto("/")
    page.get_by_role("link", name=first.nummer).click()
    page.get_by_role("button", name="Opslaan en volgende").click()
    page.get_by_text("Opgepakt. Dit is de volgende aanmelding.").wait_for()
    assert page.locator("h1").inner_text() == f"Aanmelding {second.nummer}"
    within(page, "OS: aanmelding oppakken", clicks=4, keys=0, pages=3, seconds=20)
    assert [Aanmelding.objects.get(pk=a.pk).state for a in (first, second)] == ["opgepakt", "ingediend"]


def test_asking_the_school_a_question(people, make, open_as, within):
    a = make["aanmelding"]("ingediend", "basis")
    page = open_as(people[Role.OS], TELLER)
    page.goto("/")
    page.get_by_role("link", name=a.nummer).click()
    page.get_by_role("link", name="Vraag aan school").click()
    page.locator("#id_vraag:focus").wait_for()  # the one question of this page has the focus
    page.keyboard.type("Wat werkt er al in de groep?")
    page.get_by_role("button", name="Vraag aan school").click()
    page.get_by_text("Vraag gesteld aan de school.").wait_for()
    within(page, "OS: vraag aan school", clicks=3, pages=3, seconds=60)
    assert [v.vraag for v in Vraag.objects.all()] == ["Wat werkt er al in de groep?"]


def log_a_visit(page):
    page.goto("/")
    page.get_by_role("link", name="Bezoek vastleggen").tap()
    tap(page, "soort", "Observatie")
    tap(page, "minuten", "1½ uur")
    page.get_by_role("button", name="Bezoek vastleggen").tap()
    page.get_by_text("Bezoek opgeslagen").wait_for()


def test_logging_a_visit_on_a_phone(people, make, open_as, within):
    t = make["traject"]("waarnemen")
    page = open_as(people[Role.AB], TELLER, **PHONE)
    log_a_visit(page)
    within(page, "AB: bezoek vastleggen (telefoon)", touch=True, clicks=4, keys=0, pages=2, seconds=20)
    visits = [(c.traject, c.soort, c.minuten, c.datum) for c in Contactmoment.objects.all()]
    assert visits == [(t, "observatie", 90, TODAY)]


def test_a_visit_with_a_note(people, make, open_as, within):
    make["traject"]("waarnemen")
    page = open_as(people[Role.AB], TELLER, **PHONE)
    page.goto("/")
    page.get_by_role("link", name="Bezoek vastleggen").tap()
    tap(page, "soort", "Bezoek")
    tap(page, "minuten", "1 uur")
    page.locator("#id_notitie").tap()
    page.keyboard.type("Gekeken tijdens rekenen. De plek vooraan helpt goed, zegt Els.")
    page.get_by_role("button", name="Bezoek vastleggen").tap()
    page.get_by_text("Bezoek opgeslagen").wait_for()
    within(page, "AB: bezoek met notitie (telefoon)", touch=True, clicks=5, pages=2, seconds=45)


def test_correcting_the_visit_that_was_just_logged(people, make, open_as, within):
    make["traject"]("waarnemen")
    page = open_as(people[Role.AB], TELLER, **PHONE)
    log_a_visit(page)
    page.evaluate("start()")
    page.get_by_role("link", name="Wijzig").tap()
    tap(page, "minuten", "2 uur")
    page.get_by_role("button", name="Wijzigen").tap()
    page.get_by_text("Bezoek opgeslagen").wait_for()
    within(page, "AB: bezoek verbeteren (telefoon)", touch=True, clicks=3, keys=0, pages=2, seconds=15)
    assert [c.minuten for c in Contactmoment.objects.all()] == [120]


def test_closing_a_traject(people, make, open_as, within):
    t = make["traject"]("evaluatie")
    page = open_as(people[Role.AB], TELLER)
    page.goto("/")
    page.get_by_role("link", name=t.aanmelding.nummer, exact=True).first.click()
    page.locator("#div_id_doel_behaald").get_by_text("Deels", exact=True).click()
    page.locator("#id_opbrengst").click()
    page.keyboard.type("De leerling begint nu zelf.")
    page.keyboard.press("Tab")
    page.keyboard.type(f"{TODAY:%m%d%Y}")  # the calendar of this browser is American
    page.get_by_role("button", name="Traject afsluiten").click()
    page.get_by_text("Traject afgesloten.").wait_for()
    within(page, "AB: traject afsluiten", clicks=5, pages=2, seconds=60)
    t = Traject.objects.get()
    assert (t.state, t.doel_behaald, t.afschrift_ouders_op) == ("afgesloten", "deels", TODAY)


def test_the_coordinator_sees_hours_and_counts_at_once(people, world, make, open_as, within):
    jaar = Schooljaar.objects.van(TODAY)
    for kring, uren in [("noord", 100), ("zuid", 20)]:
        Urenbudget.objects.create(kring=world[kring], schooljaar=jaar, uren=uren)
    make["contactmoment"](minuten=90)
    page = open_as(people[Role.COORDINATOR], TELLER)
    page.goto("/")
    assert page.locator("main p strong").all_inner_texts() == ["1,5", "120", "0", "1"]
    within(page, "Coördinator: uren en aantallen", clicks=0, keys=0, pages=0)


def test_finding_an_aanmelding(people, make, open_as, within):
    a, _ = make["aanmelding"]("opgepakt", "basis"), make["aanmelding"]("opgepakt", "basis")
    page = open_as(people[Role.OS], TELLER)
    page.goto("/kring/")
    page.get_by_role("link", name="Zoeken").click()
    page.locator("#q:focus").wait_for()
    page.keyboard.type(a.nummer[-4:])
    page.keyboard.press("Enter")
    page.get_by_role("link", name=a.nummer).click()
    page.get_by_role("heading", name=f"Aanmelding {a.nummer}").wait_for()
    within(page, "Een aanmelding vinden", clicks=2, keys=6, pages=3, seconds=10)
