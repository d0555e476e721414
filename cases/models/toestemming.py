"""When the parents take back their toestemming, nothing new rests on it (DOMAIN 2.2)."""

import pgtrigger

from cases.models.base import refuse

WEG = "De ouders hebben hun toestemming ingetrokken. Leg niets nieuws vast."
DOSSIER = {  # SQL: the dossier of a new row
    "aanmelding": "NEW.aanmelding_id",
    "traject": "(SELECT t.aanmelding_id FROM cases_traject t WHERE t.id = NEW.traject_id)",
}


def weg(of, unless="FALSE"):
    """SQL: the parents have taken back their toestemming for the dossier of this row."""
    return (
        f"NOT ({unless}) AND EXISTS (SELECT FROM cases_aanmelding a WHERE a.id = {DOSSIER[of]}"
        " AND a.toestemming_weg_op IS NOT NULL)"
    )


def met_toestemming(of, unless="FALSE"):
    """A wall: no new row in a dossier of which the parents have taken back their toestemming."""
    return refuse("met_toestemming", weg(of, unless), WEG, pgtrigger.Insert)
