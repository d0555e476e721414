"""People, and the aanstellingen that give them their rights."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from expertteam.gereed import DIE, bewaard
from schools.models.aanstellen import alleen_beheerder
from schools.models.jaar import vandaag
from schools.models.plaatsen import Expertteam, Kring, School


class Rol(models.TextChoices):
    IB = "ib", "IB-er"
    OS = "os", "Onderwijsspecialist"
    AB = "ab", "Ambulant begeleider"
    SBO = "sbo", "Expert SBO"
    GW = "gw", "Gedragswetenschapper"
    COORDINATOR = "coordinator", "Coördinator"
    COORDINATOR_AED = "coordinator_aed", "Coördinator AED"
    BEHEERDER = "beheerder", "Beheerder"


class Organisatie(models.TextChoices):
    SCHOOL = "school", "School"
    PPO = "ppo", "PPO"
    AED = "aed", "AED"
    VLIEGER = "vlieger", "SBO de Vlieger"


class Post(models.TextChoices):
    """How somebody hears of a step that another took."""

    DIRECT = "direct", "Meteen, bij elke stap"
    DAG = "dag", "Eén keer per dag, in één mail"
    NIET = "niet", "Niet"


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody who can log in. What he may do follows from the aanstellingen that are valid today, only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    voornaam = models.CharField(max_length=60)
    achternaam = models.CharField(max_length=80)
    telefoon = models.CharField(max_length=20, blank=True)
    organisatie = models.CharField(max_length=10, choices=Organisatie, default=Organisatie.SCHOOL)
    is_active = models.BooleanField("kan inloggen", default=True)
    post = models.CharField("mail bij een stap", max_length=10, choices=Post, default=Post.DIRECT)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["voornaam", "achternaam"]

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        ordering = ["achternaam", "voornaam"]
        triggers = [alleen_beheerder("email", "is_active")]
        constraints = [
            models.CheckConstraint(condition=Q(email=models.functions.Lower("email")), name="email_kleine_letters"),
            models.CheckConstraint(
                condition=Q(post__in=["direct", "dag", "niet"]),
                name="persoon_post",
                violation_error_message="Kies meteen, één keer per dag, of niet.",
            ),
        ]

    def __str__(self):
        return f"{self.voornaam} {self.achternaam}"

    @property
    def kort(self):
        """R. Visser: short enough for a table."""
        return f"{self.voornaam[:1]}. {self.achternaam}"

    @cached_property
    def rollen(self):
        """The roles somebody has today, anywhere: for the menu and the start page, never for a dossier."""
        return {aanstelling.rol for aanstelling in self.vandaag}

    @cached_property
    def vandaag(self):
        """The aanstellingen that give rights today, asked once per request."""
        mine = lambda: Aanstelling.objects.nu().filter(user=DIE).select_related("school", "team")  # noqa: E731
        return bewaard(("aanstellingen", vandaag()), mine).rijen({}, self.pk)

    @cached_property
    def namens(self):
        """The ambulant begeleiders whose work is his today: himself, and those for whom he stands in."""
        if Rol.AB not in self.rollen:
            return [self.pk]
        vervanging = self._meta.get_field("vervangt").related_model
        others = lambda: vervanging.objects.nu().filter(door=DIE).values_list("van_wie", flat=True)  # noqa: E731
        return [self.pk, *bewaard(("namens", vandaag()), others).rijen({}, self.pk)]

    def teams(self, rol):
        """The expertteams in which somebody has this role today."""
        return [aanstelling.team_id for aanstelling in self.vandaag if aanstelling.rol == rol]

    @property
    def verdeelt(self):
        """Coördinator of all kringen: he divides the hours and the money (A-28)."""
        return any(aanstelling.rol == Rol.COORDINATOR and not aanstelling.kring_id for aanstelling in self.vandaag)

    # What Django's admin asks. The beheerder keeps schools, teams and people, and sees no dossier.

    @property
    def is_staff(self):
        return Rol.BEHEERDER in self.rollen

    def has_module_perms(self, app_label):
        return app_label == "schools" and self.is_staff

    def has_perm(self, perm, obj=None):
        return self.has_module_perms(perm.split(".")[0])


class AanstellingQuerySet(models.QuerySet):
    def geldig(self, op=None):
        """Those that are valid on a day: today, if none is named."""
        op = op or vandaag()
        return self.filter(Q(tot=None) | Q(tot__gte=op), van__lte=op)

    def nu(self):
        """Those that give rights today: of people who can log in; a beheerder has no other role beside it (T20)."""
        beheer = Aanstelling.objects.geldig().filter(rol=Rol.BEHEERDER)
        return self.geldig().filter(Q(rol=Rol.BEHEERDER) | ~Q(user__in=beheer.values("user")), user__is_active=True)


PLAATS = {  # where somebody has a role
    Rol.IB: "school",
    Rol.OS: "team",
    Rol.AB: "team",
    Rol.SBO: "team",
    Rol.GW: None,
    Rol.COORDINATOR: "kring",  # or none: all kringen
    Rol.COORDINATOR_AED: None,
    Rol.BEHEERDER: None,
}
_bij_school = Q(rol=Rol.IB, school__isnull=False, team__isnull=True, kring__isnull=True)
_bij_team = Q(rol__in=[Rol.OS, Rol.AB, Rol.SBO], school__isnull=True, team__isnull=False, kring__isnull=True)
_bij_kring = Q(rol=Rol.COORDINATOR, school__isnull=True, team__isnull=True)
_overal = Q(
    rol__in=[Rol.GW, Rol.COORDINATOR_AED, Rol.BEHEERDER], school__isnull=True, team__isnull=True, kring__isnull=True
)


class Aanstelling(models.Model):
    """A person has a role at a place, from a day until a day. Cover is an aanstelling with an end."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="aanstellingen", verbose_name="persoon")
    rol = models.CharField(max_length=20, choices=Rol)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="aanstellingen")
    team = models.ForeignKey(
        Expertteam, on_delete=models.PROTECT, null=True, blank=True, related_name="aanstellingen",
        verbose_name="expertteam",
    )  # fmt: skip
    kring = models.ForeignKey(Kring, on_delete=models.PROTECT, null=True, blank=True, related_name="aanstellingen")
    clusters = models.CharField(max_length=20, blank=True, help_text="Bijvoorbeeld 3 of 3, 4.")
    expertise = models.CharField(max_length=200, blank=True)
    van = models.DateField(default=vandaag)
    tot = models.DateField("tot en met", null=True, blank=True)
    vastgelegd_op = models.DateTimeField(null=True, editable=False)  # the last change; by the database
    vastgelegd_door = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = AanstellingQuerySet.as_manager()
    KEEPS = ("INSERT", "UPDATE", "DELETE")  # see aanstellen.py

    class Meta:
        verbose_name_plural = "aanstellingen"
        ordering = ["user", "rol", "van"]
        indexes = [models.Index(fields=["user", "rol"])]
        constraints = [
            models.CheckConstraint(
                condition=_bij_school | _bij_team | _bij_kring | _overal,
                name="aanstelling_rol_en_plaats",
                violation_error_message="Een IB-er hoort bij een school; een onderwijsspecialist, ambulant begeleider "
                "of expert SBO bij een expertteam; een coördinator bij een kring of bij alle kringen.",
            ),
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                name="aanstelling_van_tot",
                violation_error_message="De einddatum moet op of na de begindatum liggen.",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_rol_display()} · {self.school or self.team or self.kring or 'overal'}"
