"""Post: what did not leave, for the beheerder: of which kind, for whom, since when, why, and a button."""

import logging

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Count, Min
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from procrastinate.contrib.django.models import ProcrastinateJob

from expertteam import wachtrij
from expertteam.models import NietVerstuurd

MOST = 100
SOORTEN = {
    "stap": "Mail bij een stap", "overzicht": "Mail van de dag", "met_reden": "Mail over inzage met een reden",
    "aanbod": "Mail over aanbod in de kring",
    "uitnodiging": "Uitnodiging", "wachtwoord": "Mail voor een nieuw wachtwoord", "account": "Mail over een account",
}  # fmt: skip
TE_LAAT = "Dit is al opnieuw geprobeerd of opgegeven. Kijk hieronder wat er nu staat."
LOG = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def post(request):
    """Nothing of a dossier: the beheerder has no role in any."""
    if "beheerder" not in request.user.rollen:
        raise Http404
    if request.method == "POST":
        doe(request)
        return redirect("post")
    waits = ProcrastinateJob.objects.filter(queue_name=wachtrij.POST, status="todo")
    lapsed = NietVerstuurd.objects.filter(waarom__in=NietVerstuurd.LAPSED).values("waarom").annotate(n=Count("pk"))
    context = {
        "rijen": rijen(), "aantal": wachtrij.mislukt().count(), "wachten": waits.count(),
        "opnieuw": waits.filter(attempts__gt=0).count(),
        "vervallen": [(NietVerstuurd.Waarom(row["waarom"]).label, row["n"]) for row in lapsed.order_by("waarom")],
    }  # fmt: skip
    return render(request, "post/post.html", context)


def rijen():
    """What was given up, the oldest first; at most MOST."""
    jobs = [*wachtrij.mislukt().annotate(sinds=Min("procrastinateevent__at"))[:MOST]]
    why = NietVerstuurd.objects.in_bulk([job.pk for job in jobs])
    people = get_user_model().objects.in_bulk({job.args["wie"] for job in jobs if "wie" in job.args})
    named = {str(key): user for key, user in people.items()}
    return [
        {
            "nummer": job.pk, "soort": SOORTEN.get(job.task_name, "Werk van het programma zelf"),
            "voor": named.get(job.args.get("wie")), "sinds": job.sinds, "keren": job.attempts,
            "waarom": (why[job.pk] if job.pk in why else NietVerstuurd(waarom="fout")).get_waarom_display(),
        }
        for job in jobs
    ]  # fmt: skip


def doe(request):
    """Try one or all again, or give one up; who did, stands in the log."""
    sent, how = request.POST.get("taak", ""), "opgeven" if "opgeven" in request.POST else "opnieuw"
    keys = [int(sent)] if sent.isascii() and sent.isdecimal() and len(sent) < 19 else []
    if "alles" in request.POST:
        keys, how = [*wachtrij.mislukt().values_list("pk", flat=True)], "opnieuw"
    done = [key for key in keys if (wachtrij.geef_op if how == "opgeven" else wachtrij.opnieuw)(key)]
    LOG.info("%s: jobs %s, by %s", how, done, request.user.pk)
    if not done:
        messages.warning(request, TE_LAAT)
    elif how == "opgeven":
        messages.success(request, "Deze mail wordt niet meer verstuurd.")
    else:
        messages.success(request, f"{len(done)} keer opnieuw geprobeerd." if len(done) > 1 else "Opnieuw geprobeerd.")
