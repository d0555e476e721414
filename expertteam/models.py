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
