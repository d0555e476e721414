"""Expertise in de klas: by exception, a group is helped from the hours of the kring (B-19)."""

from django.db import models
from django.db.models import Q

from cases.models.aanmelding import person
from cases.models.base import Scoped, filled, has_role, present, refuse, wall, written
from cases.models.contact import Contactmoment
from cases.models.keuzes import Werk
from cases.models.pot import VERDEELD, beurt, te_veel
from cases.models.toestemming import met_toestemming
from cases.models.traject import Traject
from cases.models.zicht import carried_out, in_traject, policy
from cases.roles import through

MEEST, RUIM, DUUR = 12, 8, 180  # dagdelen, dagdelen without a reason, minutes each
GEPLAND = "NEW.state = 'gepland'"
ENDS = ["afgerond", "gestopt"]
TE_LANG = "Een dagdeel Expertise in de klas duurt maximaal 3 uur."
TE_VEEL = "Expertise in de klas duurt maximaal 12 dagdelen."
MEER_DAN_ACHT = "Meer dan 8 dagdelen? Schrijf eerst op waarom."
VOORWAARDEN = "Nog niet aan alle voorwaarden voldaan."
ANDERE = (
    "(SELECT count(*) FROM cases_dagdeel d WHERE d.klas_id = NEW.klas_id AND d.state <> 'vervallen' AND d.id <> NEW.id)"
)
GROEP = (
    "SELECT FROM cases_traject t JOIN cases_aanmelding a ON a.id = t.aanmelding_id WHERE t.id = NEW.traject_id AND "
    f"a.niveau = 'groep' AND {has_role('t.uitvoerder_id', 'ab')}"
)


class Voorwaarde(models.Model):
    """What must be true before Expertise in de klas may begin: the coördinator keeps the list."""

    tekst = models.CharField("voorwaarde", max_length=200, unique=True)
    tot = models.DateField("vervallen op", null=True, editable=False)
    POLICY = policy(
        "true",
        insert="EXISTS (SELECT FROM aangesteld('coordinator'))",
        update="EXISTS (SELECT FROM aangesteld('coordinator'))",
    )
    KEEPS = ("DELETE",)

    class Meta:
        verbose_name_plural = "voorwaarden"
        ordering = ["pk"]
        constraints = [wall("voorwaarde_tekst", filled("tekst"), "Schrijf de voorwaarde op.")]

    def __str__(self):
        return self.tekst


class ExpertiseInDeKlas(Scoped):
    class State(models.TextChoices):
        VOORGESTELD = "voorgesteld", "Voorgesteld"
        GETOETST = "getoetst", "Voorwaarden getoetst"
        LOPEND = "lopend", "Loopt"
        AFGEROND = "afgerond", "Afgerond"
        GESTOPT = "gestopt", "Gestopt"

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="klassen", editable=False)
    door = person("door", editable=False)
    op = models.DateTimeField(auto_now_add=True)
    state = models.CharField("status", max_length=20, choices=State, default=State.VOORGESTELD, editable=False)
    motivering = models.TextField("waarom is dit een uitzondering?", max_length=500)
    akkoord_os = person("akkoord onderwijsspecialist", null=True, editable=False)
    akkoord_ab = person("akkoord ambulant begeleider", null=True, editable=False)
    voorwaarden = models.TextField("voorwaarden", blank=True, editable=False)  # as they were agreed upon
    meer_dan_acht = models.CharField("waarom meer dan 8 dagdelen?", max_length=200, blank=True)
    resultaat = models.TextField("wat heeft het opgeleverd?", max_length=500, blank=True)

    RELATIONS = through("traject", Traject, "traject")
    POLICY = policy(
        in_traject("traject_id", "traject"),
        insert=f"door_id = actor() AND {carried_out('traject_id', 'os', 'ab')}",
        update=carried_out("traject_id", "os", "ab"),
    )

    class Meta:
        verbose_name = "Expertise in de klas"
        verbose_name_plural = "Expertise in de klas"
        ordering = ["-op"]
        constraints = [
            models.UniqueConstraint(
                fields=["traject"], condition=~Q(state__in=ENDS), name="klas_een_lopend",
                violation_error_message="Er is al Expertise in de klas bij dit traject.",
            ),
            wall("klas_state", Q(state__in=["voorgesteld", "getoetst", "lopend", *ENDS]), "Deze status bestaat niet."),
            wall("klas_motivering", filled("motivering"), "Schrijf op waarom dit een uitzondering is."),
            wall(
                "klas_voorwaarden",
                Q(state__in=["voorgesteld", "gestopt"])
                | present("akkoord_os", "akkoord_ab") & filled("voorwaarden"),
                VOORWAARDEN,
            ),
            wall("klas_resultaat", ~Q(state="afgerond") | filled("resultaat"), "Schrijf op wat het opleverde."),
        ]  # fmt: skip
        triggers = [
            met_toestemming("traject"),
            refuse(
                "een_groep",
                f"{written('traject_id')} AND NOT EXISTS ({GROEP})",
                "Expertise in de klas is voor een groep, en een ambulant begeleider voert het uit.",
            ),
        ]

    def __str__(self):
        return f"Expertise in de klas {self.aanmelding.nummer}"

    @property
    def aanmelding(self):
        return self.traject.aanmelding

    @property
    def dossier_id(self):
        return self.traject.aanmelding_id


class Dagdeel(Scoped):
    """One visit that is planned; when it was given it is a contactmoment, and nothing is entered twice."""

    class State(models.TextChoices):
        GEPLAND = "gepland", "Gepland"
        GEGEVEN = "gegeven", "Gegeven"
        VERVALLEN = "vervallen", "Vervallen"

    klas = models.ForeignKey(ExpertiseInDeKlas, models.PROTECT, related_name="dagdelen", editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.GEPLAND, editable=False)
    datum = models.DateField("op welke dag?")
    minuten = models.PositiveSmallIntegerField("hoe lang?", default=DUUR)
    werkwijze = models.CharField(
        "wat doe je?", max_length=20, choices=[(w, w.label) for w in (Werk.COTEACHING, Werk.COACHING)]
    )
    contact = models.OneToOneField(Contactmoment, models.PROTECT, null=True, editable=False, related_name="dagdeel")

    RELATIONS = through("klas", ExpertiseInDeKlas, "traject")
    IN = "EXISTS (SELECT FROM cases_expertiseindeklas k WHERE k.id = klas_id AND {})"
    POLICY = policy(
        IN.format("true"),  # who sees the one sees the other
        insert=IN.format(carried_out("k.traject_id", "ab")),
        update=IN.format(carried_out("k.traject_id", "os", "ab")),
    )

    class Meta:
        verbose_name = "dagdeel"
        verbose_name_plural = "dagdelen"
        ordering = ["datum", "pk"]
        constraints = [
            wall("dagdeel_state", Q(state__in=["gepland", "gegeven", "vervallen"]), "Deze status bestaat niet."),
            wall("dagdeel_duur", Q(minuten__range=(1, DUUR)), TE_LANG),
            wall("dagdeel_gegeven", Q(state="gegeven") & present("contact") | ~Q(state="gegeven") & Q(contact=None),
                 "Een dagdeel dat gegeven is, is een contact met uren."),
        ]  # fmt: skip
        triggers = [
            refuse("twaalf", f"NEW.state <> 'vervallen' AND {ANDERE} >= {MEEST}", TE_VEEL),
            refuse(
                "acht",
                f"NEW.state <> 'vervallen' AND {ANDERE} >= {RUIM} AND EXISTS (SELECT FROM cases_expertiseindeklas k"
                " WHERE k.id = NEW.klas_id AND k.meer_dan_acht = '')",
                MEER_DAN_ACHT,
            ),
            refuse(
                "pot",
                f"{GEPLAND} AND {te_veel('NEW')}",
                VERDEELD,
                first=beurt("vraag_van_klas(NEW.klas_id)", GEPLAND),
            ),
        ]

    def __str__(self):
        return f"Dagdeel {self.datum:%d-%m-%Y}"

    @property
    def traject(self):
        return self.klas.traject

    @property
    def aanmelding(self):
        return self.klas.traject.aanmelding

    @property
    def dossier_id(self):
        return self.klas.traject.aanmelding_id
