"""Where the hours of a kring go in a schooljaar, if it goes on as it went: counted in schooldagen (A-22)."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from schools.schooldagen import DAG

WENNEN = 20  # schooldagen: before that there is no pace to speak of
ACHT_WEKEN = 40  # schooldagen


def uren(minuten):
    """Minutes as hours, as people read them: 90 is 1,5."""
    return f"{(minuten or 0) / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


@dataclass(frozen=True)
class Verwacht:
    """What will be used on 31 July, in whole hours, in the pace of the schooljaar so far and of the last eight weeks.

    The two are the band: how sure it is. `leeg_op` is the day on which the pot is empty, in the pace of the schooljaar.
    """

    uren: int
    weken: int
    leeg_op: datetime.date | None

    @property
    def laag(self):
        return min(self.uren, self.weken)

    @property
    def hoog(self):
        return max(self.uren, self.weken)

    @property
    def laag_minuten(self):
        return 60 * self.laag

    @property
    def band(self):
        return 60 * (self.hoog - self.laag)


@dataclass
class Stand:
    """How far a schooljaar is, where one vakantieregio holds."""

    jaar: object
    nu: datetime.date
    dagen: object

    @cached_property
    def geweest(self):
        """Schooldagen so far, today among them."""
        return self.dagen.aantal(self.jaar.eerste_dag - DAG, min(self.nu, self.jaar.laatste_dag))

    @cached_property
    def nog(self):
        return self.dagen.aantal(self.nu, self.jaar.laatste_dag)

    @cached_property
    def sinds(self):
        """The last eight weeks begin after this day."""
        return self.dagen.terug(self.nu, ACHT_WEKEN)

    def verwacht(self, vastgesteld, gebruikt, laatst):
        """An expectation, or None: the schooljaar is over, or has hardly begun."""
        if self.geweest < WENNEN or self.nu > self.jaar.laatste_dag:
            return None
        jaar = gebruikt + gebruikt * self.nog / self.geweest
        weken = gebruikt + laatst * self.nog / ACHT_WEKEN if self.geweest > ACHT_WEKEN else jaar
        return Verwacht(round(jaar / 60), round(weken / 60), self.leeg(vastgesteld, gebruikt))

    def leeg(self, vastgesteld, gebruikt):
        """The schooldag on which the last hour goes, in the pace of the schooljaar; None: not before it ends."""
        left = (vastgesteld or 0) - gebruikt
        if vastgesteld is None or left <= 0 or not gebruikt:
            return None
        days = -(-left * self.geweest // gebruikt)  # rounded up
        return self.dagen.na(self.nu, days) if days <= self.nog else None
