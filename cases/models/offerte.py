"""What the school buys from the AED (B-17 to B-19): paid by the school, outside the hours of the kring."""

import uuid
from decimal import Decimal

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import Scoped, filled, present, refuse, wall, written
from cases.models.keuzes import Btw, OfferteSoort, OfferteThema
from cases.models.zicht import policy
from cases.roles import Relation, Role, at_school, at_team, holders, still
from schools.models import Rol, School, vandaag

AKKOORD = ["akkoord", "in_uitvoering", "afgerond"]
OPEN = ["gevraagd", "uitgebracht"]
KWARTIER = "Rond de uren af op een kwartier. Bijvoorbeeld 6,25 of 6,5."
SCHOOLS = " OR ".join(f"school_id = ANY (ARRAY(SELECT scholen_als('{rol}')))" for rol in ("ib", "os", "ab"))
READ = f"{SCHOOLS} OR EXISTS (SELECT FROM aangesteld('coordinator_aed'))"
OF = "EXISTS (SELECT FROM cases_offerte o WHERE o.id = offerte_id)"  # who sees the offerte, by its own policy


class Offerte(Scoped):
    """For the school as client: no word about a leerling, and no link to a dossier that others could follow."""

    class State(models.TextChoices):
        GEVRAAGD = "gevraagd", "Gevraagd"
        UITGEBRACHT = "uitgebracht", "Uitgebracht"
        AKKOORD = "akkoord", "Akkoord van de school"
        NIET_AKKOORD = "niet_akkoord", "Niet akkoord"
        IN_UITVOERING = "in_uitvoering", "In uitvoering"
        AFGEROND = "afgerond", "Afgerond"
        VERVALLEN = "vervallen", "Vervallen"

    school = models.ForeignKey(School, models.PROTECT, related_name="offertes", editable=False)
    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, null=True, related_name="offertes", editable=False)
    door = person("gevraagd door", editable=False)
    op = models.DateTimeField(auto_now_add=True)
    nummer = models.CharField(max_length=12, unique=True, editable=False)
    uitgave = models.PositiveSmallIntegerField(default=1, editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.GEVRAAGD, editable=False)
    soort = models.CharField("wat voor ondersteuning?", max_length=20, choices=OfferteSoort)
    thema = models.CharField("thema", max_length=20, choices=OfferteThema, blank=True)
    vraag = models.CharField("waar gaat het om? Noem geen namen", max_length=300)
    uitgebracht_op = models.DateField(null=True, editable=False)
    geldig_tot = models.DateField("tot wanneer is de offerte geldig?", null=True, blank=True)
    besloten_door = person("besloten door", null=True, editable=False)
    besloten_op = models.DateField(null=True, editable=False)
    uitvoerder = person("wie voert het uit?", null=True, blank=True)

    RELATIONS = {
        Role.IB: Relation(at_school, lambda o: holders(Rol.IB, school=o.school_id)),
        Role.OS: Relation(lambda u: at_team(u, Rol.OS), lambda o: holders(Rol.OS, team=o.school.team_id)),
        Role.TEAM: Relation(lambda u: at_team(u, Rol.AB), lambda o: holders(Rol.AB, team=o.school.team_id)),
        Role.AED: Relation(
            lambda u: still(u, ~Q(pk=None), Rol.COORDINATOR_AED), lambda o: holders(Rol.COORDINATOR_AED)
        ),
    }
    POLICY = policy(READ, insert=f"door_id = actor() AND ({SCHOOLS})", update=READ)

    class Meta:
        verbose_name = "offerte"
        verbose_name_plural = "offertes"
        ordering = ["-op"]
        constraints = [
            wall("offerte_state", Q(state__in=[*OPEN, *AKKOORD, "niet_akkoord", "vervallen"]),
                 "Deze status bestaat niet."),
            wall("offerte_vraag", filled("vraag", "soort"), "Schrijf op waar het om gaat. Noem geen namen."),
            wall("offerte_thema", ~Q(soort=OfferteSoort.SCHOLING) | filled("thema"), "Kies het thema van de scholing."),
            wall(
                "offerte_uitgebracht",
                Q(state__in=["gevraagd", "vervallen"])
                | present("uitgebracht_op", "geldig_tot") & Q(geldig_tot__gte=F("uitgebracht_op")),
                "Vul in tot wanneer de offerte geldig is.",
            ),
            wall(
                "offerte_besloten",
                ~Q(state__in=[*AKKOORD, "niet_akkoord"]) | present("besloten_door", "besloten_op"),
                "De school beslist over de offerte.",
            ),
            wall("offerte_uitvoerder", ~Q(state__in=["in_uitvoering", "afgerond"]) | present("uitvoerder"),
                 "Kies wie de offerte uitvoert."),
        ]  # fmt: skip
        triggers = [
            refuse(
                "met_regels",
                f"{written('state')} AND NEW.state = 'uitgebracht' AND NOT EXISTS (SELECT FROM cases_offerteregel r"
                " WHERE r.offerte_id = NEW.id AND r.uitgave = NEW.uitgave)",
                "Zet eerst een regel in de offerte.",
            ),
            refuse(
                "de_school_beslist",
                f"{written('besloten_door_id')} AND NEW.besloten_door_id IS NOT NULL AND NOT EXISTS (SELECT FROM"
                " aanstellingen_nu() x WHERE x.user_id = NEW.besloten_door_id AND x.rol = 'ib'"
                " AND x.school_id = NEW.school_id)",
                "De school beslist over de offerte.",
            ),
        ]

    def __str__(self):
        return f"Offerte {self.nummer}"

    dossier_id = None  # the school buys; it is nobody's dossier

    @property
    def thuis(self):
        return "offerte", self.pk

    @property
    def kenmerk(self):
        return self.nummer

    @property
    def regels_nu(self):
        return [regel for regel in self.regels.all() if regel.uitgave == self.uitgave]

    @property
    def verlopen(self):
        return self.state == "uitgebracht" and self.geldig_tot < vandaag()


class Offerteregel(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offerte = models.ForeignKey(Offerte, models.PROTECT, related_name="regels", editable=False)
    uitgave = models.PositiveSmallIntegerField(editable=False)
    omschrijving = models.CharField("wat bied je aan?", max_length=200)
    uren = models.DecimalField(
        "hoeveel uur?", max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal("0.25"))]
    )
    tarief = models.DecimalField(
        "tarief per uur, in euro", max_digits=7, decimal_places=2, validators=[MinValueValidator(0)]
    )
    btw = models.CharField("btw", max_length=2, choices=Btw, default=Btw.VRIJ)
    KEEPS = ("UPDATE",)
    POLICY = policy(OF, insert=OF, delete=OF)

    class Meta:
        verbose_name = "regel"
        verbose_name_plural = "regels"
        ordering = ["uitgave", "pk"]
        constraints = [
            wall("regel_omschrijving", filled("omschrijving"), "Schrijf op wat je aanbiedt."),
            wall("regel_bedrag", Q(uren__gt=0, tarief__gte=0), "Vul het aantal uren en het tarief in met cijfers."),
            wall("regel_kwartier", Exact(Mod("uren", Value(Decimal("0.25"))), Value(0)), KWARTIER),
            wall("regel_btw", Q(btw__in=Btw.values), "Dit btw-tarief bestaat niet."),
        ]
        triggers = [
            refuse(
                "uitgebracht_is_uitgebracht",
                "NOT EXISTS (SELECT FROM cases_offerte o WHERE o.id = COALESCE(NEW.offerte_id, OLD.offerte_id)"
                " AND o.state = 'gevraagd' AND o.uitgave = COALESCE(NEW.uitgave, OLD.uitgave))",
                "Een offerte die is uitgebracht, verandert niet. Maak een nieuwe versie.",
                pgtrigger.Insert | pgtrigger.Delete,
            ),
        ]

    def __str__(self):
        return self.omschrijving


class Offertewerk(models.Model):
    """Work done for an offerte. These hours are the school's: they never come from the pot of the kring."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offerte = models.ForeignKey(Offerte, models.PROTECT, related_name="werk", editable=False)
    door = person("door", editable=False)
    datum = models.DateField("wanneer?", default=vandaag)
    minuten = models.PositiveSmallIntegerField("hoe lang?")
    KEEPS = ("DELETE", "UPDATE")
    POLICY = policy(OF, insert=f"door_id = actor() AND {OF}")

    class Meta:
        verbose_name = "werk"
        verbose_name_plural = "werk"
        ordering = ["-datum", "pk"]
        constraints = [wall("offertewerk_duur", Q(minuten__range=(1, 1440)), "Kies hoe lang het duurde.")]
        triggers = [
            refuse(
                "in_uitvoering",
                "(SELECT o.state FROM cases_offerte o WHERE o.id = NEW.offerte_id) <> 'in_uitvoering'",
                "De offerte is nog niet in uitvoering.",
            ),
        ]

    def __str__(self):
        return f"{self.datum:%d-%m-%Y}"
