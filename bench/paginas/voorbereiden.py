"""`python -m bench.paginas.voorbereiden ROUNDS FILE`: the visits, and what each asks of the database, as JSON.

Runs with the environment of one size. A statement over its budget is explained in build/verklaard-….txt.
"""

import json
import sys
import time
from pathlib import Path

import django

BUDGET = 20  # ms
QUIET = ("SAVEPOINT", "RELEASE")


class Counter:
    """Counts the statements of a visit, and explains those that take long."""

    def __init__(self, out, page, last):
        self.out, self.page, self.last, self.statements = out, page, last, []

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = (time.perf_counter() - began) * 1000
            self.statements.append((took, sql))
            if self.last and took > BUDGET and sql.lstrip("( ").startswith(("SELECT", "WITH")):
                with context["connection"].connection.cursor() as cursor:
                    cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql, params)
                    plan = "\n".join(row[0] for row in cursor.fetchall())
                self.out.write(f"-- {self.page}: {took:.1f} ms\n{sql}\n{plan}\n\n")


def ask(client, visit, n):
    from bench.paginas.wereld import HOST  # noqa: PLC0415

    path = visit["paths"][n % len(visit["paths"])]
    head = {"HTTP_HOST": HOST, "HTTP_COOKIE": visit["cookie"], "HTTP_X_FORWARDED_PROTO": "https"}
    head |= {"HTTP_REFERER": f"https://{HOST}/"}
    bodies = visit.get("bodies")
    return client.post(path, bodies[n], **head) if bodies else client.get(path, **head)


def main(rounds, where):
    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from bench.paginas.bezoeken import visits  # noqa: PLC0415

    pages = visits(rounds + 2)
    client = Client(enforce_csrf_checks=True)
    with open(Path(where).with_suffix(".txt"), "w") as out:
        for name, visit in pages.items():
            if name == "kaal":
                continue
            for n in (rounds, rounds + 1):  # the second time, when everything is warm
                counter = Counter(out, name, n > rounds)
                with connection.execute_wrapper(counter):
                    response = ask(client, visit, n)
                client.cookies.clear()
            if response.status_code != (302 if "bodies" in visit else 200):
                raise SystemExit(f"{name}: {response.status_code} {response.headers} {response.content[:300]}")
            visit["statements"] = sum(not sql.startswith(QUIET) for _, sql in counter.statements)
            visit["database"] = sum(took for took, _ in counter.statements)
    Path(where).write_text(json.dumps(pages))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
