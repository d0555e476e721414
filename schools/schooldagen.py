"""Counting in schooldagen: weekdays outside the vakanties of a regio and the feestdagen of everybody."""

import datetime

from schools.models import Regio, Vakantie

DAG = datetime.timedelta(days=1)


class Schooldagen:
    """The schooldagen of one regio. A day that no vakantie is known of is an ordinary day of its week."""

    def __init__(self, regio, vakanties):
        mine = [v for v in vakanties if v.regio in {"", regio}]
        self.vrij = {v.van + n * DAG for v in mine for n in range((v.tot - v.van).days + 1)}

    def __contains__(self, dag):
        return dag.weekday() < 5 and dag not in self.vrij

    def aantal(self, van, tot):
        """How many there are after `van`, up to and including `tot`; 0 when that is no later."""
        return sum(van + n * DAG in self for n in range(1, (tot - van).days + 1))

    def na(self, dag, n):
        """The n-th schooldag after a day."""
        while n > 0:
            dag += DAG
            n -= dag in self
        return dag

    def terug(self, dag, n):
        """The schooldag since which n have passed: what began before it, began more than n schooldagen ago."""
        while n > 0 or dag not in self:
            n -= dag in self
            dag -= DAG
        return dag


def schooldagen():
    """{regio: its Schooldagen}, with one question; for one request, not to be kept."""
    vakanties = [*Vakantie.objects.all()]
    return {regio: Schooldagen(regio, vakanties) for regio in Regio}
