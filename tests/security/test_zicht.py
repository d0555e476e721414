"""Two implementations of one rule must agree: `visible_to` in Python, and the policies of PostgreSQL.

For 200 people over 5,000 dossiers of a random world. Each mutant of either side must be seen.
"""

from functools import reduce
from operator import or_

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Q

from cases.models import Aanmelding, Afspraak, Agendapunt, Consult, Dagdeel, Offerte, Overleg, Traject
from cases.models.base import Scoped
from cases.models.offerte import READ
from cases.models.overleg import FUNCTIONS as OVERLEGGEN
from cases.models.zicht import FUNCTIONS, in_dossier, in_traject
from cases.roles import SEES, Relation, Role
from schools.models.aanstellen import FUNCTIONS as AANSTELLINGEN
from schools.models.mensen import AanstellingQuerySet, User
from schools.models.vervanging import FUNCTIONS as VERVANGINGEN
from tests.alles import als_eigenaar, closed
from tests.gelijk import vergeet
from tests.security.wereld import build

pytestmark = pytest.mark.xdist_group("zicht")
SEED = 20261122
PARTS = {"vraag": "aanmelding_id", "bijlage": "aanmelding_id"}
SCOPED = sorted(Scoped.__subclasses__(), key=lambda model: model._meta.label)


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(SEED)
        transaction.set_rollback(True)


def shown(user, table, column="id"):
    """What PostgreSQL shows to this person."""
    with closed(user), connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} FROM cases_{table}")
        return {row[0] for row in cursor.fetchall()}


def disagreements(users, models=SCOPED):
    """[(person, table, only Python shows, only PostgreSQL shows)]"""
    found = []
    for user in users:
        for model in models:
            python = {*model.objects.within(user).values_list("pk", flat=True)}
            postgres = shown(user, model._meta.model_name)
            if python != postgres:
                found.append((user.pk, model.__name__, len(python - postgres), len(postgres - python)))
    return found


def test_nobody_sees_by_sql_what_he_does_not_see_by_the_product_and_the_other_way_round(people):
    assert (len(people), Aanmelding.objects.count()) == (200, 5000)
    assert disagreements(people) == []
    seen = [shown(user, "aanmelding") for user in people]
    assert sum(map(bool, seen)) > 100  # otherwise agreeing is easy
    assert {m.__name__ for m in SCOPED if not any(shown(user, m._meta.model_name) for user in people[::4])} == set()
    assert all(len(rows) < 5000 for rows in seen)


def having(user, part):
    """The dossiers in which somebody has a role that sees this part, by Python."""
    relations = [r.objects(user) for role, r in Aanmelding.RELATIONS.items() if part in SEES[role]]
    return {*Aanmelding.objects.filter(reduce(or_, relations)).values_list("pk", flat=True)}


def test_the_parts_of_a_dossier_are_shown_to_the_roles_of_the_table(people):
    with_part = {name: {*als_rows(f"SELECT {column} AS x FROM cases_{name}")} for name, column in PARTS.items()}
    for user in people[::4]:
        for name, column in PARTS.items():
            assert shown(user, name, column) == {pk for pk in having(user, name) if str(pk) in with_part[name]}
        trajecten = {*Traject.objects.within(user).values_list("pk", flat=True)}
        assert shown(user, "advies", "traject_id") <= trajecten
        assert shown(user, "event", "dossier_id") <= shown(user, "aanmelding")
        for name in ("betrokkene", "jeugdhulp"):
            assert shown(user, name, "traject_id") <= trajecten
        assert shown(user, "offerteregel", "offerte_id") == shown(user, "offerte")


def als_rows(sql):
    return (row["x"] for row in als_eigenaar(sql))


def test_what_closed_tables_hold_is_shown_to_nobody(people):
    for table in ("schakel", "keten", "aanmeldinghistorie", "bijlagehistorie"):
        with closed(people[0]), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"SELECT id FROM cases_{table}")
    with closed(), connection.cursor() as cursor:  # and without a name there is nothing at all
        for table in ("event", "inzage", "inzagemetreden", "telaanmelding", *(m._meta.model_name for m in SCOPED)):
            cursor.execute(f"SELECT count(*) FROM cases_{table}")
            assert (table, *cursor.fetchone()) == (table, 0)


# Mutants: each must make the two disagree.


def nothing(old):
    return Relation(lambda user: Q(pk__in=[]), old.people)


def wide(old):
    return Relation(lambda user: Q(), old.people)


ROLES = [(Aanmelding, role) for role in Aanmelding.RELATIONS]
ROLES += [(Overleg, Role.AB), (Afspraak, Role.EIGENAAR), (Consult, Role.GW), (Offerte, Role.TEAM), (Offerte, Role.AED)]
IN_PYTHON = {f"{role} sees {what} of {model.__name__}": (model, role, change) for model, role in ROLES
             for what, change in {"nothing": nothing, "everything": wide}.items()}  # fmt: skip
IN_SQL = {
    "an aanstelling that has ended": ("AND (tot IS NULL OR tot >= (now() AT TIME ZONE 'Europe/Amsterdam')::date)", ""),
    "an aanstelling that has not begun": ("van <= (now() AT TIME ZONE 'Europe/Amsterdam')::date", "true"),
    "an aanstelling that ends today does not count": ("tot >= (now()", "tot > (now()"),
    "an aanstelling that begins today does not count": ("van <= (now()", "van < (now()"),
    "somebody who was switched off": ("u.is_active AND geldig(x.van", "geldig(x.van"),
    "an os sees a concept": (
        "a.nummer IS NOT NULL AND a.school_id IN (SELECT scholen_als('os'))",
        "a.school_id IN (SELECT scholen_als('os'))",
    ),
    "an os sees no more": ("'os' = ANY(roles) AND 'os' = ANY(held)", "false"),
    "an ib-er of any school": ("a.school_id IN (SELECT scholen_als('ib'))", "true"),
    "the team sees what has started": ("AND a.state IN ('ingediend', 'opgepakt')", ""),
    "the team sees what is not complex": ("a.soort = 'complex' AND ", ""),
    "the team sees no more": ("'team' = ANY(roles) AND 'ab' = ANY(held)", "false"),
    "an ab who is no ab any more": ("'ab' = ANY(roles) AND 'ab' = ANY(held)", "'ab' = ANY(roles)"),
    "who carried it out sees it no more": ("'uitvoerder' = ANY(roles) AND 'ab' = ANY(held)", "false"),
    "the coördinator sees what has an os": (
        "AND NOT EXISTS (SELECT FROM aan",
        "AND true OR NOT EXISTS (SELECT FROM aan",
    ),
    "the coördinator sees a concept": (
        "a.nummer IS NOT NULL AND a.school_id IN (SELECT scholen_als('coordinator'))",
        "a.school_id IN (SELECT scholen_als('coordinator'))",
    ),
    "a beheerder with another role": ("x.rol = 'beheerder' OR NOT EXISTS", "true OR NOT EXISTS"),
    "a coördinator of another kring": ("c.kring_id IS NULL OR c.kring_id = e.kring_id", "true"),
    "a school without a team is nobody's": ("s.team_id IS NULL OR EXISTS", "EXISTS"),
    "a reason that is over": ("i.door_id = actor() AND statement_timestamp() < i.tot", "i.door_id = actor()"),
    "a reason of somebody else": ("i.door_id = actor() AND statement", "statement"),
    "a reason of who is no os or coördinator": ("held && '{os,coordinator}'", "true"),
    "an ab at an ot who was not invited": ("p.ab_id = ANY (namens()) AND p.state", "p.state"),
    "an ab whose leerling was taken off the agenda": ("(namens()) AND p.state <> 'vervallen'", "(namens())"),
    "an ab at an ot who is no ab any more": ("IF EXISTS (SELECT FROM aangesteld('ab')) THEN", "IF true THEN"),
    "an ib-er at an ot of another school": ("ARRAY(SELECT scholen_als('ib'))", "ARRAY(SELECT id FROM schools_school)"),
    "an os who sees no ot": (" || ARRAY(SELECT scholen_als('os'))", ""),
    "an expert of anything": ("WHERE b.expert_id = actor()", "WHERE true"),
    "an expert who is none any more": ("held && '{ab,sbo}'", "true"),
    "an expert who sees nothing": ("'expert' = ANY(roles) AND held", "false AND held"),
    "a traject of another uitvoerder": (
        "t.uitvoerder_id = ANY (wie);\n    END IF;\nEND\n$$;\n",
        "true;\n    END IF;\nEND\n$$;\n",
    ),
    "a cover that has ended": ("geldig(v.van, v.tot)", "geldig(v.van, NULL)"),
    "a cover that begins tomorrow": ("geldig(v.van, v.tot)", "geldig(v.van - 1, v.tot)"),
    "a cover that was ended early": ("AND v.beeindigd_op IS NULL AND geldig", "AND geldig"),
    "a cover whose own aanstelling there ended": (
        "EXISTS (SELECT FROM samen_ab(v.van_wie_id, v.door_id))",
        "EXISTS (SELECT FROM samen_ab(v.van_wie_id, v.van_wie_id))",
    ),
    "a cover of who is no ab any more": (
        "EXISTS (SELECT FROM samen_ab(v.van_wie_id, v.door_id))",
        "EXISTS (SELECT FROM samen_ab(v.door_id, v.door_id))",
    ),
    "a cover by somebody else": ("v WHERE v.door_id = actor()", "v WHERE true"),
    "a cover that does nothing": ("SELECT FROM samen_ab(v.van_wie_id, v.door_id)", "SELECT WHERE false"),
    "a cover who sees no aanmelding": ("a.ab_id = ANY (wie)", "a.ab_id = actor()"),
    "a cover who sees no traject": (
        "t.id FROM cases_traject t WHERE t.uitvoerder_id = ANY (wie)",
        "t.id FROM cases_traject t WHERE t.uitvoerder_id = actor()",
    ),
    "a cover who does not see what a traject is about": (
        "t.aanmelding_id FROM cases_traject t WHERE t.uitvoerder_id = ANY (wie)",
        "t.aanmelding_id FROM cases_traject t WHERE t.uitvoerder_id = actor()",
    ),
}


@pytest.mark.parametrize("name", IN_PYTHON)
def test_a_mutant_in_python_is_seen(people, monkeypatch, name):
    model, role, change = IN_PYTHON[name]
    monkeypatch.setitem(model.RELATIONS, role, change(model.RELATIONS[role]))
    vergeet()
    assert disagree(people, [model])


@pytest.mark.parametrize("model", [model for model in SCOPED if model is not Aanmelding])
def test_a_part_that_forgets_its_whole_is_seen(people, monkeypatch, model):
    for role in model.RELATIONS:
        monkeypatch.setitem(model.RELATIONS, role, wide(model.RELATIONS[role]))
    assert disagree(people, [model])


def test_a_role_that_outlives_its_aanstelling_is_seen_in_python_too(people, monkeypatch):
    monkeypatch.setattr(AanstellingQuerySet, "geldig", lambda self, op=None: self)
    vergeet()
    assert disagree(people)


def test_a_cover_in_python_that_does_not_end_is_seen(people, monkeypatch):
    forever = property(lambda user: [user.pk, *user.vervangt.values_list("van_wie", flat=True)])
    monkeypatch.setattr(User, "namens", forever)
    assert disagree(people)


@pytest.mark.parametrize("name", IN_SQL)
def test_a_mutant_in_sql_is_seen(people, name):
    right, wrong = IN_SQL[name]
    sql = AANSTELLINGEN + VERVANGINGEN + FUNCTIONS + OVERLEGGEN
    assert sql.count(right) >= 1
    with transaction.atomic():
        als_eigenaar(sql.replace(right, wrong))
        seen = disagree(people)
        transaction.set_rollback(True)
    assert seen


OVERLEG, CONSULT = in_dossier("aanmelding_id", "overleg"), in_traject("traject_id", "consult")
IN_POLICY = {
    "a consult to somebody else": (Consult, "aan_id = actor() AND ", ""),
    "a consult to who is no gw any more": (Consult, " AND EXISTS (SELECT FROM aangesteld('gw'))", ""),
    "a consult that the gw does not see": (Consult, "aan_id = actor() AND", "false AND"),
    "a consult that an expert sees": (Consult, CONSULT, in_traject("traject_id", "traject")),
    "a consult that who carries out does not see": (Consult, CONSULT, "false"),
    "an offerte that the aed does not see": (Offerte, "EXISTS (SELECT FROM aangesteld('coordinator_aed'))", "false"),
    "an offerte that everybody sees": (Offerte, READ, "true"),
    "an offerte that the team does not see": (Offerte, "scholen_als('ab')", "scholen_als('os')"),
    "an afspraak of who has no role there": (Afspraak, f" AND {in_dossier('aanmelding_id', 'aanmelding')}", ""),
    "an afspraak that who does it does not see": (Afspraak, "wie_id = actor()", "false"),
    "an agendapunt that an expert sees": (Agendapunt, OVERLEG, in_dossier("aanmelding_id", "aanmelding")),
    "a dagdeel of a klas that is not seen": (Dagdeel, Dagdeel.IN.format("true"), "true"),
}


@pytest.mark.parametrize("name", IN_POLICY)
def test_a_mutant_in_a_policy_is_seen(people, name):
    model, right, wrong = IN_POLICY[name]
    policy = model.POLICY["SELECT"]
    assert policy.count(right) == 1
    with transaction.atomic():
        als_eigenaar(f"ALTER POLICY mag_select ON {model._meta.db_table} {policy.replace(right, wrong)}")
        seen = disagree(people, [model])
        transaction.set_rollback(True)
    assert seen


def disagree(people, models=SCOPED):
    """Whether anybody sees something else; the first one is enough."""
    return any(disagreements([user], models) for user in people)
