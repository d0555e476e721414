"""The people of the scenarios, each at their own browser, and the mail that goes round."""

import datetime

import pytest

from cases.models import Aanmelding
from cases.roles import Role
from schools.models import Rol, School
from tests.people import TODAY, person
from tests.scenarios.browser import Person

LATER = TODAY + datetime.timedelta(weeks=8)
SCHOOLVRAAG = {
    "niveau": "school", "soort": "basis", "thema": "zorgstructuur",
    "hulpvraag": "Hoe richten we de zorgstructuur in de onderbouw in?",
}  # fmt: skip
GROEPSVRAAG = {
    "niveau": "groep", "soort": "licht", "hulpvraag": "Hoe komt er rust in de groep?",
    "al_gedaan": "Een andere opstelling.", "groep": 7, "groep_naam": "7 blauw", "leerkracht": "Meester Bo",
}  # fmt: skip
LEERLINGVRAAG = {
    "niveau": "leerling", "soort": "licht", "hulpvraag": "Hoe durft ze meer te vragen?",
    "al_gedaan": "Een maatje. Dat hielp een beetje.", "voornaam": "Yarabelle", "achternaam": "Kanariebos",
    "geboortedatum": "27-03-2017", "groep": 5, "leerkracht": "Juf Elsbeth", "ouders_akkoord": True,
}  # fmt: skip
COMPLEXE_VRAAG = LEERLINGVRAAG | {"soort": "complex", "opp": "nee", "andere_setting": "nee", "voortraject": "nee"}
CONTACT = {"eerste_contact_op": TODAY, "eerste_contact_met": "Sam Ibema"}
GESPREK = {
    "gesprek_op": TODAY, "gesprek_wie": "De onderwijsspecialist observeert, de ambulant begeleider denkt mee.",
    "gesprek_inzet": "2 uur meedenken", "gesprek_offerte": "nee",
}  # fmt: skip


@pytest.fixture
def typed():
    """Every text that was typed in this test."""
    return set()


@pytest.fixture
def browser(typed, django_capture_on_commit_callbacks):
    """Gives somebody a browser, and logs him in."""
    return lambda user: Person(user, django_capture_on_commit_callbacks, typed)


def somebody(role):
    return pytest.fixture(lambda people, browser: browser(people[role]))


sam = somebody(Role.IB)  # the IB-er of De Berg
olga = somebody(Role.OS)  # the onderwijsspecialist of its team
abel = somebody(Role.AB)  # an ambulant begeleider of that team
tess = somebody(Role.TEAM)  # and another
coen = somebody(Role.COORDINATOR)
dirk = somebody(None)  # the IB-er of another school of the same team


@pytest.fixture
def otto(world, browser):
    """The onderwijsspecialist of the other team of the kring."""
    return browser(person("otto@ppo.test", "Otto", "Ver", (Rol.OS, {"team": world["spreeuw"]}), organisatie="ppo"))


@pytest.fixture
def eva(people, browser):
    """The IB-er of a school without an expertteam."""
    eiland = School.objects.get(naam="Het Eiland")
    return browser(person("eva@eiland.test", "Eva", "Landman", (Rol.IB, {"school": eiland})))


@pytest.fixture
def newest(db):
    """The aanmelding that was worked on last."""
    return lambda: Aanmelding.objects.latest("gewijzigd_op")


@pytest.fixture
def mails(mailoutbox, typed):
    """Who got mail since the last time we looked. Each mail has a number and a link, and no word from a dossier."""

    def look():
        people = sorted(mail.to[0].partition("@")[0] for mail in mailoutbox)
        for mail in mailoutbox:
            assert [text for text in typed if text.lower() in f"{mail.subject} {mail.body}".lower()] == []
            assert len(mail.to) == 1
        mailoutbox.clear()
        return people

    return look
