import uuid

from django.conf import settings
from django.db import models


class Verzoek(models.Model):
    """One unsafe request, known by its one-time key: the same key twice gives the same answer and one effect."""

    sleutel = models.UUIDField(primary_key=True, default=uuid.uuid4)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    inhoud = models.CharField(max_length=64)  # digest: another text under the same key is another request
    antwoord = models.CharField(max_length=500, blank=True)
    op = models.DateTimeField(auto_now_add=True)
