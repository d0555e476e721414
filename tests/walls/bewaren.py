"""How the walls around destroying are run into: what is too young, who proposed it himself, what was done already."""

import datetime

from django.utils import timezone

from cases.models import Vernietiging
from cases.models.bewaren import AL_VOORGESTELD, ANDERE_KRING, BLIJFT, EEN_ANDER, KLAAR, TE_VROEG
from cases.roles import Role
from schools.models import Kring
from tests.alles import als_eigenaar
from tests.people import TODAY

LONG = datetime.timedelta(days=1200)


def closed(make, ago=LONG):
    """A dossier of which the traject was closed so long ago."""
    t = make["traject"]("afgesloten", "licht")
    als_eigenaar(
        "INSERT INTO cases_event (dossier_id, kind, object_id, step, source, target, by_id, note, at)"
        f" VALUES ('{t.aanmelding_id}', 'traject', '{t.pk}', 'afsluiten', 'evaluatie', 'afgesloten',"
        f" '{t.uitvoerder_id}', '', '{TODAY - ago}')"
    )
    return t.aanmelding


def proposal(make, people, *dossiers, **fields):
    given = {"kring": Kring.objects.get(naam="Noord"), "voorgesteld_door": people[Role.COORDINATOR]} | fields
    return Vernietiging.objects.create(dossiers=[a.pk for a in dossiers or [closed(make)]], **given)


def changed(**fields):
    def breach(make, people):
        v = proposal(make, people)
        given = {name: people[value] if isinstance(value, Role) else value for name, value in fields.items()}
        return lambda: Vernietiging.objects.filter(pk=v.pk).update(**given)

    return breach


def none(make, people):
    return lambda: Vernietiging.objects.create(
        dossiers=[], kring=Kring.objects.get(naam="Noord"), voorgesteld_door=people[Role.COORDINATOR]
    )


def too_young(make, people):
    a = closed(make, datetime.timedelta(days=900))
    return lambda: proposal(make, people, a)


def of_another_kring(make, people):
    a = closed(make)
    return lambda: proposal(make, people, a, kring=Kring.objects.get(naam="Zuid"))


def proposed_already(make, people):
    a = closed(make)
    proposal(make, people, a)
    return lambda: proposal(make, people, a)


def done_already(make, people):
    v = proposal(make, people)
    Vernietiging.objects.filter(pk=v.pk).update(bevestigd_door=people[Role.OS])
    return lambda: Vernietiging.objects.filter(pk=v.pk).update(ingetrokken_op=timezone.now())


CONSTRAINTS = {
    "vernietiging_een_ander": (EEN_ANDER, changed(bevestigd_door=Role.COORDINATOR)),
    "vernietiging_dossiers": ("Kies minstens één dossier.", none),
}
TRIGGERS = {
    "Vernietiging:al_voorgesteld": (AL_VOORGESTELD, proposed_already),
    "Vernietiging:blijft": (BLIJFT, changed(nummer="V26-9999")),
    "Vernietiging:klaar_is_klaar": (KLAAR, done_already),
    "Vernietiging:termijn_om": (TE_VROEG, too_young),
    "Vernietiging:van_de_kring": (ANDERE_KRING, of_another_kring),
}
