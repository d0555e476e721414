"""What can be seen in an answer: the words and numbers of dossiers, forms without a key, keys that count up."""

import json
import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from cases.models import Inzage
from expertteam.logboek import JsonFormatter

WORD = re.compile(r"mees-([a-z]+-[a-z_]+)(?:-([a-z_]+))?")
NUMMER = re.compile(r"\b\d\d-\d{4}\b")
FIRST_NUMBER = 7_000_000  # integer keys begin here in the town, so that one in a page is recognised
NUMBER = re.compile(r"\b70\d{5}\b")
WRITE = re.compile(r"^(?!\(*SELECT|SAVEPOINT|RELEASE|ROLLBACK)|FOR UPDATE|nextval|setval|open_met_reden|stel_aan")
ONCE = re.compile(r'name="(csrfmiddlewaretoken|sleutel)" value="[^"]+"')
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
NO_KEY = {"zoeken", "account_logout", "demo"}  # forms that change nothing in a dossier
TRACE = 'INSERT INTO "cases_inzage"'


@dataclass
class Visit:
    """What somebody got at an address."""

    page: str  # the name in the urlconf; for a step or a kind `step:oppakken`
    who: str
    place: str
    method: str
    answer: str  # 200, 404, …; `302 inloggen`: sent to the login page
    found: set  # (dossier, field) of which a text stood in the page, its headers or a mail
    traces: list  # (whose name, as what, which part, the dossiers) of each row of the log of looks
    mails: int  # how many were sent
    mailed: set  # the same of what stood in a mail
    logged: set  # and in the log
    writes: list  # SQL that is not reading, without the trace
    changed: bool  # a row of a dossier or a school is not what it was
    forms: list  # forms without a csrf token or a one-time key
    numbers: list  # integer primary keys
    text: str  # the page, without what differs each time
    shape: tuple  # its headers

    @property
    def words(self):
        """The dossiers of which something could be read: `eigen-loopt`, of the work on it `eigen-loopt_traject`."""
        return {thing for thing, _ in self.found}

    @property
    def shown(self):
        return {re.sub("_(traject|consult)$", "", thing) for thing in self.words}

    @property
    def traced(self):
        return {dossier for *_, dossiers in self.traces for dossier in dossiers}


def read(text, nummers=()):
    """{(dossier, field)} of every word, and of every number of a dossier."""
    known = [(nummers[n], "nummer") for n in NUMMER.findall(text) if n in nummers]
    return {(m[1], m[2]) for m in WORD.finditer(text)} | {*known}


def everything_in(response):
    """The headers, the name of a file and the body, as one text."""
    head = "\n".join(f"{k}: {v}" for k, v in response.items())
    return head + str(response.cookies) + response.content.decode(errors="replace")


def fingerprint():
    """What stands in every table of ours that can be read, but the log of looks, in one number a table."""
    models = [m for label in ("cases", "schools") for m in apps.get_app_config(label).get_models()]
    tables = [
        m._meta.db_table
        for m in models
        if m._meta.managed and m is not Inzage and "SELECT" not in getattr(m, "KEEPS", ())
    ]
    one = "(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(one.format(table) for table in tables))
        return cursor.fetchone()


@contextmanager
def written():
    """The statements that do more than read; the session is nobody's dossier."""
    found = []

    def note(execute, sql, *args):
        if WRITE.search(sql) and "expertteam_sessie" not in sql:
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


class Logbook(logging.Handler):
    """What would stand in the log of production, and of whatever is said more softly."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines = []
        self.setFormatter(JsonFormatter())

    def emit(self, record):
        self.lines.append(self.format(record) + json.dumps(record.__dict__, default=str))


@contextmanager
def listening():
    """Every logger speaks to one book, and to nobody else."""
    book, root = Logbook(), logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers[:], _ = [book], root.setLevel(logging.INFO)
    try:
        yield book.lines
    finally:
        root.handlers[:], _ = before[0], root.setLevel(before[1])


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
