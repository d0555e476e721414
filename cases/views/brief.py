"""The letter to the parents with every advies of a traject: their afschrift (WPO 18a lid 14)."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from cases.models import Traject
from cases.papieren import Advies, Brief
from cases.roles import Role, holders
from cases.stappen.erbij import er_is_een_advies, over_een_leerling
from expertteam import papier
from schools.models import Rol, vandaag

FUNCTIES = {Rol.OS: "onderwijsspecialist", Rol.AB: "ambulant begeleider", Rol.SBO: "expert van het SBO"}


def geen_brief(t):
    """Why this person cannot make a letter of this traject, or ""."""
    if not {Role.OS, Role.AB} & t.roles:
        return "De brief is aan een ander."
    return over_een_leerling(t) or er_is_een_advies(t)


@require_safe
def brief(request, pk):
    """As a download; for the onderwijsspecialist and the ambulant begeleider of the traject."""
    mine = Traject.objects.visible_to(request.user).filter(Q(as_os=True) | Q(as_ab=True))
    t = get_object_or_404(mine.select_related("aanmelding__school__team"), pk=pk)
    if reason := geen_brief(t):
        messages.info(request, reason)
        return redirect("detail", "traject", pk)
    return papier.antwoord(aan_de_ouders(t, request.user).pdf(), f"brief-{t.aanmelding.nummer}.pdf")


def met_functie(user, rollen):
    """[name, function]"""
    return [str(user), *[word for rol, word in FUNCTIES.items() if rol in rollen][:1]]


def adviezen(t):
    """Every advies of the traject, the first one first, and who gave it."""
    given = t.adviezen.select_related("door").prefetch_related("door__aanstellingen").order_by("op", "pk")
    return [
        Advies(
            soort=advies.get_soort_display(),
            datum=advies.op,
            door=", ".join(met_functie(advies.door, {held.rol for held in advies.door.aanstellingen.all()})),
            tekst=advies.tekst,
        )
        for advies in given
    ]


def aan_de_ouders(t, user):
    """What stands in the letter that this person sends."""
    a, school = t.aanmelding, t.aanmelding.school
    punt = f"{settings.AANMELDPUNT_TELEFOON}, {settings.AANMELDPUNT_EMAIL}"
    bellen = [f"{ib}, intern begeleider van {school.naam}: {ib.telefoon or ib.email}"
              for ib in holders(Rol.IB, school=school)]  # fmt: skip
    return Brief(
        nummer=a.nummer,
        datum=vandaag(),
        plaats=settings.SWV_PLAATS or school.plaats,
        afzender=[settings.SWV_NAAM, *filter(None, [school.team and str(school.team), str(user), user.telefoon])],
        aan=f"De ouders/verzorgers van {a.voornaam}",
        onderwerp="Ons advies over de begeleiding van uw kind",
        school=school.naam,
        adviezen=adviezen(t),
        bellen=[*bellen, f"Het aanmeldpunt van {settings.SWV_NAAM}: {punt}"],
        groet=met_functie(user, user.rollen),
    )  # fmt: skip
