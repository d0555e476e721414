"""The log of production: one line of JSON for each thing, whatever somebody put in it, and nothing of a dossier."""

import io
import json
import logging
import sys
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import path, reverse

from cases.roles import Role
from expertteam import logboek, urls
from expertteam.logboek import JsonFormatter

EVIL = [
    "a\nERROR vervalst", "a\r\n{}", "a\x1b[2Jweg", '"}{"level":"INFO"', "a\u2028b\u2029c", "a\u0085b", "\ud800",
    "%s%n%(x)s", "{0.__class__}", "a\x00b",
]  # fmt: skip


@pytest.fixture
def written():
    """written(formatter): what the log writes from here on."""
    root, handlers = logging.getLogger(), []

    def written(formatter):
        stream = io.StringIO(newline="")
        handlers.append(logging.StreamHandler(stream))
        handlers[-1].setFormatter(formatter)
        root.addHandler(handlers[-1])
        return stream

    yield written
    for handler in handlers:
        root.removeHandler(handler)


def attack(user):
    """Something evil in the path, the agent, the name at the login and the name of a file."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    for n, evil in enumerate(EVIL):
        agent = {"HTTP_USER_AGENT": evil, "HTTP_X_REQUEST_ID": evil, "REMOTE_ADDR": f"10.0.0.{n}"}
        text = evil.encode("utf-8", "surrogatepass").decode("latin-1")
        client.get("/" + text.replace("\0", "%00") + "/", **agent)
        Client().post(reverse("account_login"), {"login": text, "password": "x"}, **agent)
        client.post(reverse("nieuw"), {"bijlagen": SimpleUploadedFile(text.replace("\n", "%0A"), b"x")}, **agent)


def malformed(text):
    """Lines that are not one object with all its keys."""
    found = []
    for line in text.removesuffix("\n").split("\n"):
        try:
            keys = json.loads(line).keys()
        except ValueError:
            keys = {}
        if not {"time", "level", "logger", "request", "message"} <= set(keys) or not line.isprintable():
            found.append(line)
    return found


def test_whatever_is_sent_each_thing_is_one_line(people, written):
    log = written(JsonFormatter())
    attack(people[Role.IB])
    lines = log.getvalue().removesuffix("\n").split("\n")
    assert malformed(log.getvalue()) == []
    assert sum("Not Found" in line for line in lines) == len(EVIL)


def test_a_log_of_plain_text_could_be_forged_and_that_is_seen(people, written):
    log = written(logging.Formatter('{"time": 1, "level": 1, "logger": 1, "request": 1, "message": "%(message)s"}'))
    attack(people[Role.IB])
    assert len(malformed(log.getvalue())) >= 1


def line(message, *args, error=None):
    record = logging.LogRecord("een.naam", logging.WARNING, __file__, 1, message, args, error)
    return JsonFormatter().format(record)


@pytest.mark.parametrize("evil", EVIL)
def test_what_was_said_comes_out_as_it_was(evil):
    text = line("Niet gevonden: %s", evil)
    assert json.loads(text)["message"] == f"Niet gevonden: {evil}"
    assert text.isascii()
    assert text.isprintable()


def test_the_time_is_that_of_utc():
    assert datetime.fromisoformat(json.loads(line("x"))["time"]).utcoffset() == timedelta(0)


KANARIE = "Zzyxkanarie"


def refused(request):
    raise IntegrityError(f"Failing row contains ({KANARIE})")


class Broken:
    urlpatterns = [path("stuk/", refused), *urls.urlpatterns]
    handler400, handler403 = urls.handler400, urls.handler403
    handler404, handler500 = urls.handler404, urls.handler500


def test_an_error_says_where_and_what_kind_but_quotes_no_row(people, written, settings):
    settings.ROOT_URLCONF = Broken
    ours, usual = written(JsonFormatter()), written(logging.Formatter())
    client = Client(raise_request_exception=False)
    client.force_login(people[Role.OS])
    assert client.get("/stuk/").status_code == 500
    errors = [entry["error"] for entry in map(json.loads, ours.getvalue().splitlines()) if "error" in entry]
    assert len(errors) == 1
    assert "in refused" in errors[0]
    assert errors[0].endswith("IntegrityError")
    assert KANARIE not in ours.getvalue()
    assert KANARIE in usual.getvalue()  # the usual log quotes it


def test_lines_of_one_request_share_a_number_that_the_visitor_cannot_choose(people, written, client):
    log = written(JsonFormatter())
    for _ in range(2):
        client.get("/bestaat/niet/", headers={"x-request-id": "gekozen"})
    numbers = [json.loads(entry)["request"] for entry in log.getvalue().splitlines()]
    assert len(set(numbers)) == 2
    assert {len(number) for number in numbers} == {32}


def one_line(stream):
    """The line that a request leaves; there is one."""
    (found,) = [entry for entry in map(json.loads, stream.getvalue().splitlines()) if entry["message"] == "answered"]
    return found


@pytest.fixture
def answered(written):
    """answered(client, address): (the answer, what stands in the log of production about it)."""

    def answered(client, url, **more):
        stream = written(JsonFormatter())
        return client.get(url, **more), one_line(stream)

    logboek.LOG.setLevel(logging.INFO)
    yield answered
    logboek.LOG.setLevel(logging.WARNING)


def test_a_request_leaves_one_line_with_its_route_and_nobody_in_it(people, make, answered, client):
    pk = make["aanmelding"]("ingediend").pk
    client.force_login(people[Role.OS])
    answer, line = answered(client, reverse("detail", args=["aanmelding", pk]) + "?q=Yara", REMOTE_ADDR="10.0.0.7")
    assert line["ms"] > 0
    wanted = {"level": "INFO", "logger": "expertteam.verzoek", "who": "", "message": "answered", "method": "GET",
              "route": "<slug:kind>/<uuid:pk>/", "status": 200, "request": answer["X-Request-ID"]}  # fmt: skip
    assert {key: value for key, value in line.items() if key not in {"time", "ms"}} == wanted
    for word in (str(pk), str(people[Role.OS].pk), "Yara", "10.0.0.7", "olga"):
        assert word not in json.dumps(line)


def test_what_was_not_found_has_no_route(people, answered, client):
    answer, line = answered(client, "/bestaat/niet/Yara/")
    assert (line["route"], line["status"], answer.status_code) == ("^.*/$", 404, 404)  # the last of the demo


@pytest.mark.parametrize(("given", "taken"), [
    ("0123456789abcdef" * 2, True), ("0123456789ABCDEF" * 2, False), ("0123456789abcdef", False), ("gekozen", False),
    ("0123456789abcdef" * 2 + "\n", False), ("0123456789abcdef" * 3, False),
])  # fmt: skip
def test_the_number_of_the_proxy_is_taken_when_it_is_one(db, client, given, taken):
    answer = client.get(reverse("account_login"), headers={"x-request-id": given})
    assert (answer["X-Request-ID"] == given) is taken
    assert len(answer["X-Request-ID"]) == 32


def test_who_calls_about_an_error_can_name_its_number(people, settings):
    settings.ROOT_URLCONF = Broken
    client = Client(raise_request_exception=False)
    client.force_login(people[Role.OS])
    answer = client.get("/stuk/")
    assert f"Noem dan dit nummer: <strong>{answer['X-Request-ID'][:8]}</strong>" in answer.content.decode()


def test_an_error_without_an_error_is_a_line_too():
    try:
        raise ValueError("x")
    except ValueError:
        assert json.loads(line("x", error=sys.exc_info()))["error"].endswith("builtins.ValueError")
    assert json.loads(line("x", error=(None, None, None)))["error"] == ""
