"""What the product itself would have left behind: events, every version of every row, who looked, and the chain."""

from bench.maat.dossiers import RANG
from bench.maat.vullen import into
from cases import models as c
from cases.models.historie import HISTORY, TRACKED

STEPS = """(VALUES (1, 'overleg', 'voorbereiding', 'voorbereiding', 0.0), (2, 'starten', 'voorbereiding', 'waarnemen',
    0.0), (3, 'waargenomen', 'waarnemen', 'begrijpen', .15), (4, 'begrepen', 'begrijpen', 'plannen', .3), (5, 'plannen',
    'plannen', 'uitvoeren', .4), (6, 'evalueren_ab', 'uitvoeren', 'evaluatie', .9), (7, 'afsluiten_ab', 'evaluatie',
    'afgesloten', 1.0)) s (nr, step, source, target, deel)"""
SHORT = """(VALUES (6, 'evalueren', 'lopend', 'evaluatie', .9), (7, 'afsluiten', 'evaluatie', 'afgesloten', 1.0))
    s (nr, step, source, target, deel)"""
MOMENT = "least(t.begin + interval '9 hours' + interval '1 day' * t.duur * {}, now())"


def events():
    """The steps of aanmelding and traject, and every visit."""
    d = {"dossier_id": "d.id", "kind": "'aanmelding'", "object_id": "d.id"}
    yield into(
        c.Event,
        "maat.dossier d",
        **d,
        step="'indienen'",
        source="'concept'",
        target="'ingediend'",
        by_id="d.ib",
        at="d.op",
    )
    yield into(
        c.Event,
        "maat.dossier d WHERE d.state NOT IN ('ingediend', 'ingetrokken')",
        **d,
        step="CASE d.soort WHEN 'complex' THEN 'oppakken_ab' ELSE 'oppakken' END",
        source="'ingediend'",
        target="'opgepakt'",
        by_id="CASE d.soort WHEN 'complex' THEN d.ab ELSE d.os END",
        at="least(d.contact + interval '11 hours', now())",
    )
    yield into(
        c.Event,
        "maat.dossier d WHERE d.state NOT IN ('ingediend', 'opgepakt')",
        **d,
        target="d.state",
        step="CASE d.state WHEN 'gestart' THEN CASE d.soort WHEN 'basis' THEN 'starten_basis' WHEN 'licht' THEN"
        " 'starten_licht' ELSE 'gestart' END WHEN 'afgerond' THEN 'afronden' WHEN 'doorgezet' THEN 'doorzetten'"
        " ELSE 'intrekken' END",
        source="CASE d.state WHEN 'ingetrokken' THEN 'ingediend' ELSE 'opgepakt' END",
        by_id="CASE d.state WHEN 'ingetrokken' THEN d.ib ELSE d.os END",
        at="least(d.contact + interval '3 days', now())",
    )
    t = {"dossier_id": "t.id", "kind": "'traject'", "object_id": "t.tid", "by_id": "t.uitvoerder"}
    for steps, which in ((STEPS, "= 'complex'"), (SHORT, "<> 'complex'")):
        stopped = "CASE WHEN s.nr = 7 AND t.tstate = 'gestopt' THEN {} ELSE {} END"
        yield into(
            c.Event,
            f"maat.traject t JOIN {steps} ON s.nr <= {RANG} WHERE t.soort {which}",
            **t,
            step=stopped.format("'stoppen'", "s.step"),
            source="s.source",
            target=stopped.format("'gestopt'", "s.target"),
            at=MOMENT.format("s.deel"),
        )
    yield into(
        c.Event,
        "maat.traject t CROSS JOIN LATERAL generate_series(1, t.bezoeken) k",
        **t,
        step="'bezoek'",
        source="'lopend'",
        target="'lopend'",
        at=MOMENT.format("(k - .5) / t.bezoeken * t.gedaan"),
    )
    yield into(
        c.Event,
        "cases_route r JOIN maat.dossier d ON d.id = r.aanmelding_id WHERE r.state <> 'verkennen'",
        dossier_id="r.aanmelding_id",
        kind="'route'",
        object_id="r.id",
        step="r.state",
        source="'verkennen'",
        target="r.state",
        by_id="d.os",
        at="r.gemaakt_op + interval '60 days'",
    )


STAMP = {  # when a row was made, where it is not `op`
    c.Aanmelding: "coalesce(r.ingediend_op, r.gewijzigd_op)", c.Traject: "r.gemaakt_op",
    c.Contactmoment: "r.vastgelegd_op", c.Vraag: "r.gesteld_op", c.Route: "r.gemaakt_op",
}  # fmt: skip


def versions(model):
    """A row of history for each version there was; the last is what it is now."""
    history = HISTORY[model]
    columns = [f.column for f in history._meta.concrete_fields if not f.column.startswith("pgh_")]
    counted = "versie" in columns
    values = {name: f'r."{name}"' for name in columns}
    source = f"{model._meta.db_table} r" + (" CROSS JOIN LATERAL generate_series(0, r.versie) v" if counted else "")
    stamp = STAMP.get(model, "r.op" if "op" in columns else "r.datum" if "datum" in columns else "now()")
    label = "'insert'"
    if counted:
        stamp = f"least({stamp} + interval '6 hours' * v, now())"
        label = "CASE WHEN v = 0 THEN 'insert' ELSE 'update' END"
        values["versie"] = "v"
        if model is c.Aanmelding:
            values["state"] = "CASE WHEN v = r.versie THEN r.state WHEN v < 2 THEN 'concept' ELSE 'ingediend' END"
    return into(history, source, **values, pgh_created_at=stamp, pgh_label=label)


def looked():
    """Nine times in each dossier, by those who work in it; and twenty lists of each who has one."""
    who = "CASE k % 3 WHEN 0 THEN d.ib WHEN 1 THEN d.os ELSE CASE WHEN d.met_ab THEN d.ab ELSE d.os END END"
    yield into(
        c.Inzage,
        "maat.dossier d CROSS JOIN generate_series(1, 9) k",
        op="least(d.op + interval '5 days' * k, now())",
        door_id=who,
        keten="d.id",
        dossiers="ARRAY[d.id]",
        als="(ARRAY['IB-er', 'Onderwijsspecialist', 'Ambulant begeleider'])[1 + k % 3]",
        namens="'Team'",
        deel="CASE WHEN k % 4 = 0 THEN 'stap' ELSE 'dossier' END",
        pagina="CASE WHEN k % 4 = 0 THEN 'step' ELSE 'detail' END",
        waarom="(ARRAY['Eigen werk als IB-er', 'Eigen werk als Onderwijsspecialist', 'Eigen werk als Ambulant"
        " begeleider'])[1 + k % 3]",
    )
    for role, page in (("os", "werklijst"), ("ib", "mijn_aanmeldingen"), ("ab", "vandaag")):
        lists = (
            f"(SELECT d.{role} AS wie, (array_agg(d.id ORDER BY d.oud))[1:30] AS wat FROM maat.dossier d GROUP BY 1)"
        )
        yield into(
            c.Inzage,
            f"{lists} l CROSS JOIN generate_series(1, 20) k WHERE l.wie IS NOT NULL",
            op="now() - interval '1 day' * k",
            door_id="l.wie",
            keten="l.wie",
            dossiers="l.wat",
            als="'Eigen rol'",
            namens="'Team'",
            deel="'lijst'",
            pagina=f"'{page}'",
            waarom="'Lijst van eigen werk'",
        )


KETEN = """
CREATE UNLOGGED TABLE maat.schakel (keten uuid, op timestamptz, door uuid, tabel smallint, rij bigint, inhoud text);
CREATE TABLE maat.tabel (nr smallint, naam text, velden text[]);
CREATE FUNCTION maat.verder(tot text, deel text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
    RETURN encode(sha256(convert_to(deel || tot || '"}', 'UTF8')), 'hex'); END $$;
CREATE AGGREGATE maat.hash(text) (SFUNC = maat.verder, STYPE = text, INITCOND = '');
"""
KEYS = [
    f"CREATE INDEX maat_{n} ON cases_{n} (id)" for n in ("traject", "expertiseindeklas", "inzage")
]  # to find chains
NO_KEYS = [f"DROP INDEX maat_{n}" for n in ("traject", "expertiseindeklas", "inzage")]
LINK = """
INSERT INTO maat.schakel SELECT {keten}, {op}, {door}, {nr}, r.{key},
    encode(sha256(convert_to(to_jsonb(r)::text, 'UTF8')), 'hex') FROM {table} r
"""
# the text that `schakelhash` makes of a link ends with the hash before it: so each is one step of an aggregate
CHAIN = """
INSERT INTO cases_schakel (keten, nr, op, door, tabel, rij, velden, inhoud, vorige, hash)
SELECT keten, nr, op, door, naam, rij::text, velden, inhoud, lag(hash, 1, '') OVER w, hash FROM (
    SELECT *, maat.hash(left(jsonb_build_object('keten', keten, 'nr', nr, 'op', op, 'door', door, 'tabel', naam, 'rij',
        rij::text, 'velden', velden, 'inhoud', inhoud)::text, -1) || ', "vorige": "') OVER w AS hash FROM (
        SELECT s.*, t.naam, t.velden, row_number() OVER w AS nr FROM maat.schakel s JOIN maat.tabel t ON t.nr = s.tabel
        WHERE (hashtextextended(s.keten::text, 7) & 1) = {half}
        WINDOW w AS (PARTITION BY keten ORDER BY op, tabel, rij)) a
    WINDOW w AS (PARTITION BY keten ORDER BY op, tabel, rij)) b
WINDOW w AS (PARTITION BY keten ORDER BY op, tabel, rij)
"""
ENDS = "INSERT INTO cases_keten (id, nr, hash) SELECT DISTINCT ON (keten) keten, nr, hash FROM cases_schakel"
ENDS += " ORDER BY keten, nr DESC"


def links():
    """[SQL] for the digest of each row, with the chain it belongs to."""
    rows = [(c.Event, "coalesce(r.dossier_id, r.object_id)", "r.at", "r.by_id", "id"),
            (c.Inzage, "r.keten", "r.op", "r.door_id", "id")]  # fmt: skip
    for model, chain in TRACKED.items():
        names = {f.column for f in model._meta.concrete_fields}
        door = next((f"r.{name}" for name in ("door_id", "uitvoerder_id") if name in names), "NULL::uuid")
        rows.append((HISTORY[model], chain.replace("NEW.", "r."), "r.pgh_created_at", door, "pgh_id"))
    for nr, (model, keten, op, door, key) in enumerate(rows):
        table = model._meta.db_table
        yield (
            f"INSERT INTO maat.tabel SELECT {nr}, '{table}', ARRAY(SELECT k FROM (SELECT"
            f" jsonb_object_keys(to_jsonb(r)) k FROM {table} r WHERE r.{key} = (SELECT min({key}) FROM {table})) x"
            " ORDER BY k)",
            LINK.format(keten=keten, op=op, door=door, nr=nr, key=key, table=table),
        )
