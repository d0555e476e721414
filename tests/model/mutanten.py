"""Small faults in the table: each is a werkwijze that is not the one that was agreed upon."""

from cases.engine import nothing
from cases.roles import Role

IB, OS, AB, TEAM, EXPERT = Role.IB, Role.OS, Role.AB, Role.TEAM, Role.EXPERT


def meer(veld, *extra):
    """These are added to a set of the row."""
    return lambda step: {veld: getattr(step, veld) | {*extra}}


def minder(veld, *weg):
    return lambda step: {veld: getattr(step, veld) - {*weg}}


def anders(**velden):
    return lambda step: velden


# kind, step, what is wrong with it, with which beginnings it can be seen
MUTANTEN = [
    # another who
    ("aanmelding", "oppakken", meer("by", IB), "verstuurd"),
    ("aanmelding", "andere_setting", minder("by", AB), "begonnen onderweg"),
    ("traject", "starten", meer("by", OS), "klaar"),
    ("traject", "waargenomen", meer("by", IB), "begonnen"),
    ("traject", "adviseren", minder("by", EXPERT), "expert"),
    ("traject", "begrepen", meer("by", OS), "begrijpen"),
    ("traject", "betrekken", minder("by", Role.UITVOERDER), "begonnen"),
    ("route", "loopt", meer("by", AB), "begonnen voortraject"),
    ("expertiseindeklas", "akkoord_os", meer("by", AB), "klas_nieuw"),
    ("offerte", "uitbrengen", meer("by", IB), "offerte"),
    ("agendapunt", "voorbereiden", minder("by", IB), "ot ot_groep"),
    ("afspraak", "gedaan", meer("by", IB), "ot"),
    # another where to
    ("aanmelding", "afronden", anders(to="doorgezet"), "licht"),
    ("route", "blijft", anders(to="gestopt"), "route"),
    ("traject", "waargenomen", anders(to="plannen"), "bezocht"),
    ("offerte", "akkoord", anders(to="niet_akkoord"), "offerte"),
    # a guard less
    ("traject", "waargenomen", anders(needs=nothing), "begonnen"),
    ("traject", "afschrift", anders(needs=nothing), "onderweg"),
    ("aanmelding", "andere_setting", anders(needs=nothing), "licht klas"),
    ("aanmelding", "toestemming_terug", anders(needs=nothing), "verstuurd"),
    ("aanmelding", "opp", anders(needs=nothing), "klas licht"),
    ("expertiseindeklas", "afronden", anders(needs=nothing), "vol"),
    ("expertiseindeklas", "akkoord_os", anders(needs=nothing), "klas_nieuw"),
    ("overleg", "verslag", anders(fits=nothing), "ot"),
    ("agendapunt", "afspreken", anders(fits=nothing), "ot"),
    ("traject", "doorzetten", anders(despite=True), "begonnen"),
    ("traject", "evalueren_ab", anders(despite=False), "onderweg"),
    # a question less
    ("traject", "stoppen", anders(reason=False), "begonnen"),
    ("traject", "plannen", anders(asks=("doel",)), "plannen"),
    ("traject", "adviseren_os", anders(only=set()), "evaluatie"),
    ("aanmelding", "gesprek", anders(only=set()), "verstuurd"),
    # somebody who does not hear of it, or who does
    ("aanmelding", "indienen", minder("tells", TEAM), "vers"),
    ("aanmelding", "oppakken", meer("tells", OS, TEAM), "verstuurd"),
    ("traject", "begrepen", minder("tells", IB), "begrijpen"),
    ("overleg", "afzeggen", anders(also=nothing), "ot"),
    ("consult", "beantwoorden", anders(tells=set()), "begonnen"),
    ("offerte", "uitbrengen", meer("tells", OS), "offerte"),
    # somebody who does not wait for it, or who does
    ("traject", "overdragen", anders(aside=True), "voortraject"),
    ("aanmelding", "oppakken", anders(waits={}), "verstuurd"),
]
