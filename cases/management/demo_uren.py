"""The hours and the money of the demo: a verdeling that was adjusted once, the experts, and the schooldelen."""

from expertteam.actor import acting_as
from schools.models import (
    Inzetafspraak,
    Kring,
    Leerlingaantal,
    Middelen,
    School,
    Schooldeel,
    Schooljaar,
    experts_in,
    leg_voor,
    stel_verdeling_vast,
    vandaag,
)

RUGZAKKEN = {"Merenwijk": 38, "Duinrand": 6}


def divide(p):
    """Coen divides the hours of this schooljaar over the kringen, and writes down what was agreed with the AED."""
    jaar = Schooljaar.objects.van(vandaag())
    with acting_as(p.Coen):
        leerlingen = Leerlingaantal.objects.per("school__team__kring", jaar.begin)
        kringen = {kring: (leerlingen[kring.pk], RUGZAKKEN[kring.naam]) for kring in Kring.objects.all()}
        for aed, waarom in [(600, ""), (640, "De AED heeft 40 uur meer.")]:
            stel_verdeling_vast(leg_voor(jaar.begin, p.Coen, aed, 60, kringen, waarom).pk)
        for plek in experts_in(jaar):
            Inzetafspraak.objects.create(schooljaar=jaar, expert_id=plek.user_id, team_id=plek.team_id, uren=160)
        middelen = Middelen.objects.create(schooljaar=jaar, per_leerling=100_00)
        for school in School.objects.filter(team__kring__naam="Merenwijk"):
            Schooldeel.objects.create(middelen=middelen, school=school, bedrag=2_500_00)
