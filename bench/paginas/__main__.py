"""`python -m bench.paginas S L`: the main pages of databases of bench.maat, in turns with a bare page.

Prints p50, p95, multiples, statements, bytes, and the time of the processor that server and database took for it (p50):
on a busy machine the multiples of that say more than those of the clock. ROUNDS=40 says how often.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from select import select
from urllib.parse import urlencode

from bench.paginas.wereld import HOST, ROOT, environment, more, processor, serving, watch, workers

SELDOM = 5  # rounds of the pages over all kringen, which take long
ROUNDS = int(os.environ.get("ROUNDS", 40))


def prepare(size):
    if not (ROOT / "staticfiles").exists():
        collect = [sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"]
        subprocess.run(collect, cwd=ROOT, env=environment(size), check=True)
    where = ROOT / "build" / f"verklaard-{size}.json"
    command = [sys.executable, "-m", "bench.paginas.voorbereiden", str(ROUNDS), str(where)]
    subprocess.run(command, cwd=ROOT, env=environment(size), check=True)
    found = json.loads(where.read_text())
    where.unlink()
    return found


class Site:
    """One server: a connection to it that stays open, and the processes that work for it."""

    def __init__(self, size, port, pid):
        self.connection, self.pid = HTTPConnection("127.0.0.1", port), pid
        self.backends = watch(size, port)

    def visit(self, visit, n):
        """(ms, ms of the processor for Python, the same for PostgreSQL, bytes) of one visit."""
        if self.connection.sock and select([self.connection.sock], [], [], 0)[0]:  # it was tired of waiting for us
            self.connection.close()
        if not self.connection.sock:
            self.connection.connect()
        path = visit["paths"][n % len(visit["paths"])]
        head = {"Host": HOST, "Cookie": visit["cookie"], "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
        body = None
        if "bodies" in visit:
            body = urlencode(visit["bodies"][n])
            head["Content-Type"] = "application/x-www-form-urlencoded"
        before, began = (processor(workers(self.pid)), processor(self.backends())), time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body, head)
        response = self.connection.getresponse()
        length = len(response.read())
        took = (time.perf_counter() - began) * 1000
        if response.status != (302 if body else 200):
            raise SystemExit(f"{path}: {response.status}")
        after = processor(workers(self.pid)), processor(self.backends())
        return took, more(before[0], after[0]), more(before[1], after[1]), length


def rank(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, -(-len(values) * part // 100) - 1)]


def measure(sizes):
    """{(size, page): [(ms, bytes)]}, and the bare page before each of them."""
    pages = {size: prepare(size) for size in sizes}
    found = {(size, name): [] for size in sizes for name in pages[size]}
    with ExitStack() as stack:
        sites = {size: Site(size, *stack.enter_context(serving(size))) for size in sizes}
        bare = Site(sizes[0], *stack.enter_context(serving(sizes[0], "bench.paginas.kaal:application")))
        for n in range(-2, ROUNDS):  # two to warm up
            for name in pages[sizes[0]]:
                for size in sizes if name != "kaal" else ():
                    if n < 0 and "bodies" in pages[size][name] or n >= SELDOM and "alle" in name:
                        continue
                    seen = bare.visit(pages[sizes[0]]["kaal"], 0), sites[size].visit(pages[size][name], max(n, 0))
                    if n >= 0:
                        found[sizes[0], "kaal"].append(seen[0])
                        found[size, name].append(seen[1])
    return pages, found


def figures(rows):
    """p50, p95 by the clock; the median of the processor, and what PostgreSQL had of it."""
    clock = [row[0] for row in rows]
    web, database = (statistics.median(row[n] for row in rows) for n in (1, 2))
    return rank(clock, 50), rank(clock, 95), web + database, database


def main(sizes):
    pages, found = measure(sizes)
    bare = figures(found[sizes[0], "kaal"])
    print("bare page: p50 {:.1f} ms, p95 {:.1f} ms, processor {:.2f} ms, of which PostgreSQL {:.2f}".format(*bare))
    what = ("p50", "p95", "× bare", "processor", "× bare", "of which PostgreSQL", "statements", "kB")
    head = ["page"] + [f"{one} {size}" for size in sizes for one in what]
    head += [f"{big} / {sizes[0]} {one}" for big in sizes[1:] for one in ("p95", "processor")]
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for name in pages[sizes[0]]:
        if name == "kaal":
            continue
        cells, seen = [name], {size: figures(found[size, name]) for size in sizes}
        for size, (p50, p95, work, database) in seen.items():
            cells += [f"{p50:.1f}", f"{p95:.1f}", f"{p95 / bare[1]:.1f}", f"{work:.1f}", f"{work / bare[2]:.1f}",
                      f"{database:.1f}", str(pages[size][name]["statements"]),
                      f"{found[size, name][0][3] / 1000:.1f}"]  # fmt: skip
        for big in sizes[1:]:
            cells += [f"{seen[big][n] / seen[sizes[0]][n]:.2f}" for n in (1, 2)]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:] or ["S", "L"])
