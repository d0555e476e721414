"""A town for the walk: twenty people, five places, and who looks at what. All people and schools are invented."""

import psycopg
import pytest
from django.db import connections

from cases.models import Aanmelding, Inzage, InzageMetReden
from cases.roles import Role
from schools.models import Rol, School, Schooljaar, User
from tests.access.dossiers import PLACES, ask, fill
from tests.access.sight import FIRST_NUMBER
from tests.access.walk import walk
from tests.alles import als_eigenaar
from tests.people import met_reden, ontsla, person, stel_aan

ELSEWHERE = {Role.EXPERT, Role.GW, Role.AED}  # of the people fixture: the town has its own


def far_numbers():
    """Only the owner may do this."""
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s)"
            " FROM pg_sequences WHERE schemaname = 'public'",
            [FIRST_NUMBER],
        )


@pytest.fixture
def town(db, request):
    """{"people": {who: user or None}, "pk": {(place, thing): key}, "dossiers": {key: name}, "nummers": {…: name}}."""
    far_numbers()
    of_the_berg, make = request.getfixturevalue("people"), request.getfixturevalue("make")
    world = request.getfixturevalue("world")
    merel, berg = {"team": world["merel"]}, {"school": School.objects.get(naam="De Berg")}
    people = {str(role or "buur_ib"): user for role, user in of_the_berg.items() if role not in ELSEWHERE} | {
        "os_spreeuw": person("otto@ppo.test", "Otto", "Staal", (Rol.OS, {"team": world["spreeuw"]})),
        "oud_ib": person("inge@berg.test", "Inge", "Eerder", (Rol.IB, berg)),
        "oud_os": person("oda@ppo.test", "Oda", "Eerder", (Rol.OS, merel)),
        "oud_ab": person("aart@aed.test", "Aart", "Eerder", (Rol.AB, merel)),
        "sbo": person("saar@vlieger.test", "Saar", "Vlieger", (Rol.SBO, merel)),
        "expert": person("esra@sbo.test", "Esra", "Taal", (Rol.SBO, {"team": world["merel"]})),
        "gw": person("guus@ppo.test", "Guus", "Wijs", (Rol.GW, {})),
        "coordinator_reden": person("cora@ppo.test", "Cora", "Reden", (Rol.COORDINATOR, {})),
        "coordinator_aed": person("cees@aed.test", "Cees", "Aedes", (Rol.COORDINATOR_AED, {})),
        "beheerder": person("bea@ppo.test", "Bea", "Heer", (Rol.BEHEERDER, {})),
        "weg": person("wim@berg.test", "Wim", "Weg", (Rol.IB, berg), (Rol.OS, merel), (Rol.AB, merel)),
        "uit": person("ute@berg.test", "Ute", "Uit", (Rol.IB, berg), (Rol.OS, merel), (Rol.AB, merel)),
        "anoniem": None,
    }
    ria = person("ria@aed.test", "Ria", "Rond", (Rol.AB, {"team": world["spreeuw"]}))
    pk = {}
    far = {"gw": person("gijs@ppo.test", "Gijs", "Ver", (Rol.GW, {})),
           "expert": person("evi@sbo.test", "Evi", "Ver", (Rol.SBO, {"team": world["spreeuw"]}))}  # fmt: skip
    for place in PLACES:
        here = place == "eigen"
        fill(make, pk, place, people["oud_ib"] if here else people["buur_ib"], people["ab"] if here else ria,
             people["oud_ab"] if here else ria, people["oud_os"] if here else people["os_spreeuw"])  # fmt: skip
        ask(make, pk, place, **({who: people[who] for who in far} if here else far))
    Schooljaar.objects.update(laatste_nummer=5000, laatste_offerte=5000)  # behind the numbers of the fixture
    leave(people, world["uil"])
    people["os_reden"] = met_reden(pk["eigen", "nieuw"], world["uil"])
    look(people["coordinator_reden"], pk["eigen", "loopt"])
    pk["lijst", "caseload.ab"] = people["ab"].pk
    names = {key: f"{place}-{thing}" for (place, thing), key in pk.items() if "." not in thing}
    nummers = {a.nummer: names[a.pk] for a in Aanmelding.objects.exclude(nummer=None)}
    looked = looked_before(people["os_reden"], pk["eigen", "nieuw"])
    return {"people": people, "pk": pk, "dossiers": names, "nummers": nummers, "looked": looked.pk}


def leave(people, uil):
    """Three people had a role here, and have another one far away; one has none any more; one has no account."""
    for who in ("oud_ib", "oud_os", "oud_ab", "weg"):
        ontsla(people[who])
    stel_aan(people["oud_ib"], Rol.IB, school=School.objects.get(naam="De Duin"))
    stel_aan(people["oud_os"], Rol.AB, team=uil)
    stel_aan(people["oud_ab"], Rol.OS, team=uil)
    User.objects.filter(pk=people["uit"].pk).update(is_active=False)


def looked_before(user, dossier):
    """Somebody looked already, with a reason: a coördinator judges it."""
    reden = InzageMetReden.objects.get(door=user, dossier=dossier)
    words = dict.fromkeys(["als", "namens", "waarom"], "Met reden")
    return Inzage.objects.create(door=user, deel="dossier", dossiers=[dossier], keten=dossier, met_reden=reden, **words)


def look(user, dossier):
    """This hour somebody may look into one dossier."""
    als_eigenaar(
        "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) SELECT gen_random_uuid(),"
        f" '{dossier}', '{user.pk}', 'De ouders vragen wat er is gedaan', now(), now() + interval '1 hour'"
    )


@pytest.fixture(scope="session")
def walked():
    return []


@pytest.fixture
def visits(walked, request):
    """What everybody got everywhere: walked once, in the town of the first test that asks."""
    if not walked:
        town = request.getfixturevalue("town")
        walked += walk(town)
    return walked
