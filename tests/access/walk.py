"""The walk: every address of the real urlconf, as every person, at every place, by GET and by POST."""

import gc
import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TestCase
from django.urls import reverse

from expertteam import sleutel
from tests.access.addresses import BODIES, NOWHERE, QUERIES, address, methods, pages, places

WORD = re.compile(rb"mees-([a-z]+)-([a-z_]+)")
FIRST_NUMBER = 7_000_000  # integer keys begin here in the town, so that one in a page is recognised
NUMBER = re.compile(r"\b70\d{5}\b")
WRITE = re.compile(r"^(?!SELECT|SAVEPOINT|RELEASE|ROLLBACK)|FOR UPDATE|nextval|setval")
ONCE = re.compile(r'name="(csrfmiddlewaretoken|sleutel)" value="[^"]+"')
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
NO_KEY = ("zoeken", "account_logout", "demo")  # forms that change nothing in a dossier


@dataclass
class Visit:
    """What somebody got at an address."""

    page: str  # the name in the urlconf; for a step or a kind `step:oppakken`
    who: str
    place: str
    method: str
    answer: str  # 200, 404, …; `302 inloggen`: sent to the login page
    words: set  # dossiers of which a text stood in the page, its headers or a mail
    mails: int  # how many were sent
    mailed: set  # dossiers of which a text stood in a mail
    writes: list  # SQL that is not reading
    changed: bool  # a row of a dossier or a school is not what it was
    forms: list  # forms without a csrf token or a one-time key
    numbers: list  # integer primary keys
    text: str  # the page, without what differs each time


def fingerprint():
    """What stands in every table of ours, in one number a table."""
    tables = [m._meta.db_table for label in ("cases", "schools") for m in apps.get_app_config(label).get_models()]
    one = "(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(one.format(table) for table in tables))
        return cursor.fetchone()


@contextmanager
def written():
    """The statements that do more than read; the session is nobody's dossier."""
    found = []

    def note(execute, sql, *args):
        if WRITE.search(sql) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield found


@contextmanager
def undone():
    """What happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def form_faults(page):
    """The forms of a page that lack a csrf token, or the one-time key where one is due."""
    free = [reverse(name) for name in NO_KEY]
    faults = []
    for form in FORM.findall(page):
        action = re.search(r'action="([^"]*)"', form)
        due = ["csrfmiddlewaretoken"]
        if "/uitloggen/" in page and 'role="search"' not in form and not (action and action[1] in free):
            due.append("sleutel")
        faults += [f"{name}: {form[:80]}" for name in due if not re.search(f'name="{name}" value="[^"]+"', form)]
    return faults


class Walker:
    """One person with a browser; nothing he does stays."""

    def __init__(self, who, user, town):
        self.who, self.user, self.pk, self.client = who, user, town["pk"], Client()
        os = {"kort_overleg_met": town["people"]["os"].pk}
        self.bodies = BODIES | {"step:overleg": os | {"kort_overleg_op": "vandaag", "voortraject": "True"}}
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.output(header="")
        self.before = fingerprint()

    def visit(self, page, place, method, query=""):
        url = address(page, place, self.pk) + query
        self.client.cookies = SimpleCookie()
        for cookie in self.cookies.splitlines():
            self.client.cookies.load(cookie.strip())
        body = self.bodies.get(page, {}) | ({"sleutel": sleutel.make(self.user)} if self.user else {})
        mail.outbox.clear()
        cache.clear()  # how often somebody tried
        with undone():
            with TestCase.captureOnCommitCallbacks(execute=True), written() as writes:
                response = getattr(self.client, method.lower())(url, body if method == "POST" else None)
            done = [sql for sql in writes if "expertteam_verzoek" not in sql]
            changed = bool(done) and self.before != fingerprint()
        return self.seen(page, place, method, response, writes, changed)

    def seen(self, page, place, method, response, writes, changed):
        head = "\n".join(f"{k}: {v}" for k, v in response.items())
        # what somebody typed himself may come back to him: no body of the walk holds a word of a dossier
        found = {b"-".join(m).decode() for m in WORD.findall(head.encode() + response.content)}
        sent = {
            b"-".join(m).decode()
            for m in WORD.findall(str([(m.to, m.subject, m.body, m.extra_headers) for m in mail.outbox]).encode())
        }
        answer = str(response.status_code) + (" schrijft" if changed else "")
        if response.get("Location", "").startswith(reverse("account_login")):
            answer = "302 inloggen"
        text = response.content.decode(errors="replace") if "text" in response["Content-Type"] else ""
        return Visit(
            page, self.who, place, method, answer, found, len(mail.outbox), sent,
            writes, changed, form_faults(text), NUMBER.findall(text), ONCE.sub(r'name="\1"', text),
        )  # fmt: skip


@contextmanager
def unhindered():
    """A thousand refusals are no news for the log; the garbage waits until somebody is home again."""
    logging.disable(logging.WARNING)
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
        logging.disable(logging.NOTSET)


def walk(town, where=None, people=None):
    """Everybody (or some people) to every page (or some pages), by GET and by POST."""
    found = []
    with unhindered():
        for who, user in town["people"].items():
            if people and who not in people:
                continue
            walker = Walker(who, user, town)
            for page in where or pages():
                for place in places(who, page):
                    found += [walker.visit(page, place, method) for method in methods(who, page, place)]
                if who not in NOWHERE:
                    found += [walker.visit(page, "lijst", "GET", query) for query in QUERIES.get(page, [])]
            gc.collect()
    return found
