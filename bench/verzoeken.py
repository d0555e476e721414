"""Odd requests, each made from the seed and its own number only: request 7315 of seed 1 is the same every time."""

import json
import random
import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from django.apps import apps
from django.urls import URLPattern, get_resolver
from django.utils.module_loading import import_string

from bench.vreemd import AWAY, FILES, HEADERS, HOST, HOSTS, METHODS, ODD, PATHS, QUERIES, SOUND, SUBMIT, TYPES


@dataclass
class Request:
    number: int
    who: str
    method: str
    path: str
    headers: list = field(default_factory=list)  # (name, value) pairs; the host too
    body: bytes = b""


def addresses(resolver=None, before=""):
    """The addresses of the real urlconf, with `<name>` where something must be filled in."""
    for found in (resolver or get_resolver()).url_patterns:
        part = re.sub(r"\(\?P<(\w+)>.*?\)(?=/|-|$)", r"<\1>", str(found.pattern)).strip("^$").replace(r"\Z", "")
        route = before + re.sub(r"<\w+:(\w+)>", r"<\1>", part)
        if isinstance(found, URLPattern):
            yield "/" + route
        else:
            yield from addresses(found, route)


class Maker:
    """Makes requests from primary keys by model, those that each person sees, and fresh one-time keys of forms."""

    def __init__(self, seed, people, pks, own, key):
        self.seed, self.people, self.key = seed, ["", *people], key
        self.pks, self.own = pks, own
        self.busy = [who for who in people if own[who]["aanmelding"]]  # most of what can break is behind their pages
        self.any = [pk for found in pks.values() for pk in found]
        self.rooms = {"dossier": [], "elsewhere": [], "beheer": []}
        for route in sorted(set(addresses())):
            dossier = "<pk>" in route or "<kind>" in route
            self.rooms["dossier" if dossier else "beheer" if "/beheer/" in route else "elsewhere"].append(route)
        self.kinds = import_string("cases.workflow.FLOWS")
        models = [m for label in ("cases", "schools") for m in apps.get_app_config(label).get_models()]
        self.fields = sorted({f.name for m in models for f in m._meta.fields})
        self.fields += ["q", "next", "wie", "login", "password", "email", "note", "minuten_0", "minuten_1", "reden"]
        self.choices = sorted({str(c) for m in models for f in m._meta.fields if f.choices for c, _ in f.flatchoices})

    def make(self, number):
        """Request `number` of this seed."""
        dice = random.Random(f"{self.seed}:{number}")
        who = dice.choice(dice.choice([self.busy, self.busy, self.people]))
        path, kind, name = self.path(dice, who)
        if path.startswith("/beheer/") and dice.random() < 0.7:
            who = next((p for p in self.people if p not in self.busy and self.pks and p.startswith("bep.")), who)
        method = dice.choice(METHODS)
        request = Request(number, who, method, path)
        self.head(dice, request)
        if method not in {"GET", "HEAD", "TRACE"}:
            self.body(dice, request, kind, name)
        return request

    def path(self, dice, who):
        """An address, mostly well filled in; and the flow and the step it is about, if any."""
        kind, step = dice.choice([*self.kinds]), None
        route = dice.choice(self.rooms[dice.choices([*self.rooms], [50, 30, 20])[0]])
        steps = [*self.kinds[kind].steps]
        fill = {
            "kind": kind,
            "name": dice.choice(steps),
            "pk": self.pk(dice, who, kind if "<kind>" in route else "aanmelding"),
        }
        step = fill["name"]

        def value(found):
            if dice.random() < 0.06:
                return quote(dice.choice(ODD)[:2000], safe="", errors="surrogatepass")
            return str(fill.get(found[1]) or dice.choice([dice.choice(self.any), "1", "2", "999999999999999999999"]))

        path = re.sub(r"<(\w+)>", value, route)
        if dice.random() < 0.05:
            path = dice.choice(PATHS).format(path=path.rstrip("/"))
        if dice.random() < 0.25:
            path += "?" + dice.choice([*QUERIES, "next=" + quote(dice.choice(AWAY), safe="")])
        return path, kind, step

    def pk(self, dice, who, kind):
        """A key that exists, mostly of the right kind, often one's own; or of nothing."""
        own = self.own.get(who, {}).get(kind)
        right = own if own and dice.random() < 0.7 else self.pks.get(kind) or self.any
        return dice.choice([*[dice.choice(right)] * 8, dice.choice(self.any), "00000000-0000-4000-8000-000000000000"])

    def head(self, dice, request):
        """Host, cookies, and what a proxy or an attacker adds."""
        host = dice.choice(HOSTS) if dice.random() < 0.03 else HOST
        csrf = "".join(dice.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789", k=32))
        cookies = [f"__Host-csrftoken={csrf}" if dice.random() < 0.9 else "__Host-csrftoken=kort"]
        if dice.random() < 0.03:
            cookies.append("__Host-sessionid=" + dice.choice(['"', "\x80", "a" * 4000, "%00", "x; y", "\t"]))
        elif request.who:
            cookies.append(f"__Host-sessionid={{{request.who}}}")
        headers = [
            ("Host", host),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-For", f"10.9.{request.number % 250}.1"),
        ]
        headers += [("Cookie", "; ".join(cookies)), ("Referer", f"https://{HOST}/")]
        if dice.random() < 0.25:
            headers.append(dice.choice(HEADERS))
        request.headers, request.csrf = headers, csrf

    def body(self, dice, request, kind, name):
        """The fields of a form: those of the step, or any; well filled in, or not at all."""
        step = self.kinds[kind].steps.get(name)
        names = [*step.asks, *step.may, "note"] if step and dice.random() < 0.6 else dice.choices(self.fields, k=12)
        if "/beschrijven/" in request.path or "/nieuw/" in request.path:
            names = dice.sample(self.kinds["aanmelding"].steps["beschrijven"].may or self.fields, 8)
        pairs = [(field, self.value(dice)) for field in names for _ in range(1 + (dice.random() < 0.05))]
        pairs += [(dice.choice(SUBMIT), "1")] * (dice.random() < 0.5) + [("a[]", "1")] * (dice.random() < 0.05)
        pairs += [("versie", dice.choice([*map(str, range(9)), *ODD]))] * (dice.random() < 0.4)
        pairs += [("next", dice.choice(AWAY))] * (dice.random() < 0.1) + [("x", "y")] * (1500 * (dice.random() < 0.004))
        pairs += [("hulpvraag", "a" * 1_000_000)] * (dice.random() < 0.004)
        if dice.random() < 0.85:
            pairs.append(("csrfmiddlewaretoken", request.csrf))
        if request.who and dice.random() < 0.8:
            pairs.append(("sleutel", f"{{{request.who}}}"))
        self.encode(dice, request, pairs)

    def value(self, dice):
        return dice.choice(dice.choice([ODD, SOUND, self.choices, [str(pk) for pk in self.any]]))

    def encode(self, dice, request, pairs):
        """The same pairs as a form, with files, as json, or as something that says to be what it is not."""
        kind = "application/x-www-form-urlencoded"
        pairs = [(k, self.key(request.who) if k == "sleutel" else v) for k, v in pairs]
        request.body = urlencode(pairs, errors="surrogatepass").encode()
        if dice.random() < 0.15:
            kind, request.body = "multipart/form-data; boundary=grens", multipart(pairs, *dice.choice([*FILES.items()]))
        elif dice.random() < 0.03:
            kind = dice.choice(TYPES)
            request.body = dice.choice([request.body, json.dumps(dict(pairs)).encode(), b"--x\r\n\r\n", b"\xff" * 99])
        request.headers.append(("Content-Type", kind))


def multipart(pairs, name, content):
    """A form with a file."""
    parts = [(f'form-data; name="{k}"', v.encode(errors="surrogatepass")) for k, v in pairs]
    parts.append((f'form-data; name="bijlagen"; filename="{name}"', content))
    lines = [b"--grens\r\nContent-Disposition: " + h.encode(errors="surrogatepass") + b"\r\n\r\n" + v for h, v in parts]
    return b"\r\n".join([*lines, b"--grens--\r\n"])
