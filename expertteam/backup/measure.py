"""What a database holds and what guards it, in numbers and digests that do not depend on where it stands."""

import hashlib
import re

SAME = """SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL search_path = pg_catalog;
SET LOCAL row_security = off; SET LOCAL statement_timeout = 0"""  # a policy that hides rows is then an error
OURS = "nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_(toast|temp)'"
NAMES = f"""SELECT format('%I.%I', nspname, relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'p') AND {OURS} ORDER BY 1"""
ROWS = """SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(rij_::text, 'UTF8')), 'hex'), 16))
    ::bit(64)::bigint::numeric), 0)::text FROM {} rij_"""
ACL = "(SELECT string_agg(x::text, ' ' ORDER BY x::text) FROM unnest({}) x)"
IN = f"JOIN pg_namespace n ON n.oid = {{}} WHERE {OURS}"
GUARDS = {  # what: SQL with (name, definition)
    "table": f"""SELECT c.oid::regclass::text, concat_ws(' ', relkind, relowner::regrole, relrowsecurity,
        relforcerowsecurity, {ACL.format("relacl")}) FROM pg_class c {IN.format("relnamespace")}
        AND relkind IN ('r', 'p', 'v', 'm', 'S')""",
    "column": f"""SELECT concat_ws('.', attrelid::regclass, attname), concat_ws(' ', format_type(atttypid, atttypmod),
        attnotnull, attidentity, pg_get_expr(adbin, adrelid), {ACL.format("attacl")}) FROM pg_attribute
        JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        {IN.format("relnamespace")} AND relkind IN ('r', 'p', 'v') AND attnum > 0 AND NOT attisdropped""",
    "constraint": f"""SELECT concat_ws('.', conrelid::regclass, conname), concat_ws(' ', pg_get_constraintdef(k.oid),
        convalidated) FROM pg_constraint k {IN.format("connamespace")}""",
    "index": f"""SELECT c.oid::regclass::text, concat_ws(' ', pg_get_indexdef(c.oid), indisvalid) FROM pg_class c
        JOIN pg_index i ON i.indexrelid = c.oid {IN.format("relnamespace")}""",
    "trigger": f"""SELECT concat_ws('.', tgrelid::regclass, tgname), concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled)
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid {IN.format("relnamespace")} AND NOT tgisinternal""",
    "policy": """SELECT concat_ws('.', tablename, policyname), concat_ws(' ', permissive, roles, cmd, qual, with_check)
        FROM pg_policies""",
    "function": f"""SELECT p.oid::regprocedure::text, concat_ws(' ', prosrc, prosecdef, provolatile, proowner::regrole,
        array_to_string(proconfig, ' '), {ACL.format("proacl")}) FROM pg_proc p {IN.format("pronamespace")}
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND deptype = 'e')""",
    "view": f"""SELECT c.oid::regclass::text, pg_get_viewdef(c.oid) FROM pg_class c {IN.format("relnamespace")}
        AND relkind IN ('v', 'm')""",
    "extension": "SELECT extname, extnamespace::regnamespace::text FROM pg_extension",
    "schema": f"SELECT nspname, {ACL.format('nspacl')} FROM pg_namespace WHERE {OURS}",
}  # fmt: skip

# PostgreSQL reads its own text back with other casts and brackets: x IN ('a') once, and once more
CAST = re.compile(r"::(?:[a-z]+(?: varying| with(?:out)? time zone)?|\"char\")(?:\(\d+\))?(?:\[\])?")
WRAPPED = re.compile(r"(?<!\w)\(('(?:[^']|'')*'|[\w.]+|ARRAY\[[^][]*\])\)")


def tables(cursor):
    """{table: [rows, digest of all rows in any order]} of everything, as who is stopped by no policy."""
    cursor.execute(SAME)
    cursor.execute(NAMES)
    found = {}
    for (name,) in cursor.fetchall():
        cursor.execute(ROWS.format(name))
        found[name.removeprefix("public.")] = list(cursor.fetchone())
    return found


def guards(cursor):
    """{what and name: digest} of every wall, right, column and function."""
    found = {}
    cursor.execute(SAME)
    for what, sql in GUARDS.items():
        cursor.execute(sql)
        for name, definition in cursor.fetchall():
            text = definition or "" if what == "function" else read_again(definition or "")
            found[f"{what} {name}"] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return found


def read_again(definition):
    """A definition without casts, and without brackets around one thing; those that group stay."""
    text, before = CAST.sub("", definition), None
    while text != before:
        text, before = WRAPPED.sub(r"\1", text), text
    return text


def differences(was, now):
    """The names that are there once only, or are not the same."""
    return sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))
