"""Of Expertise in de klas and its dagdelen: what must happen first, what is filled in, what else happens (B-19)."""

from cases.engine import FLOWS
from cases.models import Contactmoment, Dagdeel, Voorwaarde
from cases.models.klas import MEER_DAN_ACHT, MEEST, RUIM, TE_LANG, TE_VEEL
from cases.models.pot import VERDEELD, ruimte
from schools.models import vandaag


def gepland_of_gegeven(k):
    return k.dagdelen.exclude(state="vervallen").count()


def voorwaarden_genoemd(k):
    """The list as it is today; who agrees, agrees to all of it."""
    now = Voorwaarde.objects.filter(tot=None).values_list("tekst", flat=True)
    return "\n".join(now)


def os_nog_niet(k):
    return "De onderwijsspecialist is al akkoord." if k.akkoord_os_id else ""


def ab_nog_niet(k):
    return "De ambulant begeleider is al akkoord." if k.akkoord_ab_id else ""


def akkoord_os(k, user, part):
    k.akkoord_os, k.voorwaarden = user, voorwaarden_genoemd(k)


def akkoord_ab(k, user, part):
    k.akkoord_ab, k.voorwaarden = user, voorwaarden_genoemd(k)


def beiden_akkoord(k, user, part):
    if k.akkoord_os_id and k.akkoord_ab_id:
        FLOWS["expertiseindeklas"].take("getoetst", k.pk, user)


def er_is_nog_ruimte(k):
    planned = gepland_of_gegeven(k)
    if planned >= MEEST:
        return TE_VEEL
    return MEER_DAN_ACHT if planned >= RUIM and not k.meer_dan_acht else ""


def nieuw_dagdeel(k, user):
    return Dagdeel(klas=k)


def past_in_de_pot(obj, dagdeel):
    """At most 3 hours, and there must be room in the pot of the kring, or in what is kept for this vraag."""
    if dagdeel.minuten > 180:
        return TE_LANG
    return "" if ruimte(obj.aanmelding, dagdeel.datum, dagdeel) >= dagdeel.minuten else VERDEELD


def alles_gegeven(k):
    open_ = k.dagdelen.filter(state="gepland").count()
    return f"Er staan nog {open_} dagdelen gepland. Leg ze vast, of laat ze vervallen." if open_ else ""


def dagdelen_vervallen(k, user, part):
    for dagdeel in k.dagdelen.filter(state="gepland"):
        FLOWS["dagdeel"].take("vervalt", dagdeel.pk, user)


def dag_is_geweest(d):
    return "" if d.datum <= vandaag() else "Dit dagdeel is nog niet geweest."


def als_contact(d, user, part):
    """The hours: a contactmoment, from the pot of the kring."""
    d.contact = Contactmoment.objects.create(
        traject=d.traject, door=user, als="ab", soort=d.werkwijze, minuten=d.minuten, datum=d.datum
    )
