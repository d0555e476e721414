"""What was put back is the same in every row, wall and right, and people go on in it."""

import json

import psycopg
import pyrage
import pytest

from expertteam.backup import make, measure

pytestmark = pytest.mark.usefixtures("unblocked")
NIETS = ["--vernietigd", "/dev/null"]  # an empty list
LIST = """
import json
from cases.models import Aanmelding, Vernietiging
from cases.opnieuw_vernietigen import FACTS, MAN
from schools.models import User
a = Aanmelding.objects.using("owner").select_related("school__team").get(nummer="{nummer}")
people = [{{name: str(getattr(u, name)) for name in MAN}} for u in User.objects.order_by("email")[:2]]
facts = "11111111-1111-4111-8111-111111111111", "V26-0001", a.school.team.kring_id, [str(a.pk)]
line = dict(zip(FACTS, (*facts, "2026-01-02T10:00:00Z", "2026-01-03T10:00:00Z", {{"aanmelding": 1}})))
print(json.dumps(line | dict(zip(("voorgesteld_door", "bevestigd_door"), people)) | {{"regels": []}}))
"""
LOGIN_AND_STEP = """
from django.test import Client
from django.urls import reverse
from cases.models import Bijlage, Contactmoment, Traject
from cases.workflow import TRAJECT
from expertteam import sleutel
from expertteam.actor import acting_as
from schools.models import User, vandaag
rosa, noor = (User.objects.get(email=f"{name}@demo.example") for name in ("rosa.visser", "noor.jansen"))
client = Client(headers={"host": "localhost"})
wrong = client.post(reverse("account_login"), {"login": rosa.email, "password": "iets anders 7"})
entered = client.post(reverse("account_login"), {"login": rosa.email, "password": "een zin die niemand raadt 7"})
with acting_as(rosa):
    before, mine = Contactmoment.objects.count(), Traject.objects.visible_to(rosa)
    traject = next(t for t in mine if "bezoek" in [s.name for s, why in TRAJECT.offered(t) if not why])
sent = {"soort": "observatie", "minuten_0": "60", "datum": vandaag().isoformat(), "sleutel": sleutel.make(rosa)}
answer = client.post(reverse("step", args=["traject", traject.pk, "bezoek"]), sent)
with acting_as(rosa):
    after = Contactmoment.objects.count()
with acting_as(noor):
    plan = Bijlage.objects.get(naam="plan.pdf")
reader = Client(headers={"host": "localhost"})
reader.post(reverse("demo"), {"wie": noor.email})
file = reader.get(reverse("bijlage", args=[plan.aanmelding_id, plan.pk]))
print(wrong.status_code, entered.status_code, answer.status_code, after - before, file.status_code, file.content[:5])
"""


def state(beside):
    """Everything that is measured, as the superuser, without the code that made the backup."""
    with psycopg.connect(**beside.params("owner") | {"user": "postgres"}) as connection:
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 2200"
        ).fetchall()
        connection.execute("SET timezone = 'UTC'")
        digest = "SELECT count(*), md5(string_agg(md5(x::text), '' ORDER BY md5(x::text))) FROM public.{} x"
        return {name: connection.execute(digest.format(name)).fetchone() for (name,) in names}


def test_one_command_puts_everything_back_and_people_go_on(gevuld, leeg, folder):
    key = pyrage.x25519.Identity.generate()
    gevuld.must("backup", str(folder), BACKUP_RECIPIENT=str(key.to_public()))
    (file,), sleutel = folder.glob("*.age"), folder / "sleutel.txt"
    sleutel.write_text(f"# public key: {key.to_public()}\n{key}\n")
    leeg.drop()
    said = gevuld.must("restore", str(file), "--database", leeg.name, "--sleutel", str(sleutel))
    tables = json.loads(file.with_name(f"{file.name}.json").read_text())["tables"]
    assert said.startswith(f"Teruggezet en nagekeken: {len(tables)} tabellen")
    assert state(leeg) == state(gevuld)
    assert leeg.must("check", "--database", "default", "--database", "owner").startswith("System check identified no")
    assert leeg.must("shell", "--no-imports", "-c", LOGIN_AND_STEP) == "200 302 302 1 200 b'%PDF-'\n"
    assert leeg.must("keten").startswith("Alles is zoals het was")  # the chains go on as well


def test_what_was_destroyed_since_does_not_come_back_with_an_old_backup(gevuld, leeg, folder):
    numbers = "from cases.models import Aanmelding; print(*Aanmelding.objects.using('owner').order_by('nummer')"
    numbers += ".exclude(nummer=None).values_list('nummer', flat=True))"
    ask = ("shell", "--no-imports", "-c", numbers)
    gevuld.must("backup", str(folder))
    (file,), (gone, *others) = folder.glob("*.dump"), gevuld.must(*ask).split()
    done = leeg.manage("restore", str(file))
    assert (done.returncode, done.stdout, state(leeg)) == (1, "", {})
    assert "Geef met --vernietigd de nieuwste lijst van wat vernietigd is: anders komt dat terug." in done.stderr
    destroyed = folder / "vernietigd.jsonl"
    for content in (None, '{"nummer": "V26-0'):  # not there; cut off
        if content:
            destroyed.write_text(content)
        done = leeg.manage("restore", str(file), "--vernietigd", str(destroyed))
        assert (done.returncode, state(leeg)) == (1, {})
        assert "CommandError: De lijst van wat vernietigd is, is niet te lezen: " in done.stderr
    destroyed.write_text(gevuld.must("shell", "--no-imports", "-c", LIST.format(nummer=gone)))
    said = leeg.must("restore", str(file), "--vernietigd", str(destroyed))
    assert said.endswith("1 verklaringen nagelopen, 1 dossiers opnieuw vernietigd.\n")
    assert leeg.must(*ask).split() == others
    assert leeg.must("keten").startswith("Alles is zoals het was")


def test_never_over_something(gevuld, kopie, folder):
    gevuld.must("backup", str(folder))
    (file,) = folder.glob("*.dump")
    before = state(kopie)
    for command in (["restore", str(file), "--database", kopie.name], ["restore", str(file), *NIETS]):
        done = kopie.manage(*command)
        assert (done.returncode, done.stdout) == (1, "")
        assert f"In {kopie.name} staat al iets. Zet een back-up terug in een lege database." in done.stderr
    assert state(kopie) == before


def test_a_file_that_changed_or_stays_locked_is_not_put_back(gevuld, leeg, folder):
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    make.backup(folder, gevuld.params("backup"), str(key.to_public()))
    (file,), sleutel = folder.glob("*.age"), folder / "sleutel.txt"
    for given, why in [([], "Deze back-up zit op slot."), (["--sleutel", str(sleutel)], "Met deze sleutel gaat de")]:
        sleutel.write_text(str(other))
        done = leeg.manage("restore", str(file), *NIETS, *given)
        assert (done.returncode, why in done.stderr) == (1, True)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    done = leeg.manage("restore", str(file), *NIETS, "--sleutel", str(sleutel))
    assert "Dit bestand is niet meer zoals het was" in done.stderr
    assert state(leeg) == {}


# What is not the same is seen and named.


def spoiled(beside, sql):
    """The names that differ after this."""
    params = beside.params("owner") | {"user": "postgres"}
    with psycopg.connect(**params) as connection, connection.cursor() as cursor:
        was = measure.tables(cursor) | measure.guards(cursor)
        cursor.execute("SET search_path = public")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        now = measure.tables(cursor) | measure.guards(cursor)
        connection.rollback()
    return measure.differences(was, now)


@pytest.mark.parametrize(("sql", "named"), [
    ("UPDATE schools_school SET plaats = 'Elders' WHERE id = (SELECT min(id) FROM schools_school)", "schools_school"),
    ("DELETE FROM cases_event WHERE ctid = (SELECT min(ctid) FROM cases_event)", "cases_event"),
    ("UPDATE cases_bijlage SET (inhoud, sha256) = ('pdf', encode(sha256('pdf'), 'hex')), grootte = 3"
     " WHERE naam = 'plan.pdf'", "cases_bijlage"),
    ("ALTER TABLE cases_vraag NO FORCE ROW LEVEL SECURITY", "table public.cases_vraag"),
    ("ALTER TABLE cases_vraag OWNER TO postgres", "table public.cases_vraag"),
    ("GRANT DELETE ON cases_event TO expertteam_app", "table public.cases_event"),
    ("DROP POLICY mag_select ON cases_vraag", "policy cases_vraag.mag_select"),
    ("ALTER POLICY mag_select ON cases_vraag USING (true)", "policy cases_vraag.mag_select"),
    ("ALTER TABLE cases_bijlage DROP CONSTRAINT bijlage_grootte", "constraint public.cases_bijlage.bijlage_grootte"),
    ("DROP INDEX {index}", "index {index}"),
    ("ALTER FUNCTION actor() SECURITY DEFINER", "function public.actor()"),
    ("GRANT EXECUTE ON FUNCTION vingerafdruk(jsonb, text[]) TO PUBLIC", "function public.vingerafdruk(jsonb,text[])"),
    ("DROP VIEW cases_telverhaal", "view public.cases_telverhaal"),
    ("GRANT CREATE ON SCHEMA public TO expertteam_app", "schema public"),
])  # fmt: skip
def test_every_difference_is_named(kopie, sql, named):
    if "{index}" in sql:
        with psycopg.connect(**kopie.params("owner")) as connection:
            found = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisunique AND indrelid = %s::regclass"
            (index,) = connection.execute(found, ["cases_event"]).fetchone()
        sql, named = sql.format(index=index), f"index public.{index}"
    assert named in spoiled(kopie, sql)


def test_a_trigger_that_is_off_is_named(kopie):
    with psycopg.connect(**kopie.params("owner")) as connection:
        found = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'cases_aanmelding'::regclass"
        (name,) = connection.execute(found).fetchone()
    off = f"ALTER TABLE cases_aanmelding DISABLE TRIGGER {name}"
    assert spoiled(kopie, off) == [f"trigger public.cases_aanmelding.{name}"]


def test_the_same_rows_in_another_order_are_the_same(kopie):
    assert spoiled(kopie, "CREATE TEMP TABLE x AS TABLE cases_event; DELETE FROM cases_event;"
                          " INSERT INTO cases_event SELECT * FROM x ORDER BY id DESC") == []  # fmt: skip


def test_what_differs_after_putting_back_is_no_success(gevuld, leeg, folder, monkeypatch):
    """The broken twin of the whole: something loses a row on the way back."""
    make.backup(folder, gevuld.params("backup"))
    (manifest,) = folder.glob("*.json")
    kept = json.loads(manifest.read_text())
    kept["tables"]["cases_event"][0] += 1
    manifest.write_text(json.dumps(kept))
    (file,) = folder.glob("*.dump")
    done = leeg.manage("restore", str(file), *NIETS)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Niet hetzelfde als in de back-up: cases_event." in done.stderr


def test_a_bijlage_that_does_not_open_and_a_broken_chain_are_no_success(kopie):
    with psycopg.connect(**kopie.params("owner") | {"user": "postgres"}) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE cases_bijlage SET inhoud = 'geen pdf', grootte = 8, sha256 = encode(sha256('geen pdf'), 'hex')"
            " WHERE naam = 'plan.pdf'"
        )
    told = kopie.must("shell", "--no-imports", "-c", "from cases import teruggezet; print(teruggezet.faults())")
    assert "gaat niet open" in told
    assert "keten" in told


def test_a_dossier_that_is_to_be_read_there_without_a_name_is_no_success(kopie):
    ask = ("shell", "--no-imports", "-c", "from cases import teruggezet; print(teruggezet.faults())")
    assert kopie.must(*ask) == "[]\n"
    with psycopg.connect(**kopie.params("owner")) as connection:
        connection.execute("CREATE POLICY open ON cases_aanmelding TO expertteam_app USING (true)")
    assert kopie.must(*ask) == "['Aanmelding is te lezen zonder naam']\n"


def test_what_postgresql_writes_in_another_way_is_the_same_and_another_rule_is_not():
    once = "CHECK (((soort)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))"
    again = "CHECK (((soort)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))"
    assert measure.read_again(once) == measure.read_again(again)
    for one, other in [("(a AND (b OR c))", "((a AND b) OR c)"), ("x = 'a'::text", "x = 'b'::text"), ("f(x)", "g(x)")]:
        assert measure.read_again(one) != measure.read_again(other)
