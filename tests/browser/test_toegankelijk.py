"""Every page, for every role, empty, filled and with errors: no barrier, small or wide, light or dark, nor at 400 %."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cases.roles import Role
from expertteam import wachtrij
from expertteam.models import NietVerstuurd
from schools.models import Rol, Schooljaar, Urenbudget
from tests.browser import paginas
from tests.browser.onderzoek import axe, barriers, overflow, small
from tests.people import TODAY, person

pytestmark = [pytest.mark.xdist_group("axe"), pytest.mark.django_db(transaction=True)]

CLEAR = """() => {
  const form = document.querySelector('main form[method=post]');
  for (const e of form.querySelectorAll('input:not([type=hidden]), textarea')) { e.value = ''; e.checked = false }
  form.submit();
}"""
SEEN = set()  # shapes of pages that axe looked at already in this run
WHO = [Role.IB, Role.OS, Role.AB, Role.COORDINATOR, None]


def send_empty(page):
    with page.expect_navigation():
        page.evaluate(CLEAR)
    assert page.title().startswith("Fout: ")


def walk(page, addresses):
    """{address: what stands in the way}, of the pages where something does."""
    found = {}
    for address in addresses:
        page.goto(address)
        if page.url not in found:  # two may lead to one
            found[page.url] = barriers(page, SEEN)
    return {address: texts for address, texts in found.items() if texts}


def test_no_page_is_left_out():
    own = {*paginas.OWN, *paginas.OUTSIDE, *paginas.ELSEWHERE, *paginas.DRAFT, *paginas.OBJECT}
    assert paginas.names() - paginas.NO_PAGE == own


@pytest.mark.parametrize("who", WHO, ids=str)
def test_the_pages_of_a_role_while_there_is_nothing_yet(people, open_as, who):
    page = open_as(people[who])
    assert walk(page, [reverse(name) for name in paginas.OWN]) == {}


@pytest.mark.parametrize("who", WHO, ids=str)
def test_the_pages_of_a_role_in_a_full_year(people, world, make, open_as, who):
    jaar = Schooljaar.objects.van(TODAY)
    for kring in ("noord", "zuid"):
        Urenbudget.objects.create(kring=world[kring], schooljaar=jaar, uren=100)
    paginas.fill(make, people)
    page = open_as(people[who])
    drafts = [*paginas.drafts(), paginas.sent()] if who == Role.IB else []
    one_kring = [f"{reverse('kringen')}?kring=Noord"] if who == Role.COORDINATOR else []
    addresses = [*(reverse(name) for name in paginas.OWN), *one_kring, *paginas.dossiers(people[who]), *drafts]
    assert walk(page, addresses) == {}


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB], ids=str)
def test_every_step_and_what_it_says_when_nothing_is_filled_in(people, make, open_as, who):
    paginas.fill(make, people)
    page, found = open_as(people[who]), {}
    for address, asks in paginas.steps(people[who]).items():
        page.goto(address)
        found[address] = barriers(page, SEEN)
        if asks:
            send_empty(page)
            found[f"{address} with errors"] = barriers(page, SEEN)
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_the_form_of_the_ib_er_with_all_its_errors(people, open_as):
    page, found = open_as(people[Role.IB]), []
    for n in range(3):
        page.goto(reverse("nieuw"))
        page.locator("label[for=id_niveau_0]").click()
        page.locator(f"label[for=id_soort_{n}]").click()
        page.get_by_role("button", name="Controleren").click()
        page.locator(".et-foutlijst:focus").wait_for()
        found += barriers(page, SEEN)
    assert found == []


def test_the_pages_before_and_after_logging_in(people, make, open_as, settings):
    page, found = open_as(), {}
    found["outside"] = walk(page, [reverse(name) for name in paginas.OUTSIDE])
    for name in ("account_login", "account_reset_password"):
        page.goto(reverse(name))
        send_empty(page)
        found[name] = barriers(page, SEEN)
    page.locator("#id_email").fill(people[Role.IB].email)
    page.get_by_role("button", name="Stuur de link").click()
    page.get_by_role("heading", name="Kijk in je e-mail").wait_for()
    found["key"] = walk(page, [re.search(r"/wachtwoord/\S+", mail.outbox[0].body)[0], "/wachtwoord/1-stuk/"])
    settings.DEBUG = True
    person("ina@demo.example", "Ina", "Demo")
    found["demo"] = walk(page, [reverse("demo"), reverse("account_login")])
    settings.DEBUG = False
    found["logged in"] = walk(open_as(people[Role.IB]), [reverse("account_logout"), "/bestaat-niet/"])
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_the_post_of_the_beheerder_and_a_secret_address(people, open_as):
    page = open_as(people[Role.AB])
    page.goto(reverse("mijn_post"))
    page.get_by_role("button", name="Maak een geheim adres").click()
    page.get_by_role("heading", name="Je geheime adres").wait_for()
    found = {"adres": barriers(page, SEEN), "keuze": walk(page, [reverse("mijn_post")])}
    for key in wachtrij.zet("uitnodiging", *[{"wie": str(people[Role.IB].pk)}] * 2, op=timezone.now()):
        wachtrij.klaar(key, "failed")
    NietVerstuurd.objects.create(taak=0, waarom="mag_niet")
    bea = person("bea@ppo.test", "Bea", "Heer", (Rol.BEHEERDER, {}), organisatie="ppo")
    found["post"] = walk(open_as(bea), [reverse("post")])
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("look", "script", "seen"),
    [
        (lambda page: axe(page, set()), "document.querySelector('main').append(new Image())", "image-alt"),
        (overflow, "document.querySelector('h1').style.width = '500px'", "> 320"),
        (small, "document.querySelector('main button').style = 'height: 30px; min-height: 0; padding: 0'", "30 px"),
    ],
    ids=["image", "wide", "small"],
)
def test_a_planted_barrier_is_seen(open_as, look, script, seen):
    page = open_as()
    page.goto(reverse("account_login"))
    assert look(page) == []
    page.evaluate(script)
    assert seen in " ".join(look(page))
