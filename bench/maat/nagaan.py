"""After filling: how much there is, and that nothing is there which the walls forbid."""

from django.db import connections, transaction

from cases import keten

COUNTED = "aanmelding traject contactmoment event inzage schakel aanmeldinghistorie trajecthistorie overleg bijlage"
WALLS = {  # what a trigger forbids, asked of all rows at once
    "a complex traject is carried out by an ambulant begeleider": "SELECT FROM cases_traject t"
    " WHERE t.soort = 'complex' AND NOT EXISTS (SELECT FROM schools_aanstelling x WHERE x.user_id = t.uitvoerder_id"
    " AND x.rol = 'ab')",
    "the soort of a traject is that of its aanmelding": "SELECT FROM cases_traject t JOIN cases_aanmelding a"
    " ON a.id = t.aanmelding_id WHERE a.soort <> t.soort",
    "an ambulant begeleider in basis or licht spoke with the onderwijsspecialist": "SELECT FROM cases_contactmoment c"
    " JOIN cases_traject t ON t.id = c.traject_id JOIN cases_aanmelding a ON a.id = t.aanmelding_id"
    " WHERE c.als = 'ab' AND t.soort <> 'complex' AND a.gesprek_op IS NULL",
    "no more leerlinggesprekken than may be": "SELECT FROM cases_contactmoment c JOIN cases_traject t ON"
    " t.id = c.traject_id WHERE c.soort = 'leerlinggesprek' AND c.state = 'geboekt' GROUP BY t.id HAVING"
    " count(*) > max(t.gesprekken_max)",
    "no handelingsadvies before waarnemen and begrijpen": "SELECT FROM cases_advies v JOIN cases_traject t ON"
    " t.id = v.traject_id WHERE v.soort = 'handeling' AND t.soort = 'complex' AND t.begrijpen_afgerond_op IS NULL",
    "an OT is about leerlingen of its school": "SELECT FROM cases_agendapunt p JOIN cases_overleg o ON"
    " o.id = p.overleg_id JOIN cases_aanmelding a ON a.id = p.aanmelding_id WHERE a.school_id <> o.school_id",
    "a started complex aanmelding has a traject": "SELECT FROM cases_aanmelding a WHERE a.soort = 'complex' AND"
    " a.state = 'gestart' AND NOT EXISTS (SELECT FROM cases_traject t WHERE t.aanmelding_id = a.id)",
    "a route is about a leerling": "SELECT FROM cases_route r JOIN cases_aanmelding a ON a.id = r.aanmelding_id"
    " WHERE a.niveau <> 'leerling'",
    "the parts of a verdeling are its total": "SELECT FROM schools_verdeling v WHERE NOT verdeling_klopt(v.id)",
    "a constraint that was not looked at": "SELECT FROM pg_constraint WHERE NOT convalidated",
    "a trigger that is off": "SELECT FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'",
    "a table without forced row-level security that had it": "SELECT FROM pg_policy p JOIN pg_class c ON"
    " c.oid = p.polrelid WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)",
}


def tell(v, chains):
    counts = [f"{v.rows(f'SELECT count(*) FROM cases_{name}')[0][0]:,} {name}" for name in COUNTED.split()]
    size = v.rows("SELECT pg_size_pretty(pg_database_size(current_database()))")[0][0]
    print(", ".join(counts) + f"; {size}")
    wrong = [what for what, found in WALLS.items() if v.rows(f"SELECT EXISTS ({found})")[0][0]]
    if chains:
        with transaction.atomic(using="owner"):
            faults = keten.faults()
        wrong += [f"the chain: {fault}" for fault in faults[:5]]
        connections["owner"].close()
    if wrong:
        raise SystemExit("not as the walls have it: " + "; ".join(map(str, wrong)))
    print("the walls hold" + (", and every chain fits its rows" if chains else ""))
