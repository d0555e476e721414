"""The page to run an afstemming from, on a tablet: nothing falls off, and the effect comes before the saving."""

import pytest
from django.urls import reverse

from cases.models import Afstemmingsbesluit
from cases.roles import Role
from tests.people import pot

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}


def test_a_vraag_gets_hours_in_a_few_touches_and_first_it_says_what_that_does(people, make, open_as):
    f, vraag = make["afstemming"](), make["aanmelding"]("ingediend", school="De Beek")
    pot(f.kring, 100)
    page = open_as(people[Role.OS], **TABLET)
    page.goto(reverse("afstemming", args=[f.pk]))
    assert page.evaluate("document.documentElement.scrollWidth") == 768
    case = page.locator(".et-besluit").first
    case.get_by_text("Eerst", exact=True).tap()
    case.get_by_label("Uren voor deze vraag").fill("6,5")
    page.get_by_role("button", name="Bekijk eerst wat het doet").tap()
    page.get_by_text("Er is nog niets opgeslagen.").wait_for()
    assert "nu 100 uur, straks 93,5 uur" in page.get_by_role("status", name="Wat dit doet met de uren").inner_text()
    assert Afstemmingsbesluit.objects.count() == 0
    page.get_by_role("button", name="Opslaan", exact=True).tap()
    page.get_by_text("Opgeslagen.").wait_for()
    b = Afstemmingsbesluit.objects.get()
    assert (b.aanmelding, b.besluit, float(b.uren)) == (vraag, "eerst", 6.5)
