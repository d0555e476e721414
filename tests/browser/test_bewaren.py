"""Nothing typed is lost, nothing is sent twice, and nothing of a dossier stays behind in the browser."""

import datetime
import time

import pytest
from django.urls import reverse

from cases.models import Aanmelding, Contactmoment, Event
from cases.roles import Role
from cases.views import stap
from expertteam import sleutel
from expertteam.models import Sessie

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

KEPT = """async () => ({
  local: {...localStorage}, session: {...sessionStorage}, indexed: await indexedDB.databases(),
  caches: await caches.keys(), cookies: document.cookie})"""
PASSWORD = "een lange zin om in te komen"


def test_a_draft_saves_itself_and_is_found_again(people, open_as):
    page = open_as(people[Role.IB])
    page.goto(reverse("nieuw"))
    assert Aanmelding.objects.count() == 0  # looking at the form keeps nothing
    page.locator("label[for=id_niveau_2]").click()
    page.locator("#id_hulpvraag").click()
    page.keyboard.type("Hoe wordt het rustiger op het plein?")
    page.get_by_text("Concept bewaard om ").wait_for()
    assert [(a.state, a.hulpvraag) for a in Aanmelding.objects.all()] == [
        ("concept", "Hoe wordt het rustiger op het plein?")
    ]
    address = reverse("beschrijven", args=[Aanmelding.objects.get().pk])
    path = {"htmx-current-path-for-history": address}  # and nothing of what was typed
    kept = {"local": {}, "session": path, "indexed": [], "caches": [], "cookies": ""}
    assert page.evaluate(KEPT) == kept
    page.close()

    page = open_as(people[Role.IB])
    page.goto("/")
    page.get_by_role("link", name="Verder").click()
    assert page.locator("#id_hulpvraag").input_value() == "Hoe wordt het rustiger op het plein?"
    assert Event.objects.count() == 0


@pytest.fixture
def slow(monkeypatch):
    """A server that thinks long enough for a second click."""
    take = stap.take

    def slowly(*args):
        time.sleep(0.6)
        return take(*args)

    monkeypatch.setattr(stap, "take", slowly)


def twice(page, button):
    """The second click comes while the first is under way; both are sent."""
    found = page.get_by_role("button", name=button, exact=True)
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    for _ in range(2):
        page.mouse.click(box["x"] + 20, box["y"] + 20)
        page.wait_for_timeout(200)


def test_a_double_click_on_versturen_sends_once(people, make, open_as, slow):
    a = make["aanmelding"]("concept", "basis")
    page = open_as(people[Role.IB])
    page.goto(reverse("controleren", args=[a.pk]))
    twice(page, "Aanmelding versturen")
    page.get_by_role("heading", name="Je aanmelding is verstuurd").wait_for()
    assert [e.step for e in Event.objects.all()] == ["indienen"]


def visit(page, t):
    page.goto(reverse("step", args=["traject", t.pk, "bezoek"]))
    page.locator("label[for=id_soort_0]").click()
    page.locator("label[for=id_minuten_0_1]").click()


def test_a_double_click_logs_a_visit_once(people, make, open_as, slow):
    page = open_as(people[Role.AB])
    visit(page, make["traject"]("waarnemen"))
    twice(page, "Bezoek vastleggen")
    page.get_by_role("heading", name="Vandaag").wait_for()
    assert Contactmoment.objects.count() == 1


def test_without_the_key_a_double_click_would_log_it_twice(people, make, open_as, slow, monkeypatch):
    monkeypatch.setattr(sleutel, "read", lambda request: None)
    page = open_as(people[Role.AB])
    visit(page, make["traject"]("waarnemen"))
    twice(page, "Bezoek vastleggen")
    page.get_by_role("heading", name="Vandaag").wait_for()
    assert Contactmoment.objects.count() == 2


def log_in(page, user):
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def test_logging_in_with_a_password_leads_to_the_own_page(people, open_as):
    people[Role.OS].set_password(PASSWORD)
    people[Role.OS].save()
    page = open_as()
    page.goto("/")
    page.get_by_label("E-mailadres").fill(people[Role.OS].email)
    page.get_by_label("Wachtwoord").fill("iets anders dan het is")
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_text("E-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw.").first.wait_for()
    assert page.get_by_label("E-mailadres").input_value() == people[Role.OS].email
    log_in(page, people[Role.OS])
    page.get_by_role("heading", name="Werklijst").wait_for()


def test_a_note_survives_a_session_that_ran_out(people, make, open_as):
    people[Role.AB].set_password(PASSWORD)
    people[Role.AB].save()
    page = open_as()
    page.goto("/")
    log_in(page, people[Role.AB])
    page.get_by_role("heading", name="Vandaag").wait_for()
    visit(page, make["traject"]("waarnemen"))
    page.locator("#id_notitie").fill("De plek vooraan helpt.\nMorgen verder.")
    Sessie.objects.update(expire_date=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    page.get_by_role("button", name="Bezoek vastleggen").click()
    page.get_by_role("heading", name="Inloggen").wait_for()
    assert Contactmoment.objects.count() == 0
    log_in(page, people[Role.AB])
    page.get_by_role("heading", name="Je tekst is bewaard").wait_for()
    assert page.locator("blockquote", has_text="plek").inner_text() == "De plek vooraan helpt.\nMorgen verder."
    page.get_by_role("button", name="Verder").click()
    page.get_by_text("Bezoek opgeslagen").wait_for()
    notes = [c.notitie.replace("\r\n", "\n") for c in Contactmoment.objects.all()]
    assert notes == ["De plek vooraan helpt.\nMorgen verder."]
