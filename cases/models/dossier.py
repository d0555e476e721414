"""Which rows are of a dossier: said here only, for who destroys one and for who hands one over.

A table that points at a dossier and is not in here, fails the build.
"""

from cases.models.aanmelding import Aanmelding
from cases.models.afspraak import Afspraak
from cases.models.afstemming import Afstemmingsbesluit
from cases.models.betrokken import Betrokkene, Jeugdhulp
from cases.models.consult import Consult
from cases.models.contact import Contactmoment
from cases.models.event import Event
from cases.models.inzage import Beoordeling, Inzage, InzageMetReden
from cases.models.klas import Dagdeel, ExpertiseInDeKlas
from cases.models.offerte import Offerte
from cases.models.overleg import Agendapunt, Overleg
from cases.models.route import Route
from cases.models.stukken import Advies, Bijlage, Vraag
from cases.models.traject import Traject
from cases.models.verhaal import Verhaal

DIRECT = "{} = ANY (welke)"  # SQL, with welke: the dossiers
TRAJECTEN = f"SELECT t.id FROM cases_traject t WHERE {DIRECT.format('t.aanmelding_id')}"
VIA_TRAJECT = f"traject_id IN ({TRAJECTEN})"
ROWS = {  # model: which of its rows; what points at another stands before it
    Dagdeel: f"klas_id IN (SELECT k.id FROM cases_expertiseindeklas k WHERE k.{VIA_TRAJECT})",
    ExpertiseInDeKlas: VIA_TRAJECT,
    Contactmoment: VIA_TRAJECT,
    Advies: VIA_TRAJECT,
    Betrokkene: VIA_TRAJECT,
    Jeugdhulp: VIA_TRAJECT,
    Consult: VIA_TRAJECT,
    Verhaal: VIA_TRAJECT,
    Afspraak: DIRECT.format("aanmelding_id"),
    Agendapunt: DIRECT.format("aanmelding_id"),
    Route: DIRECT.format("aanmelding_id"),
    Vraag: DIRECT.format("aanmelding_id"),
    Bijlage: DIRECT.format("aanmelding_id"),
    Afstemmingsbesluit: DIRECT.format("aanmelding_id"),
    Event: DIRECT.format("dossier_id"),
    Beoordeling: "inzage_id IN (SELECT i.id FROM cases_inzage i WHERE i.dossiers && welke)",
    Inzage: "dossiers && welke",
    InzageMetReden: DIRECT.format("dossier_id"),
    Traject: DIRECT.format("aanmelding_id"),
    Aanmelding: DIRECT.format("id"),
}
MEETING = {Overleg}  # about more than one dossier: goes with the last of them
NOT_OF_IT = {Offerte: "aanmelding_id"}  # the school's, and not about a leerling: it stays, without the dossier
