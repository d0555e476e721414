"""The help page: under the headings of the werkwijze itself, for one's own role, and true of the product."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from cases.models.klas import MEEST, RUIM
from cases.roles import Role
from cases.workflow import FLOWS

HEADINGS = [
    "Verschillende vormen van ondersteuning", "Rol van de onderwijsspecialist", "Rol van de ambulant begeleider",
    "Op offerte", "Aanmelding", "Zijn er nog vragen?",
]  # fmt: skip
OWN = {  # what is asked by one role only
    Role.IB: "Moet ik het Groeidocument overtypen?",
    Role.OS: "Wanneer voer ik een OS-AB gesprek?",
    Role.AB: "Wat moet er gebeuren voor ik start?",
    Role.COORDINATOR: "Waarom zie ik geen namen?",
    Role.GW: "Ik krijg een vraag van een ambulant begeleider.",
    Role.AED: "Hoe breng ik een offerte uit?",
}


def help_of(client, user):
    client.force_login(user)
    return client.get(reverse("hulp")).content.decode()


@pytest.mark.parametrize("role", OWN)
def test_everybody_reads_the_six_headings_and_what_is_for_his_own_role(people, client, role):
    page = help_of(client, people[role])
    assert re.findall(r"<h2>(.+?)</h2>", page) == HEADINGS
    assert {asked for asked in OWN.values() if asked in page} == {OWN[role]} | (
        {OWN[Role.AED]} if role == Role.AB else set()
    )


def test_every_step_that_the_help_names_is_in_the_table(people, client):
    labels = {step.label for flow in FLOWS.values() for step in flow.steps.values()}
    named = {text for role in OWN for text in re.findall("<em>(.+?)</em>", help_of(client, people[role]))}
    assert named - labels == set()
    assert {"Oppakken", "Offerte vragen", "Andere setting in beeld", "OT is gehouden"} <= named


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("KORTDUREND_WEKEN", 9, "na 9 schoolweken"),
        ("LEERLINGGESPREKKEN", 4, "4 leerlinggesprekken"),
        ("EERSTE_CONTACT_SCHOOLDAGEN", 7, "binnen 7 schooldagen"),
    ],
)
def test_a_number_that_is_a_setting_is_that_number(people, client, monkeypatch, setting, value, sentence):
    assert sentence not in help_of(client, people[Role.IB])
    monkeypatch.setattr(settings, setting, value)
    assert sentence in help_of(client, people[Role.IB])


def test_the_numbers_of_expertise_in_de_klas_are_those_of_its_guards(people, client):
    assert f"maximaal {MEEST} dagdelen van 3 uur; meer dan {RUIM} alleen" in help_of(client, people[Role.IB])


def test_the_school_reads_whom_to_call(people, client):
    assert "<h3>Wie bel ik?</h3>" in help_of(client, people[Role.COORDINATOR])
    assert "Olga Specht</strong>, onderwijsspecialist van Team Merel" in help_of(client, people[Role.IB])
