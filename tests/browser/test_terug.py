"""The Back button keeps what was typed, though no page may be kept by the browser; after leaving it shows nothing."""

import pytest
from django.urls import reverse

from cases.models import Aanmelding
from cases.roles import Role
from tests.browser.test_bewaren import KEPT

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


def away_and_back(page):
    page.goto(reverse("hulp"))
    page.go_back()


def test_a_step_that_was_half_filled_in_is_still_so(people, make, open_as):
    page = open_as(people[Role.AB])
    page.goto(reverse("step", args=["traject", make["traject"]("waarnemen").pk, "bezoek"]))
    page.locator("#id_notitie").fill("De plek vooraan helpt.")
    away_and_back(page)
    assert page.locator("#id_notitie").input_value() == "De plek vooraan helpt."


@pytest.mark.parametrize("back", [away_and_back, lambda page: page.reload()], ids=["back", "reload"])
def test_a_new_aanmelding_is_found_again_and_stays_one(people, open_as, back):
    page = open_as(people[Role.IB])
    page.goto(reverse("nieuw"))
    page.locator("label[for=id_niveau_2]").click()
    page.locator("#id_hulpvraag").fill("Hoe wordt het rustiger?")
    page.get_by_text("Concept bewaard om ").wait_for()
    back(page)
    assert page.locator("#id_hulpvraag").input_value() == "Hoe wordt het rustiger?"
    page.locator("#id_hulpvraag").fill("Hoe wordt het rustiger op het plein?")
    page.get_by_text("Concept bewaard om ").wait_for()
    assert [a.hulpvraag for a in Aanmelding.objects.all()] == ["Hoe wordt het rustiger op het plein?"]
    kept = page.evaluate(KEPT)
    assert kept["session"] == {
        "htmx-current-path-for-history": reverse("beschrijven", args=[Aanmelding.objects.get().pk])
    }
    assert kept["local"] == {}


def test_what_is_typed_on_after_the_first_draft_belongs_to_it(people, open_as):
    page = open_as(people[Role.IB])
    page.goto(reverse("nieuw"))
    page.locator("label[for=id_niveau_2]").click()
    page.locator("#id_hulpvraag").fill("Hoe wordt het rustiger?")
    page.get_by_text("Concept bewaard om ").wait_for()
    page.locator("#id_hulpvraag").fill("Hoe wordt het rustiger op het plein?")
    page.get_by_role("button", name="Opslaan en later verder").click()
    page.get_by_text("Je concept is bewaard.").wait_for()
    assert [a.hulpvraag for a in Aanmelding.objects.all()] == ["Hoe wordt het rustiger op het plein?"]


def test_after_logging_out_the_back_button_shows_nothing_of_a_dossier(people, make, open_as):
    page = open_as(people[Role.OS])
    page.goto(reverse("detail", args=["traject", make["traject"]("waarnemen").pk]))
    page.get_by_text("Voorbeeld").first.wait_for()
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("heading", name="Inloggen").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Inloggen").wait_for()
    assert "Voorbeeld" not in page.content().replace("Voorbeeldstad", "")
