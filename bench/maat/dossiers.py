"""Aanmeldingen, trajecten and contactmomenten. Two tables of the schema `maat` hold what was decided about each."""

from bench.maat.maten import DAGEN
from bench.maat.vullen import into
from cases import models as c

VRAGEN = """(ARRAY['Hoe houdt de leerkracht de leerling aan het werk na de instructie?',
'Wat heeft deze leerling nodig om rustig de dag te beginnen?', 'Hoe geven we deze leerling een plek in de groep?',
'Hoe helpen we deze leerling om hulp te vragen? Het lukt aan tafel, maar niet op het plein.'])[1 + n % 4]"""
DOSSIER = """
CREATE UNLOGGED TABLE maat.dossier AS
WITH een AS (
    SELECT n, md5('d' || n)::uuid AS id, 1 + floor(maat.kans(n, 1) * {dagen})::int AS oud,
        1 + floor(maat.kans(n, 2) * {scholen})::int AS school, maat.kans(n, 3) AS s, maat.kans(n, 4) AS v,
        maat.kans(n, 5) AS w, maat.kans(n, 6) AS x FROM generate_series(1, {dossiers}) n
), twee AS (
    SELECT een.*, z.id AS school_id, z.team_id, z.kring_id, z.ib, z.os, z.abs[1 + n % array_length(z.abs, 1)] AS ab,
        CASE WHEN s < .286 THEN 'basis' WHEN s < .757 THEN 'licht' ELSE 'complex' END AS soort,
        current_date - oud - greatest(extract(isodow FROM current_date - oud)::int - 5, 0) AS dag
    FROM een JOIN maat.school z ON z.nr = een.school
), drie AS (
    SELECT twee.*, schooljaar_van(dag) AS jaar,
        CASE WHEN soort = 'complex' THEN 'leerling' WHEN soort = 'licht' THEN CASE WHEN x < .75 THEN 'leerling'
            ELSE 'groep' END ELSE CASE WHEN x < .4 THEN 'leerling' WHEN x < .65 THEN 'groep' ELSE 'school' END
            END AS niveau,
        CASE WHEN oud <= 8 AND v < .6 OR oud <= 20 AND v < .15 THEN 'ingediend'
            WHEN oud <= 8 AND v < .9 OR oud <= 20 AND v < .4 THEN 'opgepakt'
            WHEN w < .79 THEN 'gestart' WHEN w < .88 THEN 'afgerond' WHEN w < .94 THEN 'doorgezet'
            ELSE 'ingetrokken' END AS state FROM twee
)
SELECT drie.*, least(dag + 2 + n % 5, current_date)::date AS contact, soort = 'complex' OR n % 4 = 0 AS met_ab,
    row_number() OVER (PARTITION BY jaar ORDER BY dag, n) AS volgnummer, now() - interval '1 day' * oud AS op,
    (CASE soort WHEN 'basis' THEN 20 + x * 80 WHEN 'licht' THEN 40 + x * 70 ELSE 120 + x * 300 END)::int AS duur
FROM drie
"""
TRAJECT = """
CREATE UNLOGGED TABLE maat.traject AS
WITH een AS (
    SELECT d.*, md5('t' || n)::uuid AS tid, contact + 3 AS begin, contact + 3 + duur AS einde,
        CASE WHEN soort = 'complex' OR n % 12 = 0 THEN ab ELSE os END AS uitvoerder,
        (current_date - contact - 3)::float8 / duur AS deel, maat.kans(n, 7) AS y
    FROM maat.dossier d WHERE state = 'gestart' OR state = 'opgepakt' AND soort = 'complex' AND n % 3 > 0
)
SELECT een.*, least(deel, 1) AS gedaan, CASE WHEN state = 'opgepakt' THEN 'voorbereiding'
    WHEN deel >= 1 THEN CASE WHEN y < .93 THEN 'afgesloten' ELSE 'gestopt' END
    WHEN soort <> 'complex' THEN CASE WHEN deel < .9 THEN 'lopend' ELSE 'evaluatie' END
    WHEN deel < .15 THEN 'waarnemen' WHEN deel < .3 THEN 'begrijpen' WHEN deel < .4 THEN 'plannen'
    WHEN deel < .9 THEN 'uitvoeren' ELSE 'evaluatie' END AS tstate,
    CASE WHEN state = 'opgepakt' THEN 0 ELSE greatest(floor(least(deel, 1)
        * CASE soort WHEN 'basis' THEN 5 WHEN 'licht' THEN 9 ELSE 30 END), 0)::int END AS bezoeken
FROM een
"""
LEERLING = "CASE WHEN d.niveau = 'leerling' THEN {} ELSE {} END"
RANG = """CASE t.tstate WHEN 'voorbereiding' THEN 0 WHEN 'waarnemen' THEN 2 WHEN 'begrijpen' THEN 3
    WHEN 'plannen' THEN 4
    WHEN 'uitvoeren' THEN 5 WHEN 'lopend' THEN 5 WHEN 'evaluatie' THEN 6 ELSE 7 END"""  # steps that were taken


def decide(maat):
    return (
        DOSSIER.format(dagen=DAGEN, scholen=maat.scholen, dossiers=maat.dossiers), TRAJECT,
        "ANALYZE maat.dossier", "ANALYZE maat.traject",
        "UPDATE schools_schooljaar j SET laatste_nummer = coalesce((SELECT max(volgnummer) FROM maat.dossier d"
        " WHERE d.jaar = j.begin), 0), laatste_offerte = laatste_nummer",
    )  # fmt: skip


def aanmeldingen():
    sent = into(
        c.Aanmelding, "maat.dossier d JOIN schools_schooljaar j ON j.begin = d.jaar", id="d.id",
        versie="CASE d.state WHEN 'ingediend' THEN 2 WHEN 'opgepakt' THEN 3 ELSE 4 END",
        school_id="d.school_id", door_id="d.ib", gewijzigd_op="d.op + interval '2 days'", schooljaar_id="j.id",
        nummer="lpad((d.jaar % 100)::text, 2, '0') || '-' || lpad(d.volgnummer::text, greatest(4,"
        " length(d.volgnummer::text)), '0')",
        ingediend_op="d.op", state="d.state", niveau="d.niveau", soort="d.soort", hulpvraag=VRAGEN,
        al_gedaan="'Een weektaak en een vaste plek bij het raam. Dat hielp een beetje, tot de herfstvakantie.'",
        gaat_goed="CASE WHEN n % 3 = 0 THEN 'Rekenen en gym gaan goed.' ELSE '' END",
        voornaam=LEERLING.format("maat.voornaam(n)", "''"), achternaam=LEERLING.format("maat.achternaam(n)", "''"),
        geboortedatum=LEERLING.format("d.dag - 1500 - (n % 2500)::int", "NULL"),
        groep="CASE WHEN d.niveau <> 'school' THEN 1 + n % 8 END", leerkracht="'Juf Els'",
        groep_naam="CASE WHEN d.niveau = 'groep' THEN (1 + n % 8) || 'b' ELSE '' END",
        thema="CASE WHEN d.niveau <> 'leerling' THEN (ARRAY['zorgstructuur', 'hgw', 'groepsklimaat', 'gedrag'])[1 +"
        " n % 4] ELSE '' END",
        opp="CASE WHEN d.soort = 'complex' THEN (ARRAY['ja', 'nee', 'bezig'])[1 + n % 3] ELSE '' END",
        andere_setting="CASE WHEN d.soort = 'complex' THEN CASE WHEN n % 12 = 0 THEN 'ja' ELSE 'nee' END ELSE '' END",
        voortraject="CASE WHEN d.soort = 'complex' THEN 'nee' ELSE '' END",
        ouders_akkoord="d.niveau = 'leerling'", ouders_akkoord_op=LEERLING.format("d.dag - 3", "NULL"),
        eerste_contact_op="CASE WHEN d.state NOT IN ('ingediend', 'ingetrokken') THEN d.contact END",
        eerste_contact_met="CASE WHEN d.state NOT IN ('ingediend', 'ingetrokken') THEN 'de IB-er' ELSE '' END",
        vraag_open="d.state = 'ingediend' AND n % 6 = 0",
        ab_id="CASE WHEN d.met_ab AND (d.state = 'gestart' OR d.state = 'opgepakt' AND d.soort = 'complex' AND"
        " n % 3 > 0) THEN d.ab END",
        **{f"gesprek_{name}": f"CASE WHEN d.soort <> 'complex' AND d.met_ab AND d.state = 'gestart' THEN {what}"
           f" ELSE {other} END" for name, what, other in [
               ("op", "d.contact", "NULL"), ("wie", "'De een observeert, de ander denkt mee'", "''"),
               ("inzet", "'2 uur'", "''"), ("offerte", "'nee'", "''")]},
        afgerond_reden="CASE WHEN d.state = 'afgerond' THEN (ARRAY['school', 'beantwoord'])[1 + n % 2] ELSE '' END",
        afgerond_toelichting="CASE WHEN d.state = 'afgerond' THEN 'De school maakt zelf een plan.' ELSE '' END",
    )  # fmt: skip
    concept = into(
        c.Aanmelding, "maat.dossier d WHERE n % 50 = 0", id="md5('k' || n)::uuid", versie="1", school_id="d.school_id",
        door_id="d.ib", gewijzigd_op="now() - interval '1 hour' * (n % 500)", niveau="'leerling'", soort="'licht'",
        hulpvraag="'Hoe'", voornaam="maat.voornaam(n)",
    )  # fmt: skip
    return sent, concept


def trajecten():
    done = "CASE WHEN t.soort = 'complex' AND {rang} >= {n} AND t.tstate <> 'gestopt' THEN {what} ELSE {other} END"

    def after(n, what, other="''"):
        return done.format(rang=f"({RANG})", n=n, what=what, other=other)

    closed = "CASE WHEN t.tstate = 'afgesloten' THEN {} ELSE {} END"
    return into(
        c.Traject, "maat.traject t", id="t.tid", aanmelding_id="t.id", soort="t.soort", state="t.tstate",
        versie=f"t.bezoeken + {RANG}", uitvoerder_id="t.uitvoerder", gemaakt_op="t.begin + interval '9 hours'",
        doel=f"CASE WHEN t.soort <> 'complex' THEN 'Zelf beginnen' ELSE {after(5, quoted('Zelf starten'))} END",
        verwachte_einddatum="CASE WHEN t.soort = 'licht' THEN t.einde END",
        kort_overleg_op=after(2, "t.begin", "NULL"), kort_overleg_met_id=after(2, "t.os", "NULL"),
        waarnemen_afgerond_op=after(3, "t.begin + t.duur / 7", "NULL"),
        bevinding=after(3, quoted("Kijkt veel rond en wacht op hulp.")),
        begrijpen_afgerond_op=after(4, "t.begin + t.duur / 3", "NULL"),
        onderwijsbehoeften=after(4, quoted("Korte taken en een vast moment voor hulp. Een plek met weinig loop.")),
        afspraken=after(5, quoted("De leerkracht geeft elke ochtend een kaart. De ambulant begeleider kijkt mee.")),
        gesprekken_max="3", doel_behaald=closed.format("(ARRAY['ja', 'deels', 'nee'])[1 + t.n % 3]", "''"),
        opbrengst=closed.format("'Meer zelf doen, en rust in de ochtend.'", "''"),
        afschrift_ouders_op=closed.format("CASE WHEN t.soort = 'complex' THEN t.einde END", "NULL"),
    )  # fmt: skip


def quoted(text):
    return f"'{text}'"


def contacten():
    ab = "(t.uitvoerder <> t.os AND k % 5 > 0 OR t.met_ab AND k % 4 = 0)"
    talk = f"t.soort = 'complex' AND k IN (6, 12) AND {ab}"
    soort = "(ARRAY['bezoek', 'observatie', 'overleg', 'oudergesprek', 'telefoon', 'verslag'])[1 + k % 6]"
    return into(
        c.Contactmoment, "maat.traject t, generate_series(1, t.bezoeken) k", id="md5('c' || t.n || '-' || k)::uuid",
        versie="CASE WHEN k % 40 = 0 THEN 1 ELSE 0 END", traject_id="t.tid",
        door_id=f"CASE WHEN {ab} THEN t.ab ELSE t.os END", als=f"CASE WHEN {ab} THEN 'ab' ELSE 'os' END",
        soort=f"CASE WHEN {talk} THEN 'leerlinggesprek' WHEN k % 29 = 0 THEN 'niet_door' ELSE {soort} END",
        minuten=f"CASE WHEN k % 29 = 0 AND NOT ({talk}) THEN 0 ELSE 30 + 15 * ((t.n + k) % 8) END",
        datum="least(t.begin + (t.duur * (k - .5) / greatest(t.bezoeken / nullif(t.gedaan, 0), 1))::int, current_date)",
        gesprek_doel=f"CASE WHEN {talk} THEN 'behoeften' ELSE '' END",
        notitie="CASE WHEN k % 29 = 0 THEN 'De leerkracht was ziek.' WHEN k % 3 = 0 THEN"
        " 'Gekeken bij de start van de dag. Het lukt met de kaart.' ELSE '' END",
        vastgelegd_op="least(t.begin + (t.duur * (k - .5) / greatest(t.bezoeken / nullif(t.gedaan, 0), 1))::int"
        " + interval '15 hours', now())",
        state="CASE WHEN k % 40 = 0 THEN 'vervallen' ELSE 'geboekt' END",
    )  # fmt: skip
