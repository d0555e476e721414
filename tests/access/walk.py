"""The walk: every address of the real urlconf, as every person, at every place, by GET and by POST."""

import gc
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.core import mail
from django.core.cache import cache
from django.test import Client, TestCase
from django.urls import reverse

from cases.models import Inzage
from expertteam import sleutel
from tests.access.addresses import BODIES, QUERIES, address, methods, pages, places
from tests.access.sight import (
    NUMBER,
    ONCE,
    TRACE,
    Visit,
    everything_in,
    fingerprint,
    form_faults,
    listening,
    read,
    undone,
    written,
)


class Walker:
    """One person with a browser; nothing he does stays."""

    def __init__(self, who, user, town, log):
        self.who, self.user, self.town, self.log, self.client = who, user, town, log, Client()
        overleg = {"kort_overleg_met": town["people"]["os"].pk, "kort_overleg_op": "vandaag", "voortraject": "True"}
        self.asked = next(n for n, name in town["nummers"].items() if name == "elders-basis")
        reden = {"nummer": self.asked, "reden": "De ouders bellen en Otto is er niet"}
        self.bodies = BODIES | {"step:overleg": overleg, "met_reden": reden}
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.output(header="")
        self.before = fingerprint()

    def visit(self, page, place, method, query=""):
        url = address(page, place, self.town["pk"]) + query
        self.client.cookies = SimpleCookie()
        for cookie in self.cookies.splitlines():
            self.client.cookies.load(cookie.strip())
        body = self.bodies.get(page, {}) | ({"sleutel": sleutel.make(self.user)} if self.user else {})
        head = {"HX-Request": "true"} if page.endswith(":vanzelf") else {}
        mail.outbox.clear()
        self.log.clear()
        cache.clear()  # how often somebody tried
        with undone():
            with TestCase.captureOnCommitCallbacks(execute=True), written() as writes:
                response = getattr(self.client, method.lower())(url, body if method == "POST" else None, headers=head)
            traces = self.traces(response.status_code < 500 and sum(TRACE in sql for sql in writes))
            writes = [sql for sql in writes if TRACE not in sql]
            done = [sql for sql in writes if "expertteam_verzoek" not in sql]
            # what a trigger or a function did shows in no statement: after a POST that went well, and for one person
            due = done or (method == "POST" and response.status_code == 302) or (traces and self.who == "os")
            changed = bool(due) and self.before != fingerprint()
        return self.seen(page, place, method, url, response, traces, writes, changed)

    def traces(self, count):
        """The rows of the log of looks that this visit wrote."""
        rows = Inzage.objects.filter(pk__gt=self.town["looked"]).order_by("pk") if count else []
        assert len(rows) == count
        name = self.town["dossiers"].get
        return [
            (row.door_id == self.user.pk, row.als, row.deel, tuple(name(pk, "onbekend") for pk in row.dossiers))
            for row in rows
        ]

    def seen(self, page, place, method, url, response, traces, writes, changed):
        # what somebody typed himself may come back to him: no body of the walk holds a word of a dossier, one a number
        nummers = {n: name for n, name in self.town["nummers"].items() if (page, n) != ("met_reden", self.asked)}
        mails = str([(m.to, m.subject, m.body, m.extra_headers) for m in mail.outbox])
        answer, where = str(response.status_code) + (" schrijft" if changed else ""), response.get("Location", "")
        for name, word in [("account_login", "inloggen"), ("account_reauthenticate", "nogmaals")]:
            if where.partition("?")[0] == reverse(name):
                answer = f"302 {word}"
        text = response.content.decode(errors="replace") if "text" in response["Content-Type"] else ""
        same = ONCE.sub(r'name="\1"', text).replace(url, "hier")
        head = tuple(sorted(f"{k}: {v}".replace(url, "hier") for k, v in response.items() if k != "X-Request-ID"))
        return Visit(
            page, self.who, place, method, answer, read(everything_in(response), nummers), traces, len(mail.outbox),
            read(mails) if mail.outbox else set(), read("\n".join(self.log), nummers), writes, changed,
            form_faults(text), NUMBER.findall(text), same, (*head, *sorted(response.cookies)),
        )  # fmt: skip


@contextmanager
def unhindered():
    """The garbage waits until somebody is home again."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def walk(town, where=None, people=None):
    """Everybody (or some people) to every page (or some pages), by GET and by POST."""
    found = []
    with unhindered(), listening() as log:
        for who, user in town["people"].items():
            if people and who not in people:
                continue
            walker = Walker(who, user, town, log)
            for page in where or pages():
                for place in places(who, page):
                    found += [walker.visit(page, place, method) for method in methods(who, page, place)]
                found += [walker.visit(page, "lijst", "GET", query) for query in QUERIES.get(page, [])]
            gc.collect()
    return found
