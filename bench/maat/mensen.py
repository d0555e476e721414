"""Places and people, all invented; an expertteam for each kring."""

from bench.maat.vullen import into
from schools import models as s

UUID = "md5('{}' || {})::uuid"
VORM = """
CREATE SCHEMA maat;
CREATE FUNCTION maat.kans(n bigint, zout bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    'SELECT (hashint8extended(n, zout) & 4503599627370495) / 4503599627370496.0';
CREATE FUNCTION maat.uit(lijst text[], n bigint, zout bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT lijst[1 + floor(maat.kans(n, zout) * array_length(lijst, 1))::int]';
CREATE FUNCTION maat.voornaam(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT maat.uit('{Aisha,Bo,Cas,Dunya,
Eef,Finn,Guus,Hanna,Isa,Jip,Kaat,Lev,Mees,Nora,Otis,Puk,Quin,Roos,Siem,Teun,Uma,Vera,Wout,Xem,Yara,Zeno}', n, 11) $$;
CREATE FUNCTION maat.achternaam(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT maat.uit('{Bedacht,Fictief,
Verzonnen,Voorbeeld,Nergens,Luchtkasteel,Papier,Denkbeeld,Proef,Zogenaamd,Wensdroom,Schijn}', n, 12) $$;
"""


def person(rol, n):
    return UUID.format(rol, n)


def people(maat):
    """[(rol, how many, organisatie, {column of the aanstelling: SQL of n})]."""
    team = {"team_id": f"(SELECT id FROM schools_expertteam WHERE naam = 'Team ' || (1 + n % {maat.kringen}))"}
    kring = {"kring_id": "(SELECT id FROM schools_kring WHERE naam = 'Kring ' || n)"}
    school = {"school_id": f"(SELECT id FROM schools_school WHERE naam = 'School ' || (1 + (n - 1) % {maat.scholen}))"}
    return [
        ("ib", maat.ib, "school", school), ("os", maat.kringen, "ppo", team),
        ("ab", maat.ab, "aed", team | {"clusters": "'3, 4'"}), ("sbo", maat.sbo, "vlieger", team),
        ("gw", maat.gw, "aed", {}), ("coordinator", maat.coordinatoren, "ppo", kring),
        ("coordinator_aed", 1, "aed", {}), ("beheerder", 1, "ppo", {}),
    ]  # fmt: skip


def places(v, maat):
    """Kringen, teams, schools with their leerlingen, schooljaren."""
    v.run(
        VORM,
        into(s.Kring, f"generate_series(1, {maat.kringen}) n", naam="'Kring ' || n"),
        into(s.Expertteam, f"generate_series(1, {maat.kringen}) n JOIN schools_kring k ON k.naam = 'Kring ' || n",
             naam="'Team ' || n", kring_id="k.id"),
        into(s.Schoolbestuur, f"generate_series(1, {1 + maat.scholen // 8}) n", nummer="10000 + n"),
        into(s.School, f"generate_series(1, {maat.scholen}) n",
             brin6="lpad((n % 100)::text, 2, '0') || chr(65 + n / 2600) || chr(65 + n / 100 % 26) || '00'",
             naam="'School ' || n", vakantieregio="(ARRAY['Noord', 'Midden', 'Zuid'])[1 + n % 3]",
             plaats="'Plaats ' || n / 5", duo="'{}'",
             bestuur_id=f"(SELECT id FROM schools_schoolbestuur WHERE nummer = (10000 + 1 + n % {1 + maat.scholen // 8}"
             ")::text)",
             team_id=f"(SELECT id FROM schools_expertteam WHERE naam = 'Team ' || (1 + n % {maat.kringen}))"),
        into(s.Schooljaar, "generate_series(extract(year FROM now() - interval '5 years')::int,"
             " extract(year FROM now())::int) n ON CONFLICT (begin) DO NOTHING", begin="n"),
        into(s.Leerlingaantal, "schools_school z, schools_schooljaar j", school_id="z.id", jaar="j.begin",
             aantal="150 + (z.id * 37) % 200"),
    )  # fmt: skip


def persons(v, maat):
    """Everybody with an aanstelling of five years."""
    for rol, many, organisatie, place in people(maat):
        series = f"generate_series(1, {many}) n"
        v.run(
            into(s.User, series, id=person(rol, "n"), password="'!'", email=f"'{rol}' || n || '@maat.example'",
                 voornaam="maat.voornaam(n)", achternaam=f"maat.achternaam(n) || ' {rol} ' || n",
                 organisatie=f"'{organisatie}'"),
            into(s.Aanstelling, series, user_id=person(rol, "n"), rol=f"'{rol}'",
                 van="current_date - 2000", **place),
        )  # fmt: skip
    kring = {"kring_id": "(SELECT id FROM schools_kring WHERE naam = 'Kring ' || n)"}
    # one coördinator of all kringen, and one of nine: a samenwerkingsverband
    for name, voornaam, many, place in (("alle", "Ella", 1, {}), ("verband", "Vera", 9, kring)):
        v.run(
            into(s.User, "generate_series(1, 1) n", id=person(name, "n"), password="'!'",
                 email=f"'{name}@maat.example'", voornaam=f"'{voornaam}'", achternaam="'Verdeler'",
                 organisatie="'ppo'"),
            into(s.Aanstelling, f"generate_series(1, {many}) n", user_id=person(name, "1"), rol="'coordinator'",
                 van="current_date - 2000", **place),
        )  # fmt: skip
    v.run("""CREATE UNLOGGED TABLE maat.school AS SELECT row_number() OVER (ORDER BY z.id) AS nr, z.id, z.team_id,
        e.kring_id,
        (SELECT x.user_id FROM schools_aanstelling x WHERE x.rol = 'ib' AND x.school_id = z.id LIMIT 1) AS ib,
        (SELECT x.user_id FROM schools_aanstelling x WHERE x.rol = 'os' AND x.team_id = z.team_id LIMIT 1) AS os,
        ARRAY(SELECT x.user_id FROM schools_aanstelling x WHERE x.rol = 'ab' AND x.team_id = z.team_id) AS abs
        FROM schools_school z JOIN schools_expertteam e ON e.id = z.team_id; ANALYZE""")


def hours():
    """A verdeling of each schooljaar that fits what was used, the budgets that follow from it, and the middelen."""
    used = """(SELECT j.id AS jaar, k.id AS kring, ceil(coalesce(g.minuten, 600) / 60.0 * 1.2)::int AS uren
        FROM schools_schooljaar j CROSS JOIN schools_kring k LEFT JOIN (SELECT t.kring_id,
            schooljaar_van(c.datum) AS begin, sum(c.minuten) AS minuten FROM cases_contactmoment c
            JOIN maat.traject t ON t.tid = c.traject_id WHERE c.als <> 'os' GROUP BY 1, 2) g
        ON g.kring_id = k.id AND g.begin = j.begin)"""
    return (
        f"CREATE UNLOGGED TABLE maat.uren AS SELECT * FROM {used} u",
        "UPDATE maat.uren u SET uren = (SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY o.uren) FROM maat.uren o)"
        " WHERE jaar = (SELECT id FROM schools_schooljaar ORDER BY begin DESC LIMIT 1)",
        into(s.Verdeling, "(SELECT jaar, sum(uren) AS uren, count(*) AS n FROM maat.uren GROUP BY 1) u",
             id=person("verdeling", "u.jaar"), schooljaar_id="u.jaar", versie="1", state="'vastgesteld'",
             aed_totaal="u.uren", vlieger_totaal="u.n * 40", door_id=person("alle", "1"), op="now()"),
        into(s.Verdeeldeel, "maat.uren u", verdeling_id=person("verdeling", "u.jaar"), kring_id="u.kring",
             leerlingen="2000", rugzakken="15", aed="u.uren", vlieger="40"),
        into(s.Urenbudget, "maat.uren u, (VALUES ('aed'), ('vlieger')) b (bron)", kring_id="u.kring",
             schooljaar_id="u.jaar", bron="b.bron", uren="CASE b.bron WHEN 'aed' THEN u.uren ELSE 40 END"),
        into(s.Inzetafspraak, "schools_aanstelling x, schools_schooljaar j WHERE x.rol IN ('ab', 'sbo')",
             schooljaar_id="j.id", expert_id="x.user_id", team_id="x.team_id", uren="400"),
        into(s.Middelen, "schools_schooljaar j", schooljaar_id="j.id", per_leerling="10000"),
        into(s.Schooldeel, "schools_middelen m, schools_school z", middelen_id="m.id", school_id="z.id",
             bedrag="250000"),
    )  # fmt: skip
