"""The product does what the werkwijze says, whoever presses whatever, in whatever order."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

RUNS = {"": 200, "lang": 2000}[os.environ.get("HYPOTHESIS_PROFILE", "")]
GEWOON = settings(
    max_examples=RUNS, stateful_step_count=30, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
)  # fmt: skip


def test_whatever_people_do_the_product_and_the_werkwijze_agree(machine):
    run_state_machine_as_test(machine, settings=GEWOON)
