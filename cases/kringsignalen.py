"""What asks for attention in a kring: its hours are nearly gone, or gone (A-19, A-22)."""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from cases.afstemmen import met_afstemming, te_lang_geleden
from cases.gebruik import alleen_gebruikt, own_kringen
from cases.signalen import Aandacht, Rij
from cases.tempo import uren
from schools.models import Kring, Schooljaar, vandaag

BIJNA = "{procent} % van de uren is gebruikt: {gebruikt} van de {vastgesteld}."
OP = "De uren zijn op: {gebruikt} van de {vastgesteld} gebruikt. Bespreek de inzet in de afstemming van de IB-ers."


def van_kringen(gebruiken):
    """The kringen of which so much was used, the fullest first."""
    full = [g for g in gebruiken if g.vol or (g.procent or 0) >= settings.SIGNAAL_UREN_PROCENT]
    rijen = [rij(g) for g in sorted(full, key=lambda g: (-(g.procent or 100), g.kring.naam))]
    return Aandacht(rijen, 0)


def rij(g):
    said = (OP if g.vol else BIJNA).format(
        procent=g.procent, gebruikt=uren(g.gebruikt), vastgesteld=uren(g.vastgesteld)
    )
    return Rij(f"Kring {g.kring}", said, "Bekijk de uren", f"{reverse('kringen')}?{urlencode({'kring': g.kring})}")


def erbij(aandacht, user, kalender):
    """For the worklist, in one statement more: (first the kringen, then the dossiers; where an afstemming is due)."""
    own = met_afstemming(Kring.objects.filter(pk__in=own_kringen(user).values("pk")))
    gebruiken = alleen_gebruikt(own, Schooljaar.of(vandaag()))
    rijen = [*van_kringen(gebruiken).rijen, *aandacht.rijen]
    return replace(aandacht, rijen=rijen), te_lang_geleden([g.kring for g in gebruiken], kalender)
