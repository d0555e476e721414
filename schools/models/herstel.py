"""Somebody lost the phone: another person takes the second step of logging in away, and says why."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from schools.models.mensen import User


class HerstelTweedeFactor(models.Model):
    """Who took whose second step away, when and why. It is never changed and never deleted."""

    door = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    voor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    waarom = models.TextField(
        max_length=500,
        validators=[MinLengthValidator(10, "Schrijf in een zin waarom. Bijvoorbeeld: telefoon kwijt, zelf gebeld.")],
    )
    op = models.DateTimeField(auto_now_add=True)
    KEEPS = ("UPDATE", "DELETE")

    class Meta:
        verbose_name = "herstel van de tweede stap"
        verbose_name_plural = "herstel van de tweede stap"
        ordering = ["-op"]
        constraints = [
            models.CheckConstraint(condition=~Q(door=F("voor")), name="herstel_nooit_jezelf"),
            models.CheckConstraint(condition=GreaterThanOrEqual(Length("waarom"), 10), name="herstel_met_reden"),
        ]

    def __str__(self):
        return f"{self.voor}, door {self.door}"
