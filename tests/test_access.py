"""Who gets what at which address: the walk along the real urlconf, compared with matrix.toml.

Fifteen people, five places, GET and POST. The matrix is closed by default: who is not named gets 404, and who has not
logged in goes to the login page.
"""

import pytest

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")


def test_probe(visits):
    import collections
    cells = collections.defaultdict(lambda: collections.defaultdict(list))
    for v in visits:
        cells[v.page, v.method, v.place][v.answer + (" schrijft" if v.changed else "")].append(v.who)
    out = open("/tmp/access_probe.txt", "w")
    for (page, method, place), c in cells.items():
        print(page, method, place, dict(c), file=out)
    print(len(visits), file=out)
    for v in visits:
        if v.forms or v.numbers or (v.method == "GET" and v.writes) or v.mailed:
            print("!!", v.page, v.who, v.place, v.method, v.forms, v.numbers, v.writes, v.mailed, file=out)
    w = collections.defaultdict(set)
    for v in visits:
        w[v.who] |= v.words
    for k, x in w.items():
        print(k, sorted(x), file=out)
