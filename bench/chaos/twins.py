"""Each harness beside a product that is broken in the way it looks for: python -m bench.chaos.twins.

Of the kills, the gaps, the cut connections and the same form sent many times, the twin stands in the harness itself.
"""

import os
import subprocess
import sys

from bench.wereld import ROOT

TWINS = [  # (how it is broken, the harness, how much of it)
    ("end", "lock", "20"), ("room", "disk", "0"), ("bound", "weight"), ("zone", "clock", "back"),
    ("number", "post", "40", "6"),
]  # fmt: skip


def seen(broken, harness, *much):
    """Whether this harness says that something is wrong, and what it says."""
    command = [sys.executable, "-m", f"bench.chaos.{harness}", *much]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"BROKEN": broken}, capture_output=True, text=True)
    return done.returncode > 0 and "Traceback" not in done.stderr, done.stdout + done.stderr[-2000:]


def main():
    missed = 0
    for twin in TWINS:
        found, said = seen(*twin)
        print(f"twin {' '.join(twin)}: {'seen' if found else 'MISSED'}", *said.splitlines(), sep="\n  ", flush=True)
        missed += not found
    return missed


if __name__ == "__main__":
    sys.exit(main())
