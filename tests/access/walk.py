"""The walk: every address of the real urlconf, as every person, at every place, by GET and by POST."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from uuid import UUID

from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver, reverse

from expertteam import sleutel

NOTHING = UUID("00000000-0000-4000-8000-000000000000")  # the primary key of nothing at all
PLACES = ("eigen", "buur", "elders", "eiland", "niets")
WORD = re.compile(rb"mees-([a-z]+)-([a-z_]+)")
NUMBER = re.compile(r"\b7\d{6}\b")  # an integer primary key: see FIRST_NUMBER of the town
WRITE = re.compile(r"^(?!SELECT)|FOR UPDATE|nextval|setval")
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
    mailed: set  # dossiers of which a text stood in a mail
    writes: list  # SQL that is not reading
    changed: bool  # a row of a dossier or a school is not what it was
    forms: list  # forms without a csrf token or a one-time key
    numbers: list  # integer primary keys
    text: str  # the page, without what differs each time


def routes(resolver=None, namespace=""):
    """(name, pattern) of every address; a name that is missing is empty."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLPattern):
            yield namespace + (found.name or ""), found
        else:
            yield from routes(found, f"{namespace}{found.namespace}:" if found.namespace else namespace)


def address(page, place, pk):
    """The address of a page (see PAGES of the matrix) at a place."""
    name, _, last = page.partition(":")
    thing = {"beschrijven": "concept", "controleren": "concept", "bijlage_weg": "concept"}.get(name, "nieuw")
    if name in {"detail", "step"}:
        thing, kind = STEPS[last] if name == "step" else KINDS[last]
        args = [kind, pk.get((place, thing), NOTHING), *([last] if name == "step" else [])]
    elif name in {"bijlage", "bijlage_weg"}:
        args = [pk.get((place, thing), NOTHING), pk.get((place, f"{thing}.bijlage"), NOTHING)]
    elif name == "account_reset_password_from_key":
        return "/wachtwoord/1a-set-password/"
    else:
        args = [pk.get((place, thing), NOTHING)] if place else []
    return reverse(name, args=args)


KINDS = {
    "aanmelding": ("nieuw", "aanmelding"),
    "concept": ("concept", "aanmelding"),
    "traject": ("loopt.traject", "traject"),
    "contactmoment": ("loopt.contact", "contactmoment"),
    "school": ("nieuw", "school"),
}
STEPS = {  # step: (what it is taken on, kind)
    "indienen": ("concept", "aanmelding"),
    "oppakken": ("basis", "aanmelding"),
    "oppakken_ab": ("nieuw", "aanmelding"),
    "vragen": ("nieuw", "aanmelding"),
    "beschrijven": ("concept", "aanmelding"),
    "vliegen": ("nieuw", "aanmelding"),
    "overleg": ("start.traject", "traject"),
    "gestart": ("start", "aanmelding"),
    "bezoek": ("loopt.traject", "traject"),
    "wijzigen": ("loopt.contact", "contactmoment"),
}


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

    def __init__(self, who, user):
        self.who, self.user, self.client = who, user, Client()
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.output(header="")

    def visit(self, page, place, method, pk, body=None, query=""):
        url = address(page, place, pk) + query
        self.client.cookies = SimpleCookie()
        for cookie in self.cookies.splitlines():
            self.client.cookies.load(cookie.strip())
        body = dict(body or {}) | ({"sleutel": sleutel.make(self.user)} if self.user else {})
        mail.outbox.clear()
        with undone():
            before = fingerprint() if method == "POST" else None
            with TestCase.captureOnCommitCallbacks(execute=True), written() as writes:
                response = getattr(self.client, method.lower())(url, body if method == "POST" else None)
            changed = method == "POST" and before != fingerprint()
        return self.seen(page, place, method, response, writes, changed)

    def seen(self, page, place, method, response, writes, changed):
        head = "\n".join(f"{k}: {v}" for k, v in response.items())
        # what somebody typed himself may come back to him: no body of the walk holds a word of a dossier
        found = {b"-".join(m).decode() for m in WORD.findall(head.encode() + response.content)}
        sent = "".join(f"{m.to} {m.subject} {m.body}" for m in mail.outbox).encode()
        answer = str(response.status_code)
        if response.get("Location", "").startswith(reverse("account_login")):
            answer = "302 inloggen"
        text = response.content.decode(errors="replace") if "text" in response["Content-Type"] else ""
        return Visit(
            page, self.who, place, method, answer, found, {b"-".join(m).decode() for m in WORD.findall(sent)},
            writes, changed, form_faults(text), NUMBER.findall(text), ONCE.sub(r'name="\1"', text),
        )  # fmt: skip


BODIES = {  # what somebody who may, can send
    "nieuw": {"niveau": "leerling", "soort": "basis", "hulpvraag": "Hoe verder?"},
    "beschrijven": {"niveau": "leerling", "soort": "complex", "hulpvraag": "Hoe verder?", "bewaar": "1"},
    "zoeken": {"q": "mees-"},
    "account_login": {"login": "sam@berg.test", "password": "geraden wachtwoord"},
    "account_reset_password": {"email": "sam@berg.test"},
    "step:oppakken": {"eerste_contact_op": "vandaag", "eerste_contact_met": "Sam"},
    "step:oppakken_ab": {"eerste_contact_op": "vandaag", "eerste_contact_met": "Sam"},
    "step:vragen": {"vraag": "Wat hielp er?"},
    "step:bezoek": {"soort": "bezoek", "minuten_0": "60", "datum": "vandaag"},
    "step:wijzigen": {"soort": "bezoek", "minuten_0": "90", "datum": "vandaag"},
}
QUERIES = {"werklijst": ["?status=klaar", "?status=loopt", "?status=nieuw"], "kringen": ["?kring=Noord"]}
OBJECTS = [
    "beschrijven", "controleren", "verstuurd", "bijlage", "bijlage_weg",
    *(f"detail:{kind}" for kind in KINDS), *(f"step:{step}" for step in STEPS),
]  # fmt: skip


def pages():
    """Every address of the urlconf but the admin's: a list, or a page of an object with its kinds and steps."""
    names = [name for name, _ in routes() if not name.startswith("admin:")]
    lists = [name for name in names if name not in {page.partition(":")[0] for page in OBJECTS}]
    return {page: [""] for page in lists} | dict.fromkeys(OBJECTS, PLACES)


def walk(town, where, people=None):
    found = []
    for who, user in town["people"].items():
        if people and who not in people:
            continue
        walker, pk = Walker(who, user), town["pk"]
        for page, places in where.items():
            for place in places:
                body = BODIES.get(page)
                if page == "step:overleg":
                    body = {"kort_overleg_op": "vandaag", "kort_overleg_met": town["people"]["os"].pk, "voortraject": "True"}
                found.append(walker.visit(page, place, "GET", pk))
                found.append(walker.visit(page, place, "POST", pk, body))
            found += [walker.visit(page, "", "GET", pk, query=query) for query in QUERIES.get(page, [])]
    return found
