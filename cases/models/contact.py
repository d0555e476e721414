"""Contactmoment: anything done with a date and a duration. The only place where hours exist."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from cases.models.aanmelding import person
from cases.models.base import Scoped, filled, has_role, refuse, wall, written
from cases.models.keuzes import Werk
from cases.models.traject import Traject
from cases.models.zicht import carried_out, in_traject, policy
from cases.roles import Relation, Role, through
from schools.models import User, vandaag


class Contactmoment(Scoped):
    class State(models.TextChoices):
        GEBOEKT = "geboekt", "Vastgelegd"
        VERVALLEN = "vervallen", "Ongedaan gemaakt"

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="contacten", editable=False)
    door = person("door", editable=False)
    als = models.CharField("als", max_length=10, choices=[("os", "OS"), ("ab", "AB")], editable=False)
    soort = models.CharField("wat heb je gedaan?", max_length=20, choices=Werk)
    minuten = models.PositiveSmallIntegerField("hoe lang?", validators=[MaxValueValidator(24 * 60)])
    datum = models.DateField("wanneer?", default=vandaag)
    notitie = models.TextField("notitie", max_length=1500, blank=True)
    vastgelegd_op = models.DateTimeField(auto_now_add=True)
    state = models.CharField("status", max_length=20, choices=State, default=State.GEBOEKT, editable=False)

    RELATIONS = through("traject", Traject, "contactmoment") | {
        Role.MAKER: Relation(
            lambda u: Q(door=u) & Q(traject__in=Traject.objects.within(u)),
            lambda c: User.objects.filter(pk=c.door_id, is_active=True),
        )
    }
    POLICY = policy(
        in_traject("traject_id", "contactmoment"),
        insert=f"door_id = actor() AND {carried_out('traject_id')}",
        update=f"door_id = actor() AND {in_traject('traject_id', 'contactmoment', write=True)}",
    )

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        ordering = ["-datum", "-vastgelegd_op"]
        indexes = [models.Index(fields=["door", "datum"])]
        constraints = [
            wall("contact_state", Q(state__in=["geboekt", "vervallen"]), "Deze status bestaat niet."),
            wall(
                "contact_duur",
                Q(minuten__gt=0, minuten__lte=24 * 60) & ~Q(soort=Werk.NIET_DOOR) | Q(soort=Werk.NIET_DOOR, minuten=0),
                "Kies hoe lang het duurde.",
            ),
            wall(
                "contact_niet_door",
                ~Q(soort=Werk.NIET_DOOR) | filled("notitie"),
                "Schrijf op waarom het niet doorging.",
            ),
        ]
        triggers = [
            refuse(
                "os_ab_gesprek",
                f"{written('als', 'door_id')} AND (NEW.als = 'ab' OR NOT {has_role('NEW.door_id', 'os')})"
                " AND NOT EXISTS (SELECT 1 FROM cases_traject t JOIN cases_aanmelding a ON a.id = t.aanmelding_id"
                " WHERE t.id = NEW.traject_id AND (t.soort = 'complex' OR a.gesprek_op IS NOT NULL))",
                "Leg eerst het OS-AB gesprek vast. Daarna kan de ambulant begeleider uren vastleggen.",
            ),
        ]

    def __str__(self):
        return f"{self.get_soort_display()}, {self.datum:%d-%m-%Y}"

    @property
    def aanmelding(self):
        return self.traject.aanmelding

    @property
    def dossier_id(self):
        return self.traject.aanmelding_id
