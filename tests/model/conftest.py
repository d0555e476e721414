"""The people of the model, each as somebody who can log in."""

import pytest

from cases.models import Voorwaarde
from cases.roles import Role
from schools.models import Rol, School, User
from tests.model.machine import POT, Machine
from tests.people import person, pot, stel_aan


@pytest.fixture
def machine(people, world, settings):
    """The machine with its world: laid out once, and every run is rolled back to here."""
    settings.TEMPLATES[0]["OPTIONS"].setdefault("debug", False)
    beek = School.objects.get(naam="De Beek")
    extra = [
        person("bea@beek.test", "Bea", "Beekman", (Rol.IB, {"school": beek})),
        person("otto@ppo.test", "Otto", "Ver", (Rol.OS, {"team": world["spreeuw"]}), organisatie="ppo"),
        person("vera@elders.test", "Vera", "Vreemd"),
    ]
    stel_aan(people[Role.TEAM], Rol.AB, team=world["spreeuw"])
    pot(world["noord"], POT)
    Voorwaarde.objects.get_or_create(tekst="OS en AB zijn het eens")
    names = {user.email.partition("@")[0]: user for user in [*people.values(), *extra]}
    made = {"people": names, "kring": world["noord"], "user": User}
    return type("Werkwijze", (Machine,), made)
