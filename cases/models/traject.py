"""The work on one aanmelding, by one uitvoerder."""

from django.db import models
from django.db.models import Q

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import Scoped, filled, has_role, present, refuse, wall
from cases.models.keuzes import Behaald, Soort
from cases.roles import Relation, Role, holders, still, through
from schools.models import Rol, vandaag

VOORBEREIDING, LOPEND, EVALUATIE, AFGESLOTEN, GESTOPT = "voorbereiding", "lopend", "evaluatie", "afgesloten", "gestopt"
WAARNEMEN, BEGRIJPEN, PLANNEN, UITVOEREN = "waarnemen", "begrijpen", "plannen", "uitvoeren"  # HGW
ENDED = [AFGESLOTEN, GESTOPT]
NOT_STARTED = [VOORBEREIDING, GESTOPT]
COMPLEX = [VOORBEREIDING, WAARNEMEN, BEGRIJPEN, PLANNEN, UITVOEREN, EVALUATIE, *ENDED]
NIEUW = "(TG_OP = 'INSERT' OR NEW.{0} IS DISTINCT FROM OLD.{0})"  # SQL: only when it is written


class Traject(Scoped):
    class State(models.TextChoices):
        VOORBEREIDING = VOORBEREIDING, "Voorbereiding"
        LOPEND = LOPEND, "Loopt"
        WAARNEMEN = WAARNEMEN, "Loopt · waarnemen"
        BEGRIJPEN = BEGRIJPEN, "Loopt · begrijpen"
        PLANNEN = PLANNEN, "Loopt · plannen"
        UITVOEREN = UITVOEREN, "Loopt · uitvoeren"
        EVALUATIE = EVALUATIE, "Evaluatie"
        AFGESLOTEN = AFGESLOTEN, "Afgesloten"
        GESTOPT = GESTOPT, "Gestopt"

    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, related_name="trajecten", editable=False)
    soort = models.CharField("soort ondersteuning", max_length=10, choices=Soort, editable=False)
    state = models.CharField("status", max_length=20, choices=State, editable=False)
    uitvoerder = person("wie voert het traject uit?", related_name="trajecten")
    gemaakt_op = models.DateTimeField(auto_now_add=True)

    doel = models.CharField("wat is het doel?", max_length=200, blank=True)
    verwachte_einddatum = models.DateField("wanneer is het klaar?", null=True, blank=True)

    # the two gates before a complex traject starts (B-14, B-24)
    kort_overleg_op = models.DateField("wanneer was het korte overleg?", null=True, blank=True)
    kort_overleg_met = person("met welke onderwijsspecialist?", null=True, blank=True)
    voortraject = models.BooleanField("is er een voortraject?", default=False)
    overdracht_op = models.DateField("wanneer was de overdracht?", null=True, blank=True)
    overdracht_door = person("overdracht door", null=True, blank=True, editable=False)
    overdracht_tekst = models.TextField("wat is er al bekend?", max_length=3000, blank=True)
    overdracht_ontvangen_op = models.DateField("overdracht ontvangen op", null=True, editable=False)

    # waarnemen, begrijpen, plannen
    waarnemen_afgerond_op = models.DateField("waarnemen afgerond op", null=True, editable=False)
    waarnemen_op_voortraject = models.BooleanField("op basis van voortraject", default=False, editable=False)
    bevinding = models.CharField("wat zag je?", max_length=300, blank=True)
    begrijpen_afgerond_op = models.DateField("begrijpen afgerond op", null=True, editable=False)
    onderwijsbehoeften = models.TextField("wat heeft de leerling nodig?", max_length=1500, blank=True)
    sterke_kanten = models.TextField("wat zijn de sterke kanten?", max_length=1000, blank=True)
    afspraken = models.TextField("wie doet wat, en wanneer?", max_length=1500, blank=True)

    # tellen en vertellen
    doel_behaald = models.CharField("is het doel behaald?", max_length=10, choices=Behaald, blank=True)
    opbrengst = models.TextField(
        "wat heeft het opgeleverd voor leerling, leerkracht of school?", max_length=500, blank=True
    )
    afschrift_ouders_op = models.DateField(
        "wanneer kregen de ouders een afschrift van het advies?", null=True, blank=True
    )
    afschrift_reden = models.CharField("geen afschrift? schrijf op waarom niet", max_length=200, blank=True)

    RELATIONS = through("aanmelding", Aanmelding, [Role.IB, Role.OS, Role.COORDINATOR]) | {
        Role.AB: Relation(
            lambda u: (
                Q(uitvoerder__in=still(u, Rol.AB))
                | Q(aanmelding__in=Aanmelding.objects.filter(ab__in=still(u, Rol.AB)))
            ),
            lambda t: holders(Rol.AB, user__in=[t.uitvoerder_id, t.aanmelding.ab_id]),
        ),
    }
    DOSSIER = "aanmelding_id"

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        ordering = ["-gemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding"],
                condition=~Q(state__in=ENDED),
                name="traject_een_lopend",
                violation_error_message="Er loopt al een traject bij deze aanmelding.",
            ),
            wall(
                "traject_state",
                Q(soort=Soort.COMPLEX, state__in=COMPLEX)
                | Q(soort__in=[Soort.BASIS, Soort.LICHT], state__in=[LOPEND, EVALUATIE, *ENDED]),
                "Deze status past niet bij deze ondersteuning.",
            ),
            wall(
                "traject_kort_overleg",
                ~Q(soort=Soort.COMPLEX) | Q(state__in=NOT_STARTED) | present("kort_overleg_op", "kort_overleg_met"),
                "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast.",
            ),
            wall(
                "traject_overdracht",
                ~Q(soort=Soort.COMPLEX)
                | Q(voortraject=False)
                | Q(state__in=NOT_STARTED)
                | present("overdracht_op", "overdracht_ontvangen_op"),
                "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast.",
            ),
            wall(
                "traject_overdracht_heel",
                Q(overdracht_op=None, overdracht_door=None, overdracht_tekst="", overdracht_ontvangen_op=None)
                | (present("overdracht_op", "overdracht_door") & filled("overdracht_tekst")),
                "Leg van de overdracht vast: wanneer, door wie, en wat er al bekend is.",
            ),
            wall(
                "traject_waarnemen",
                ~Q(soort=Soort.COMPLEX)
                | Q(state__in=[VOORBEREIDING, WAARNEMEN, GESTOPT])
                | (present("waarnemen_afgerond_op") & filled("bevinding")),
                "Rond eerst waarnemen af.",
            ),
            wall(
                "traject_begrijpen",
                ~Q(soort=Soort.COMPLEX)
                | Q(state__in=[VOORBEREIDING, WAARNEMEN, BEGRIJPEN, GESTOPT])
                | (present("begrijpen_afgerond_op") & filled("onderwijsbehoeften")),
                "Rond eerst waarnemen en begrijpen af.",
            ),
            wall(
                "traject_begrijpen_na_waarnemen",
                Q(begrijpen_afgerond_op=None) | present("waarnemen_afgerond_op"),
                "Rond eerst waarnemen af.",
            ),
            wall(
                "traject_waarnemen_op_voortraject",
                Q(waarnemen_op_voortraject=False) | present("overdracht_ontvangen_op"),
                "Neem eerst de overdracht in ontvangst.",
            ),
            wall(
                "traject_kortdurend",
                ~Q(soort=Soort.LICHT) | present("verwachte_einddatum"),
                "Vul in wanneer het klaar is. Lichte ondersteuning is altijd kortdurend.",
            ),
            wall("traject_doel", Q(soort=Soort.COMPLEX) | filled("doel"), "Schrijf op wat het doel is."),
            wall(
                "traject_opbrengst",
                ~Q(state=AFGESLOTEN) | filled("doel_behaald", "opbrengst"),
                "Vul in of het doel behaald is en wat het opleverde.",
            ),
            wall(
                "traject_afschrift",
                ~Q(soort=Soort.COMPLEX, state=AFGESLOTEN) | present("afschrift_ouders_op") | filled("afschrift_reden"),
                "Leg vast wanneer de ouders een afschrift van het advies kregen.",
            ),
        ]
        triggers = [
            refuse(
                "uitvoerder",
                f"{NIEUW.format('uitvoerder_id')} AND NEW.soort = 'complex'"
                f" AND NOT {has_role('NEW.uitvoerder_id', 'ab')}",
                "Een ambulant begeleider voert een complex traject uit.",
            ),
            refuse(
                "os_ab_gesprek",
                f"{NIEUW.format('uitvoerder_id')} AND NEW.soort <> 'complex'"
                f" AND NOT {has_role('NEW.uitvoerder_id', 'os')}"
                " AND (SELECT a.gesprek_op FROM cases_aanmelding a WHERE a.id = NEW.aanmelding_id) IS NULL",
                "Leg eerst het OS-AB gesprek vast.",
            ),
            refuse(
                "overdracht",
                f"NEW.overdracht_door_id IS NOT NULL AND {NIEUW.format('overdracht_door_id')}"
                f" AND NOT {has_role('NEW.overdracht_door_id', 'os')}",
                "De onderwijsspecialist geeft de overdracht.",
            ),
            refuse(
                "kort_overleg",
                f"NEW.kort_overleg_met_id IS NOT NULL AND {NIEUW.format('kort_overleg_met_id')}"
                f" AND NOT {has_role('NEW.kort_overleg_met_id', 'os')}",
                "Het korte overleg is met de onderwijsspecialist.",
            ),
        ]

    def __str__(self):
        return f"Traject {self.aanmelding.nummer}"

    @property
    def dossier_id(self):
        return self.aanmelding_id

    @property
    def over(self):
        return self.aanmelding.over

    @property
    def voorbij(self):
        """Licht is kortdurend (B-4): past its end date the onderwijsspecialist chooses how to go on."""
        return self.soort == Soort.LICHT and self.state == LOPEND and self.verwachte_einddatum < vandaag()
