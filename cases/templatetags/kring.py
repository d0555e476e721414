"""What is left of the hours of the kring, where somebody decides about them."""

from django import template

from cases.gebruik import per_kring
from schools.models import Kring, Schooljaar, vandaag
from schools.schooldagen import schooldagen

register = template.Library()


@register.filter
def vanaf_vijf(n):
    """A number of people or of their vragen, for outside the team: under five it says no more than that."""
    return n if n == 0 or n >= 5 else "minder dan 5"


BESLIST = {  # kind, step
    ("aanmelding", "oppakken"), ("aanmelding", "oppakken_ab"), ("aanmelding", "nemen"), ("aanmelding", "toewijzen"),
    ("aanmelding", "gesprek"), ("aanmelding", "starten_basis"), ("aanmelding", "starten_licht"),
    ("traject", "overleg"), ("traject", "starten"), ("expertiseindeklas", "starten"), ("expertiseindeklas", "dagdeel"),
    ("dagdeel", "verzetten"),
}  # fmt: skip


@register.inclusion_tag("cases/_kringzin.html")
def kringuren(flow, step, obj, user):
    """One sentence at the steps that decide about hours, for who works in that kring (A-19)."""
    if (flow.kind, step.name) not in BESLIST:
        return {"g": None}
    team = obj.aanmelding.school.team
    if not team or team.kring_id not in {a.team.kring_id for a in user.vandaag if a.team}:
        return {"g": None}
    there = Kring.objects.filter(pk=team.kring_id)
    return {"g": per_kring(there, Schooljaar.of(vandaag()), schooldagen())[0]}
