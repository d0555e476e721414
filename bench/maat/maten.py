"""How much there is of everything: DOMAIN §6 (S = Leiden, M = ten of them, L = the country)."""

from dataclasses import dataclass

DAGEN = 1642  # four and a half years: this one, three before it, and what was carried over


@dataclass(frozen=True)
class Maat:
    scholen: int
    kringen: int  # each with one team and one onderwijsspecialist
    ib: int
    ab: int
    sbo: int
    gw: int
    coordinatoren: int  # of one kring each; beside them one of all kringen
    dossiers: int

    @property
    def database(self):
        return f"expertteam_maat_{next(name for name, maat in MATEN.items() if maat == self).lower()}"


MATEN = {
    "S": Maat(80, 9, 85, 20, 4, 4, 2, 3_200),
    "M": Maat(800, 90, 850, 200, 40, 40, 29, 32_000),
    "L": Maat(6_100, 690, 6_500, 1_520, 300, 304, 227, 240_000),
}
