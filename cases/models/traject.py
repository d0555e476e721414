"""The work on one aanmelding, by one uitvoerder."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import Scoped
from cases.models.keuzes import Behaald, Soort
from cases.models.muren_traject import CONSTRAINTS, ENDED, LOPEND, TRIGGERS, State
from cases.models.zicht import in_dossier, in_traject, policy
from cases.roles import Relation, Role, both, either, holders, still, through, with_cover
from schools.models import Rol, vandaag


def aantal_gesprekken():
    """How many leerlinggesprekken there are in a traject that begins now (B-13)."""
    return settings.LEERLINGGESPREKKEN


def at_work(user):
    """Q: the trajecten in which somebody works as onderwijsspecialist or ambulant begeleider."""
    return either(*(Traject.RELATIONS[role].objects(user) for role in (Role.OS, Role.AB)))


def loopt():
    """SQL, of an aanmelding: a traject of it is prepared or runs."""
    return Exists(Traject.objects.filter(aanmelding=OuterRef("pk")).exclude(state__in=ENDED))


def open_vraag():
    """Q: the aanmeldingen that wait for their traject, or have one that is prepared or runs."""
    return Q(state__in=["ingediend", "opgepakt"]) | Q(loopt(), state="gestart")


class Traject(Scoped):
    State = State

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

    gesprekken_max = models.PositiveSmallIntegerField(default=aantal_gesprekken, editable=False)  # leerlinggesprekken
    uitzondering = models.CharField("waarom niet op offerte?", max_length=200, blank=True)

    # tellen en vertellen
    doel_behaald = models.CharField("is het doel behaald?", max_length=10, choices=Behaald, blank=True)
    opbrengst = models.TextField(
        "wat heeft het opgeleverd voor leerling, leerkracht of school?", max_length=500, blank=True
    )
    afschrift_ouders_op = models.DateField(
        "wanneer kregen de ouders een afschrift van het advies?", null=True, blank=True
    )
    afschrift_reden = models.CharField("geen afschrift? Schrijf op waarom niet", max_length=200, blank=True)

    RELATIONS = through("aanmelding", Aanmelding, "traject") | {
        Role.AB: Relation(
            lambda u: still(u, Q(uitvoerder__in=u.namens) | Q(aanmelding__ab__in=u.namens), Rol.AB),
            lambda t: holders(Rol.AB, user__in=with_cover(t.uitvoerder_id, t.aanmelding.ab_id)),
        ),
        Role.UITVOERDER: Relation(
            lambda u: both(Q(uitvoerder__in=u.namens), at_work(u)),
            lambda t: (
                holders(Rol.OS, team=t.aanmelding.school.team_id, user=t.uitvoerder_id)
                | holders(Rol.AB, user=t.uitvoerder_id)
            ),
        ),
    }
    POLICY = policy(
        in_traject("id", "traject"),
        insert=in_dossier("aanmelding_id", "traject", write=True),
        update=in_traject("id", "traject", write=True),
    )

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        ordering = ["-gemaakt_op"]
        indexes = [models.Index(fields=["aanmelding"], include=["id"], name="traject_zicht")]  # the same for a traject
        constraints = CONSTRAINTS
        triggers = TRIGGERS

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
