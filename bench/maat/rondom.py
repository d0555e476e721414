"""What hangs on a dossier: adviezen, vragen, bijlagen, experts, routes, klassen, OTs, offertes, afstemming."""

from bench.maat.vullen import into
from cases import models as c

BYTES = "convert_to(repeat('Verslag van een gesprek over wat helpt. ' || n || ' ', 30), 'UTF8')"
COMPLEX = "maat.traject t WHERE t.soort = 'complex' AND t.state = 'gestart' AND t.tstate <> 'gestopt'"
AT = "least({}, current_date)"


def inside():
    """Of one dossier."""
    later = AT.format("t.begin + (t.duur * {})::int")
    yield into(
        c.Advies,
        f"{COMPLEX} AND t.gedaan > .4",
        traject_id="t.tid",
        door_id="t.uitvoerder",
        op=later.format(0.4),
        soort="'handeling'",
        tekst="'Geef korte taken en spreek een vast moment af voor hulp. ' || t.n",
    )
    yield into(
        c.Advies,
        "maat.traject t WHERE t.n % 5 = 0 AND t.bezoeken > 1",
        traject_id="t.tid",
        door_id="t.os",
        soort="'proces'",
        op=later.format(0.5),
        tekst="'Plan een OT met de ouders.'",
    )
    yield into(
        c.Vraag,
        "maat.dossier d WHERE n % 6 = 0 AND d.state <> 'ingetrokken'",
        aanmelding_id="d.id",
        door_id="d.os",
        gesteld_op="d.op + interval '1 day'",
        vraag="'Wanneer is het onrustig?'",
        antwoord="CASE WHEN d.state = 'ingediend' THEN '' ELSE 'Bij het wisselen van les.' END",
        beantwoord_door_id="CASE WHEN d.state <> 'ingediend' THEN d.ib END",
        beantwoord_op="CASE WHEN d.state <> 'ingediend' THEN d.op + interval '2 days' END",
    )
    yield into(
        c.Bijlage,
        "maat.dossier d WHERE n % 10 < 7 AND d.niveau = 'leerling'",
        aanmelding_id="d.id",
        door_id="d.ib",
        op="d.op - interval '1 hour'",
        naam="'verslag-' || n || '.pdf'",
        scan="'schoon'",
        soort="'application/pdf'",
        inhoud=BYTES,
        grootte=f"octet_length({BYTES})",
        sha256=f"encode(sha256({BYTES}), 'hex')",
        verslag="false",
    )
    yield into(
        c.Betrokkene,
        f"{COMPLEX} AND t.n % 8 = 0",
        traject_id="t.tid",
        door_id="t.uitvoerder",
        op="t.begin",
        expert_id="coalesce((SELECT x.user_id FROM schools_aanstelling x WHERE x.rol = 'sbo' AND"
        " x.team_id = t.team_id LIMIT 1), t.os)",
        expertise="'Motoriek'",
        overleg_os_op="t.begin",
        overleg_ib_op="t.begin",
    )
    yield into(
        c.Jeugdhulp,
        f"{COMPLEX} AND t.n % 10 = 0",
        traject_id="t.tid",
        door_id="t.uitvoerder",
        op="t.begin",
        partij="'Het buurtteam'",
        ouders_akkoord_op="t.begin - 1",
    )
    ended = "t.tstate IN ('afgesloten', 'gestopt')"
    yield into(
        c.Route,
        f"{COMPLEX} AND t.n % 12 = 0",
        id="md5('r' || t.n)::uuid",
        aanmelding_id="t.id",
        gemaakt_op="t.begin + interval '10 hours'",
        setting="'sbo'",
        instelling="'De Vlieger'",
        state=f"CASE WHEN NOT {ended} THEN 'loopt' WHEN t.n % 3 = 0 THEN 'geplaatst' ELSE 'blijft' END",
        versie="1",
    )
    yield into(
        c.Consult,
        "cases_aanmelding a JOIN " + COMPLEX.replace(" WHERE", " ON t.id = a.id WHERE") + " AND t.n % 10 = 1",
        id="md5('g' || t.n)::uuid",
        traject_id="t.tid",
        dossier_id="t.id",
        nummer="a.nummer",
        door_id="t.uitvoerder",
        op="t.begin + interval '20 days'",
        vraag="'Past wat we zien bij faalangst?'",
        aan_id="md5('gw' || 1 + t.n % (SELECT count(*) FROM schools_aanstelling x WHERE x.rol = 'gw'))::uuid",
        antwoord="CASE WHEN t.gedaan > .3 THEN 'Dat kan. Kijk ook naar de overgangen op een dag.' ELSE '' END",
        beantwoord_op=f"CASE WHEN t.gedaan > .3 THEN {AT.format('t.begin + 25')} END",
        state="CASE WHEN t.gedaan > .3 THEN 'beantwoord' ELSE 'gevraagd' END",
        versie="1",
    )
    yield into(
        c.Verhaal,
        "maat.traject t WHERE t.tstate = 'afgesloten' AND t.n % 9 = 0",
        traject_id="t.tid",
        door_id="t.uitvoerder",
        gedeeld_op="t.einde + interval '12 hours'",
        tekst="'De groep begint nu zelf, elke ochtend. ' || t.n",
    )


def classes():
    """Expertise in de klas with its dagdelen; those given are contactmomenten."""
    of = "maat.traject t WHERE t.soort = 'licht' AND t.niveau = 'groep' AND t.uitvoerder = t.ab AND t.bezoeken > 0"
    day = "t.begin + k * 7"
    given = f"{day} <= current_date"
    soort = "(ARRAY['coteaching', 'coaching'])[1 + k % 2]"
    dagdelen = of.replace("maat.traject t", "maat.traject t CROSS JOIN generate_series(1, 8) k")
    return [
        into(c.ExpertiseInDeKlas, of, id="md5('e' || t.n)::uuid", traject_id="t.tid", door_id="t.os",
             op="t.begin + interval '9 hours'", motivering="'Drie leerkrachten in een jaar, en de rust is weg.'",
             akkoord_os_id="t.os", akkoord_ab_id="t.ab", voorwaarden="'OS en AB zijn het eens.'", versie="4",
             resultaat="CASE WHEN t.gedaan = 1 THEN 'De groep werkt samen aan een taak.' ELSE '' END",
             state="CASE WHEN t.gedaan = 1 THEN 'afgerond' ELSE 'lopend' END"),
        into(c.Contactmoment, f"{dagdelen} AND {given}", id="md5('x' || t.n || '-' || k)::uuid", traject_id="t.tid",
             door_id="t.ab", als="'ab'", soort=soort, minuten="180", datum=day,
             vastgelegd_op=f"{day} + interval '13 hours'"),
        into(c.Dagdeel, dagdelen, id="md5('y' || t.n || '-' || k)::uuid", klas_id="md5('e' || t.n)::uuid",
             versie="1", datum=day, minuten="180", werkwijze=soort,
             state=f"CASE WHEN {given} THEN 'gegeven' ELSE 'gepland' END",
             contact_id=f"CASE WHEN {given} THEN md5('x' || t.n || '-' || k)::uuid END"),
    ]  # fmt: skip


def meetings():
    """Five OTs of each school a year, with two leerlingen on the agenda and an afspraak each."""
    day = "(current_date + 20 - o * 73)"
    key = "md5('o' || z.nr || '-' || o)::uuid"
    ots = "maat.school z CROSS JOIN generate_series(0, 22) o"
    over = f"""(SELECT z.*, o, d.id AS aanmelding, d.n, d.os AS dos, row_number() OVER (PARTITION BY z.nr, o
        ORDER BY d.n) AS hoeveelste FROM {ots} JOIN maat.dossier d ON d.school_id = z.id AND d.niveau = 'leerling'
        AND d.dag BETWEEN {day} - 90 AND {day} AND d.state <> 'ingetrokken') z WHERE z.hoeveelste <= 2"""
    geweest = f"{day} <= current_date"
    return [
        into(c.Overleg, ots, id=key, school_id="z.id", door_id="z.ib", versie="3", datum=day, tijd="'14:00'",
             minuten="60", plaats="'Op school'", os_id="z.os",
             state=f"CASE WHEN {geweest} THEN 'vastgesteld' ELSE 'gepland' END",
             os_erbij=f"CASE WHEN {geweest} THEN 'ja' ELSE '' END",
             verslag=f"CASE WHEN {geweest} THEN 'We zien wat helpt: korte taken en een vaste plek.' ELSE '' END"),
        into(c.Agendapunt, over, id="md5('p' || z.n || '-' || z.o)::uuid", overleg_id=key, aanmelding_id="z.aanmelding",
             versie="2", state=f"CASE WHEN {geweest} THEN 'besproken' ELSE 'voorbereid' END", fase="'begrijpen'",
             doel="'Weten wat helpt'"),
        into(c.Afspraak, over, id="md5('q' || z.n || '-' || z.o)::uuid", aanmelding_id="z.aanmelding", versie="1",
             agendapunt_id="md5('p' || z.n || '-' || z.o)::uuid", door_id="z.os", wie_id="z.ib", wanneer=f"{day} + 14",
             wat="'Een vaste plek bij het raam proberen'", op=f"least({day} + interval '15 hours', now())",
             state=f"CASE WHEN {day} + 14 < current_date - 30 OR z.n % 4 > 0 THEN 'gedaan' ELSE 'open' END"),
    ]  # fmt: skip


def outside():
    """Offertes of the schools, and the afstemmingen of the kringen with what was decided about open vragen."""
    offerte = "maat.dossier d WHERE d.state = 'doorgezet'"
    kring = "schools_kring k CROSS JOIN generate_series(0, 24) f"
    open_ = "maat.dossier d LEFT JOIN maat.traject t ON t.id = d.id WHERE d.n % 3 = 0 AND (d.state IN ('ingediend',"
    open_ += " 'opgepakt') OR t.gedaan < 1)"
    decided = "CASE WHEN d.oud > 300 THEN 'afgerond' WHEN d.oud > 60 THEN 'in_uitvoering' ELSE 'uitgebracht' END"
    os = "(SELECT x.user_id FROM schools_aanstelling x JOIN schools_expertteam e ON e.id = x.team_id"
    os += " WHERE x.rol = 'os' AND e.kring_id = {} LIMIT 1)"
    return [
        into(c.Offerte, offerte, id="md5('f' || d.n)::uuid", school_id="d.school_id", aanmelding_id="d.id", versie="3",
             door_id="d.os", op="d.op + interval '3 days'", soort="'individueel'", state=decided,
             nummer="'O' || lpad((d.jaar % 100)::text, 2, '0') || '-' || lpad(d.volgnummer::text, greatest(4,"
             " length(d.volgnummer::text)), '0')", vraag="'Leren plannen, een half uur in de week.'",
             uitgebracht_op="d.contact + 2", geldig_tot="d.contact + 32",
             besloten_door_id="CASE WHEN d.oud > 60 THEN d.ib END",
             besloten_op="CASE WHEN d.oud > 60 THEN d.contact + 9 END",
             uitvoerder_id="CASE WHEN d.oud > 60 THEN d.ab END"),
        into(c.Offerteregel, offerte, offerte_id="md5('f' || d.n)::uuid", uitgave="1", uren="6", tarief="95",
             omschrijving="'Begeleiding, 12 keer een half uur'"),
        into(c.Afstemming, kring, id="md5('a' || k.id || '-' || f)::uuid", kring_id="k.id", versie="1",
             door_id=os.format("k.id"), datum="current_date - 10 - f * 63", gehouden="true",
             aanwezig="'De IB-ers van de kring'", verslag="'We kijken eerst naar wat al lang wacht.'"),
        into(c.Afstemmingsbesluit, open_, afstemming_id="md5('a' || d.kring_id || '-0')::uuid", aanmelding_id="d.id",
             besluit="(ARRAY['eerst', 'later', 'anders'])[1 + d.n % 3]", uren="2", door_id="d.os",
             op="now() - interval '10 days'", toelichting="'Het wacht al lang'"),
    ]  # fmt: skip
