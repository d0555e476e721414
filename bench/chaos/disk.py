"""No room on the disk, for an upload and under the database: python -m bench.chaos.disk. Needs the right to mount.

Refused in Dutch, no row without its bytes, nothing lost, and well again when there is room.
"""

import io
import random
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from bench.chaos.browser import Browser
from bench.chaos.cluster import cluster
from bench.chaos.database import well_again
from bench.chaos.gaps import broken
from bench.chaos.verdict import Before, judge
from bench.chaos.worker import Crew
from bench.chaos.world import world

IB = "noor.jansen@demo.example"
WHOLE = """SELECT count(*), count(*) FILTER (WHERE octet_length(inhoud) = grootte
    AND encode(sha256(inhoud), 'hex') = sha256) FROM cases_bijlage"""


@contextmanager
def small(folder, size):
    """A disk of so many MB in this folder."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=1777", "chaos", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def full(folder):
    """Until the end of this there is no byte left there."""
    filler = Path(folder) / "vol"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(64 * 1024)) == 64 * 1024:
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


def picture(megabytes):
    """A png of about that size, that nobody can make smaller."""
    side = int((megabytes * 1024 * 1024 / 3) ** 0.5)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def upload(browser, *files):
    """The answer to an aanmelding that is saved with these files."""
    page, border = browser.get("/aanmelding/nieuw/"), uuid.uuid4().hex
    given = page.hidden | {"niveau": "school", "hulpvraag": "Dit mag niet weg zijn", "bewaar": "1"}
    body = b"".join(
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in given.items()
    )
    for n, content in enumerate(files):
        head = f'--{border}\r\nContent-Disposition: form-data; name="bijlagen"; filename="foto{n}.png"\r\n'
        body += f"{head}Content-Type: image/png\r\n\r\n".encode() + content + b"\r\n"
    body += f"--{border}--\r\n".encode()
    return browser.ask("POST", "/aanmelding/nieuw/", body, f"multipart/form-data; boundary={border}")


def no_room_for_an_upload(made):
    """The temporary folder is full: (answers while it is, answer afterwards, rows, whole rows)."""
    folder = tempfile.mkdtemp(prefix="chaos-")
    with small(folder, 40), broken(made, TMPDIR=folder) as service:
        browser = Browser(service).log_in(IB)
        with full(folder):
            answers = [upload(browser, picture(5)), upload(browser, picture(8), picture(8))]
        after = upload(browser, picture(8), picture(8))
    Path(folder).rmdir()
    return answers, after, made.sql(WHOLE)[0]


def no_room_for_the_database(own, made, service, crew, seen):
    """A fault: once, until somebody was refused; then there is room again, and it is started if it had stopped."""
    browser, big = Browser(service, 90).log_in(IB), picture(8)

    def fault(crew):
        if seen:
            crew.stop.wait(0.2)
            return
        with full(own.base):
            end = time.monotonic() + 120
            while not any(a.status == 503 for a in seen) and time.monotonic() < end:
                seen.append(upload(browser, big))
            crew.stop.wait(3)
        if own._pg("pg_ctl", "-D", own.data, "status")[0]:
            own.start()
        seen.append(well_again(service))
        seen.append(upload(browser, big))

    return fault


def upload_main():
    """Whether anything was wrong."""
    with world() as made:
        answers, after, (rows, whole) = no_room_for_an_upload(made)
    said = [f"{a.status} {a.heading if a.status != 302 else ''}" for a in answers]
    print(f"no room for an upload: {said}; then {after.status}; {whole} of {rows} files whole", flush=True)
    return {a.status for a in answers} - {302, 400, 413, 503} or after.status != 302 or rows != whole


def database_main(steps):
    with cluster(on=lambda base: small(base, 500)) as own, world(server=own) as made, broken(made) as service:
        before, crew, seen = Before.of(made), Crew(made, service, 4), []
        took = crew.work(steps, 300, no_room_for_the_database(own, made, service, crew, seen))
        verdict, (rows, whole) = judge(made, before, crew), made.sql(WHOLE)[0]
    *answers, again, after = seen
    print(f"no room for the database: uploads {[a.status for a in answers]}, well again in {again:.1f} s, then")
    print(f"  {after.status}; {crew.done} steps in {took:.0f} s, {dict(crew.statuses)}; {whole} of {rows} files whole")
    print(f"  {verdict}", *verdict.faults[:10], sep="\n  ", flush=True)
    return verdict.faults or rows != whole or after.status != 302 or {a.status for a in answers} - {0, 302, 503}


def main(steps=200):
    return bool(upload_main()) + bool(steps and database_main(steps))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
