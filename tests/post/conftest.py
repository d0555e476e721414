import pytest

from cases.roles import Role
from cases.workflow import AANMELDING
from schools.models import Rol
from tests.people import TODAY, person

CONTACT = {"eerste_contact_op": TODAY, "eerste_contact_met": "Sam Ibema"}


@pytest.fixture
def bea(people):
    """The beheerder."""
    return person("bea@ppo.test", "Bea", "Heer", (Rol.BEHEERDER, {}), organisatie="ppo")


@pytest.fixture
def wacht(settings):
    """As in production: nothing leaves before a worker takes it."""
    settings.WACHTRIJ_METEEN = False
    return settings


@pytest.fixture
def opgepakt(people, make):
    """opgepakt(): Olga takes up a question of Sam, who hears of it; the question."""

    def step(**fields):
        sent = make["aanmelding"]("ingediend", "basis", **fields)
        AANMELDING.take("oppakken", sent.pk, people[Role.OS], **CONTACT)
        return sent

    return step
