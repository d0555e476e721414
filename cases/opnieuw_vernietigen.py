"""A list of what was destroyed, kept where no backup of the database can overwrite it; and destroying that again.

Works as the owner of the tables: after a restore, before anybody logs in.
"""

import json
from contextlib import contextmanager

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, transaction

from cases.models import Aanmelding, Vernietigd, Vernietiging
from expertteam.backup import Refused
from schools.models import User

PEOPLE = ("voorgesteld_door", "bevestigd_door")
FACTS = ("id", "nummer", "kring_id", "dossiers", "voorgesteld_op", "bevestigd_op", "aantallen")
MAN = ("id", "email", "voornaam", "achternaam", "organisatie")
REGEL = ("id", "nummer", "school__brin6", "gesloten_op", "bewaard_tot")


def lijst(using="owner"):
    """A line of JSON for each certificate, in the order in which they were given."""
    done = Vernietiging.objects.using(using).exclude(bevestigd_op=None).select_related(*PEOPLE)
    return [json.dumps(als_regel(v, using), cls=DjangoJSONEncoder, ensure_ascii=False) for v in done.order_by("nummer")]


def als_regel(v, using):
    facts = {name: getattr(v, name) for name in FACTS}
    people = {who: {name: getattr(getattr(v, who), name) for name in MAN} for who in PEOPLE}
    gone = Vernietigd.objects.using(using).filter(vernietiging=v, soort=Vernietigd.Soort.DOSSIER)
    return facts | people | {"regels": [*gone.values(*REGEL)]}


def opnieuw(lines, using="owner"):
    """Destroys what the list names and what is here again: [(number of the certificate, how many dossiers)].

    Refused when a certificate that is here does not stand in it: then it is older than the backup.
    """
    listed = [json.loads(line) for line in lines if line]
    here = Vernietiging.objects.using(using).exclude(bevestigd_op=None).order_by("nummer")
    if missing := here.exclude(pk__in=[given["id"] for given in listed]).first():
        raise Refused(
            f"Verklaring {missing.nummer} staat niet in deze lijst: die is ouder dan de reservekopie. Er is niets"
            " opnieuw vernietigd. Zoek de nieuwste lijst, en doe daarmee vernietig_opnieuw."
        )
    with transaction.atomic(using=using), without_walls(using):
        return [(given["nummer"], herhaal(given, using)) for given in listed]


def herhaal(given, using):
    """One certificate, under its own number and as it was given; how many dossiers went."""
    here = Aanmelding.objects.using(using).filter(pk__in=given["dossiers"]).order_by("pk")
    dossiers = [*here.values_list("pk", flat=True)]
    for who in PEOPLE:  # whoever came after the backup, cannot log in: that is up to the beheerder
        man = {**given[who]}
        User.objects.using(using).get_or_create(pk=man.pop("id"), defaults=man | {"is_active": False, "password": "!"})
    facts = {name: given[name] for name in FACTS[1:]} | {f"{who}_id": given[who]["id"] for who in PEOPLE}
    Vernietiging.objects.using(using).update_or_create(pk=given["id"], defaults=facts | {"ingetrokken_op": None})
    Vernietiging.objects.using(using).filter(pk=given["id"]).update(voorgesteld_op=given["voorgesteld_op"])
    if dossiers:
        with connections[using].cursor() as cursor:
            cursor.callproc("vernietig", [given["id"], dossiers])
    return len(dossiers)


@contextmanager
def without_walls(using):
    """What was confirmed then, is not weighed again: only the walls of a proposal step aside, in this transaction."""
    table, quote = Vernietiging._meta.db_table, connections[using].ops.quote_name
    names = [quote(trigger.get_pgid(Vernietiging)) for trigger in Vernietiging._meta.triggers if trigger.name in WALLS]
    with connections[using].cursor() as cursor:
        for verb in ("DISABLE", "ENABLE"):
            for name in names:
                cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER {name}")
            if verb == "DISABLE":
                yield
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing waits for the end, where walls stand again


WALLS = {"achter_elkaar", "al_voorgesteld", "blijft", "klaar_is_klaar", "termijn_om", "van_de_kring", "vernietigen"}
