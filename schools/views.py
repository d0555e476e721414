from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schools.models import Aanstelling, Rol


@require_safe
def hulp(request):
    """Help without calling, and who to call: the onderwijsspecialist of one's own school."""
    own = request.user.aanstellingen.geldig().filter(rol=Rol.IB).values("school__team")
    os = Aanstelling.objects.geldig().filter(rol=Rol.OS, team__in=own).select_related("user", "team")
    context = {
        "os": os.order_by("team__naam", "user__achternaam"), "rollen": request.user.rollen,
        "weken": settings.KORTDUREND_WEKEN, "gesprekken": settings.LEERLINGGESPREKKEN,
    }  # fmt: skip
    return render(request, "schools/hulp.html", context)
