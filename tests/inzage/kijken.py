"""Looks of another day, and a database function that is broken on purpose."""

import datetime
from zoneinfo import ZoneInfo

from cases.models import Inzage
from schools.models import vandaag
from tests.alles import als_eigenaar

NOW = datetime.datetime.now(ZoneInfo("Europe/Amsterdam"))
THIS_MONTH = vandaag().replace(day=1)
LAST_MONTH = (THIS_MONTH - datetime.timedelta(days=1)).replace(day=1)


def moment(month, weekday=2, hour=10, minute=0):
    """The first such weekday (Monday is 1) of a month, at an hour on the clock of the Netherlands."""
    day = next(d for n in range(7) if (d := month + datetime.timedelta(days=n)).isoweekday() == weekday)
    return datetime.datetime.combine(day, datetime.time(hour, minute), ZoneInfo("Europe/Amsterdam"))


def gezien(door, *dossiers, op=NOW, deel="dossier", waarom="Eigen werk als onderwijsspecialist", met_reden=None):
    """Somebody looked; only the owner can write down that it was at another time. Gives its primary key."""
    ids = ", ".join(f"'{a.pk}'::uuid" for a in dossiers)
    keten = door.pk if deel == "lijst" else dossiers[0].pk
    grant = f"'{met_reden}'" if met_reden else "NULL"
    als_eigenaar(
        "INSERT INTO cases_inzage (op, door_id, als, namens, deel, waarom, pagina, dossiers, keten, met_reden_id)"
        f" VALUES ('{op.isoformat()}', '{door.pk}', 'Onderwijsspecialist', 'Team Merel', '{deel}', '{waarom}',"
        f" 'detail', ARRAY[{ids}], '{keten}', {grant})"
    )
    return Inzage.objects.order_by("-pk").values_list("pk", flat=True)[0]


def breek(function, said, instead):
    """For the rest of this test, a function of the database says something else."""
    body = als_eigenaar(f"SELECT pg_get_functiondef('{function}'::regprocedure) AS body")[0]["body"]
    assert said in body
    als_eigenaar(body.replace(said, instead))
