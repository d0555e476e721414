"""A real server on a database of its own, for all tests here: they break it, and it comes back."""

import tempfile

import pytest

from bench.chaos.service import Service
from bench.chaos.world import world


@pytest.fixture(scope="package")
def made():
    with world() as there:
        yield there


@pytest.fixture(scope="package")
def service(made):
    with tempfile.TemporaryFile() as log, Service(made.env, log) as running:
        yield running
