"""A real Chromium on the real server. Every console error and every request to another host fails the test."""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.browser.teller import as_table, measure

ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
NONE = "no Chromium: apt-get install chromium, or set CHROMIUM"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; without one they are skipped, but never in CI."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def problems():
    """What the browser complained of: nothing, when the test is over."""
    found = []
    yield found
    assert found == []


def watch(context, home, problems):
    def console(message):
        expected = re.search(r"the server responded with a status of 4\d\d", message.text)
        if message.type == "error" and not expected:
            problems.append(f"console: {message.text}")

    def request(sent):
        if sent.url.startswith(("http:", "https:", "ws")) and not sent.url.startswith(f"{home}/"):
            problems.append(f"another host: {sent.url}")

    context.on("console", console)
    context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
    context.on("request", request)


@pytest.fixture
def open_as(chromium, live_server, problems):
    """open_as(user): a new page of somebody who is logged in; of nobody: logged out."""
    contexts = []

    def open_as(user=None, script="", **options):
        context = chromium.new_context(base_url=live_server.url, locale="nl-NL", reduced_motion="reduce", **options)
        contexts.append(context)
        context.set_default_timeout(8000)
        watch(context, live_server.url, problems)
        if script:
            context.add_init_script(script)
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url, "httpOnly": True}
            context.add_cookies([cookie])
        return context.new_page()

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def measured():
    """All budgets of this run, as a table in build/budgets.md."""
    rows = []
    yield rows
    if rows:
        Path("build").mkdir(exist_ok=True)
        Path("build/budgets.md").write_text(as_table(rows))


@pytest.fixture
def within(measured):
    """within(page, "task", clicks=4, …): what was needed since the start page is no more than this."""

    def within(page, task, touch=False, **budget):
        used = measure(page, touch)
        measured.append((task, budget, used))
        assert {name: most for name, most in budget.items() if used[name] > most} == {}, used
        return used

    return within
