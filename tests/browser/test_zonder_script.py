"""Everything works in a browser without JavaScript: from the aanmelding of the school to the closing of the traject."""

import pytest
from django.urls import reverse

from cases.models import Aanmelding, Contactmoment, Event, Traject, Vraag
from cases.roles import Role
from tests.people import TODAY

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(open_as):
    """plain(user, address): a page in a browser that runs no script."""

    def plain(user, address="/"):
        page = open_as(user, java_script_enabled=False)
        page.goto(address)
        return page

    return plain


def pick(page, question, answer):
    page.locator(f"#div_id_{question}").get_by_text(answer, exact=True).click()


def press(page, button, then):
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(then).first.wait_for()


def test_the_school_files_an_aanmelding(people, plain):
    page = plain(people[Role.IB])
    page.get_by_role("link", name="Nieuwe aanmelding").click()
    pick(page, "niveau", "Een groep")
    page.locator("label[for=id_soort_1]").click()
    page.locator("#id_hulpvraag").fill("Hoe wordt het rustig in de groep?")
    press(page, "Opslaan en later verder", "Je concept is bewaard. Je kunt later verder.")
    page.get_by_role("link", name="Verder").click()
    press(page, "Controleren", "Schrijf op wat de school al deed.")
    page.locator("#id_al_gedaan").fill("Een vaste plek. Dat hielp.")
    pick(page, "groep", "6")
    page.locator("#id_groep_naam").fill("6b")
    page.locator("#id_leerkracht").fill("Meester Bo")
    press(page, "Controleren", "Controleer en verstuur")
    press(page, "Aanmelding versturen", "Je aanmelding is verstuurd")
    sent = Aanmelding.objects.get()
    facts = (sent.state, sent.niveau, sent.soort, sent.groep_naam, sent.al_gedaan)
    assert facts == ("ingediend", "groep", "licht", "6b", "Een vaste plek. Dat hielp.")


def test_the_expertteam_asks_the_school_answers_and_it_is_taken_up(people, make, plain):
    a = make["aanmelding"]("ingediend", "basis")
    page = plain(people[Role.OS])
    page.get_by_role("link", name=a.nummer).click()
    page.get_by_role("link", name="Vraag aan school").click()
    page.locator("#id_vraag").fill("Wat hielp er al?")
    press(page, "Vraag aan school", "Vraag gesteld aan de school.")
    school = plain(people[Role.IB])
    school.get_by_role("link", name=a.nummer).click()
    school.locator("#id_antwoord").fill("Een plek vooraan.")
    press(school, "Antwoord versturen", "Vraag beantwoord.")
    page.goto(reverse("detail", args=["aanmelding", a.pk]))
    press(page, "Opslaan en volgende", "Opgepakt. Er zijn geen nieuwe aanmeldingen.")
    assert [(v.vraag, v.antwoord) for v in Vraag.objects.all()] == [("Wat hielp er al?", "Een plek vooraan.")]
    assert [e.step for e in Event.objects.order_by("at")] == ["vragen", "antwoorden", "oppakken"]
    assert Aanmelding.objects.get().state == "opgepakt"


def test_a_visit_and_the_end_of_a_traject(people, make, plain):
    t = make["traject"]("evaluatie")
    page = plain(people[Role.AB])
    page.get_by_role("link", name="Bezoek vastleggen").click()
    pick(page, "soort", "Overleg")
    pick(page, "minuten", "Anders")
    page.get_by_label("Aantal minuten").fill("45")
    press(page, "Bezoek vastleggen", "Bezoek opgeslagen")
    page.goto(reverse("detail", args=["traject", t.pk]))
    pick(page, "doel_behaald", "Ja")
    page.locator("#id_opbrengst").fill("De leerling begint zelf.")
    page.locator("#id_afschrift_ouders_op").fill(TODAY.isoformat())
    press(page, "Traject afsluiten", "Traject afgesloten.")
    assert [(c.soort, c.minuten) for c in Contactmoment.objects.all()] == [("overleg", 45)]
    t = Traject.objects.get()
    assert (t.state, t.doel_behaald, t.afschrift_ouders_op) == ("afgesloten", "ja", TODAY)
