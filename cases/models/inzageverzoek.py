"""One dossier, whole, for who asks what is kept of him (AVG art. 15): every row, every column that is not withheld.

The database gathers it, past what one role sees; it looks for itself who asks.
"""

import json

from django.db import connection

from cases.models.afstemming import Afstemmingsbesluit
from cases.models.dossier import ROWS
from cases.models.historie import HISTORY
from cases.models.inzage import Beoordeling, Inzage
from cases.models.overleg import Overleg
from cases.models.stukken import Bijlage

ALWAYS = ["versie"]  # withheld: a counter
WITHHELD = {  # and why; docs/gegevens.csv says it of each column
    Bijlage: ["inhoud", "sha256"],  # the file itself is beside it
    Inzage: ["keten", "pagina", "dossiers"],  # other dossiers that stood in the same list
}
NOT_HIS = {Beoordeling}  # what a coördinator thinks of a colleague
GIVEN = [model for model in ROWS if model not in NOT_HIS] + [Overleg]
ANDEREN = "Dit verslag gaat ook over andere leerlingen. Geef het zelf, zonder hen."
MEETINGS = "id IN (SELECT p.overleg_id FROM cases_agendapunt p WHERE p.aanmelding_id = welk)"
SHARED = (
    "CASE WHEN EXISTS (SELECT FROM cases_agendapunt p WHERE p.overleg_id = r.id AND p.aanmelding_id <> welk)"
    f" THEN jsonb_build_object('verslag', '{ANDEREN}', 'verslag_url', '') ELSE '{{}}' END"
)


def without(model):
    """SQL: the columns that are withheld, as an array."""
    return f"'{{{','.join(ALWAYS + WITHHELD.get(model, []))}}}'::text[]"


def rows(model):
    """SQL: the rows of the dossier of one model, as json."""
    plus, where = (f" || {SHARED}", MEETINGS) if model is Overleg else ("", ROWS.get(model))
    one = f"to_jsonb(r) - {without(model)}{plus}"
    return f"(SELECT coalesce(jsonb_agg({one}), '[]') FROM {model._meta.db_table} r WHERE {where})"


def was(model, history):
    """SQL: what they were before, when, and by whom it was changed."""
    table = history._meta.db_table
    return (
        f"SELECT s.nr, '{model.__name__}' AS van, h.pgh_label AS wat, s.op, s.door,"
        f" to_jsonb(h) - {without(model)} - '{{pgh_id,pgh_created_at,pgh_label}}'::text[] AS rij"
        f" FROM cases_schakel s JOIN {table} h ON h.pgh_id = s.rij::bigint WHERE s.keten = welk AND s.tabel = '{table}'"
    )


PARTS = ", ".join(f"'{model.__name__}', {rows(model)}" for model in GIVEN)
BEFORE = " UNION ALL ".join(was(m, h) for m, h in HISTORY.items() if m in ROWS and m is not Afstemmingsbesluit)
FUNCTIONS = f"""
-- who answers an inzageverzoek: the onderwijsspecialist, a coördinator, or a coördinator who said why he looks
CREATE OR REPLACE FUNCTION beantwoordt_verzoek(welk uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT welk = ANY (ARRAY(SELECT dossiers('{{os,coordinator}}')))
        OR welk = ANY (ARRAY(SELECT dossiers('{{reden}}'))) AND EXISTS (SELECT FROM aangesteld('coordinator'))
$$;

CREATE OR REPLACE FUNCTION dossier_als_geheel(welk uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    welke uuid[] := ARRAY[welk];
BEGIN
    IF NOT beantwoordt_verzoek(welk) THEN
        RETURN NULL;
    END IF;
    RETURN jsonb_build_object({PARTS}, 'geschiedenis',
        (SELECT coalesce(jsonb_agg(to_jsonb(x) - 'nr' ORDER BY x.nr), '[]') FROM ({BEFORE}) x));
END
$$;
"""


def geheel(aanmelding):
    """{model: [row]}, and "geschiedenis"; None for who does not answer such a request."""
    with connection.cursor() as cursor:
        cursor.callproc("dossier_als_geheel", [aanmelding.pk])
        found = cursor.fetchone()[0]
    return found and json.loads(found)
