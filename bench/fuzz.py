"""Odd requests against the real production server: `make fuzz`. FUZZ=200 SEED=7 make fuzz: fewer, and others.

It makes a database of its own, fills it with the demo, hangs a word that names its dossier in every text, starts the
server as docs/operations.md says, and sends. Nothing may answer 5xx, show a word to somebody who may not see that
dossier, lead to another host, or stand in the log as anything but one line of JSON.
"""

import json
import os
import re
import socket
import subprocess
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.utils.module_loading import import_string

from bench.verzoeken import Maker
from bench.vreemd import HOST
from bench.wereld import ROOT, World

WORD = re.compile(rb"kanarie([0-9a-f]{32})")
MINUTES, THREADS = 40, 3
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options",
           "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
           "Strict-Transport-Security", "Cache-Control")  # fmt: skip


class Connection(HTTPConnection):
    """One that also sends what a browser would not."""

    def _validate_path(self, url):
        pass

    def _encode_request(self, request):
        return request.encode("latin-1", "replace")


def leads_away(location):
    """Whether a browser would leave our host for this, however oddly it is written."""
    plain = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    there = urlsplit(plain)
    return there.netloc not in {"", HOST} or there.scheme not in {"", "https"} or plain.startswith("//")


def faults(status, headers, body):
    """What is wrong with an answer: nothing."""
    if not status:
        return []  # the server hung up: counted, and no answer at all
    found = [f"status {status}"] if status >= 500 else []
    if leads_away(headers.get("Location", "")):
        found.append(f"leads to {headers['Location']}")
    if "X-Ingespoten" in headers or "Access-Control-Allow-Origin" in headers:
        found.append("a header that is not ours")
    if b"Traceback (most recent" in body or b"SELECT " in body:
        found.append("the inside of the program")
    for cookie in headers.get_all("Set-Cookie") or []:
        flags = ["Secure", "SameSite=Lax", "Path=/"] + ["HttpOnly"] * ("Max-Age=0" not in cookie)  # 0: it goes away
        if not cookie.startswith("__Host-") or [flag for flag in flags if f"; {flag}" not in cookie]:
            found.append(f"cookie {cookie.split('=')[0]}")
    missing = [name for name in HEADERS if name not in headers]
    if missing and not (status == 400 and not body and "Content-Type" not in headers):  # granian's own: no HTTP at all
        found.append(f"without {missing[0]}")
    return found


def start(world, log):
    """The server of docs/operations.md on a free port: (process, port)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [ROOT / ".venv/bin/granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2"]
    command += ["--port", str(port), "expertteam.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=world.env, stdout=subprocess.DEVNULL, stderr=log)
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, port
        time.sleep(0.1)
    raise SystemExit("the server does not start")


def send(port, sessions, request):
    """(status, headers, body) of a request; status 0 when the server hangs up on it without a word."""
    connection = Connection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest(request.method, request.path, skip_host=True, skip_accept_encoding=True)
        for name, value in [*request.headers, ("Content-Length", str(len(request.body)))]:
            value = re.sub(r"\{(\S+@\S+?)\}", lambda found: sessions[found[1]], value)
            connection._buffer.append(f"{name}: {value}".encode("latin-1", "replace"))
        connection.endheaders(request.body)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    except (OSError, HTTPException) as error:
        return 0, {"Error": type(error).__name__}, b""
    finally:
        connection.close()


class Run:
    """So many requests of one seed, and what came of them."""

    def __init__(self, world, port, seed):
        sleutel = import_string("expertteam.sleutel.make")
        self.world, self.port, self.end = world, port, time.monotonic() + MINUTES * 60
        self.maker = Maker(seed, world.people, world.pks, world.own, lambda who: sleutel(world.people[who]))
        self.statuses, self.faults, self.words = Counter(), [], []

    def one(self, number):
        if time.monotonic() > self.end:
            return
        request = self.maker.make(number)
        status, headers, body = send(self.port, self.world.sessions, request)
        if status == 302 and request.who and headers["Location"].startswith("/inloggen/"):
            self.world.log_in(request.who)  # he logged out, or was
        self.statuses[request.method, status] += 1
        what = f"{number}: {request.who or 'anoniem'} {request.method} {request.path[:120]!r}"
        self.faults += [f"{what} → {status}: {fault}" for fault in faults(status, headers, body)]
        self.words += [(what, request.who, word.decode()) for word in {*WORD.findall(body)}]

    def leaks(self, before):
        """Words that somebody got of a dossier that he could not see, at the beginning nor at the end."""
        after = self.world.seen()
        may = {who: before[who] | after[who] for who in before} | {"": set()}
        return [f"{what}: word of {word}" for what, who, word in self.words if word not in may[who]]


def log_faults(lines):
    """Lines of the log that are not one object of JSON, or hold a word of a dossier."""
    found = []
    for line in lines:
        try:
            whole = {"time", "level", "logger", "request", "message"} <= json.loads(line).keys()
        except ValueError:
            whole = False
        if not whole or WORD.search(line) or b"\x1b" in line:
            found.append(f"log: {line[:300]!r}")
    return found


def broken(lines):
    """What broke, from the log: where, and how often."""
    entries = [json.loads(line) for line in lines if line.startswith(b"{")]
    errors = [e.get("error", "").split("\n")[-6:] for e in entries if e["logger"] == "django.request"]
    return [
        f"{n} × {where}" for where, n in Counter(" | ".join(map(str.strip, e)) for e in errors if e[1:]).most_common(15)
    ]


def main():
    count, seed = int(os.environ.get("FUZZ", "20000")), int(os.environ.get("SEED", "1"))
    world = World()
    try:
        world.enter()
        before = world.seen()
        with tempfile.TemporaryFile() as log:
            run, seconds = fire(world, log, count, seed)
            log.seek(0)
            lines = log.read().splitlines()
        leaks = run.leaks(before)
    finally:
        world.close()
    report(run, leaks, lines, count, seed, seconds)


def fire(world, log, count, seed):
    """All requests, a few at a time: (what came of them, seconds)."""
    process, port = start(world, log)
    try:
        run, began = Run(world, port, seed), time.monotonic()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(run.one, range(count)))
        return run, time.monotonic() - began
    finally:
        process.terminate()
        process.wait(30)


def report(run, leaks, lines, count, seed, seconds):
    """What was sent and what came back; ends with 1 when anything is wrong."""
    total, by_status = sum(run.statuses.values()), Counter()
    for (_, status), n in run.statuses.items():
        by_status[status] += n
    print(f"seed {seed}: {total} of {count} requests in {seconds:.0f} s ({total / seconds:.0f} a second)")
    print(" · ".join(f"{status or 'no answer'}: {n}" for status, n in sorted(by_status.items())))
    print(f"words of dossiers seen: {len(run.words)}, by somebody who may not: {len(leaks)}")
    logged = log_faults(lines)
    print(f"lines of log: {len(lines)}, not as they should be: {len(logged)}")
    wrong = [*run.faults, *leaks, *logged]
    print(f"faults: {len(wrong)}", *wrong[:40], *broken(lines), sep="\n")
    raise SystemExit(bool(wrong) or total < count)


if __name__ == "__main__":
    main()
