import cProfile
import pstats

pytest_plugins = ["tests.access.town"]
from tests.access.walk import walk


def test_it(town):
    p = cProfile.Profile(); p.enable()
    v = walk(town, None, {"gw","ib"})
    p.disable()
    print("VISITS", len(v))
    pstats.Stats(p).sort_stats("cumtime").print_stats(70)
