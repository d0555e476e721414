"""Is the history still what it was? Each link against its row, each row against its link, the end against an anchor.

Of a dossier that was destroyed the links are still there, and no row but the one that says so.

Works as the owner of the tables: nobody who logs in can read or write any of this.
"""

from django.db import connections

from cases.models import Beoordeling, Keten, Schakel
from cases.models.historie import HISTORY, LINKED

ROWS = {model._meta.db_table: "pgh_id" for model in HISTORY.values()} | {
    model._meta.db_table: "id" for model in (*LINKED, Beoordeling)
}
LINKS = """
WITH s AS (
    SELECT *, lag(hash, 1, '') OVER w AS voor, row_number() OVER w AS plaats
    FROM cases_schakel WINDOW w AS (PARTITION BY keten ORDER BY nr)
)
SELECT keten, nr, CASE
    WHEN nr <> plaats THEN 'een schakel ontbreekt'
    WHEN vorige <> voor THEN 'de volgorde klopt niet'
    ELSE 'de schakel is veranderd' END
FROM s WHERE nr <> plaats OR vorige <> voor
    OR hash <> schakelhash(ROW(id, keten, nr, op, door, tabel, rij, velden, inhoud, vorige, hash)::cases_schakel)
"""
ENDS = """
SELECT k.id, k.nr, 'het einde van de keten is weg' FROM cases_keten k
LEFT JOIN cases_schakel s ON s.keten = k.id AND s.nr = k.nr
WHERE k.hash IS DISTINCT FROM s.hash
    OR EXISTS (SELECT FROM cases_schakel x WHERE x.keten = k.id AND x.nr > k.nr)
UNION ALL
SELECT DISTINCT s.keten, 0, 'de keten heeft geen einde' FROM cases_schakel s
WHERE NOT EXISTS (SELECT FROM cases_keten k WHERE k.id = s.keten)
"""
PER_TABLE = """
SELECT s.keten, s.nr, 'de rij is weg: {table} ' || s.rij FROM cases_schakel s
LEFT JOIN {table} r ON r.{key}::text = s.rij WHERE s.tabel = '{table}' AND r.{key} IS NULL
    AND NOT EXISTS (SELECT FROM cases_vernietigd v WHERE v.id = s.keten AND '{table}' <> 'cases_vernietigd')
    AND NOT EXISTS (SELECT FROM cases_gewist g WHERE g.tabel = s.tabel AND g.rij = s.rij)
UNION ALL
SELECT s.keten, s.nr, 'de rij is veranderd: {table} ' || s.rij FROM cases_schakel s
JOIN {table} r ON r.{key}::text = s.rij
WHERE s.tabel = '{table}' AND s.inhoud <> vingerafdruk(to_jsonb(r), s.velden::text[])
UNION ALL
SELECT NULL, 0, 'een rij zonder schakel: {table} ' || r.{key} FROM {table} r
WHERE NOT EXISTS (SELECT FROM cases_schakel s WHERE s.tabel = '{table}' AND s.rij = r.{key}::text)
"""
NOW = """
SELECT NULL, 0, 'de rij is niet wat er het laatst van is vastgelegd: {table} ' || n.id FROM {table} n
LEFT JOIN (SELECT DISTINCT ON (id) * FROM {history} ORDER BY id, pgh_id DESC) h ON h.id = n.id
WHERE h.pgh_id IS NULL OR EXISTS (SELECT FROM jsonb_each(to_jsonb(n)) c
    WHERE to_jsonb(h) ? c.key AND to_jsonb(h) -> c.key IS DISTINCT FROM c.value)
"""
LEFT = """
SELECT s.keten, s.nr, 'het dossier is vernietigd, maar deze rij niet: {table} ' || s.rij FROM cases_schakel s
JOIN cases_vernietigd v ON v.id = s.keten JOIN {table} r ON r.{key}::text = s.rij
WHERE s.tabel = '{table}' AND '{table}' <> 'cases_vernietigd'
UNION ALL
SELECT s.keten, s.nr, 'de rij is gewist, maar er nog: {table} ' || s.rij FROM cases_schakel s
JOIN cases_gewist g ON g.tabel = s.tabel AND g.rij = s.rij JOIN {table} r ON r.{key}::text = s.rij
WHERE s.tabel = '{table}'
"""
GONE = """
SELECT NULL, 0, 'een rij is weg zonder dat het is vastgelegd: {table} ' || h.id
FROM (SELECT DISTINCT ON (id) id, pgh_label FROM {history} ORDER BY id, pgh_id DESC) h
WHERE h.pgh_label <> 'delete' AND NOT EXISTS (SELECT FROM {table} n WHERE n.id = h.id)
"""


def statements():
    yield LINKS
    yield ENDS
    for table, key in ROWS.items():
        yield PER_TABLE.format(table=table, key=key)
        yield LEFT.format(table=table, key=key)
    for model, history in HISTORY.items():
        for statement in (NOW, GONE):
            yield statement.format(table=model._meta.db_table, history=history._meta.db_table)


def faults(using="owner", anchor=()):
    """[(chain, number, what is wrong)]; nothing at all when all is as it was. `anchor`: lines of an earlier `ends`."""
    with connections[using].cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        found = []
        for statement in statements():
            cursor.execute(statement)
            found += cursor.fetchall()
    return found + cut(using, anchor)


def cut(using, anchor):
    """A chain that was cut or rewritten, its end included, shows only beside what was noted elsewhere before."""
    found = []
    for chain, nr, digest in map(str.split, filter(None, anchor)):
        if not Schakel.objects.using(using).filter(keten=chain, nr=nr, hash=digest).exists():
            found.append((chain, int(nr), "niet meer zoals bij het anker"))
    return found


def ends(using="owner"):
    """The anchor: a line with chain, number and digest for each chain. Keep it where the database cannot write."""
    return [f"{k.id} {k.nr} {k.hash}" for k in Keten.objects.using(using).order_by("id")]
