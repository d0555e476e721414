"""The product does what the werkwijze says, whoever presses whatever, in whatever order."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

RUNS = int(os.environ.get("RUNS", 200))
GEWOON = settings(
    max_examples=RUNS, stateful_step_count=30, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate], report_multiple_bugs=False,
)  # fmt: skip


def test_whatever_people_do_the_product_and_the_werkwijze_agree(machine):
    run_state_machine_as_test(machine, settings=GEWOON)
