"""A question to a gedragswetenschapper of the AED (B-16), who sees that question and nothing else."""

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import Scoped, filled, has_role, present, refuse, wall, written
from cases.models.toestemming import met_toestemming
from cases.models.traject import Traject, at_work
from cases.models.zicht import carried_out, in_traject, policy
from cases.roles import Relation, Role, both, holders, inside, still, through
from schools.models import Rol

AAN_MIJ = "aan_id = actor() AND EXISTS (SELECT FROM aangesteld('gw'))"


class Consult(Scoped):
    class State(models.TextChoices):
        GEVRAAGD = "gevraagd", "Gevraagd"
        BEANTWOORD = "beantwoord", "Beantwoord"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="consulten", editable=False)
    dossier = models.ForeignKey(Aanmelding, models.PROTECT, related_name="consulten", editable=False)
    nummer = models.CharField(max_length=10, editable=False)  # of the dossier, which who answers does not see
    door = person("door", editable=False)
    aan = person("aan welke gedragswetenschapper?")
    op = models.DateTimeField(auto_now_add=True)
    vraag = models.TextField("wat is je vraag? Alleen wat nodig is", max_length=1500)
    antwoord = models.TextField("wat is je antwoord?", max_length=3000, blank=True)
    beantwoord_op = models.DateField(null=True, editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.GEVRAAGD, editable=False)

    RELATIONS = through("traject", Traject, "consult", inside) | {
        Role.GW: Relation(lambda u: still(u, Q(aan=u), Rol.GW), lambda c: holders(Rol.GW, user=c.aan_id)),
        Role.MAKER: Relation(
            lambda u: both(Q(door=u), inside("traject", at_work(u), Traject)),
            lambda c: holders(Rol.AB, Rol.OS, user=c.door_id),
        ),
    }
    POLICY = policy(
        f"{in_traject('traject_id', 'consult')} OR {AAN_MIJ}",
        insert=f"door_id = actor() AND {carried_out('traject_id')}",
        update=f"door_id = actor() AND {carried_out('traject_id')} OR {AAN_MIJ}",
    )

    class Meta:
        verbose_name = "consult"
        verbose_name_plural = "consulten"
        ordering = ["-op"]
        constraints = [
            wall("consult_state", Q(state__in=["gevraagd", "beantwoord", "ingetrokken"]), "Deze status bestaat niet."),
            wall("consult_vraag", filled("vraag"), "Schrijf op wat je wilt weten."),
            wall(
                "consult_antwoord",
                Q(state="beantwoord") & filled("antwoord") & present("beantwoord_op")
                | ~Q(state="beantwoord") & Q(antwoord="", beantwoord_op=None),
                "Schrijf op wat je antwoord is.",
            ),
        ]
        triggers = [
            met_toestemming("traject"),
            refuse(
                "aan_een_gedragswetenschapper",
                f"{written('aan_id')} AND NOT {has_role('NEW.aan_id', 'gw')}",
                "Een consult gaat naar een gedragswetenschapper.",
            ),
            refuse(
                "de_vraag_blijft",
                "NEW.vraag <> OLD.vraag OR NEW.door_id <> OLD.door_id OR NEW.traject_id <> OLD.traject_id"
                " OR NEW.antwoord <> OLD.antwoord AND NEW.aan_id <> actor()",
                "De vraag blijft zoals ze gesteld is. Alleen wie gevraagd is, antwoordt.",
                pgtrigger.Update,
            ),
        ]

    def __str__(self):
        return f"Consult {self.nummer}"

    @property
    def aanmelding(self):
        return self.traject.aanmelding

    @property
    def kenmerk(self):
        return self.nummer

    @property
    def thuis(self):
        return "consult", self.pk
