"""The demo's personas: log in as one of them with a click. Only while DEBUG is on, which is never in production."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

DEMO = "@demo.example"


def personas():
    """The invented people of the demo, with what they do."""
    if not settings.DEBUG:
        return []
    people = get_user_model().objects.filter(email__endswith=DEMO).prefetch_related("aanstellingen__school__team")
    people = people.prefetch_related("aanstellingen__team", "aanstellingen__kring").order_by("achternaam", "voornaam")
    return [(user, next(iter(user.aanstellingen.all()), None)) for user in people]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request):
    """Choose who you are."""
    if not settings.DEBUG:
        raise Http404
    if request.method == "POST":
        user = get_object_or_404(get_user_model(), email=request.POST.get("wie", ""), email__endswith=DEMO)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("start")
    return render(request, "account/demo.html")
