from django.shortcuts import render
from django.views.decorators.http import require_GET

from schools.models import Expertteam, Rol, User


@require_GET
def hulp(request):
    """Help without calling, and who to call: the onderwijsspecialist of one's own school."""
    own = request.user.aanstellingen.geldig().filter(rol=Rol.IB).values("school__team")
    teams = Expertteam.objects.filter(pk__in=own)
    os = [
        (team, User.objects.filter(aanstellingen__in=team.aanstellingen.geldig().filter(rol=Rol.OS)).distinct().order_by("achternaam"))
        for team in teams.order_by("naam")
    ]  # fmt: skip
    return render(request, "schools/hulp.html", {"os": os, "rollen": request.user.rollen})
