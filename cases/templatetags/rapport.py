"""Numbers of the report: whole, or hours; a dash for what is not shown."""

from django import template

from cases.rapport.grafiek import HOOG, staven
from cases.templatetags.dossier import uren

register = template.Library()


@register.filter
def getal(value, cijfer):
    """A number of this figure, as people read it."""
    if value is None:
        return "–"
    return uren(value) if cijfer.uren else str(value)


@register.inclusion_tag("cases/_telgrafiek.html")
def telgrafiek(tabel, eerder):
    """The picture of a figure; the table below it is the truth."""
    bars = staven(tabel)
    return {"tabel": tabel, "eerder": eerder, "staven": bars, "hoog": HOOG * len(bars)}
