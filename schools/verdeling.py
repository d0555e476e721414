"""Dividing the hours of a schooljaar over the kringen: arithmetic only, exact, in quarter hours (A-25, A-30)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Deel:
    """What one kring gets of each source."""

    aed: Decimal
    vlieger: Decimal


def in_kwartieren(totaal, gewichten):
    """{key: its part of a total} in quarter hours, by largest remainder; all nothing when nothing weighs.

    The parts add up to the total, and each is less than a quarter from its exact share. Of two with the same
    remainder the lowest key goes first: in which order they are given makes no difference.
    """
    kwartieren, som = int(totaal * 4), sum(gewichten.values())
    if not som:
        return dict.fromkeys(gewichten, Decimal(0))
    shares = {key: divmod(kwartieren * gewicht, som) for key, gewicht in gewichten.items()}
    over = kwartieren - sum(whole for whole, _ in shares.values())
    first = sorted(shares, key=lambda key: (-shares[key][1], key))[:over]
    return {key: Decimal(whole + (key in first)) / 4 for key, (whole, _) in shares.items()}


def tekorten(kringen):
    """{key: what a kring has too few of}: the rugzakken that its leerlingen lead to expect, less those it has (A-30).

    Counted in rugzakken times all leerlingen, so that it stays a whole number.
    """
    leerlingen, rugzakken = (sum(column) for column in zip(*kringen.values(), strict=True)) if kringen else (0, 0)
    return {key: max(0, rugzakken * own - has * leerlingen) for key, (own, has) in kringen.items()}


def verdeel(aed_totaal, vlieger_totaal, kringen):
    """{key: Deel} of {key: (leerlingen, rugzakken)}: the AED by leerlingen, de Vlieger only where there is a tekort."""
    aed = in_kwartieren(aed_totaal, {key: leerlingen for key, (leerlingen, _) in kringen.items()})
    vlieger = in_kwartieren(vlieger_totaal, tekorten(kringen))
    return {key: Deel(aed[key], vlieger[key]) for key in kringen}
