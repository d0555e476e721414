"""From the invitation to logging in with a code, in a browser; none of these pages has a barrier."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from cases.roles import Role
from expertteam.mail import invite
from tests.accounts.steps import code
from tests.browser.onderzoek import barriers

PASSWORD = "zes geiten op het dak"


@pytest.mark.xdist_group("axe")
@pytest.mark.django_db(transaction=True)
def test_somebody_is_invited_and_logs_in_with_a_code(people, open_as, live_server, settings):
    settings.TWEEDE_FACTOR, settings.BASE_URL = True, live_server.url
    cache.clear()
    sam, seen, page = people[Role.IB], set(), open_as()

    def look(title):
        expect(page).to_have_title(f"{title} · Expertteam")
        assert barriers(page, seen) == []

    invite(sam)
    page.goto(re.search(r"http\S+/wachtwoord/\S+", mail.outbox[0].body)[0])
    look("Kies een wachtwoord")
    for label in ("Nieuw wachtwoord", "Nieuw wachtwoord, nog een keer"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Opslaan").click()
    look("Je wachtwoord is gewijzigd")
    page.get_by_role("link", name="Inloggen").click()

    page.get_by_label("E-mailadres").fill(sam.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    look("Zet de tweede stap aan")
    assert page.get_by_role("img").evaluate("image => image.naturalWidth") > 100
    secret = page.locator("main .font-monospace").inner_text()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Aanzetten").click()
    look("Fout: Zet de tweede stap aan")
    page.get_by_label("Code").fill(code(secret, -1))
    page.get_by_role("button", name="Aanzetten").click()
    look("Je noodcodes")
    assert page.locator("main .font-monospace").count() == 10

    page.get_by_role("link", name="Maak nieuwe noodcodes").click()
    look("Maak nieuwe noodcodes")
    page.goto(reverse("mfa_index"))
    look("De tweede stap")
    for name, title in [
        ("account_reauthenticate", "Vul nog een keer je wachtwoord in"),
        ("mfa_reauthenticate", "Vul nog een keer een code in"),
    ]:
        page.goto(reverse(name))
        look(title)

    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    page.get_by_label("E-mailadres").fill(sam.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    look("Vul de code in")
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(f"**{reverse('mijn_aanmeldingen')}")
