"""The way to another setting: the onderwijsspecialist has the regie (B-8), and staying is a good end (A-1)."""

from django.db import models
from django.db.models import F, Q

from cases.models.aanmelding import Aanmelding
from cases.models.base import Scoped, filled, present, refuse, wall
from cases.models.keuzes import AndereSetting
from cases.models.zicht import in_dossier, policy
from cases.roles import through

REGIE = "De onderwijsspecialist heeft de regie op de route."
ENDS = ["geplaatst", "blijft", "gestopt"]


class Route(Scoped):
    """Only dates of the TLV are kept: the school asks for it, and nobody of this traject is deskundige."""

    class State(models.TextChoices):
        VERKENNEN = "verkennen", "Verkennen"
        LOOPT = "loopt", "Route loopt"
        AANGEMELD = "aangemeld", "Aangemeld bij de setting"
        GEPLAATST = "geplaatst", "Geplaatst"
        BLIJFT = "blijft", "Blijft op school"
        GESTOPT = "gestopt", "Gestopt"

    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, related_name="routes", editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.VERKENNEN, editable=False)
    gemaakt_op = models.DateTimeField(auto_now_add=True)
    setting = models.CharField("naar welke setting?", max_length=20, choices=AndereSetting, blank=True)
    instelling = models.CharField("welke school of voorziening?", max_length=120, blank=True)
    tlv_aangevraagd_op = models.DateField("TLV aangevraagd op", null=True, blank=True)
    tlv_afgegeven_op = models.DateField("TLV afgegeven op", null=True, blank=True)
    tlv_niet_op = models.DateField("TLV niet afgegeven op", null=True, blank=True)

    RELATIONS = through("aanmelding", Aanmelding, "route")
    POLICY = policy(
        in_dossier("aanmelding_id", "route"),
        insert=f"state = 'verkennen' AND {in_dossier('aanmelding_id', 'route', write=True)}",
        update="aanmelding_id = ANY (ARRAY(SELECT dossiers('{os,coordinator}')))",
    )

    class Meta:
        verbose_name = "route"
        verbose_name_plural = "routes"
        ordering = ["-gemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding"], condition=~Q(state__in=ENDS), name="route_een_open",
                violation_error_message="Er is al een route bij dit dossier.",
            ),
            wall("route_state", Q(state__in=["verkennen", "loopt", "aangemeld", *ENDS]), "Deze status bestaat niet."),
            wall("route_setting", Q(state__in=["verkennen", "blijft", "gestopt"]) | filled("setting"),
                 "Kies naar welke setting de route loopt."),
            wall("route_waar", ~Q(state__in=["aangemeld", "geplaatst"]) | filled("instelling"),
                 "Schrijf op welke school of voorziening het is."),
            wall(
                "route_tlv",
                Q(tlv_afgegeven_op=None, tlv_niet_op=None)
                | present("tlv_aangevraagd_op")
                & (
                    Q(tlv_niet_op=None, tlv_afgegeven_op__gte=F("tlv_aangevraagd_op"))
                    | Q(tlv_afgegeven_op=None, tlv_niet_op__gte=F("tlv_aangevraagd_op"))
                ),
                "Een TLV is eerst aangevraagd, en daarna afgegeven of niet.",
            ),
        ]  # fmt: skip
        triggers = [
            refuse(
                "een_leerling",
                "(SELECT a.niveau FROM cases_aanmelding a WHERE a.id = NEW.aanmelding_id) <> 'leerling'",
                "Een route gaat over een leerling.",
            ),
        ]

    def __str__(self):
        return f"Route {self.aanmelding.nummer}"

    @property
    def dossier_id(self):
        return self.aanmelding_id
