import hashlib
import secrets
import uuid

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class Verzoek(models.Model):
    """One unsafe request, known by its one-time key: the same key twice gives the same answer and one effect."""

    sleutel = models.UUIDField(primary_key=True, default=uuid.uuid4)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    inhoud = models.CharField(max_length=64)  # digest: another text under the same key is another request
    antwoord = models.CharField(max_length=500, blank=True)
    op = models.DateTimeField(auto_now_add=True)


class SessieQuerySet(models.QuerySet):
    def geldig(self):
        """Those that can still be used."""
        return self.filter(expire_date__gt=timezone.now())


class Sessie(AbstractBaseSession):
    """A browser in which somebody has logged in, or in which a text waits for a login."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessies")
    sinds = models.DateTimeField(null=True)
    gezien = models.DateTimeField(null=True)
    browser = models.CharField(max_length=60, blank=True)

    objects = BaseSessionManager.from_queryset(SessieQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, sinds__isnull=True, gezien__isnull=True)
                | models.Q(user__isnull=False, sinds__isnull=False, gezien__isnull=False),
                name="sessie_van_iemand_sinds",
                violation_error_message="Een sessie van iemand heeft een begin.",
            )
        ]

    @property
    def naam(self):
        """What a page may show: the key itself is as good as a password."""
        return salted_hmac("sessie", self.session_key, algorithm="sha256").hexdigest()[:32]


class NietVerstuurd(models.Model):
    """Why a mail did not leave: it is tried again, waits for the beheerder, or lapsed. Gone when it did leave."""

    class Waarom(models.TextChoices):
        WEG = "weg", "De mailserver is niet bereikbaar."
        DRUK = "druk", "De mailserver neemt de mail nu niet aan."
        INLOG = "inlog", "De mailserver weigert ons wachtwoord."
        ADRES = "adres", "De mailserver kent dit e-mailadres niet."
        GEWEIGERD = "geweigerd", "De mailserver weigert deze mail."
        FOUT = "fout", "Er ging iets mis in Expertteam."
        ACCOUNT = "account", "Het account staat uit."
        MAG_NIET = "mag_niet", "Deze persoon mag het niet meer zien."
        KEUZE = "keuze", "Deze persoon wil geen mail meer."
        VOORBIJ = "voorbij", "Er was al iets nieuws."

    LAPSED = ("account", "mag_niet", "keuze", "voorbij")
    taak = models.BigIntegerField(primary_key=True)  # the job in the queue
    waarom = models.CharField(max_length=10, choices=Waarom)
    sinds = models.DateTimeField(auto_now_add=True)
    laatst = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(waarom__in=["weg", "druk", "inlog", "adres", "geweigerd", "fout", "account",
                                               "mag_niet", "keuze", "voorbij"]),
                name="niet_verstuurd_waarom",
                violation_error_message="Zeg waarom de mail niet is verstuurd.",
            )
        ]  # fmt: skip


class Agendasleutel(models.Model):
    """The secret address at which somebody's own calendar reads his appointments; only its digest is kept."""

    wie = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    sleutel = models.CharField(max_length=64, unique=True)
    sinds = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sleutel__regex="^[0-9a-f]{64}$"),
                name="agendasleutel_versleuteld",
                violation_error_message="Van een geheim adres bewaren we alleen de afdruk.",
            )
        ]

    @classmethod
    def maak(cls, user):
        """A new one, told once; the one of before is void."""
        sleutel = secrets.token_urlsafe(32)
        cls.objects.update_or_create(wie=user, defaults={"sleutel": cls.afdruk(sleutel)})
        return sleutel

    @staticmethod
    def afdruk(sleutel):
        return hashlib.sha256(sleutel.encode()).hexdigest()
