"""What the database allows whom: three roles, policies that nobody forgets, and grants that nobody gives himself."""

import subprocess

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, connections, models, transaction

from cases.checks import nothing_without_a_policy, the_application_owns_nothing
from cases.models import Aanmelding, Bijlage, Contactmoment, Event, Inzage, Traject
from cases.roles import Role
from expertteam.postgres.server import find_bin
from schools.models import Aanstelling, Expertteam, Rol, User, stel_aan
from tests.alles import als_eigenaar, closed
from tests.people import person
from tests.people import stel_aan as stel_aan_als_eigenaar

CASES = [m for m in apps.get_app_config("cases").get_models() if m._meta.managed]


def one(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def test_every_table_of_a_dossier_is_under_forced_row_level_security(db):
    forced = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = %s"
    assert {m.__name__ for m in CASES if one(forced, m._meta.db_table)} == {m.__name__ for m in CASES}
    assert len(CASES) >= 17
    assert the_application_owns_nothing(databases=["default"]) == []


def test_the_check_refuses_a_model_without_a_policy_and_a_table_without_force(db):
    class Vergeten(models.Model):
        class Meta:
            app_label = "vergeten"

    assert [e.id for e in nothing_without_a_policy(models=[Vergeten, Aanmelding])] == ["cases.E005"]
    assert [e.id for e in checks.run_checks() if e.id.startswith("cases.E")] == []
    als_eigenaar("ALTER TABLE cases_vraag NO FORCE ROW LEVEL SECURITY")
    assert [(e.id, e.msg) for e in the_application_owns_nothing(databases=["default"])] == [
        ("cases.E007", "cases_vraag has no row-level security.")
    ]


def test_the_roles_are_what_they_should_be(db):
    roles = als_eigenaar(
        "SELECT rolname AS r, rolsuper AS s, rolbypassrls AS b, rolcreaterole AS c FROM pg_roles"
        " WHERE rolname LIKE 'expertteam%' ORDER BY 1"
    )
    assert [(x["r"].removeprefix("expertteam_"), x["s"], x["b"], x["c"]) for x in roles] == [
        ("app", False, False, False), ("backup", False, True, False), ("owner", False, False, False),
    ]  # fmt: skip
    assert one("SELECT current_user") == "expertteam_app"
    assert one("SELECT count(*) FROM pg_tables WHERE tableowner = 'expertteam_app'") == 0
    granted = "FROM information_schema.table_privileges WHERE grantee = 'expertteam_backup'"
    assert als_eigenaar(f"SELECT DISTINCT privilege_type AS v {granted}") == [{"v": "SELECT"}]


def test_the_views_of_the_kring_hold_no_column_with_a_name_or_a_text_and_cannot_be_written(db):
    columns = als_eigenaar(
        "SELECT table_name AS t, array_agg(column_name::text ORDER BY column_name::text) AS c"
        " FROM information_schema.columns WHERE table_name LIKE 'cases_tel%' GROUP BY 1 ORDER BY 1"
    )
    assert {row["t"]: row["c"] for row in columns} == {
        "cases_telaanmelding": ["afgerond_reden", "eerste_contact_op", "gestart_op", "id", "ingediend_op", "niveau",
                                "nummer", "school_id", "schooljaar_id", "soort", "state", "thema"],
        "cases_telcontact": ["als", "datum", "id", "minuten", "school_id", "soort", "traject_id", "traject_soort"],
        "cases_teldag": ["bron", "datum", "kring_id", "minuten", "wat"],
        "cases_telgebeurtenis": ["hoe", "id", "op", "school_id", "soort"],
        "cases_telinzet": ["aantal", "begin", "expert_id", "team_id", "wat"],
        "cases_teltraject": ["begonnen_op", "clusters", "doel_behaald", "geeindigd_op", "id", "overgedragen",
                             "school_id", "soort", "state", "verwachte_einddatum", "voortraject"],
        "cases_telverhaal": ["id", "op", "school_id", "soort", "tekst"],  # the one text: shared on purpose
    }  # fmt: skip
    may = "FROM information_schema.table_privileges WHERE grantee = 'expertteam_app' AND table_name LIKE 'cases_tel%'"
    assert als_eigenaar(f"SELECT DISTINCT privilege_type AS v {may}") == [{"v": "SELECT"}]


# Nobody gives himself a right.


@pytest.fixture
def bea(world):
    return person("bea@ppo.test", "Bea", "Heer", (Rol.BEHEERDER, {}), organisatie="ppo")


def aanstelling(user, rol, **place):
    return Aanstelling(user=user, rol=rol, **place)


@pytest.mark.parametrize("sql", [
    "INSERT INTO schools_aanstelling (user_id, rol, clusters, expertise, van) VALUES ('{0}', 'os', '', '', now())",
    "UPDATE schools_aanstelling SET tot = NULL", "DELETE FROM schools_aanstelling",
    "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) VALUES (gen_random_uuid(),"
    " gen_random_uuid(), '{0}', 'Twintig tekens of meer.', now(), now() + interval '1 hour')",
    "UPDATE cases_inzagemetreden SET tot = now() + interval '1 year'",
    "INSERT INTO schools_vervanging (id, van_wie_id, door_id, van, tot, vastgelegd_op, vastgelegd_door_id)"
    " VALUES (gen_random_uuid(), '{0}', '{0}', now(), now(), now(), '{0}')",
    "UPDATE schools_vervanging SET tot = tot + 30", "DELETE FROM schools_vervanging",
])  # fmt: skip
def test_the_application_cannot_write_a_right_past_the_function(people, sql):
    ib = people[Role.IB]
    with closed(ib), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(sql.format(ib.pk))


def test_a_beheerder_gives_a_role_to_another_but_not_to_himself_and_nobody_else_gives_any(people, bea, world):
    sam, merel = people[Role.IB], world["merel"]
    with closed(bea), transaction.atomic():
        given = aanstelling(sam, Rol.AB, team=merel)
        stel_aan(given)
        given.tot = given.van
        stel_aan(given)
    assert [*sam.aanstellingen.filter(rol="ab").values_list("team", "tot")] == [(merel.pk, given.van)]
    own = bea.aanstellingen.get()
    for who, what, why in [
        (bea, aanstelling(bea, Rol.OS, team=merel), "Je kunt jezelf geen rol geven"),
        (bea, Aanstelling(pk=own.pk, user=sam, rol=Rol.BEHEERDER), "Je kunt jezelf geen rol geven"),
        (people[Role.OS], aanstelling(people[Role.OS], Rol.COORDINATOR), "Alleen een beheerder"),
        (people[Role.COORDINATOR], aanstelling(sam, Rol.OS, team=merel), "Alleen een beheerder"),
    ]:
        with closed(who), pytest.raises(ValueError, match=why), transaction.atomic():
            stel_aan(what)


def test_a_beheerder_has_no_other_role_beside_it(people, bea, world, make):
    make["aanmelding"]("ingediend", school="De Beek")
    with closed(bea), pytest.raises(ValueError, match="geen andere rol"), transaction.atomic():
        stel_aan(aanstelling(people[Role.OS], Rol.BEHEERDER))
    other = person("bob@ppo.test", "Bob", "Heer", (Rol.BEHEERDER, {}), (Rol.OS, {"team": world["spreeuw"]}))
    with closed(other):  # were it there already: it gives nothing
        assert (Aanmelding.objects.count(), [*Aanmelding.objects.within(other)]) == (0, [])


def test_who_wrote_an_aanstelling_down_and_when_is_kept_and_whose_it_is_stays(people, bea, world):
    given = aanstelling(people[None], Rol.AB, team=world["merel"])
    with closed(bea), transaction.atomic():
        stel_aan(given)
        given.rol, given.user = Rol.COORDINATOR, people[Role.TEAM]
        stel_aan(given)
    kept = Aanstelling.objects.get(pk=given.pk)
    assert (kept.rol, kept.user, kept.vastgelegd_door, kept.vastgelegd_op is None) == ("ab", people[None], bea, False)


@pytest.mark.parametrize("sql", [
    "UPDATE schools_school SET team_id = (SELECT id FROM schools_expertteam WHERE naam = 'Team Uil')",
    "UPDATE schools_expertteam SET kring_id = (SELECT max(id) FROM schools_kring)",
    "UPDATE schools_user SET is_active = NOT is_active", "UPDATE schools_user SET email = 'x' || email",
])  # fmt: skip
def test_what_decides_who_sees_what_is_changed_by_a_beheerder_only(people, bea, sql):
    with closed(people[Role.OS]), pytest.raises(IntegrityError, match="Alleen een beheerder"), transaction.atomic():
        connection.cursor().execute(sql)
    with closed(bea), transaction.atomic():
        connection.cursor().execute(sql)


def test_the_functions_that_write_history_are_for_triggers_only(people):
    """Nobody hangs one on a table of his own, and forges the past of a dossier with it."""
    with closed(people[Role.IB]), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        connection.cursor().execute("CREATE TEMP TABLE cases_inzage (id int)")
    run = als_eigenaar(
        "SELECT proname AS p, has_function_privilege('expertteam_app', oid, 'EXECUTE') AS app,"
        " has_function_privilege('expertteam_backup', oid, 'EXECUTE') AS backup FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proname <> 'als_eigenaar'"
    )
    assert [r["p"] for r in run if r["backup"]] == []
    for_nobody = {r["p"] for r in run if not r["app"]}
    closed_ = {"schakel", "vernietig", "vernietig_concepten", "tel_na", "volgende_verklaring"}
    assert {p for p in for_nobody if not p.startswith("pgtrigger_")} == closed_
    assert {r["p"] for r in run if r["p"].startswith("pgtrigger_")} <= for_nobody


def test_without_the_check_in_the_function_he_would_have_it(people, bea, world):
    """The broken twin: it is the function that refuses."""
    sql = als_eigenaar("SELECT pg_get_functiondef('stel_aan'::regproc) AS f")[0]["f"]
    als_eigenaar(sql.replace("wie = actor()", "false"))
    with closed(bea), transaction.atomic():
        stel_aan(aanstelling(bea, Rol.BEHEERDER))
    assert bea.aanstellingen.count() == 2


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_first_beheerder_is_made_at_the_server_and_only_the_first(mailoutbox):
    call_command("beheerder", "Bep@ppo.test", "Bep", "Sleutel", verbosity=0)
    assert [*Aanstelling.objects.values_list("user__email", "rol", "tot")] == [("bep@ppo.test", "beheerder", None)]
    assert [m.to for m in mailoutbox] == [["bep@ppo.test"]]
    with pytest.raises(CommandError, match="Er is al een beheerder"):
        call_command("beheerder", "an@ppo.test", "An", "Ander", verbosity=0)


# The second line holds when the first is forgotten.


def test_a_forgotten_filter_shows_nothing_that_is_not_ones_own(people, make):
    mine, theirs = make["aanmelding"]("ingediend", school="De Berg"), make["traject"]("waarnemen").aanmelding
    stranger = people[None]  # the IB-er of another school
    with closed(stranger):
        for model in (Aanmelding, Traject, Contactmoment, Event, Bijlage):
            assert (model.__name__, model.objects.count()) == (model.__name__, 0)
        assert Aanmelding.objects.filter(pk__in=[mine.pk, theirs.pk]).update(hulpvraag="Anders") == 0
    with closed(people[Role.IB]):
        assert Aanmelding.objects.count() == 2


def in_another_name(t, other, ib):
    """What somebody would like to write down as if another did it, or at another school."""
    step = {"step": "x", "source": "x", "target": "x"}
    look = {"als": "x", "deel": "lijst", "waarom": "x", "pagina": "x"}
    return {
        "a dossier at another school": lambda: Aanmelding(school=t.aanmelding.school, door=ib),
        "an event": lambda: Event(dossier=t.aanmelding, kind="aanmelding", object_id=t.pk, by=other, **step),
        "an hour": lambda: Contactmoment(traject=t, door=other, als="ab", soort="bezoek", minuten=60),
        "an inzage": lambda: Inzage(door=other, dossiers=[t.aanmelding_id], keten=t.aanmelding_id, **look),
    }


@pytest.mark.parametrize(("what", "who"), [
    ("a dossier at another school", None), ("an event", Role.OS), ("an hour", Role.AB), ("an inzage", Role.OS),
])  # fmt: skip
def test_nobody_writes_in_another_name_or_at_another_place(people, make, what, who):
    t = make["traject"]("waarnemen")
    row = in_another_name(t, people[Role.TEAM], people[Role.IB])[what]()
    with closed(people[who]), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_who_looks_with_a_reason_reads_and_changes_nothing(people, make, world):
    t = make["traject"]("waarnemen")
    with_reason = person("otto@ppo.test", "Otto", "Staal", (Rol.OS, {"team": world["uil"]}))
    als_eigenaar(
        "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) VALUES (gen_random_uuid(),"
        f" '{t.aanmelding_id}', '{with_reason.pk}', 'Twintig tekens of meer.', now(), now() + interval '1 hour')"
    )
    with closed(with_reason):
        assert [a.pk for a in Aanmelding.objects.all()] == [t.aanmelding_id]
        assert Aanmelding.objects.update(hulpvraag="Anders") == 0
        assert Traject.objects.update(doel="Anders") == 0


# The backup.


def dump(role, *options):
    params = connections["owner"].get_connection_params()
    tool = find_bin() / "pg_dump"
    call = [tool, "-h", params["host"], "-U", role, "-d", params["dbname"], "--data-only", "-t", "cases_aanmelding"]
    return subprocess.run([*call, *options], capture_output=True, text=True)


@pytest.mark.django_db(transaction=True)
def test_only_the_role_of_the_backup_makes_a_backup_and_it_holds_every_row(people, make):
    for n in range(3):
        make["aanmelding"]("ingediend", hulpvraag=f"Vraag {n}")
    whole = dump("expertteam_backup")
    assert (whole.returncode, whole.stdout.count("Vraag ")) == (0, 3)
    for role in ("expertteam_owner", "expertteam_app"):
        refused = dump(role)
        assert refused.returncode != 0
        assert "query would be affected by row-level security policy" in refused.stderr
    empty = dump("expertteam_app", "--enable-row-security")  # the trap: no error, and nothing in it
    assert (empty.returncode, empty.stdout.count("Vraag ")) == (0, 0)


def test_an_integrity_error_of_a_right_is_a_sentence(bea, world):
    with closed(bea), pytest.raises((IntegrityError, ValueError)), transaction.atomic():
        stel_aan(aanstelling(User.objects.create(email="x@y.test", voornaam="X", achternaam="Y"), Rol.IB))


def test_the_helper_of_the_tests_writes_what_the_function_writes(people, bea, world):
    team = Expertteam.objects.get(naam="Team Merel")
    stel_aan_als_eigenaar(people[None], Rol.OS, team=team)
    assert [*people[None].aanstellingen.filter(rol="os").values_list("team", flat=True)] == [team.pk]
