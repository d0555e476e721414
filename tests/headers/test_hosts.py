"""Another name for us, another way out, and the cookies: nothing that somebody sends decides where a link leads."""

import json
import re
import subprocess
import sys

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bench.fuzz import leads_away
from bench.vreemd import AWAY, HOST, HOSTS
from cases.roles import Role
from expertteam.accounts import Adapter
from tests.test_production import PRODUCTION, ROOT

PASSWORD = "een lange zin om in te komen"
NAMES = ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "Forwarded", "X-Original-Host"]


@pytest.fixture
def sam(people, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # how slow it is, is not asked here
    people[Role.IB].set_password(PASSWORD)
    people[Role.IB].save()
    return people[Role.IB]


def asked_for_a_password(user, **headers):
    """(status, host of every link in the mails) after asking for a new password."""
    cache.clear()
    mail.outbox.clear()
    answer = Client().post(reverse("account_reset_password"), {"email": user.email}, **headers)
    return answer.status_code, frozenset(re.findall(r"https?://([^/\s]+)", " ".join(m.body for m in mail.outbox)))


def test_a_mail_leads_to_our_own_host_whatever_the_request_says(sam, settings, post_meteen):
    settings.ALLOWED_HOSTS, settings.BASE_URL = [HOST], f"https://{HOST}"
    variants = [{"HTTP_HOST": host} for host in HOSTS]
    variants += [{"HTTP_HOST": HOST, f"HTTP_{n.upper().replace('-', '_')}": "elders.example"} for n in NAMES]
    assert len(variants) >= 20
    found = {str(v): asked_for_a_password(sam, **v) for v in variants}
    assert {v: f for v, f in found.items() if f not in {(400, frozenset()), (302, frozenset({HOST}))}} == {}
    assert sum(status == 302 for status, _ in found.values()) >= len(NAMES)


def test_a_mail_that_led_elsewhere_would_be_seen(sam, settings, post_meteen):
    settings.BASE_URL = "https://elders.example"
    assert asked_for_a_password(sam) == (302, frozenset({"elders.example"}))


def ways_out(user, odd):
    """Where somebody would be led away by logging in and out with these odd addresses."""
    found = {}
    for away in odd:
        cache.clear()
        client = Client(raise_request_exception=False)
        form = {"login": user.email, "password": PASSWORD, "next": away}
        found["in", away] = client.post(reverse("account_login"), form).get("Location", "")
        found["out", away] = client.post(reverse("account_logout"), {"next": away}).get("Location", "")
    return {where: location for where, location in found.items() if leads_away(location)}


def test_after_logging_in_or_out_nobody_is_led_away(sam):
    assert len(AWAY) >= 40
    assert ways_out(sam, AWAY) == {}


def test_without_the_check_of_the_host_people_would_be_led_away_and_that_is_seen(sam, monkeypatch):
    monkeypatch.setattr(Adapter, "is_safe_url", lambda self, url: True)
    assert len(ways_out(sam, AWAY[:8])) > 8


SHOW = """import json, django.conf; s = django.conf.settings
print(json.dumps({n: getattr(s, n) for n in dir(s) if n.startswith(("SESSION_COOKIE", "CSRF_COOKIE"))}
  | {"log": s.LOGGING["formatters"][s.LOGGING["handlers"]["console"]["formatter"]].get("()")}))"""


@pytest.fixture(scope="module")
def real():
    """What stands in the settings of production."""
    env = PRODUCTION | {"DJANGO_SETTINGS_MODULE": "expertteam.settings", "PATH": ""}
    done = subprocess.run([sys.executable, "-c", SHOW], cwd=ROOT, env=env, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_production_writes_its_log_as_json(real):
    assert real["log"] == "expertteam.logboek.JsonFormatter"


def careless(client):
    """Cookies that some script could read, that travel in the open, or that another host could set."""
    found = []
    for name, cookie in client.cookies.items():
        flags = {f: cookie[f] for f in ("secure", "httponly", "samesite", "path", "domain")}
        if not name.startswith("__Host-") or flags != {
            "secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": "",
        }:  # fmt: skip
            found.append((name, flags))
    return found


def logged_in(user):
    client = Client()
    client.get(reverse("account_login"), secure=True)
    form = {"login": user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), form, secure=True).status_code == 302
    return client


def test_the_cookies_of_production_are_for_us_alone(sam, real, settings):
    for name, value in real.items():
        setattr(settings, name, value)
    client = logged_in(sam)
    assert sorted(client.cookies) == ["__Host-csrftoken", "__Host-sessionid"]
    assert careless(client) == []


def test_those_of_the_demo_would_not_be_and_that_is_seen(sam):
    assert [name for name, _ in careless(logged_in(sam))] == ["csrftoken", "sessionid"]
