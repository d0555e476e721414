"""A school year of one complex leerling, in ordinary pages; it takes the pictures of the handbook on its way."""

import datetime
import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from cases.models import Aanmelding, Overleg, Traject
from cases.roles import Role
from schools.models import Schooljaar
from tests.browser.conftest import PHONE
from tests.people import TODAY, pot

DESK = {"viewport": {"width": 1280, "height": 900}}
PLACE = Path("docs/handboek")
SOON = TODAY + datetime.timedelta(days=14)
VRAAG = "Yara begint niet zelf aan een taak en raakt snel boos. Hoe helpen we haar op gang?"
ADVIES = "Geef één taak tegelijk. Spreek vooraf af wat ze doet als het niet lukt."
NUMMERS = (f"26-9{n:03}" for n in range(1000))  # beside those that are given out here
NOG_NIET = "Nog geen handelingsadvies mogelijk: de fasen waarnemen en begrijpen zijn nog niet doorlopen."


def named():
    """The pictures that the handbook shows."""
    return re.findall(r"!\[[^\]]+\]\(([\w-]+\.png)\)", (PLACE / "handboek.md").read_text())


def test_the_handbook_shows_each_of_its_pictures_once_and_they_are_small():
    there = {p.name: p.stat().st_size for p in PLACE.glob("*.png")}
    assert sorted(named()) == sorted(there)
    assert {name: size for name, size in there.items() if size > 100_000} == {}


# A day and a time as a Dutch browser shows them, for as long as the picture takes: this browser may speak English
DUTCH = """() => document.querySelectorAll("[type=date], [type=time]").forEach((field) => {
    const shown = document.createElement("input"), [year, month, day] = field.value.split("-");
    shown.className = field.className + " getoond";
    shown.value = day ? `${day}-${month}-${year}` : field.value || "dd-mm-jjjj";
    field.after(shown); field.hidden = true})"""
BACK = """() => { document.querySelectorAll(".getoond").forEach((shown) => shown.remove());
    document.querySelectorAll("[type=date], [type=time]").forEach((field) => { field.hidden = false })}"""


@pytest.fixture
def foto(tmp_path):
    """foto(page, "name") takes a picture, for the handbook with HANDBOEK=1; in the end all that its text names."""
    there, made = PLACE if os.environ.get("HANDBOEK") else tmp_path, []

    def foto(page, name):
        page.evaluate(DUTCH)
        high = min(page.evaluate("document.body.scrollHeight"), 1100)
        size = page.viewport_size["width"]
        whole = {"x": 0, "y": 0, "width": size, "height": high}
        taken = page.screenshot(full_page=True, clip=whole, caret="initial")  # no style of its own in a closed page
        page.evaluate(BACK)
        Image.open(BytesIO(taken)).convert("RGB").quantize(64).save(there / f"{name}.png", optimize=True)
        made.append(f"{name}.png")

    yield foto
    assert made == named()


def fill(page, name, answer):
    """One question, as somebody answers it."""
    question = page.locator(f"#div_id_{name}")
    question.wait_for()
    if question.locator("[type=radio]").count():
        question.get_by_text(answer, exact=True).click()
    else:
        page.locator(f"#id_{name}").fill(answer.isoformat() if hasattr(answer, "isoformat") else answer)


def to(page, label):
    """The form of a step: on this page already, or behind its link."""
    if not page.get_by_role("button", name=label, exact=True).count():
        page.get_by_role("link", name=re.compile(rf"^{label}( \([\d-]+\))?$")).first.click()


def take(page, label, done, **answers):
    """Takes a step; back where it began."""
    to(page, label)
    for name, answer in answers.items():
        fill(page, name, answer)
    page.get_by_role("button", name=label, exact=True).click()
    page.locator(".et-melding").get_by_text(done).first.wait_for()


def files(page, foto):
    """The IB-er writes it down, looks at it once more and sends it."""
    page.goto("/")
    page.get_by_role("link", name="Nieuwe aanmelding").click()
    fill(page, "niveau", "Een leerling")
    page.locator("label[for=id_soort_2]").click()
    given = {
        "hulpvraag": VRAAG, "al_gedaan": "Een weektaak met plaatjes.", "voornaam": "Yara", "achternaam": "Voorbeeld",
        "geboortedatum": "27-03-2017", "groep": "5", "leerkracht": "Juf Els", "opp": "In voorbereiding",
        "andere_setting": "Nee", "voortraject": "Ja",
    }  # fmt: skip
    for name, answer in given.items():
        fill(page, name, answer)
    page.locator("label[for=id_ouders_akkoord]").click()
    foto(page, "aanmelden")
    page.get_by_role("button", name="Controleren").click()
    page.get_by_role("button", name="Aanmelding versturen").click()
    page.get_by_role("heading", name="Je aanmelding is verstuurd").wait_for()
    foto(page, "verstuurd")
    return Aanmelding.objects.get()


@pytest.mark.xdist_group("browser")
@pytest.mark.django_db(transaction=True)
def test_a_school_year_of_one_complex_leerling(people, world, make, open_as, foto):
    pot(world["noord"])
    sam, olga, tess, coen = (open_as(people[role], **DESK) for role in (Role.IB, Role.OS, Role.TEAM, Role.COORDINATOR))
    abel, gsm = open_as(people[Role.AB], **DESK), open_as(people[Role.AB], **PHONE)
    a = files(sam, foto)
    here = reverse("detail", args=["aanmelding", a.pk])

    for page in (olga, abel, tess):  # the onderwijsspecialist and all ambulant begeleiders of the team see it at once
        page.goto("/")
        page.get_by_role("link", name=a.nummer).first.wait_for()
    foto(olga, "werklijst")
    foto(abel, "vandaag")
    abel.goto(here)
    take(abel, "Oppakken", "Opgepakt.")
    for page in (sam, olga, tess):
        page.goto(here)
    assert "A. Visser" in sam.locator("main").inner_text()
    prepare(abel, olga, foto)
    observe(abel, gsm, here, foto)
    understand(abel, foto)
    talk_it_over(sam, olga, abel, foto)
    another_setting(sam, olga, here, foto)
    close(abel, sam, here, foto)
    coen.goto("/kring/")
    coen.get_by_role("heading", name="Wachttijd").wait_for()
    foto(coen, "kring")
    assert "Yara" not in coen.locator("main").inner_text()
    divide(coen, foto)
    agree(olga, make, foto)
    count(coen, make, foto)


def divide(coen, foto):
    """The hours of the schooljaar over the kringen: the outcome first (A-25, A-28)."""
    coen.goto(reverse("verdeling"))
    given = {"aed": "2760", "vlieger": "310", "leerlingen-noord": "6000", "rugzakken-noord": "30",
             "leerlingen-zuid": "4000", "rugzakken-zuid": "39"}  # fmt: skip
    for name, answer in given.items():
        coen.locator(f"[name={name}]").fill(answer)
    coen.get_by_role("button", name="Bekijk de uitkomst").click()
    coen.get_by_role("heading", name="Zo wordt het: versie 1").wait_for()
    foto(coen, "verdeling")
    coen.get_by_role("button", name="Verdeling vaststellen").click()
    coen.get_by_role("heading", name="Zo is het nu: versie 1").wait_for()


def agree(olga, make, foto):
    """What waits gets hours of the kring, and first it says what that does (A-19, A-20)."""
    for school, soort in (("De Beek", "licht"), ("Het Dal", "complex")):
        make["aanmelding"]("ingediend", soort, school, thema="gedrag", nummer=next(NUMMERS))
    olga.goto(reverse("afstemmingen"))
    fill(olga, "datum", TODAY)
    olga.get_by_role("button", name="Afstemming plannen").click()
    first = olga.locator(".et-besluit").first
    first.get_by_text("Eerst", exact=True).click()
    first.get_by_label("Uren voor deze vraag").fill("12")
    olga.get_by_role("button", name="Bekijk eerst wat het doet").click()
    olga.get_by_text("Er is nog niets opgeslagen.").wait_for()
    foto(olga, "afstemming")


def count(coen, make, foto):
    """The year beside the year before, without a number that is too small (A-22)."""
    before = Schooljaar.objects.van(TODAY - datetime.timedelta(days=365))
    noon = datetime.datetime.combine(before.eerste_dag, datetime.time(12), datetime.UTC)
    for soort, now, then in (("basis", 14, 9), ("licht", 11, 12), ("complex", 7, 6)):
        for n in range(now + then):
            year = {} if n < now else {"schooljaar": before, "ingediend_op": noon}
            make["aanmelding"]("ingediend", soort, nummer=next(NUMMERS), **year)
    coen.goto(f"{reverse('tellen')}?kring=Noord")
    coen.get_by_role("heading", name="Inzet").wait_for()
    foto(coen, "tellen")


def prepare(abel, olga, foto):
    """No start before the kort overleg and, after a voortraject, the overdracht (B-24, B-14)."""
    abel.get_by_text("Leg eerst het korte overleg met de onderwijsspecialist vast.").wait_for()
    take(abel, "Kort overleg vastleggen", "Kort overleg vastgelegd.", kort_overleg_met="Olga Specht", voortraject="Ja")
    abel.get_by_text("Leg eerst de overdracht van de onderwijsspecialist vast.").first.wait_for()
    foto(abel, "nog-niet-starten")
    olga.reload()
    to(olga, "Overdracht vastleggen")
    fill(olga, "overdracht_tekst", "Vorig jaar een licht traject. Een vaste plek hielp, een beloning niet.")
    foto(olga, "overdracht")
    take(olga, "Overdracht vastleggen", "Overdracht vastgelegd.")
    abel.reload()
    take(abel, "Overdracht ontvangen", "Overdracht ontvangen.")
    take(abel, "Traject starten", "Traject gestart.")


def observe(abel, gsm, here, foto):
    """A visit, on the phone; a handelingsadvies must wait (B-14)."""
    gsm.goto("/")
    gsm.get_by_role("link", name="Bezoek vastleggen").first.tap()
    fill(gsm, "soort", "Observatie")
    fill(gsm, "minuten", "1½ uur")
    fill(gsm, "notitie", "Gekeken tijdens rekenen. De plek vooraan helpt.")
    foto(gsm, "bezoek")
    gsm.get_by_role("button", name="Bezoek vastleggen").tap()
    gsm.get_by_text("Bezoek opgeslagen").wait_for()
    abel.goto(here)
    abel.get_by_text(NOG_NIET).wait_for()
    abel.goto(reverse("step", args=["traject", Traject.objects.get().pk, "adviseren"]))
    abel.get_by_text(NOG_NIET).wait_for()
    assert abel.locator("textarea").count() == 0
    foto(abel, "nog-geen-advies")
    abel.goto(here)
    take(abel, "Waarnemen afronden", "Waarnemen afgerond.", bevinding="Yara begint pas als ze weet hoe het eindigt.")


def understand(abel, foto):
    """Begrijpen with a leerlinggesprek; then the plan, and an advice that is a handelingsadvies."""
    take(abel, "Leerlinggesprek vastleggen", "Leerlinggesprek vastgelegd.", gesprek_doel="Onderwijsbehoeften",
         minuten="½ uur")  # fmt: skip
    take(abel, "Begrijpen afronden", "Begrijpen afgerond.", onderwijsbehoeften="Een taak met een zichtbaar einde.",
         sterke_kanten="Ze tekent en vertelt graag.")  # fmt: skip
    to(abel, "Handelingsadvies geven")
    fill(abel, "tekst", ADVIES)
    foto(abel, "handelingsadvies")
    take(abel, "Handelingsadvies geven", "Handelingsadvies gegeven.")
    take(abel, "Plan vastleggen", "Plan vastgelegd.", doel="Yara begint binnen vijf minuten zelf.",
         afspraken="Juf Els legt elke ochtend één taak klaar.")  # fmt: skip
    foto(abel, "dossier")


def talk_it_over(sam, olga, abel, foto):
    """An OT with the onderwijsspecialist, of which the phase is known beforehand (B-9)."""
    sam.goto("/")
    sam.get_by_role("link", name="OT", exact=True).click()
    sam.get_by_role("link", name="OT plannen").click()
    for name, answer in {"datum": TODAY, "tijd": "14:30", "minuten": "1 uur", "plaats": "de personeelskamer"}.items():
        fill(sam, name, answer)
    sam.get_by_label(re.compile(Aanmelding.objects.get().nummer)).check()
    foto(sam, "ot-plannen")
    sam.get_by_role("button", name="OT plannen").click()
    sam.get_by_role("heading", name="OT De Berg").wait_for()
    place = reverse("detail", args=["overleg", Overleg.objects.get().pk])
    sam.get_by_text("Bepaal vóór het OT in welke fase").wait_for()
    sam.get_by_role("link", name=re.compile("fase en doel bepalen")).click()
    take(sam, "Fase en doel bepalen", "OT voorbereid.", fase="Uitvoeren", doel="Wat werkt, en wat doen we in groep 6?")
    sam.goto(place)
    take(sam, "Ambulant begeleider uitnodigen", "Ambulant begeleider uitgenodigd", ab_reden="Abel is er elke week.")
    abel.goto(place)
    abel.get_by_text("Abel is er elke week.").wait_for()
    olga.goto(place)
    foto(olga, "ot")
    olga.get_by_role("link", name="Vergaderen").click()
    olga.get_by_text(VRAAG).wait_for()
    foto(olga, "vergaderen")
    olga.goto(place)
    take(olga, "OT is gehouden", "OT gehouden.", os_erbij="Ja")
    sam.goto(place)
    take(
        sam, "Afspraak vastleggen", "Afspraak vastgelegd.", wat="Overdracht naar groep 6", wie="Sam Ibema", wanneer=SOON
    )
    sam.goto(place)
    take(sam, "Verslag vaststellen", "Verslag vastgesteld.")
    assert Overleg.objects.get().state == "vastgesteld"


def another_setting(sam, olga, here, foto):
    """The school thinks of another setting; the onderwijsspecialist goes along the route, and she stays (B-8, A-1)."""
    sam.goto(here)
    take(sam, "Andere setting in beeld", "Andere setting in beeld.")
    assert sam.get_by_role("link", name="Route starten").count() == 0
    olga.goto(here)
    take(olga, "Route starten", "Route gestart.", setting="SBO")
    foto(olga, "route")
    take(olga, "Blijft op school", "Blijft op school.")


def close(abel, sam, here, foto):
    """Evaluatie, and closed with a copy for the parents."""
    abel.goto(here)
    take(abel, "Naar evaluatie", "Evaluatie begonnen.")
    given = {"doel_behaald": "Deels", "opbrengst": "Begint nu meestal zelf.", "afschrift_ouders_op": TODAY}
    for name, answer in given.items():
        fill(abel, name, answer)
    foto(abel, "afsluiten")
    take(abel, "Traject afsluiten", "Traject afgesloten.")
    t = Traject.objects.get()
    assert (t.state, t.doel_behaald, t.afschrift_ouders_op) == ("afgesloten", "deels", TODAY)
    sam.goto("/")
    sam.get_by_text("Klaar (1)").wait_for()
