"""What is known of an earlier traject, for who goes on with it and has no role in that dossier itself (B-14).

Shown to who sees the earlier traject itself, and from the overdracht on to who sees all of the new one: an expert who
is brought in, helps with what is asked now.
"""

from dataclasses import dataclass

from django.db import connection

from cases.models.aanmelding import Aanmelding
from cases.models.base import SEEN
from cases.models.zicht import in_traject

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION voortraject(welke uuid) RETURNS TABLE (dossier uuid, nummer text, doel text, opbrengst text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.id, e.nummer, t.doel, t.opbrengst
    FROM cases_aanmelding a JOIN cases_traject t ON t.id = a.eerder_traject_id
    JOIN cases_aanmelding e ON e.id = t.aanmelding_id
    WHERE a.id = welke AND ({in_traject("t.id", "traject")} OR EXISTS (SELECT FROM cases_traject n
        WHERE n.aanmelding_id = a.id AND n.overdracht_op IS NOT NULL AND {in_traject("n.id", "overleg")}))
$$;
"""


@dataclass(frozen=True)
class Voortraject:
    dossier: object
    nummer: str
    doel: str
    opbrengst: str


def voortraject(aanmelding):
    """The earlier traject of this aanmelding, or None; who reads of it leaves a trace with that dossier too."""
    if not aanmelding.eerder_traject_id:
        return None
    with connection.cursor() as cursor:
        cursor.callproc("voortraject", [aanmelding.pk])
        row = cursor.fetchone()
    if row and (seen := SEEN.get()) is not None:
        seen.append(Aanmelding(pk=row[0]))
    return row and Voortraject(*row)
