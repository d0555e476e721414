"""Who has how much work: for who arranges the people of a team."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.belasting import per_expert
from cases.views.vervanging import own_teams
from schools.models import Expertteam, Rol, Schooljaar, vandaag


@require_safe
def belasting(request):
    """For the coördinator AED all experts; for onderwijsspecialist and coördinator those of the own teams."""
    if not {Rol.OS, Rol.COORDINATOR, Rol.COORDINATOR_AED} & request.user.rollen:
        raise PermissionDenied
    teams = Expertteam.objects.all() if Rol.COORDINATOR_AED in request.user.rollen else own_teams(request.user)
    jaren = list(Schooljaar.objects.order_by("-begin")[:10])
    jaar = next((j for j in jaren if str(j) == request.GET.get("jaar")), None) or Schooljaar.of(vandaag())
    context = {"jaar": jaar, "jaren": jaren, "werk": per_expert(teams, jaar)}
    return render(request, "cases/belasting.html", context)
