"""The hours of the demo: a verdeling that is fixed, and was adjusted once."""

from expertteam.actor import acting_as
from schools.models import Kring, Leerlingaantal, Schooljaar, leg_voor, stel_verdeling_vast, vandaag

RUGZAKKEN = {"Merenwijk": 38, "Duinrand": 6}


def divide(p):
    """Coen divides the hours of this schooljaar over the kringen."""
    begin = Schooljaar.of(vandaag()).begin
    with acting_as(p.Coen):
        leerlingen = Leerlingaantal.objects.per("school__team__kring", begin)
        kringen = {kring: (leerlingen[kring.pk], RUGZAKKEN[kring.naam]) for kring in Kring.objects.all()}
        for aed, waarom in [(600, ""), (640, "De AED heeft 40 uur meer.")]:
            stel_verdeling_vast(leg_voor(begin, p.Coen, aed, 60, kringen, waarom).pk)
