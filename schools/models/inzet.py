"""How many hours an expert is in a team this schooljaar: what PPO and the AED agree on (A-26, A-28)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from schools.models.jaar import Schooljaar
from schools.models.mensen import Aanstelling, Rol, User
from schools.models.plaatsen import Expertteam
from schools.models.verdeling import BEHEER, kwartieren, refuse

UREN = "Vul het aantal uren in met cijfers, op een kwartier. Bijvoorbeeld 320 of 320,25."
IN_TEAM = "Kies een ambulant begeleider of een expert SBO die dit schooljaar in dit team zit."
MINE = (
    "expert_id = actor() OR EXISTS (SELECT FROM aangesteld('coordinator_aed')) OR team_id IN (SELECT e.id"
    " FROM schools_expertteam e JOIN aangesteld('coordinator') c ON c.kring_id IS NULL OR c.kring_id = e.kring_id)"
    " OR team_id IN (SELECT o.team_id FROM aangesteld('os') o UNION SELECT b.team_id FROM aangesteld('ab') b)"
)


def experts_in(jaar):
    """[Aanstelling] of who can have hours in a schooljaar, one for each person in each team: as AB before as SBO."""
    there = Aanstelling.objects.filter(
        Q(tot=None) | Q(tot__gte=jaar.eerste_dag), rol__in=[Rol.AB, Rol.SBO], van__lte=jaar.laatste_dag
    )
    one = ("team__kring__naam", "team__naam", "user__achternaam", "user__voornaam", "user_id")
    return there.order_by(*one, "rol").distinct(*one)


class Inzetafspraak(models.Model):
    """The hours of one expert in one team, in a schooljaar; the expert stays in service of his own organisation."""

    schooljaar = models.ForeignKey(Schooljaar, models.PROTECT, related_name="inzetafspraken")
    expert = models.ForeignKey(User, models.PROTECT, related_name="inzetafspraken")
    team = models.ForeignKey(Expertteam, models.PROTECT, related_name="inzetafspraken", verbose_name="expertteam")
    uren = models.DecimalField(max_digits=8, decimal_places=2)
    POLICY = {
        "SELECT": f"USING ({MINE} OR {BEHEER})",
        "INSERT": "WITH CHECK (verdeelt())",
        "UPDATE": "USING (verdeelt()) WITH CHECK (verdeelt())",
        "DELETE": "USING (verdeelt())",
    }

    class Meta:
        verbose_name_plural = "inzetafspraken"
        ordering = ["schooljaar", "team", "expert"]
        constraints = [
            models.UniqueConstraint(
                fields=["schooljaar", "expert", "team"],
                name="inzetafspraak_een_keer",
                violation_error_message="De uren van deze expert in dit team staan er al.",
            ),
            models.CheckConstraint(
                condition=kwartieren("uren") & Q(uren__gt=0), name="inzetafspraak_uren", violation_error_message=UREN
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="in_team",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=refuse(
                    "NOT EXISTS (SELECT FROM schools_aanstelling x JOIN schools_schooljaar j"
                    " ON j.id = NEW.schooljaar_id WHERE x.user_id = NEW.expert_id AND x.team_id = NEW.team_id"
                    " AND x.rol IN ('ab', 'sbo')"
                    " AND x.van <= make_date(j.begin + 1, 7, 31)"
                    " AND (x.tot IS NULL OR x.tot >= make_date(j.begin, 8, 1)))",
                    IN_TEAM,
                ),
            )
        ]

    def __str__(self):
        return f"{self.expert} · {self.team} · {self.schooljaar}"
