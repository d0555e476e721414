"""Mijn sessies: where somebody has logged in, and a button to end that."""

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expertteam.opnieuw import gevoelig
from expertteam.sessies import SessionStore


def own(request):
    """The sessions of this user that still work, this one first. After a new password the others do not."""
    mine, valid = request.user.sessies.geldig().order_by("-gezien"), request.user.get_session_auth_hash()
    mine = [s for s in mine if constant_time_compare(SessionStore().decode(s.session_data)[HASH_SESSION_KEY], valid)]
    return sorted(mine, key=lambda sessie: sessie.session_key != request.session.session_key)


@require_safe
def mijn_sessies(request):
    """Since when, last seen, in which browser."""
    return render(request, "sessies/mijn_sessies.html", {"sessies": own(request), "hier": request.session.session_key})


@require_POST
def sessie_einde(request):
    """End one of one's own."""
    for sessie in own(request):
        if sessie.naam == request.POST.get("sessie") and sessie.session_key != request.session.session_key:
            sessie.delete()
            messages.success(request, f"Je bent uitgelogd in {sessie.browser or 'de andere browser'}.")
            return redirect("mijn_sessies")
    raise Http404


@gevoelig
@require_http_methods(["GET", "HEAD", "POST"])
def andere_sessies_einde(request):
    """End all but this one."""
    if request.method != "POST":
        return render(request, "sessies/andere_einde.html")
    request.user.sessies.exclude(session_key=request.session.session_key).delete()
    messages.success(request, "Je bent nu alleen nog hier ingelogd.")
    return redirect("mijn_sessies")
