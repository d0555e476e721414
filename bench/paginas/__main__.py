"""`python -m bench.paginas S L`: the main pages of databases of bench.maat on the real server, in turns with a bare page.

Prints p50, p95, statements, bytes and multiples; ROUNDS=40 says how often.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from select import select
from urllib.parse import urlencode

from bench.paginas.wereld import HOST, ROOT, environment, serving

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


def timed(connection, visit, n):
    """(ms, bytes) of one visit, on a connection that is open already."""
    if connection.sock and select([connection.sock], [], [], 0)[0]:  # the server was tired of waiting for us
        connection.close()
    if not connection.sock:
        connection.connect()
    path = visit["paths"][n % len(visit["paths"])]
    head = {"Host": HOST, "Cookie": visit["cookie"], "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
    body = None
    if "bodies" in visit:
        body = urlencode(visit["bodies"][n])
        head["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.perf_counter()
    connection.request("POST" if body else "GET", path, body, head)
    response = connection.getresponse()
    length = len(response.read())
    took = (time.perf_counter() - began) * 1000
    if response.status != (302 if body else 200):
        raise SystemExit(f"{path}: {response.status}")
    return took, length


def rank(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, -(-len(values) * part // 100) - 1)]


def measure(sizes):
    """{(size, page): [(ms, bytes)]}, and the bare page before each of them."""
    pages = {size: prepare(size) for size in sizes}
    found = {(size, name): [] for size in sizes for name in pages[size]}
    with ExitStack() as stack:
        ports = {size: stack.enter_context(serving(size)) for size in sizes}
        kaal = stack.enter_context(serving(sizes[0], "bench.paginas.kaal:application"))
        at = {size: HTTPConnection("127.0.0.1", port) for size, port in ports.items()}
        bare, bare_page = HTTPConnection("127.0.0.1", kaal), pages[sizes[0]]["kaal"]
        for n in range(-2, ROUNDS):  # two to warm up
            for name in pages[sizes[0]]:
                for size in sizes if name != "kaal" else ():
                    if n < 0 and "bodies" in pages[size][name]:
                        continue
                    rows = timed(bare, bare_page, 0), timed(at[size], pages[size][name], max(n, 0))
                    if n >= 0:
                        found[sizes[0], "kaal"].append(rows[0])
                        found[size, name].append(rows[1])
    return pages, found


def main(sizes):
    pages, found = measure(sizes)
    bare = [took for took, _ in found[sizes[0], "kaal"]]
    print(f"bare page: p50 {rank(bare, 50):.1f} ms, p95 {rank(bare, 95):.1f} ms, {len(bare)} times\n")
    head = ["page"] + [f"{what} {size}" for size in sizes for what in ("p50", "p95", "× bare p50", "× bare p95",
        "statements", "of which database, ms", "kB")] + [f"{big} / {sizes[0]}" for big in sizes[1:]]  # fmt: skip
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for name in pages[sizes[0]]:
        if name == "kaal":
            continue
        cells, p95 = [name], {}
        for size in sizes:
            times = [took for took, _ in found[size, name]]
            p50, p95[size] = rank(times, 50), rank(times, 95)
            visit = pages[size][name]
            cells += [f"{p50:.1f}", f"{p95[size]:.1f}", f"{p50 / rank(bare, 50):.1f}",
                      f"{p95[size] / rank(bare, 95):.1f}", str(visit["statements"]), f"{visit['database']:.1f}",
                      f"{found[size, name][0][1] / 1000:.1f}"]  # fmt: skip
        cells += [f"{p95[big] / p95[sizes[0]]:.2f}" for big in sizes[1:]]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:] or ["S", "L"])
