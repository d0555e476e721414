"""What happens: one file per object."""

from cases.models.aanbod import Aanbod, Deelname
from cases.models.aanmelding import Aanmelding
from cases.models.afspraak import Afspraak
from cases.models.afstemming import Afstemming, Afstemmingsbesluit
from cases.models.betrokken import Betrokkene, Jeugdhulp
from cases.models.bewaren import Gewist, Restant, Vernietigd, Vernietiging
from cases.models.consult import Consult
from cases.models.contact import Contactmoment
from cases.models.event import Event
from cases.models.historie import Keten, Schakel
from cases.models.inzage import Beoordeling, Inzage, InzageMetReden
from cases.models.keuzes import Niveau, Reden, Soort, Werk
from cases.models.klas import Dagdeel, ExpertiseInDeKlas, Voorwaarde
from cases.models.offerte import Offerte, Offerteregel, Offertewerk
from cases.models.openvraag import Besluitregel, OpenVraag, Schooluren
from cases.models.overleg import Agendapunt, Overleg
from cases.models.route import Route
from cases.models.stukken import Advies, Bijlage, Vraag
from cases.models.tellen import TelAanmelding, TelContact, TelGebeurtenis, TelTraject, TelVerhaal
from cases.models.teluren import TelDag, TelInzet
from cases.models.termijn import AanDeBeurt
from cases.models.traject import Traject
from cases.models.verhaal import Verhaal

__all__ = [
    "Aanmelding", "Advies", "Afspraak", "Agendapunt", "Beoordeling", "Betrokkene", "Bijlage", "Consult",
    "Contactmoment", "Dagdeel", "Event", "ExpertiseInDeKlas", "Inzage", "InzageMetReden", "Jeugdhulp", "Keten",
    "Niveau", "Offerte", "Offerteregel", "Offertewerk", "Overleg", "Reden", "Route", "Schakel", "Soort",
    "TelAanmelding", "TelContact", "TelDag", "TelGebeurtenis", "TelInzet", "TelTraject", "TelVerhaal", "Traject",
    "Verhaal", "Voorwaarde", "Vraag", "Werk",
    "AanDeBeurt", "Gewist", "Restant", "Vernietigd", "Vernietiging",
    "Aanbod", "Deelname", "Afstemming", "Afstemmingsbesluit", "Besluitregel", "OpenVraag", "Schooluren",
]  # fmt: skip
