"""The page to run an OT with: on a tablet nothing falls off, on paper each leerling has a sheet of her own."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cases.models import Afspraak, Overleg
from cases.roles import Role
from tests.browser import paginas
from tests.people import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}
LANG = "Waarom lukt het rekenen alleen als er iemand naast zit? " * 26  # about as long as a hulpvraag may be


@pytest.fixture
def meeting(people, make, open_as):
    """Sam's tablet, with the page of an OT about three leerlingen."""
    paginas.vergadering(make, people)
    punt = Overleg.objects.get(state="gepland").agenda.get(state="voorbereid")
    type(punt.aanmelding).objects.filter(pk=punt.aanmelding_id).update(hulpvraag=LANG)
    page = open_as(people[Role.IB], **TABLET)
    page.goto(reverse("vergaderen", args=[punt.overleg_id]))
    return page


def test_on_a_tablet_everything_fits_in_the_width(meeting):
    assert meeting.evaluate("document.documentElement.scrollWidth") == 768
    left, right = [box.bounding_box() for box in meeting.locator(".et-zaak").first.locator(".et-zaak-vak > div").all()]
    assert (left["y"], left["x"] + left["width"] <= right["x"]) == (right["y"], True)


def test_an_afspraak_is_made_in_four_touches_and_one_stays_with_the_leerling(meeting):
    case = meeting.locator(".et-zaak").first
    where = meeting.url
    case.get_by_label("Wat spreken jullie af?").fill("De ouders bellen")
    case.get_by_text("Olga Specht").tap()
    case.get_by_label("Wanneer is het klaar?").fill(f"{TODAY.year + 1}-01-08")
    case.get_by_role("button", name="Afspraak vastleggen").tap()
    meeting.get_by_text("De ouders bellen").first.wait_for()
    assert meeting.url.partition("#")[0] == where
    assert meeting.url.endswith(f"#{Afspraak.objects.get(wat='De ouders bellen').aanmelding_id}")


def test_on_paper_each_leerling_has_one_sheet_without_bar_or_buttons(meeting):
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(meeting.pdf(format="A4"))).pages]
    assert [text.count("Hulpvraag:") for text in sheets] == [1, 1, 1]
    assert "OT De Berg" in sheets[0]
    paper = " ".join(sheets)
    words = ["Uitloggen", "Gedaan", "Afspraak vastleggen", "Wat spreken jullie af?", "OT is gehouden", "Terug naar"]
    assert [word for word in words if word in paper] == []
    assert "Een maatje zoeken" in sheets[0]
    assert "Voorbeeld" not in meeting.title()
