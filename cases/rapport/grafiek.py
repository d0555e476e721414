"""The bars of a figure: whole numbers only, so that no comma of ours gets into a drawing."""

from dataclasses import dataclass

HOOG, MEEST = 56, 320  # of one part, of the longest bar


@dataclass(frozen=True)
class Staaf:
    label: str
    y: int
    nu: int | None
    eerder: int | None
    lang_nu: int
    lang_eerder: int


def staven(tabel):
    """The bars of a figure: of the parts of which there is something to draw."""
    most = max((n or 0 for r in tabel.regels for n in (r.nu, r.eerder)), default=0)
    if not most:
        return []
    return [
        Staaf(r.label, n * HOOG, r.nu, r.eerder, (r.nu or 0) * MEEST // most, (r.eerder or 0) * MEEST // most)
        for n, r in enumerate(r for r in tabel.regels if r.nu or r.eerder)
    ]
