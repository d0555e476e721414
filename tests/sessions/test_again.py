"""Sensitive pages ask once more who you are; and no page sends anybody to another site."""

from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse

from expertteam import opnieuw, sleutel
from schools.models import School
from tests.access.addresses import NOTHING
from tests.sessions.conftest import PASSWORD
from tests.test_nothing_lost import NOTE, again

AGAIN = reverse("account_reauthenticate")


@pytest.fixture
def asked(settings, monkeypatch):
    """As in production. The second step itself is proved elsewhere: here everybody has passed it."""
    settings.TWEEDE_FACTOR = True
    monkeypatch.setattr("expertteam.toegang.missing", lambda request: None)
    return settings


SENSITIVE = [
    ("beheerder", reverse("admin:index")),
    ("beheerder", reverse("admin:schools_school_changelist")),
    ("beheerder", reverse("admin:schools_user_add")),
    ("ab", reverse("andere_sessies_einde")),
    ("ab", reverse("mfa_activate_totp")),
    ("ab", reverse("mfa_generate_recovery_codes")),
    ("ab", reverse("vernietiging", args=[NOTHING])),  # before it is looked for
    ("ab", reverse("inzageverzoek", args=[NOTHING])),
]


def asks(client, url, clock):
    """Ten minutes after logging in the page asks who you are, and then you land where you were going."""
    clock.later(minutes=10, seconds=1)
    response = client.get(url)
    assert response.status_code == 302
    where = urlsplit(response.headers["Location"])
    assert (where.path, where.query) == (AGAIN, urlencode({"next": url}))
    page = client.get(response.headers["Location"]).content.decode()
    assert "Vul nog een keer je wachtwoord in" in page
    wrong = client.post(AGAIN, {"password": "iets anders dan het is", "next": url})
    assert wrong.status_code == 200
    assert "Fout: Vul nog een keer je wachtwoord in" in wrong.content.decode()
    assert client.get(url).headers["Location"] == response.headers["Location"]
    right = client.post(AGAIN, {"password": PASSWORD, "next": url})
    assert right.headers["Location"] == url


@pytest.mark.parametrize(("who", "url"), SENSITIVE)
def test_a_sensitive_page_asks_first(request, asked, log_in, clock, second_factor, who, url):
    user = request.getfixturevalue(who)
    second_factor(user)
    client = log_in_past_the_code(log_in, user)
    asks(client, url, clock)


def log_in_past_the_code(log_in, user):
    """Who has a second factor is asked for a code after the password: here he has given it."""
    client = log_in(user)
    client.force_login(user)
    session = client.session
    records = [{"method": "password", "at": opnieuw.time.time()}, {"method": "mfa", "at": opnieuw.time.time()}]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.mark.parametrize("broken", ["middleware", "timeout"])
def test_that_test_sees_a_page_that_does_not_ask(asked, beheerder, log_in, clock, monkeypatch, broken):
    if broken == "middleware":
        monkeypatch.setattr(opnieuw, "bevestigd", lambda request: True)
    else:
        asked.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
    with pytest.raises(AssertionError):
        asks(log_in_past_the_code(log_in, beheerder), reverse("admin:index"), clock)


def test_who_logged_in_just_now_is_not_asked_again_for_ten_minutes(asked, beheerder, log_in, clock):
    client = log_in(beheerder)
    clock.later(minutes=9, seconds=59)
    assert client.get(reverse("admin:index")).status_code == 200
    clock.later(seconds=1)
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_ordinary_page_does_not_ask(asked, ab, log_in, clock):
    client = log_in(ab)
    clock.later(minutes=20)
    assert client.get(reverse("mijn_sessies")).status_code == 200
    assert client.get(reverse("vandaag")).status_code == 200


def test_in_the_demo_nobody_is_asked(settings, beheerder, log_in, clock):
    settings.TWEEDE_FACTOR = False
    client = log_in(beheerder)
    clock.later(minutes=20)
    assert client.get(reverse("admin:index")).status_code == 200


def test_what_was_sent_to_a_sensitive_page_is_kept_until_it_is_proved(asked, ab, log_in, clock, monkeypatch):
    client, url = log_in(ab), reverse("andere_sessies_einde")
    clock.later(minutes=11)
    given = {"reden": NOTE, "sleutel": sleutel.make(ab)}
    response = client.post(url, given)
    assert (response.status_code, response.headers["Location"]) == (303, f"{AGAIN}?next=%2Fverder%2F")
    assert "Je tekst is bewaard." in client.get(response.headers["Location"]).content.decode()
    response = client.post(AGAIN, {"password": PASSWORD, "next": reverse("verder")})
    page = client.get(response.headers["Location"]).content.decode()
    assert again(page) == (url, given)
    assert client.post(*again(page)).headers["Location"] == reverse("mijn_sessies")


def test_what_the_beheerder_sent_is_carried_out_once_it_is_proved(asked, beheerder, log_in, clock):
    client, school = log_in(beheerder), School.objects.get(naam="De Berg")
    url = reverse("admin:schools_kring_add")
    clock.later(minutes=11)
    response = client.post(url, {"naam": "West"})
    assert response.headers["Location"] == f"{AGAIN}?{urlencode({'next': url})}"
    assert type(school.team.kring).objects.filter(naam="West").count() == 0
    client.post(AGAIN, {"password": PASSWORD, "next": url})
    assert type(school.team.kring).objects.filter(naam="West").count() == 1


def test_somebody_without_a_password_here_logs_in_again(asked, ab, log_in, clock):
    client = log_in(ab)
    clock.later(minutes=11)
    ab.set_unusable_password()
    ab.save()
    client.force_login(ab)
    response = client.get(reverse("andere_sessies_einde"))
    assert response.headers["Location"] == f"{reverse('account_login')}?{urlencode({'next': '/mijn/sessies/andere/'})}"
    assert "_auth_user_id" not in client.session


def test_a_view_is_marked_and_still_the_same():
    def view(request):
        return HttpResponse("x")

    assert opnieuw.gevoelig(view) is view
    assert view.gevoelig is True


# Open redirect

ELSEWHERE = [
    "http://[::1", "//e.example", "///e.example", "////e.example", "https://e.example", "http://e.example", "HTTPS://E.EXAMPLE",
    "https:e.example", "https:/e.example", "https:///e.example", "http:e.example", "//e.example/%2f..", "/\\e.example",
    "\\/e.example", "\\\\e.example", "\\e.example", "/\\/e.example", "//\\e.example", "/%09/e.example", "/\t/e.example",
    "\t//e.example", " //e.example", "\n//e.example", "/\n/e.example", "\r\n//e.example", "\x00//e.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "ftp://e.example",
    "//testserver@e.example", "https://testserver@e.example", "https://testserver.e.example", "//e.example#testserver",
    "//e.example?testserver", "https://e.example\\@testserver", "//ｅ.example", "/／e.example", "〱//e.example",
    "//e。example", "https://e.example:443", "//2130706433", "?next=//e.example", "mailto:a@e.example",
]  # fmt: skip


def as_a_browser(location):
    """Where a browser goes: it drops tabs and newlines, and reads a backslash as a slash."""
    location = "".join(c for c in location if c not in "\t\r\n").strip(" \x00").replace("\\", "/")
    if location.startswith("//") or location.lower().startswith(("http:", "https:")):
        scheme, _, rest = location.partition(":") if not location.startswith("//") else ("http", "", location)
        return f"{scheme.lower()}://" + rest.lstrip("/").split("/")[0].split("?")[0].split("#")[0].split("@")[-1]
    where = urlsplit(urljoin("http://testserver/x/", location))
    return f"{where.scheme}://{where.netloc}"


def stays(response):
    assert response.status_code in {200, 302}
    if response.status_code == 302:
        assert as_a_browser(response.headers["Location"]) == "http://testserver"


@pytest.mark.parametrize("payload", ELSEWHERE)
def test_nobody_is_sent_to_another_site(asked, ab, client, log_in, payload):
    ask = reverse("account_login"), {"login": ab.email, "password": PASSWORD, "next": payload}
    stays(client.post(*ask))
    assert "_auth_user_id" in client.session
    stays(client.get(f"{reverse('account_login')}?{urlencode({'next': payload})}"))  # is in already
    stays(client.post(AGAIN, {"password": PASSWORD, "next": payload}))
    stays(client.post(f"{AGAIN}?{urlencode({'next': payload})}", {"password": PASSWORD}))
    stays(client.post(reverse("account_logout"), {"next": payload}))
    stays(client.get(f"{reverse('account_logout')}?{urlencode({'next': payload})}"))


def test_there_are_at_least_forty_of_them():
    assert len(set(ELSEWHERE)) >= 40


def test_that_test_sees_where_a_browser_would_go(monkeypatch, ab, client):
    monkeypatch.setattr("expertteam.accounts.Adapter.is_safe_url", lambda self, url: True)
    client.raise_request_exception = False
    left = []
    for payload in ELSEWHERE:
        client.logout()
        cache.clear()
        response = client.post(reverse("account_login"), {"login": ab.email, "password": PASSWORD, "next": payload})
        if response.status_code == 302 and as_a_browser(response.headers["Location"]) != "http://testserver":
            left.append(payload)
    assert len(left) >= 20
