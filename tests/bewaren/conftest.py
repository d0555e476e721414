"""Dossiers that were closed long ago, with a row in every table that a dossier has."""

import datetime

import pytest
from django.utils import timezone

from cases.models import (
    Advies,
    Betrokkene,
    Bijlage,
    Inzage,
    Jeugdhulp,
    Verhaal,
    Vernietiging,
    Vraag,
)
from cases.roles import Role
from schools.models import Rol
from tests.alles import als_eigenaar
from tests.files.maken import bijlage
from tests.people import TODAY, person
from tests.scenarios.conftest import abel, browser, coen, dirk, olga, sam, typed  # noqa: F401

NOON = datetime.time(12, tzinfo=datetime.UTC)


def jaar_terug(jaren, dagen=0, dag=TODAY):
    """The day so many years ago (on 29 February the day before), and some days more."""
    try:
        then = dag.replace(year=dag.year - jaren)
    except ValueError:
        then = dag.replace(year=dag.year - jaren, day=28)
    return then - datetime.timedelta(days=dagen)


def ended(thing, dag, kind="traject", target="afgesloten", source="evaluatie"):
    """The step that ended it, at noon of a day."""
    by = thing.dossier_id and getattr(thing, "uitvoerder_id", None) or thing.aanmelding.door_id
    als_eigenaar(
        "INSERT INTO cases_event (dossier_id, kind, object_id, step, source, target, by_id, note, at)"
        f" VALUES ('{thing.dossier_id}', '{kind}', '{thing.pk}', 'x', '{source}', '{target}', '{by}', 'Klaar.',"
        f" '{datetime.datetime.combine(dag, NOON)}')"
    )
    return thing


@pytest.fixture
def closed_dossier(make):
    """closed_dossier(day, soort, …): an aanmelding of which the traject was closed on that day."""

    def closed_dossier(dag, soort="licht", school="De Berg", **fields):
        sent = datetime.datetime.combine(dag - datetime.timedelta(days=100), NOON)
        a = make["aanmelding"]("gestart", soort, school=school, ingediend_op=sent, **fields)
        return ended(make["traject"]("afgesloten", soort, whole=a), dag).aanmelding

    return closed_dossier


@pytest.fixture
def full(make, people, closed_dossier):
    """full(day): a complex dossier with a row of everything that can belong to one."""

    def full(dag, **fields):
        words = {"hulpvraag": "Zzkanarie zingt niet.", "achternaam": "Zzkanarie"}
        a = closed_dossier(dag, "complex", **words | fields)
        t, ib, os, ab = a.trajecten.get(), people[Role.IB], people[Role.OS], people[Role.AB]
        text = "Zzkanarie"
        make["contactmoment"](whole=t, notitie=text, datum=dag, minuten=45)
        make["contactmoment"](whole=t, notitie=text, datum=dag, door=os, als="os", minuten=30)
        Advies.objects.create(traject=t, door=os, soort="proces", tekst=text)
        Vraag.objects.create(
            aanmelding=a, door=os, vraag=text, antwoord=text, beantwoord_door=ib, beantwoord_op=timezone.now()
        )
        bijlage(aanmelding=a, door=ib, verslag=True, akkoord_op=TODAY, inhoud=b"%PDF-" + text.encode())
        overleg = dict.fromkeys(["overleg_os_op", "overleg_ib_op"], TODAY)
        Betrokkene.objects.create(traject=t, door=ab, expert=people[Role.EXPERT], expertise=text, **overleg)
        Jeugdhulp.objects.create(traject=t, door=ab, op=dag, partij=text, ouders_akkoord_op=dag)
        make["consult"]("beantwoord", whole=t, vraag=text, antwoord=text)
        Verhaal.objects.create(traject=t, door=ab, tekst="Er kwam rust.")
        ended(make["route"]("blijft", aanmelding=a), dag, "route", "blijft", "loopt")
        ot = make["overleg"]("vastgesteld", datum=dag, os_erbij="ja", verslag=text)
        punt = make["agendapunt"]("besproken", whole=ot, aanmelding=a, doel=text)
        make["afspraak"]("gedaan", aanmelding=a, agendapunt=punt, wat=text)
        klas_and_besluit(make, a, t, people)
        make["offerte"](aanmelding=a)
        look(people, [a.pk], a.pk)
        return a

    return full


def klas_and_besluit(make, a, t, people):
    """Past the walls: Expertise in de klas is of a group, and what is closed is no open vraag."""
    als_eigenaar(
        "ALTER TABLE cases_expertiseindeklas DISABLE TRIGGER USER; ALTER TABLE cases_dagdeel DISABLE TRIGGER USER;"
        " ALTER TABLE cases_afstemmingsbesluit DISABLE TRIGGER USER"
    )
    try:
        klas = make["expertiseindeklas"]("afgerond", whole=t, resultaat="Zzkanarie")
        make["dagdeel"]("gegeven", whole=klas)
        make["dagdeel"]("gepland", whole=klas)
        make["besluit"](aanmelding=a, toelichting="Zzkanarie", uren=0)
    finally:
        als_eigenaar("SET CONSTRAINTS ALL IMMEDIATE")
        als_eigenaar(
            "ALTER TABLE cases_expertiseindeklas ENABLE TRIGGER USER; ALTER TABLE cases_dagdeel ENABLE TRIGGER USER;"
            " ALTER TABLE cases_afstemmingsbesluit ENABLE TRIGGER USER; SET CONSTRAINTS ALL DEFERRED"
        )


def look(people, dossiers, keten, **fields):
    words = {"als": "Onderwijsspecialist", "waarom": "Eigen werk als Onderwijsspecialist", "pagina": "detail"}
    given = {"door": people[Role.OS], "deel": "dossier", "dossiers": dossiers, "keten": keten} | words | fields
    return Inzage.objects.create(**given)


@pytest.fixture
def cora(world, browser):  # noqa: F811
    """A second coördinator, of one kring."""
    return browser(person("cora@ppo.test", "Cora", "Tweede", (Rol.COORDINATOR, {"kring": world["noord"]})))


@pytest.fixture
def propose(people, world):
    """propose(dossier, …): by Coen, past the page."""

    def propose(*dossiers, **fields):
        given = {"kring": world["noord"], "voorgesteld_door": people[Role.COORDINATOR]} | fields
        return Vernietiging.objects.create(dossiers=[a.pk for a in dossiers], **given)

    return propose


@pytest.fixture
def confirm(people):
    """confirm(proposal): by Olga, past the page; what is in the database then."""

    def confirm(v, by=None):
        Vernietiging.objects.filter(pk=v.pk).update(bevestigd_door=by or people[Role.OS])
        v.refresh_from_db()
        return v

    return confirm


def everywhere(word):
    """The tables in which a word stands, read as the owner."""
    tables = als_eigenaar("SELECT tablename AS t FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    found = [f"SELECT '{row['t']}' AS t WHERE EXISTS (SELECT FROM {row['t']} r WHERE r::text ILIKE '%{word}%')"
             for row in tables]  # fmt: skip
    return [row["t"] for row in als_eigenaar("SELECT * FROM (" + " UNION ALL ".join(found) + ") x")]


def files(word):
    """How many bijlagen hold a word."""
    return sum(word.encode() in bytes(b.inhoud) for b in Bijlage.objects.all())
