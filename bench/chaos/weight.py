"""Requests that are too much: python -m bench.chaos.weight. No answer over five seconds, no worker over 300 MiB."""

import io
import sys
import tempfile
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

from bench.chaos.browser import Browser
from bench.chaos.disk import IB, picture, upload
from bench.chaos.service import Service
from bench.chaos.worker import fields
from bench.chaos.world import world

OS, MB = "olga.specht@demo.example", 1024 * 1024
PAGES = ["?page=1000000000", "?page=-1", "?page=1e9", "?pagina=999999999999999999999", "?status=" + "a" * 4000]
SEARCHES = ["(a+)+$" * 300, "%" * 2000, "_" * 2000, "'" * 2000, "e " * 3000]


def bomb():
    """A docx of a hundred kilobytes that holds a hundred megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(100 * MB))
    return out.getvalue()


def requests(service, made):
    """[(what it is, a function that sends it)]."""
    (pk, email), ib = made.trajecten[0], Browser(service, 1).log_in(IB)
    ab, os = Browser(service, 2).log_in(email), Browser(service, 3).log_in(OS)
    path = f"/traject/{pk}/bezoek/"
    page, wide = ab.get(path), picture(8)

    def note(size):
        return lambda: ab.post(path, page.hidden | fields("bezoek", "x" * size, page.day))

    many = {f"veld{n}": "x" for n in range(20_000)}
    found = [(f"a note of {size / MB:g} MB", note(size)) for size in (MB, 3 * MB, 20 * MB)]
    found += [("20,000 fields", lambda: ab.post(path, page.hidden | many))]
    found += [(f"{list_}{query[:30]}", lambda to=list_ + query: os.get(to)) for list_ in ("/werklijst/", "/kring/")
              for query in PAGES]  # fmt: skip
    found += [
        (f"search {q[:8]}", lambda q=q: os.get(f"/zoeken/?q={q.replace('%', '%25').replace(' ', '+')}"))
        for q in SEARCHES
    ]
    found += [("ten pictures of 8 MB", lambda: upload(ib, *[wide] * 10)), ("a zip bomb", lambda: upload(ib, bomb()))]
    return found


def run(made, service, send=None):
    """[(what, status, seconds)], and the largest worker in MiB."""
    sizes, stop = [], threading.Event()

    def sample():
        while not stop.wait(0.1):
            sizes.append(service.rss())

    def one(request):
        began = time.monotonic()
        return request[0], request[1]().status, time.monotonic() - began

    sampler = threading.Thread(target=sample)
    sampler.start()
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(one, (send or requests)(service, made)))
    stop.set()
    sampler.join()
    return found, max(sizes, default=0)


def main():
    with world() as made, tempfile.TemporaryFile() as log, Service(made.env, log) as service:
        found, size = run(made, service)
    slow = max(found, key=lambda one: one[2])
    bad = [one for one in found if one[1] >= 500 or one[2] > 5]
    print(f"weight: {len(found)} requests, the slowest {slow[2]:.1f} s ({slow[0]}), the largest worker {size:.0f} MiB")
    print(*[f"{what}: {status}, {took:.1f} s" for what, status, took in bad], sep="\n  ")
    return bool(bad) or size >= 300


if __name__ == "__main__":
    sys.exit(main())
