"""Pages that belong to no subject: errors, and the page that gives typed text back."""

import re
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from expertteam import sleutel

HOUSEKEEPING = {"csrfmiddlewaretoken", "sleutel", "versie"}
AWAY = (OperationalError, InterfaceError)  # lost, restarting, too busy
BUSY = {"55P03", "57014", "40P01"}  # another holds the same for too long, it takes too long, two wait for each other
MOST = 100_000  # characters that are kept for who must log in again


def typed(request):
    """(name, value) pairs that were sent with a form of ours; nothing from a form that is not."""
    if not sleutel.read(request):
        return []
    return [(k, v) for k in request.POST if k != "csrfmiddlewaretoken" for v in request.POST.getlist(k)]


def give_back(request, template, status, pad=None, velden=None, **context):
    """A page that says what happened, shows what was typed and can send it again, as it was."""
    if "HX-Request" in request.headers:  # a draft that saves itself: the text still stands on the screen
        return render(request, "components/_niet_bewaard.html", status=status)
    velden = typed(request) if velden is None else velden
    context |= {"pad": pad or request.get_full_path(), "velden": velden}
    context |= {"teksten": texts(velden), "bestanden": bool(velden and request.FILES)}
    return render(request, template, context, status=status)


CODE = re.compile(r"[a-z_]{1,20}|[\d-]+|[0-9a-f-]{36}")  # of a choice, a date, a person


def texts(velden):
    """What of these fields somebody typed himself: not our own keys, not the codes of choices."""
    return [v for k, v in velden if k not in HOUSEKEEPING and v and not CODE.fullmatch(v)]


def even_weg(request, error):
    """What the database cannot do now, it can in a moment; nothing was half done."""
    druk = getattr(error.__cause__, "sqlstate", "") in BUSY
    response = give_back(request, "503.html", 503, druk=druk)
    response["Retry-After"] = "5"
    return response


def fout(request):
    """Whatever went wrong, also outside the transaction: where a session is written down."""
    error = sys.exception()
    return even_weg(request, error) if isinstance(error, AWAY) else give_back(request, "500.html", 500)


def te_groot(request, exception=None):
    return give_back(request, "400.html", 400, velden=[])


def niet_gevonden(request, exception=None):
    return give_back(request, "404.html", 404)


def mag_niet(request, exception=None):
    return give_back(request, "403.html", 403)


@login_not_required
def csrf_failure(request, reason=""):
    """The key of the form is out of date: after logging in again in another tab, or from another site."""
    key = sleutel.read(request)
    if key and not request.user.is_authenticated:
        return bewaar_en_log_in(request)
    if key and key[0] == request.user.pk:
        return give_back(request, "opnieuw.html", 403)
    return give_back(request, "403.html", 403, velden=[])


def bewaar_en_log_in(request):
    """Keep what was sent, for the one whose form it was, until he has logged in."""
    if "HX-Request" in request.headers:
        return give_back(request, "403.html", 403)
    kept = {"van": str(sleutel.read(request)[0]), "pad": request.get_full_path(), "velden": typed(request)}
    kept["gezien"] = False
    if sum(len(value) for _, value in kept["velden"]) < MOST:
        request.session["bewaard"] = kept
    return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('verder')})}")


def vergeet(request):
    """It has arrived: nothing needs to be kept any more."""
    if request.session.get("bewaard", {}).get("pad") == request.get_full_path():
        del request.session["bewaard"]


@require_safe
def verder(request):
    """After logging in again: what you sent is still here."""
    bewaard = request.session.get("bewaard")
    if not bewaard or bewaard["van"] != str(request.user.pk):
        request.session.pop("bewaard", None)
        return redirect("start")
    request.session["bewaard"] = bewaard | {"gezien": True}
    return give_back(request, "opnieuw.html", 200, pad=bewaard["pad"], velden=bewaard["velden"])
