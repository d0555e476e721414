"""What breaks, on purpose: a real server and a real database that lose their feet while people work.

`make chaos` runs all of it; `python -m bench.chaos.kills` and the others run one. What a client was told is kept by the
harness and laid beside what the database holds, read as its superuser: the product is never asked whether it is well.
"""
