"""The IB-er's aanmelding: what the school asks, and what the expertteam first did with it."""

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q

from cases.models.base import Scoped
from cases.models.keuzes import JaNee, Jeugdhulp, Niveau, Opp, Reden, Setting, Soort, Thema
from cases.models.muren_aanmelding import CONCEPT, CONSTRAINTS, INGEDIEND, OPGEPAKT, TRIGGERS, State
from cases.models.zicht import in_dossier, policy
from cases.roles import (
    Relation,
    Role,
    at_school,
    at_team,
    coordinators,
    holders,
    in_kring,
    looks_in,
    reasons_of,
    still,
    with_cover,
)
from schools.models import Rol, School, Schooljaar, User

NOBODY = User.objects.none()


def person(label, related_name="+", **more):
    return models.ForeignKey(User, models.PROTECT, related_name=related_name, verbose_name=label, **more)


def carried_out_by(user):
    """His own, and those of which he carries or carried out a traject: he keeps seeing what they are about.

    Of whom he stands in for too.
    """
    trajecten = Aanmelding._meta.get_field("trajecten").related_model.objects.filter(uitvoerder__in=user.namens)
    return still(user, Q(ab__in=user.namens) | Q(pk__in=trajecten.values("aanmelding")), Rol.AB)


def betrokkenen(**of):
    """Who was brought into a traject, by the model that keeps it."""
    trajecten = Aanmelding._meta.get_field("trajecten").related_model
    return trajecten._meta.get_field("betrokkenen").related_model.objects.filter(**of)


class Aanmelding(Scoped):
    State = State

    school = models.ForeignKey(School, models.PROTECT, related_name="aanmeldingen", editable=False)
    door = person("IB-er", editable=False)
    gewijzigd_op = models.DateTimeField(auto_now=True)
    schooljaar = models.ForeignKey(Schooljaar, models.PROTECT, null=True, editable=False, related_name="+")
    nummer = models.CharField(max_length=10, unique=True, null=True, editable=False)
    ingediend_op = models.DateTimeField("verstuurd op", null=True, editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=CONCEPT, editable=False)

    # what the IB-er fills in; what is required of whom stands in cases/velden.py
    niveau = models.CharField("waar gaat de vraag over?", max_length=10, choices=Niveau, blank=True)
    soort = models.CharField("welke ondersteuning?", max_length=10, choices=Soort, blank=True)
    hulpvraag = models.TextField("wat is jullie vraag aan het expertteam?", max_length=1500, blank=True)
    al_gedaan = models.TextField("wat heeft de school al gedaan en wat was het effect?", max_length=1500, blank=True)
    gaat_goed = models.TextField("wat gaat goed?", max_length=500, blank=True)
    voornaam = models.CharField("voornaam", max_length=60, blank=True)
    achternaam = models.CharField("achternaam", max_length=80, blank=True)
    geboortedatum = models.DateField("geboortedatum", null=True, blank=True)
    groep = models.PositiveSmallIntegerField("groep", null=True, blank=True, choices=[(n, str(n)) for n in range(1, 9)])
    groep_naam = models.CharField("naam van de groep", max_length=20, blank=True)
    aantal_leerlingen = models.PositiveSmallIntegerField(
        "aantal leerlingen", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    leerkracht = models.CharField("leerkracht(en)", max_length=120, blank=True)
    thema = models.CharField("thema", max_length=20, choices=Thema, blank=True)
    opp = models.CharField("is er een OPP?", max_length=10, choices=Opp, blank=True)
    andere_setting = models.CharField(
        "is een andere onderwijssetting in beeld?", max_length=10, choices=Setting, blank=True
    )
    jeugdhulp = models.CharField("is jeugdhulp betrokken?", max_length=10, choices=Jeugdhulp, blank=True)
    voortraject = models.CharField("is er al eerder begeleiding geweest?", max_length=10, choices=JaNee, blank=True)
    eerder_traject = models.ForeignKey(
        "cases.Traject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vervolg",
        verbose_name="welk traject was dat?",
    )
    voorkeur_ab = person("voorkeur ambulant begeleider", null=True, blank=True)
    groeidocument_url = models.CharField(
        "link naar het Groeidocument", max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )
    ouders_akkoord = models.BooleanField("ouders akkoord", default=False)
    ouders_akkoord_op = models.DateField("wanneer vonden de ouders het goed?", null=True, blank=True)

    # what the expertteam adds
    eerste_contact_op = models.DateField("wanneer was het eerste contact?", null=True, blank=True)
    eerste_contact_met = models.CharField("met wie?", max_length=120, blank=True)
    vraag_open = models.BooleanField("vraag aan school", default=False, editable=False)
    ab = person("ambulant begeleider", null=True, blank=True)
    gesprek_op = models.DateField("wanneer was het OS-AB gesprek?", null=True, blank=True)
    gesprek_wie = models.CharField("wie doet wat?", max_length=200, blank=True)
    gesprek_inzet = models.CharField("welke inzet?", max_length=200, blank=True)
    gesprek_offerte = models.CharField("gaat het op offerte?", max_length=10, choices=JaNee, blank=True)
    afgerond_reden = models.CharField("hoe is het afgerond?", max_length=20, choices=Reden, blank=True)
    afgerond_toelichting = models.CharField("wat spraken jullie af?", max_length=300, blank=True)

    # of a leerling: the school's OPP, and the parents who may change their mind
    opp_vastgesteld_op = models.DateField("wanneer is het OPP vastgesteld?", null=True, blank=True)
    opp_evaluatie_op = models.DateField("wanneer is de volgende evaluatie?", null=True, blank=True)
    opp_gehoord_op = models.DateField("wanneer is de leerling gehoord?", null=True, blank=True)
    opp_url = models.CharField(
        "link naar het OPP", max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )
    toestemming_weg_op = models.DateField("wanneer trokken de ouders hun toestemming in?", null=True, blank=True)

    RELATIONS = {
        Role.IB: Relation(at_school, lambda a: holders(Rol.IB, school=a.school_id)),
        Role.OS: Relation(
            lambda u: at_team(u, Rol.OS, nummer__isnull=False),
            lambda a: holders(Rol.OS, team=a.school.team_id) if a.nummer else NOBODY,
        ),
        Role.AB: Relation(carried_out_by, lambda a: holders(Rol.AB, user__in=with_cover(a.ab_id))),
        Role.TEAM: Relation(
            lambda u: at_team(u, Rol.AB, soort=Soort.COMPLEX, state__in=[INGEDIEND, OPGEPAKT]),
            lambda a: (
                holders(Rol.AB, team=a.school.team_id)
                if a.soort == Soort.COMPLEX and a.state in {INGEDIEND, OPGEPAKT}
                else NOBODY
            ),
        ),
        Role.COORDINATOR: Relation(
            lambda u: in_kring(u, nummer__isnull=False),
            lambda a: (
                coordinators(a.school) if a.nummer and not holders(Rol.OS, team=a.school.team_id).exists() else NOBODY
            ),
        ),
        Role.REDEN: Relation(lambda u: reasons_of(u, Aanmelding), looks_in),
        Role.EXPERT: Relation(
            lambda u: still(u, Q(pk__in=betrokkenen(expert=u).values("traject__aanmelding")), Rol.AB, Rol.SBO),
            lambda a: holders(Rol.AB, Rol.SBO, user__in=betrokkenen(traject__aanmelding=a).values("expert")),
        ),
    }
    POLICY = policy(
        in_dossier("id", "aanmelding"),
        insert="(door_id = actor() AND school_id = ANY (ARRAY(SELECT scholen_als('ib'))))"
        " OR (eerder_traject_id IS NOT NULL AND school_id = ANY (ARRAY(SELECT scholen_als('os'))))",
        update=in_dossier("id", "aanmelding", write=True),
    )

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        ordering = ["ingediend_op", "gewijzigd_op"]
        indexes = [
            models.Index(  # what `dossiers` asks for whoever looks: it needs no row of the table
                fields=["school", "state"], include=["id", "soort", "nummer"], name="aanmelding_zicht"
            )
        ]
        constraints = CONSTRAINTS
        triggers = TRIGGERS

    def __str__(self):
        return f"Aanmelding {self.nummer}" if self.nummer else "Concept-aanmelding"

    @property
    def dossier_id(self):
        return self.pk

    @property
    def aanmelding(self):
        return self

    @property
    def kenmerk(self):
        return self.nummer or ""

    @property
    def over(self):
        """About whom or what, for those who may see the dossier."""
        if self.niveau == Niveau.LEERLING:
            return f"{self.voornaam} {self.achternaam}".strip() or "leerling"
        if self.niveau == Niveau.GROEP:
            return f"groep {self.groep_naam or self.groep or ''}".strip()
        return "school" if self.niveau else ""
