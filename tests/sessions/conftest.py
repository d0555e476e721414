"""A clock that can be moved, and people who know their password. Nothing here waits."""

import datetime
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.roles import Role
from schools.models import Rol
from tests.people import person

PASSWORD = "zeven groene fietsen in de regen"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    cache.clear()


class Clock:
    """Now, as far as Django and allauth are concerned."""

    def __init__(self):
        self.real, self.shift = (timezone.now, time.time), datetime.timedelta()

    def later(self, hours=0, minutes=0, seconds=0):
        self.shift += datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)

    def now(self):
        return self.real[0]() + self.shift

    def time(self):
        return self.real[1]() + self.shift.total_seconds()


@pytest.fixture
def clock(monkeypatch):
    moved = Clock()
    moved.start = moved.real[0]()  # the clock stands still between two steps
    moved.real = (lambda: moved.start, lambda: moved.start.timestamp())
    monkeypatch.setattr(timezone, "now", moved.now)
    monkeypatch.setattr(time, "time", moved.time)
    return moved


@pytest.fixture
def ab(people):
    """The ambulant begeleider of the dossiers, with a password."""
    people[Role.AB].set_password(PASSWORD)
    people[Role.AB].save()
    return people[Role.AB]


@pytest.fixture
def beheerder(world):
    somebody = person("bea@ppo.test", "Bea", "Beheer", (Rol.BEHEERDER, {}), organisatie="ppo")
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


@pytest.fixture
def log_in(db):
    """log_in(user, client, **fields): through the page, with the password."""

    def enter(user, client=None, agent=FIREFOX, **fields):
        client = client or Client(headers={"User-Agent": agent})
        given = {"login": user.email, "password": PASSWORD} | fields
        response = client.post(reverse("account_login"), given)
        assert response.status_code == 302, response.content.decode()[:2000]
        client.came_to = response.headers["Location"]
        return client

    return enter


def enters(client):
    """Is this client still logged in?"""
    response = client.get(reverse("hulp"))
    assert response.status_code in {200, 302}
    return response.status_code == 200


@pytest.fixture
def second_factor(db):
    """second_factor(user): a code on the phone, as allauth keeps it."""

    def give(user):
        return TOTP.activate(user, "A" * 32).instance

    return give
