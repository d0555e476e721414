"""Numbers of the report: whole, or hours; a dash for what is not shown."""

from django import template

from cases.templatetags.dossier import uren

register = template.Library()


@register.filter
def getal(value, cijfer):
    """A number of this figure, as people read it."""
    if value is None:
        return "–"
    return uren(value) if cijfer.uren else str(value)
