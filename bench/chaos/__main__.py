"""All of it, one after the other: `make chaos`. Ends with the number of harnesses that found something."""

import sys
import time

from bench.chaos import clock, database, disk, gaps, identical, kills, lock, post, twins, weight

if __name__ == "__main__":
    wrong = []
    for harness in (kills, gaps, identical, lock, database, disk, clock, weight, post, twins):
        began, name = time.monotonic(), harness.__name__.rpartition(".")[2]
        print(f"== {name}", flush=True)
        if harness.main():
            wrong.append(name)
        print(f"== {name}: {'WRONG' if name in wrong else 'good'}, {time.monotonic() - began:.0f} s", flush=True)
    sys.exit(len(wrong))
