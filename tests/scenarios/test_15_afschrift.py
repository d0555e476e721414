"""Scenario 15. The parents get a copy of every advies about their child (WPO 18a lid 14)."""

import datetime

import pytest
from django.urls import reverse

from cases.models import Advies, Traject
from cases.roles import Role
from tests.papieren.lezen import woorden
from tests.people import TODAY, voluit
from tests.scenarios.shell import database_says

AFSCHRIFT = "Leg vast wanneer de ouders een afschrift van het advies kregen."
EIND = {"doel_behaald": "ja", "opbrengst": "Yara vraagt nu zelf om hulp."}


@pytest.fixture
def running(make, people):
    t = make["traject"]("uitvoeren")
    given = [(Role.AB, "handeling", "Geef één stap tegelijk."), (Role.OS, "proces", "Plan een gesprek.")]
    for n, (role, soort, tekst) in enumerate(given):
        Advies.objects.create(
            traject=t, door=people[role], soort=soort, tekst=tekst, op=TODAY - datetime.timedelta(days=n)
        )
    return t


def fetch(who, t):
    return who.client.get(reverse("brief", args=[t.pk]))


@pytest.mark.regel("A-31")
def test_the_letter_says_every_advies_and_says_u(running, abel, people, settings):
    settings.SWV_PLAATS, settings.SWV_NAAM = "Waterdam", "Samenwerkingsverband Waterland"
    type(people[Role.IB]).objects.filter(pk=people[Role.IB].pk).update(telefoon="000 444 55 66")
    answer = fetch(abel, running)
    text, nummer = woorden(answer.content), running.aanmelding.nummer
    assert text.startswith("Samenwerkingsverband Waterland Team Merel Abel Visser De ouders/verzorgers van Yara Water")
    assert f"Ons nummer: {nummer} Ons advies over de begeleiding van uw kind" in text
    assert "Geef één stap tegelijk. Gegeven door: Abel Visser, ambulant begeleider" in text
    assert "Plan een gesprek. Gegeven door: Olga Specht, onderwijsspecialist" in text
    assert text.index("Plan een gesprek.") < text.index("Geef één stap tegelijk.")
    assert "Sam Ibema, intern begeleider van De Berg: 000 444 55 66 Het aanmeldpunt van" in text
    assert f"Met vriendelijke groet, Abel Visser ambulant begeleider {nummer}" in text
    assert {*text.lower().split()} & {"je", "jij", "jouw", "jullie"} == set()


def test_it_is_a_download_that_names_nobody(running, olga):
    answer = fetch(olga, running)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="brief-{running.aanmelding.nummer}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Olga Specht onderwijsspecialist" in woorden(answer.content)


def test_without_a_place_of_our_own_it_is_that_of_the_school(running, abel):
    assert "Voorbeeldstad, " in woorden(fetch(abel, running).content)


def test_only_the_os_and_the_ab_of_the_traject_make_it(running, abel, olga, sam, tess, dirk, coen):
    link = reverse("brief", args=[running.pk])
    shown = [[n.attrs.get("href") for n in who.see(running).root.all("a")].count(link) for who in (abel, olga, sam)]
    assert shown == [1, 1, 0]
    got = {fetch(who, running).status_code: who for who in (sam, tess, dirk, coen)}
    assert (fetch(abel, running).status_code, fetch(olga, running).status_code, [*got]) == (200, 200, [404])


@pytest.mark.parametrize(("niveau", "sentence"), [
    ("leerling", "Er is nog geen advies."), ("groep", "Dit gaat alleen over een leerling."),
])  # fmt: skip
def test_when_there_is_nothing_to_write_it_says_so(make, olga, niveau, sentence):
    t = make["traject"]("lopend", "licht", niveau=niveau)
    page = olga.see("brief", t.pk)
    assert (page.path, page.said) == (f"/traject/{t.pk}/", [sentence])
    assert "Brief voor de ouders" not in page.text


@pytest.mark.regel("A-31")
def test_the_date_on_which_they_got_it_is_kept(running, abel, sam):
    abel.press(running, "afschrift", afschrift_ouders_op=TODAY)
    assert Traject.objects.get().afschrift_ouders_op == TODAY
    assert sam.see(running).facts["Afschrift aan ouders"] == voluit(TODAY)


def test_before_there_is_an_advies_there_is_no_afschrift(make, abel):
    t = make["traject"]("waarnemen")
    assert abel.post(t, "afschrift", afschrift_ouders_op=TODAY).refusal == "Er is nog geen advies."


@pytest.mark.regel("A-8")
def test_a_complex_traject_does_not_close_without_it(running, abel):
    abel.press(running, "evalueren_ab")
    refused = abel.press(running, "afsluiten_ab", **EIND)
    assert (refused.errors, Traject.objects.get().state) == ([AFSCHRIFT], "evaluatie")
    with database_says(AFSCHRIFT):
        Traject.objects.update(state="afgesloten", **EIND)
    abel.press(running, "afsluiten_ab", **EIND, afschrift_ouders_op=TODAY)
    assert Traject.objects.get().state == "afgesloten"
