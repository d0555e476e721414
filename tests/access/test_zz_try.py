import time, collections, pickle, pytest
pytest_plugins = ["tests.access.town"]
from tests.access.walk import walk
def test_it(town):
    t=time.time()
    v = walk(town)
    print("SECONDS", time.time()-t, len(v))
    pickle.dump(v, open("/tmp/visits.pkl","wb"))
