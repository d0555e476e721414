"""A town for the walk: nineteen people, five places, and in every text of every dossier a word that names its dossier.

Such a word (`mees-eigen-start-hulpvraag`: a bird in the mine) shows up wherever a text leaks, in a page, a header, the
name of a file or a mail. All people and schools are invented.
"""

import psycopg
import pytest
from django.db import connections, models

from cases.models import (
    Aanmelding,
    Advies,
    Afspraak,
    Contactmoment,
    Event,
    Inzage,
    InzageMetReden,
    Soort,
    Traject,
    Vraag,
)
from cases.roles import Role
from schools.models import Rol, School, Schooljaar, User
from tests.access.sight import FIRST_NUMBER
from tests.access.walk import walk
from tests.alles import als_eigenaar
from tests.files.maken import bijlage
from tests.people import TODAY, met_reden, ontsla, person, stel_aan

# place: (school, from where the people of De Berg look at it)
PLACES = {
    "eigen": "De Berg",  # the dossiers of the people fixture
    "buur": "Het Dal",  # another school of the same team
    "elders": "De Beek",  # another team of the same kring
    "ver": "De Duin",  # another kring
    "eiland": "Het Eiland",  # a school without a team
}
ELSEWHERE = {Role.EXPERT, Role.GW, Role.AED}  # of the people fixture: the town has its own
BY_EXPERTS = {"eerste_contact_met", "gesprek_wie", "gesprek_inzet"}


def mees(place, kind, field):
    return f"mees-{place}-{kind}-{field}"


def texts(model, place, kind, skip=()):
    """A word for every free text of a model; a field that is added tomorrow gets one too."""
    free = [f for f in model._meta.fields if isinstance(f, models.CharField | models.TextField) and not f.choices]
    return {f.name: mees(place, kind, f.name)[: f.max_length] for f in free if f.name not in skip}


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
    for place in PLACES:
        here = place == "eigen"
        fill(make, pk, place, people["oud_ib"] if here else people["buur_ib"], people["ab"] if here else ria,
             people["oud_ab"] if here else ria, people["oud_os"] if here else people["os_spreeuw"])  # fmt: skip
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


def fill(make, pk, place, ib, ab, other_ab, os):
    """Dossiers of one school: a concept, two that were sent, one in voorbereiding, one that runs."""

    def whole(kind, state, soort=Soort.COMPLEX, **fields):
        words = texts(
            Aanmelding, place, kind, {"nummer", "afgerond_toelichting"} | (set() if "ab" in fields else BY_EXPERTS)
        )
        words["groeidocument_url"] = f"https://{words['groeidocument_url']}.test/"
        a = make["aanmelding"](state, soort, school=PLACES[place], **(words | {"door": ib} | fields))
        content = b"%PDF-" + mees(place, kind, "inhoud").encode()
        file = {"naam": mees(place, kind, "naam") + ".pdf", "aanmelding": a, "door": ib, "inhoud": content}
        if state != "concept":
            file |= {"verslag": True, "akkoord_op": TODAY}
        pk[place, f"{kind}.bijlage"] = bijlage(**file).pk
        if state != "concept":
            Event.objects.create(
                dossier=a, kind="aanmelding", object_id=a.pk, step="soort_wijzigen", source=state, target=state, by=os,
                note=mees(place, kind, "note"),
            )  # fmt: skip
            Vraag.objects.create(
                aanmelding=a, door=os, beantwoord_door=ib, beantwoord_op=a.ingediend_op, **texts(Vraag, place, kind)
            )
        pk[place, kind] = a.pk
        return a

    def part(a, kind, state, **fields):
        words = texts(Traject, place, f"{kind}_traject")
        handed = {"overdracht_op": TODAY, "overdracht_door": os, "voortraject": True}
        t = make["traject"](state, whole=a, **(words | handed | fields))
        pk[place, f"{kind}.traject"] = t.pk
        return t

    def work(t, kind, *doors):
        """A contactmoment of each, and an advies."""
        for door in doors:
            contact = make["contactmoment"](whole=t, door=door, **texts(Contactmoment, place, f"{kind}_traject"))
            pk.setdefault((place, f"{kind}.contact"), contact.pk)
        Advies.objects.create(traject=t, door=os, soort="proces", **texts(Advies, place, f"{kind}_traject"))

    school = School.objects.get(naam=PLACES[place])
    pk[place, "nieuw.offerte"] = make["offerte"]("uitgebracht", school=school, door=ib).pk
    whole("basis", "ingediend", Soort.BASIS)
    whole("nieuw", "ingediend")
    taken = {"gesprek_op": TODAY, "gesprek_offerte": "nee"}
    eerder = part(whole("eerder", "gestart", ab=other_ab, **taken), "eerder", "afgesloten", uitvoerder=other_ab,
                  overdracht_ontvangen_op=TODAY, doel_behaald="ja")  # fmt: skip
    whole("concept", "concept", eerder_traject=eerder)
    taken |= {"ab": ab, "eerder_traject": eerder}
    t = part(whole("start", "opgepakt", **taken), "start", "voorbereiding", uitvoerder=ab,
             kort_overleg_op=None, kort_overleg_met=None)  # fmt: skip
    work(t, "start", other_ab)
    t = part(whole("loopt", "gestart", **taken), "loopt", "waarnemen", uitvoerder=other_ab, kort_overleg_met=os,
             overdracht_ontvangen_op=TODAY)  # fmt: skip
    work(t, "loopt", ab, other_ab)
    ot = make["overleg"](school=t.aanmelding.school, door=ib, os=None)
    punt = make["agendapunt"](whole=ot, aanmelding=t.aanmelding)
    make["afspraak"](aanmelding=t.aanmelding, wie=ib, door=ib, **texts(Afspraak, place, "loopt"))
    pk |= {(place, "loopt.overleg"): ot.pk, (place, "loopt.agendapunt"): punt.pk}


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
