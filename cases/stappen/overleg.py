"""Of an OT, its agenda and its afspraken: what must happen first, what is filled in, what else happens (B-9)."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from cases import agenda
from cases.engine import FLOWS
from cases.models import Afspraak, Agendapunt
from cases.models.muren_traject import ENDED
from cases.models.overleg import DIEP, FASE_EERST
from cases.roles import Role, holders, with_cover
from schools.models import Rol


def os_uitgenodigd(o, user, part):
    """The onderwijsspecialist of the school is always invited (B-9)."""
    o.os = holders(Rol.OS, team=o.school.team_id).first() if o.school.team_id else None


def uitgenodigd(o, user, vervallen=False):
    """The OT in this person's own calendar: it says where and when, and names no leerling."""
    return agenda.uitnodiging(
        uid=f"{o.pk}@{urlsplit(settings.BASE_URL).hostname}", volgnr=o.versie, vervallen=vervallen,
        begin=timezone.make_aware(datetime.combine(o.datum, o.tijd)), minuten=o.minuten,
        wat=f"OT-overleg {o.school}", waar=", ".join(filter(None, [str(o.school), o.plaats])),
        van=settings.DEFAULT_FROM_EMAIL, aan=[user.email],
    )  # fmt: skip


def afgezegd(o, user):
    return uitgenodigd(o, user, vervallen=True)


def ook_uitgenodigd(p, user):
    return uitgenodigd(p.overleg, user)


def genodigden_onthouden(o, user, part):
    o.genodigden = [*o.RELATIONS[Role.AB].people(o)]  # when the agenda is empty, nobody is invited any more


def genodigden(o):
    return o.genodigden


def genodigde(p):
    """Who is invited, and who stands in for her; the others of the dossier have no business at this OT."""
    return with_cover(p.ab_id)


def niet_meer_genodigd(p):
    """Who was invited to an OT for this leerling and for no other; when the whole OT is off, that is said once."""
    if not p.ab or p.overleg.state != "gepland":
        return []
    return with_cover(p.ab_id).exclude(pk__in=p.overleg.RELATIONS[Role.AB].people(p.overleg))


def niet_meer_in_agenda(p, user):
    return afgezegd(p.overleg, user)


def fasen_bepaald(o):
    left = [punt.state for punt in o.agenda.exclude(state="vervallen")]
    return "" if left and "gepland" not in left else FASE_EERST


def os_was_erbij(o, part):
    return "Schrijf op waarom de onderwijsspecialist er niet bij was." if o.os_erbij == "nee" and not o.os_reden else ""


def nieuw_agendapunt(o, user):
    return Agendapunt(overleg=o)


def kan_op_agenda(o, punt):
    if o.agenda.exclude(state="vervallen").filter(aanmelding=punt.aanmelding_id).exists():
        return "Deze leerling staat al op de agenda."
    return "" if punt.aanmelding.school_id == o.school_id else "Deze leerling is van een andere school."


def alles_besproken(o, user, part):
    for punt in o.agenda.filter(state="voorbereid"):
        FLOWS["agendapunt"].take("besproken", punt.pk, user)


def alles_van_agenda(o, user, part):
    for punt in o.agenda.filter(state__in=["gepland", "voorbereid"]):
        FLOWS["agendapunt"].take("van_agenda", punt.pk, user)


def verslag_of_link(o, part):
    """Afspraken are a verslag too, and so is a link: nothing is asked twice (A-6)."""
    if o.verslag or o.verslag_url or Afspraak.objects.filter(agendapunt__overleg=o).exists():
        return ""
    return "Leg een afspraak vast, schrijf een verslag of plak de link naar het Groeidocument."


def uitvoerder_van(p):
    """The ambulant begeleider who carries out the traject of this leerling now, or nobody."""
    running = p.aanmelding.trajecten.exclude(state__in=ENDED).select_related("uitvoerder").first()
    if not running or not holders(Rol.AB, user=running.uitvoerder_id).exists():
        return None
    return running.uitvoerder


def ab_zit_er_diep_in(p):
    return "" if uitvoerder_van(p) else DIEP


def ab_uitgenodigd(p, user, part):
    p.ab = uitvoerder_van(p)


def nieuwe_afspraak(p, user):
    return Afspraak(aanmelding_id=p.aanmelding_id, agendapunt=p, door=user, wie=user)


def wie_hoort_erbij(p, afspraak):
    """Who does it, may see what it is about."""
    roles = (Role.IB, Role.OS, Role.AB)
    people = {user for role in roles for user in p.RELATIONS[role].people(p)}
    return "" if afspraak.wie in people else "Kies iemand die bij dit dossier hoort."
