"""After a backup was put back: does every bijlage open, is the history still a chain, is it closed."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from cases import keten
from cases.forms.bestanden import keur
from cases.forms.bestanden.weigeren import Geweigerd
from cases.models import Aanmelding, Bijlage, Event
from cases.models.muren_bijlage import FINGERPRINT, LENGTH
from expertteam.actor import acting_as

MOST = 200  # that are opened as their reader would; the digest of every one is compared


def faults():
    """What is not as it was, in words; as the owner, who sees all, and as somebody without a name, who sees nothing."""
    with acting_as(AnonymousUser()):
        open_ = [f"{m.__name__} is te lezen zonder naam" for m in (Aanmelding, Event, Bijlage) if m.objects.exists()]
    with transaction.atomic(using="owner"):
        whole = Bijlage.objects.using("owner").exclude(scan=Bijlage.Scan.BESMET)
        changed = whole.exclude(sha256=FINGERPRINT, grootte=LENGTH).values_list("pk", flat=True)
        found = [f"bijlage {pk} is veranderd" for pk in changed]
        found += [
            f"bijlage {row.pk} gaat niet open" for row in whole.order_by("-op")[:MOST].iterator(10) if not opens(row)
        ]
        return open_ + found + [f"keten {chain}: {what}" for chain, _, what in keten.faults()]


def opens(bijlage):
    """Whether a reader of its kind understands it, and calls it what it is called."""
    try:
        soort, _ = keur(f"x.{bijlage.get_soort_display()}", bytes(bijlage.inhoud))
    except Geweigerd:
        return False
    return soort == bijlage.soort
