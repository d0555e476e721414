"""The world of the model: three schools in one kring, twelve people, and dossiers that are somewhere already."""

import pytest
from django.db import transaction

from cases.models import Voorwaarde
from schools.models import Expertteam, Kring, School, User
from tests.model.begin import BEGIN
from tests.model.machine import POT, Machine, Samen
from tests.model.werkwijze import MENSEN, TEAM
from tests.people import pot, stel_aan

PLAATS = {"ib": "school", "os": "team", "ab": "team"}
ROL = {"aed": "coordinator_aed"}


@pytest.fixture(scope="package")
def samen(django_db_setup, django_db_blocker):
    """Laid out once, in a transaction that is rolled back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        kring = Kring.objects.create(naam="Noord")
        teams = {naam: Expertteam.objects.create(naam=naam, kring=kring) for naam in ("Merel", "Spreeuw", "Uil")}
        schools = {
            naam: School.objects.create(naam=naam, brin6=f"99ZZ{n:02}", team=teams[team], plaats="Voorbeeldstad")
            for n, (naam, team) in enumerate(TEAM.items())
        }
        people = {}
        for naam, (rol, plaatsen) in MENSEN.items():
            people[naam] = User.objects.create(email=f"{naam}@model.test", voornaam=naam, achternaam="Model")
            for plaats in plaatsen.split() or [""] * bool(rol):
                place = {PLAATS[rol]: (schools | teams)[plaats]} if plaats else {}
                stel_aan(people[naam], ROL.get(rol, rol), **place)
        pot(kring, POT)
        Voorwaarde.objects.get_or_create(tekst="OS en AB zijn het eens")
        made = Samen(people, schools, kring)
        made.leg_uit(BEGIN)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def machine(samen):
    return type("Werkwijze", (Machine,), {"samen": samen})
