"""Somebody's own appointments, for the calendar at that secret address: no login, so no name and no initials."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.agenda import afspraak, geheel
from cases.models import Dagdeel, Overleg
from expertteam.actor import acting_as
from expertteam.koppen import SEALED
from expertteam.models import Agendasleutel
from schools.models import User, vandaag

TERUG = timedelta(days=31)


@login_not_required  # a calendar cannot log in: the address is the key, and it opens this alone
@require_safe
def agenda(request, sleutel):
    """What this person may see at this moment; nothing when the address or the account is no more."""
    afdruk = Agendasleutel.afdruk(sleutel)
    if not ratelimit.consume(request, app="allauth.account", action="agenda", key=afdruk, limit_get=True):
        return HttpResponse("Te vaak gevraagd.", status=429, content_type="text/plain; charset=utf-8")
    wie = Agendasleutel.objects.filter(sleutel=afdruk).values("wie")
    user = User.objects.filter(pk__in=wie, is_active=True).first()
    if not user or not user.rollen:
        raise Http404
    with acting_as(user):
        body = geheel("PUBLISH", *overleggen(user), *dagdelen(user))
    headers = SEALED | {"Content-Disposition": 'attachment; filename="expertteam.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def overleggen(user):
    """The OT's; the same key as in the invitation, so that one calendar shows each once."""
    planned = (
        Overleg.objects.within(user).exclude(state__in=["nieuw", "vervallen"]).filter(datum__gte=vandaag() - TERUG)
    )
    rows = planned.values_list("pk", "versie", "datum", "tijd", "minuten", "school__naam", "plaats")
    for pk, versie, datum, tijd, minuten, school, plaats in rows.order_by("datum", "tijd", "pk"):
        begin = timezone.make_aware(datetime.combine(datum, tijd))
        waar = ", ".join(filter(None, [school, plaats]))
        yield afspraak(uid(pk), versie, begin, f"OT-overleg {school}", waar, minuten)


def dagdelen(user):
    """The visits to a class that this person makes, or makes for another: a day, a number and a school."""
    planned = Dagdeel.objects.within(user).filter(state="gepland", datum__gte=vandaag() - TERUG)
    mine = planned.filter(klas__traject__uitvoerder__in=user.namens)
    where = "klas__traject__aanmelding__"
    rows = mine.values_list("pk", "versie", "datum", f"{where}nummer", f"{where}school__naam")
    for pk, versie, datum, nummer, school in rows.order_by("datum", "pk"):
        yield afspraak(uid(pk), versie, datum, f"Expertise in de klas {nummer}", school)


def uid(pk):
    return f"{pk}@{urlsplit(settings.BASE_URL).hostname}"
