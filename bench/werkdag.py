"""`python -m bench.werkdag S`: fifty people at work for five minutes on the server of the README, on this machine only.

Each has a browser of his own that stays connected, reads for THINK seconds on average, and goes on to what people of
his role do. Prints requests a second, p50 and p95, and what was answered otherwise.
It stops by itself; MINUTES=1 for less.
"""

import os
import random
import sys
import threading
import time
from collections import Counter, defaultdict
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import django

from bench.paginas.wereld import CSRF, HOST, environment, log_in, serving

MINUTES, THINK = float(os.environ.get("MINUTES", 5)), float(os.environ.get("THINK", 0.45))
MANY = {"ib": 25, "ab": 14, "os": 9, "coordinator": 2}  # fifty, as they are in a samenwerkingsverband
MIX = {  # role: {page: how often of a hundred}
    "ib": {"mijn_aanmeldingen": 38, "dossier": 40, "nieuw": 10, "concept": 4, "overleggen": 8},
    "os": {"werklijst": 35, "dossier": 43, "kringen": 8, "afstemmingen": 4, "overleggen": 10},
    "ab": {"vandaag": 35, "dossier": 37, "bezoek": 14, "bezoeken": 9, "uren": 5},
    "coordinator": {"kringen": 65, "tellen": 35},
}


class Person(threading.Thread):
    def __init__(self, rol, n, port, end):
        super().__init__(daemon=True)
        from cases.models import Traject  # noqa: PLC0415
        from schools.models import User  # noqa: PLC0415

        self.rol, self.port, self.end, self.dice = rol, port, end, random.Random(f"{rol}{n}")
        self.user = User.objects.get(email=f"{rol}{n}@maat.example")
        self.cookie, self.seen = log_in(self.user), []
        of = {
            "ib": {"aanmelding__school__aanstellingen__user": self.user}, "ab": {"uitvoerder": self.user},
            "os": {"aanmelding__school__team__aanstellingen__user": self.user}, "coordinator": {"pk": None},
        }[rol]  # fmt: skip
        open_ = (
            Traject.objects.using("owner").filter(**of).exclude(state__in=["afgesloten", "gestopt", "voorbereiding"])
        )
        self.trajecten = [f"/traject/{pk}/" for pk in open_.order_by("pk").values_list("pk", flat=True)[:20]]

    def next(self):
        """(name, path, fields of a post) of what this person does now."""
        from django.urls import reverse  # noqa: PLC0415

        from bench.paginas.bezoeken import PUPIL  # noqa: PLC0415
        from expertteam import sleutel  # noqa: PLC0415

        mix = MIX[self.rol]
        name = self.dice.choices([*mix], [*mix.values()])[0]
        if name in {"dossier", "bezoek", "bezoeken"} and not self.trajecten:
            name = next(iter(mix))
        key = {"sleutel": sleutel.make(self.user), "csrfmiddlewaretoken": CSRF}
        today = time.strftime("%Y-%m-%d")
        if name == "dossier":
            return name, self.dice.choice(self.trajecten), None
        if name in {"bezoek", "bezoeken"}:
            body = {"soort": "bezoek", "minuten_0": "60", "datum": today} | key
            return name, f"{self.dice.choice(self.trajecten)}bezoek/", body if name == "bezoeken" else None
        if name == "concept":
            return name, reverse("nieuw"), PUPIL | {"bewaar": "1", "ouders_akkoord_op": today} | key
        return name, reverse(name), None

    def run(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        time.sleep(self.dice.random() * 2)  # nobody begins at the same moment
        while time.monotonic() < self.end:
            name, path, fields = self.next()
            head = {"Host": HOST, "Cookie": self.cookie, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
            if fields:
                head["Content-Type"] = "application/x-www-form-urlencoded"
            began = time.monotonic()
            try:
                connection.request("POST" if fields else "GET", path, fields and urlencode(fields), head)
                response = connection.getresponse()
                response.read()
                status = response.status
            except (OSError, HTTPException) as error:
                status = type(error).__name__
                connection.close()
            self.seen.append((name, time.monotonic() - began, status, 302 if fields else 200))
            time.sleep(self.dice.expovariate(1 / THINK))


def part(values, percent):
    values = sorted(values)
    return 1000 * values[min(len(values) - 1, -(-len(values) * percent // 100) - 1)]


def main(size):
    os.environ.update(environment(size))
    django.setup()
    with serving(size, workers=2, threads=2) as (port, _):
        people = [Person(rol, n, port, 0) for rol, many in MANY.items() for n in range(1, many + 1)]
        began = time.monotonic()
        for person in people:
            person.end = began + MINUTES * 60
            person.start()
        for person in people:
            person.join()
        took = time.monotonic() - began
    rows, pages = [row for person in people for row in person.seen], defaultdict(list)
    for name, seconds, _, _ in rows:
        pages[name].append(seconds)
    every = [row[1] for row in rows]
    print(f"{len(people)} people, {took:.0f} s: {len(rows)} requests, {len(rows) / took:.1f} a second,"
          f" p50 {part(every, 50):.0f} ms, p95 {part(every, 95):.0f} ms")  # fmt: skip
    print("otherwise:", dict(Counter(row[2] for row in rows if row[2] != row[3])) or "nothing")
    for name, found in sorted(pages.items()):
        print(f"  {name:20}{len(found):7}  p50 {part(found, 50):6.0f}  p95 {part(found, 95):6.0f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "S")
