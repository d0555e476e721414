import pytest
from django.core.cache import cache

from cases.roles import Role
from schools.models import Rol
from tests.accounts.steps import PASSWORD, Teller
from tests.people import person


@pytest.fixture(autouse=True)
def _nobody_tried_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def hasher(settings):
    """How often a password was compared or made."""
    settings.PASSWORD_HASHERS = ["tests.accounts.steps.Teller"]
    Teller.asked.clear()
    return Teller.asked


@pytest.fixture
def on(settings):
    """The second step as in production."""
    settings.TWEEDE_FACTOR = True
    return settings


@pytest.fixture
def sam(people):
    """The IB-er of De Berg, with a password."""
    sam = people[Role.IB]
    sam.set_password(PASSWORD)
    sam.save()
    Teller.asked.clear()
    return sam


@pytest.fixture
def bea(people):
    """The beheerder."""
    return person("bea@ppo.test", "Bea", "Heer", (Rol.BEHEERDER, {}), organisatie="ppo")


@pytest.fixture
def beheer(client, bea):
    """The browser of the beheerder."""
    client.force_login(bea)
    return client
