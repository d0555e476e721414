"""Contactmoment: anything done with a date and a duration. The only place where hours exist."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from cases.models.aanmelding import person
from cases.models.base import Scoped, filled, has_role, refuse, wall, written
from cases.models.keuzes import GesprekDoel, Werk
from cases.models.toestemming import met_toestemming
from cases.models.traject import Traject
from cases.models.zicht import carried_out, in_traject, policy
from cases.roles import Relation, Role, along, both, through
from schools.models import User, vandaag

OP_OFFERTE = (
    "Individuele begeleiding gericht op vaardigheden of ontwikkelingsdoelen vindt in principe op offerte plaats."
)


class Contactmoment(Scoped):
    class State(models.TextChoices):
        GEBOEKT = "geboekt", "Vastgelegd"
        VERVALLEN = "vervallen", "Ongedaan gemaakt"

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="contacten", editable=False)
    door = person("door", editable=False)
    als = models.CharField("als", max_length=10, choices=[("os", "OS"), ("ab", "AB"), ("sbo", "SBO")], editable=False)
    soort = models.CharField("wat heb je gedaan?", max_length=20, choices=Werk)
    minuten = models.PositiveSmallIntegerField("hoe lang?", validators=[MaxValueValidator(24 * 60)])
    datum = models.DateField("wanneer?", default=vandaag)
    gesprek_doel = models.CharField("waar ging het gesprek over?", max_length=20, choices=GesprekDoel, blank=True)
    notitie = models.TextField("notitie", max_length=1500, blank=True)
    vastgelegd_op = models.DateTimeField(auto_now_add=True)
    state = models.CharField("status", max_length=20, choices=State, default=State.GEBOEKT, editable=False)

    RELATIONS = through("traject", Traject, "contactmoment") | {
        Role.MAKER: Relation(
            lambda u: both(Q(door=u), along("traject", Traject.objects.seen_by(u))),
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
        indexes = [
            models.Index(fields=["door", "datum"]),
            models.Index(  # what the totals of a kring read: they need no row of the table
                fields=["traject", "datum"], include=["als", "state", "minuten", "door"], name="contact_tellen"
            ),
            models.Index(  # the same, where a schooljaar of many kringen is asked for
                fields=["datum", "traject"],
                include=["als", "minuten"],
                condition=Q(state="geboekt"),
                name="contact_dag",
            ),
        ]
        constraints = [
            wall("contact_state", Q(state__in=["geboekt", "vervallen"]), "Deze status bestaat niet."),
            wall(
                "contact_duur",
                Q(minuten__gt=0, minuten__lte=24 * 60) & ~Q(soort=Werk.NIET_DOOR) | Q(soort=Werk.NIET_DOOR, minuten=0),
                "Kies hoe lang het duurde.",
            ),
            wall(
                "contact_gesprek",
                Q(soort=Werk.LEERLINGGESPREK, als="ab") & filled("gesprek_doel")
                | ~Q(soort=Werk.LEERLINGGESPREK) & Q(gesprek_doel=""),
                "Kies waar het leerlinggesprek over ging.",
            ),
            wall(
                "contact_niet_door",
                ~Q(soort=Werk.NIET_DOOR) | filled("notitie"),
                "Schrijf op waarom het niet doorging.",
            ),
        ]
        triggers = [
            met_toestemming(
                "traject",
                "NEW.datum <= (SELECT w.toestemming_weg_op FROM cases_aanmelding w WHERE w.id ="
                " (SELECT v.aanmelding_id FROM cases_traject v WHERE v.id = NEW.traject_id))",
            ),
            refuse(
                "os_ab_gesprek",
                f"{written('als', 'door_id')} AND (NEW.als = 'ab' OR NOT ({has_role('NEW.door_id', 'os')}"
                f" OR {has_role('NEW.door_id', 'sbo')}))"
                " AND NOT EXISTS (SELECT 1 FROM cases_traject t JOIN cases_aanmelding a ON a.id = t.aanmelding_id"
                " WHERE t.id = NEW.traject_id AND (t.soort = 'complex' OR a.gesprek_op IS NOT NULL))",
                "Leg eerst het OS-AB gesprek vast. Daarna kan de ambulant begeleider uren vastleggen.",
            ),
            refuse(
                "leerlinggesprek",
                "NEW.soort = 'leerlinggesprek' AND NEW.state = 'geboekt' AND EXISTS (SELECT FROM cases_traject t WHERE"
                " t.id = NEW.traject_id AND (t.soort <> 'complex' OR t.gesprekken_max <= (SELECT count(*) FROM"
                " cases_contactmoment c WHERE c.traject_id = t.id AND c.soort = 'leerlinggesprek' AND c.state ="
                " 'geboekt' AND c.id <> NEW.id)))",
                "Het beperkte aantal leerlinggesprekken is bereikt.",
            ),
            refuse(
                "op_offerte",
                "NEW.gesprek_doel = 'vaardigheden' AND EXISTS (SELECT FROM cases_traject t WHERE t.id = NEW.traject_id"
                " AND t.uitzondering = '')",
                OP_OFFERTE,
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
