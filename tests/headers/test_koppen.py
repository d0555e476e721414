"""Every answer carries every header: pages, lists, errors, redirects, files, and what is said when all else fails."""

import re

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from cases.roles import Role
from expertteam import koppen, urls
from tests.access.addresses import routes

CSP = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; "
    "object-src 'none'"
)
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Cache-Control": "no-store",
}
NEVER = re.compile(r"^(access-control-|x-powered-by|server|x-frame-options: allow)", re.I)


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def wrong(response, **other):
    """{header: value} of what is not exactly right."""
    found = {name: response.get(name) for name, value in (EXACT | other).items() if response.get(name) != value}
    policy = sorted(response.get("Content-Security-Policy", "").split("; "))
    if policy != sorted(CSP.split("; ")) and policy != ["default-src 'none'", "sandbox"]:
        found["Content-Security-Policy"] = policy
    features = response.get("Permissions-Policy", "").split(", ")
    if len(features) < 30 or not all(feature.endswith("=()") for feature in features):
        found["Permissions-Policy"] = features
    return found | {name: value for name, value in response.items() if NEVER.match(name)}


def visitor(user=None, **options):
    client = Client(raise_request_exception=False, **options)
    if user:
        client.force_login(user)
    return client


def every_address(pk):
    """Each name of the urlconf once, filled in with what exists or with nothing at all."""
    fill = {"kind": "aanmelding", "pk": pk, "bijlage": pk, "name": "oppakken", "uidb36": "1", "key": "x-y", "url": "x",
            "object_id": "1", "content_type_id": "1", "app_label": "schools"}  # fmt: skip
    for name, pattern in routes():
        if not name or name.endswith(":") or name == "niet_gevonden":
            continue
        names = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
        yield reverse(name, kwargs={n: fill.get(n, pk if "uuid" in str(pattern.pattern) else "x") for n in names})


def everywhere(pk, *people):
    """{address, method and status: what is wrong} of every address for these people."""
    found, statuses = {}, set()
    for who in people:
        client = visitor(who)
        for url in every_address(pk):
            if url == reverse("account_logout") and who:
                continue
            for method in ("get", "post") if who else ("get", "post", "head", "options"):
                response = getattr(client, method)(url, secure=True)
                statuses.add(response.status_code)
                if faults := wrong(response):
                    found[url, method, response.status_code] = faults
    return found, statuses


def test_every_address_answers_with_every_header(people, make):
    found, statuses = everywhere(make["aanmelding"]("ingediend").pk, people[Role.IB], people[Role.OS], None)
    assert found == {}
    assert statuses >= {200, 302, 403, 404, 405}


def test_the_walk_sees_an_answer_without_its_headers(people, make, monkeypatch):
    monkeypatch.setattr(koppen.KoppenMiddleware, "__call__", lambda self, request: self.get_response(request))
    found, _ = everywhere(make["aanmelding"]("ingediend").pk, None)
    assert len(found) > 200
    assert {"Permissions-Policy", "Cross-Origin-Resource-Policy"} <= set.intersection(*map(set, found.values()))


def broken(request):
    raise RuntimeError("stuk")


def away(anything):
    raise OperationalError("weg")


def fails(request, *args, **kwargs):
    raise RuntimeError("ook de pagina voor de fout is stuk")


class Broken:
    urlpatterns = [path("stuk/", broken), path("weg/", away), *urls.urlpatterns]
    handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
    handler500 = staticmethod(fails)


def test_an_error_has_every_header_too(people, settings):
    settings.ROOT_URLCONF = Broken
    client, many = visitor(people[Role.OS]), {f"veld{n}": "x" for n in range(1200)}
    strict = visitor(people[Role.OS], enforce_csrf_checks=True)
    answers = {
        "a page that is not there": (404, client.get("/bestaat/niet/", secure=True)),
        "another site": (400, client.get("/", secure=True, HTTP_HOST="elders.example")),
        "too many fields": (400, client.post(reverse("zoeken"), many, secure=True)),
        "no token": (403, strict.post(reverse("zoeken"), {"q": "x"}, secure=True)),
        "not for you": (403, visitor(people[Role.IB]).get(reverse("kringen"), secure=True)),
        "not this way": (405, client.put(reverse("zoeken"), secure=True)),
        "broken": (500, client.get("/stuk/", secure=True)),
        "the database is away": (503, client.get("/weg/", secure=True)),
    }
    for what, (status, response) in answers.items():
        assert (what, response.status_code, wrong(response)) == (what, status, {})


def test_with_the_database_away_before_anybody_is_known_every_header_is_there(people, monkeypatch):
    client = visitor(people[Role.OS])
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore._get_session_from_db", away)
    response = client.get("/", secure=True)
    assert (response.status_code, response["Retry-After"], wrong(response)) == (503, "5", {})


def test_when_the_page_for_the_error_fails_too_there_is_a_sentence(people, settings, monkeypatch):
    settings.ROOT_URLCONF = Broken
    monkeypatch.setattr("expertteam.middleware.DoorMiddleware.__call__", fails)
    response = visitor(people[Role.OS]).get("/", secure=True)
    assert (response.status_code, response.content.decode(), wrong(response)) == (500, koppen.STUK, {})


def test_without_that_sentence_the_error_would_reach_the_server(people, settings, monkeypatch):
    settings.ROOT_URLCONF = Broken
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Koppen" not in name]
    monkeypatch.setattr("expertteam.middleware.DoorMiddleware.__call__", fails)
    with pytest.raises(RuntimeError):
        visitor(people[Role.OS]).get("/", secure=True)


def test_over_plain_http_there_is_no_promise_of_https_but_a_way_to_it(settings, client):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/")
    assert response.headers["Location"] == "https://testserver/"
    assert wrong(response) == {"Strict-Transport-Security": None}


@override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True)
def test_a_static_file_has_every_header_and_may_be_kept(settings):
    settings.WHITENOISE_ALLOW_ALL_ORIGINS = False
    client = visitor()
    kept = client.get("/static/site.css", secure=True)
    again = client.get("/static/site.css", secure=True, headers={"if-modified-since": kept["Last-Modified"]})
    gone = client.get("/static/bestaat-niet.css", secure=True)
    assert (kept.status_code, again.status_code, gone.status_code >= 300) == (200, 304, True)
    assert [wrong(r) for r in (kept, again)] == [{"Cache-Control": "max-age=60, public"}] * 2
    assert wrong(gone) == {}
    kept.close()


def test_a_download_keeps_its_own_stricter_policy(rf):
    def download(request):
        return HttpResponse(b"x", headers={"Content-Security-Policy": "default-src 'none'; sandbox"})

    response = koppen.KoppenMiddleware(download)(rf.get("/x/", secure=True))
    assert (response["Content-Security-Policy"], wrong(response)) == ("default-src 'none'; sandbox", {})


def test_leaving_takes_along_what_the_browser_kept(people):
    client = visitor(people[Role.IB])
    assert "Clear-Site-Data" not in client.get(reverse("account_logout"), secure=True)
    response = client.post(reverse("account_logout"), secure=True)
    assert (response.status_code, response["Clear-Site-Data"]) == (302, '"cache", "storage"')
