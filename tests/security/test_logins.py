"""The log says who came in and that somebody was refused: by key and by place, never by name or address."""

import logging

import pytest
from django.urls import reverse

from cases.roles import Role
from expertteam import logboek

PASSWORD = "een lange zin om in te komen"


@pytest.fixture
def olga(people):
    people[Role.OS].set_password(PASSWORD)
    people[Role.OS].save()
    return people[Role.OS]


def said(caplog, client, email, password):
    caplog.clear()
    with caplog.at_level(logging.INFO, "expertteam"):
        client.post(reverse("account_login"), {"login": email, "password": password})
    return [r.getMessage() for r in caplog.records if r.name == "expertteam.accounts"]


def test_a_login_and_a_refusal_are_in_the_log_without_a_name(olga, client, caplog):
    assert said(caplog, client, olga.email, "geraden wachtwoord") == ["login refused, from 127.0.0.1"]
    assert said(caplog, client, "wie@nergens.test", "geraden wachtwoord") == ["login refused, from 127.0.0.1"]
    assert said(caplog, client, olga.email, PASSWORD) == [f"logged in: {olga.pk}"]


def test_a_line_of_the_log_says_who_asked(olga, client, caplog):
    said = []
    caplog.handler.addFilter(lambda record: said.append((record.name, logboek.WIE.get())) or True)
    client.force_login(olga)
    client.get("/bestaat-niet/")
    assert said == [("django.request", str(olga.pk))]
