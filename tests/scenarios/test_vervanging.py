"""Somebody is ill, leaves, or gets another school: the work goes on in other hands, and comes back by itself."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.engine import Refused
from cases.models import Aanmelding, Inzage, Traject
from cases.models.caseload import vreemde_uitvoerder
from cases.roles import Role
from cases.workflow import TRAJECT
from schools.models import Rol, School, Vervanging, beeindig_vervanging, vervang
from tests.alles import als_eigenaar, closed
from tests.people import TODAY, ontsla, person, stel_aan, vervangt
from tests.scenarios.shell import database_says

DAY = datetime.timedelta(days=1)
EEN_TEAM = "Kies twee ambulant begeleiders van hetzelfde expertteam."
NIET_JIJ = "De onderwijsspecialist van het team of de coördinator van de kring regelt dit. Niet voor zichzelf."
ANDER = "Kies een andere ambulant begeleider van het team van de school."
GESPREK = "Leg eerst het OS-AB gesprek met de nieuwe ambulant begeleider vast."


@pytest.fixture
def traject(make):
    """Abel carries it out."""
    return make["traject"]("waarnemen")


def arranges(who, van_wie, door, **days):
    form = who.see("vervanging").form("/vervanging/")
    return who.send(form, **({"van_wie": van_wie.pk, "door": door.pk, "tot": TODAY} | days))


# Cover.


def test_a_cover_sees_and_does_what_the_other_does_and_it_goes_back_by_itself(olga, abel, tess, traject, mails):
    assert tess.see(traject).status == 404
    assert arranges(olga, abel.user, tess.user).said == ["Tess Smit vervangt Abel Visser."]
    assert "voor A. Visser" in tess.see("vandaag").text
    tess.press(traject, "bezoek", soort="observatie", minuten_0=60)
    booked = traject.contacten.get()
    assert (booked.door, booked.als) == (tess.user, "ab")
    tess.press(traject, "waargenomen", bevinding="Kijkt veel rond in de klas.")
    assert Traject.objects.get().state == "begrijpen"
    als_eigenaar(f"UPDATE schools_vervanging SET van = '{TODAY - 9 * DAY}', tot = '{TODAY - DAY}'")
    assert (tess.see(traject).status, abel.see(traject).status) == (404, 200)


def test_the_trace_says_for_whom_somebody_looked(olga, abel, tess, traject):
    vervangt(tess.user, abel.user)
    tess.see(traject)
    abel.see(traject)
    looks = {row.door: (row.als, row.namens, row.waarom) for row in Inzage.objects.order_by("pk")}
    als = "Ambulant begeleider"
    assert looks == {
        tess.user: (als, "vervangt A. Visser, Team Merel", f"Werk van A. Visser als {als}"),
        abel.user: (als, "Team Merel", f"Eigen werk als {als}"),
    }
    assert "vervangt A. Visser, Team Merel" in olga.see("inzage", traject.aanmelding_id).text


def test_both_hear_of_a_step(olga, abel, tess, make, mails):
    traject = make["traject"]("voorbereiding", voortraject=True)
    vervangt(tess.user, abel.user)
    olga.press(traject, "overdragen", overdracht_tekst="Wij keken samen mee in de klas.")
    assert mails() == ["abel", "tess"]


@pytest.mark.parametrize("days", [(-9, -1), (1, 9)])
def test_a_cover_of_another_day_gives_nothing(abel, tess, traject, days):
    vervangt(tess.user, abel.user, *(TODAY + n * DAY for n in days))
    assert tess.see(traject).status == 404


def test_a_cover_whose_own_aanstelling_ended_sees_nothing(abel, tess, traject, world):
    vervangt(tess.user, abel.user)
    assert tess.see(traject).status == 200
    ontsla(tess.user)
    stel_aan(tess.user, Rol.AB, team=world["spreeuw"])
    assert tess.see(traject).status == 404


def test_it_is_ended_early_with_a_button(olga, abel, tess, traject):
    arranges(olga, abel.user, tess.user, tot=TODAY + 9 * DAY)
    assert olga.send(olga.see("vervanging").form("/einde/")).said == ["De vervanging is beëindigd."]
    ended = Vervanging.objects.get()
    assert (ended.tot, ended.beeindigd_door, ended.vastgelegd_door) == (TODAY + 9 * DAY, olga.user, olga.user)
    assert tess.see(traject).status == 404


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(olga, abel, tess):
    empty = olga.send(olga.see("vervanging").form("/vervanging/"), van="")
    assert empty.errors == [
        "Kies wie wordt vervangen.", "Kies wie vervangt.", "Vul de eerste dag in.", "Vul de laatste dag in.",
    ]  # fmt: skip
    assert arranges(olga, abel.user, tess.user, tot=TODAY - DAY).errors == [
        "De laatste dag is al voorbij. Kies vandaag of later."
    ]
    assert arranges(olga, abel.user, abel.user).errors == ["Kies een ander om te vervangen."]
    long = arranges(olga, abel.user, tess.user, tot=TODAY + 400 * DAY)
    assert long.errors == ["Een vervanging duurt hoogstens een jaar. Kies een eerdere laatste dag."]
    assert str(TODAY + 400 * DAY) == long.form("/vervanging/").values["tot"]
    arranges(olga, abel.user, tess.user)
    assert arranges(olga, abel.user, tess.user).refusal.startswith("Voor deze dagen is dit al geregeld.")
    assert Vervanging.objects.count() == 1


def test_only_who_may_arranges_it_also_past_the_page(people, otto, abel, tess, world, traject):
    ria = person("ria@aed.test", "Ria", "Rond", (Rol.AB, {"team": world["spreeuw"]}))
    both = person("cora@ppo.test", "Cora", "Dubbel", (Rol.COORDINATOR, {}), (Rol.AB, {"team": world["merel"]}))
    beheer = person("bob@ppo.test", "Bob", "Heer", (Rol.BEHEERDER, {}), (Rol.OS, {"team": world["merel"]}))
    far = person("zus@ppo.test", "Zus", "Zuid", (Rol.COORDINATOR, {"kring": world["zuid"]}))
    for who, door, why in [
        (otto.user, tess.user, NIET_JIJ), (tess.user, tess.user, NIET_JIJ), (people[Role.IB], tess.user, NIET_JIJ),
        (both, both, NIET_JIJ), (beheer, tess.user, NIET_JIJ), (far, tess.user, NIET_JIJ),
        (people[Role.OS], ria, EEN_TEAM), (people[Role.OS], people[Role.IB], EEN_TEAM),
    ]:  # fmt: skip
        with closed(who), pytest.raises(ValueError, match=why):
            vervang(abel.user, door, TODAY, TODAY)
    for who in (people[Role.COORDINATOR], people[Role.OS], both):
        with closed(who), transaction.atomic():
            assert beeindig_vervanging(vervang(abel.user, tess.user, TODAY, TODAY))
    assert (tess.see("vervanging").status, otto.see("vervanging").status) == (403, 200)
    vervangt(tess.user, abel.user)
    with closed(otto.user):
        assert not beeindig_vervanging(Vervanging.objects.get(beeindigd_op=None).pk)


def test_without_the_check_in_the_function_anybody_would(abel, tess):
    """The broken twin."""
    sql = als_eigenaar("SELECT pg_get_functiondef('vervang'::regproc) AS f")[0]["f"]
    als_eigenaar(sql.replace("NOT regelt_vervanging(wie, ander)", "false"))
    with closed(tess.user), transaction.atomic():
        assert vervang(abel.user, tess.user, TODAY, TODAY)


@pytest.mark.parametrize(("days", "name"), [((0, -1), "van_tot"), ((0, 400), "een_jaar")])
def test_the_database_has_its_own_walls(abel, tess, days, name):
    with pytest.raises(IntegrityError, match=f"vervanging_{name}"), transaction.atomic():
        vervangt(tess.user, abel.user, *(TODAY + n * DAY for n in days))
    with pytest.raises(IntegrityError, match="vervanging_een_ander"), transaction.atomic():
        vervangt(abel.user, abel.user)


@pytest.mark.regel("B-22")
def test_who_stands_in_for_an_onderwijsspecialist_has_an_aanstelling_with_an_end(world, traject, browser):
    cover = person("vera@ppo.test", "Vera", "Vervangt")
    stel_aan(cover, Rol.OS, TODAY - DAY, TODAY, team=world["merel"])
    assert browser(cover).see(traject).status == 200
    ontsla(cover)
    assert browser(cover).see(traject).status == 403  # no role at all any more


# Another carries it out.


def test_a_traject_changes_hands(olga, abel, tess, sam, traject, mails):
    form = olga.open(traject, "overnemen")
    assert form.choices["uitvoerder"] == {str(tess.user.pk)}
    assert olga.send(form).errors == ["Kies wie het traject uitvoert.", "Schrijf op waarom."]
    olga.press(traject, "overnemen", uitvoerder=tess.user.pk, note="Abel gaat met pensioen.")
    assert mails() == ["abel", "sam", "tess"]
    traject.refresh_from_db()
    assert (traject.uitvoerder, traject.aanmelding.ab, traject.state) == (tess.user, tess.user, "waarnemen")
    assert (abel.see(traject).status, tess.see(traject).status) == (404, 200)
    assert "Abel gaat met pensioen." in tess.see(traject).text
    assert abel.post(traject, "bezoek", soort="overleg", minuten_0=60, datum=TODAY).status == 404


def test_it_goes_to_another_of_the_team_of_the_school_or_to_nobody(people, world, traject):
    ria = person("ria@aed.test", "Ria", "Rond", (Rol.AB, {"team": world["spreeuw"]}))
    for other in (ria, people[Role.AB], people[Role.OS]):
        with pytest.raises(Refused, match=ANDER):
            TRAJECT.take("overnemen", traject.pk, people[Role.OS], note="Daarom", uitvoerder=other)
    with database_says(ANDER):
        Traject.objects.update(uitvoerder=ria)
    with pytest.raises(Refused, match="is aan een ander"):
        TRAJECT.take("overnemen", traject.pk, people[Role.AB], note="Daarom", uitvoerder=people[Role.TEAM])


@pytest.mark.regel("B-23")
def test_a_lichte_vraag_goes_over_after_a_gesprek_with_the_new_one(people, olga, abel, tess, make):
    traject = make["traject"]("lopend", "licht", uitvoerder=people[Role.AB])
    with pytest.raises(Refused, match=GESPREK):
        TRAJECT.take("overnemen", traject.pk, people[Role.OS], note="Daarom", uitvoerder=people[Role.TEAM])
    assert GESPREK in olga.see("caseload", abel.user.pk).text
    olga.press(traject.aanmelding, "gesprek", ab=tess.user.pk)
    olga.press(traject, "overnemen", uitvoerder=tess.user.pk, note="Abel gaat weg.")
    assert (abel.see(traject).status, tess.see(traject).status) == (404, 200)


def test_a_whole_caseload_goes_over_with_one_button_or_not_at_all(olga, abel, tess, otto, make, mails):
    first, second = make["traject"]("waarnemen"), make["traject"]("plannen")
    page = olga.see("caseload", abel.user.pk)
    assert "Abel Visser · 2 open trajecten" in olga.see("vervanging").text
    assert olga.send(page.form(f"/{abel.user.pk}/")).refusal.startswith("Er is nog niets gekozen.")
    half = olga.send(page.form(f"/{abel.user.pk}/"), alles=tess.user.pk, **{f"{first.pk}-note": "Met pensioen"})
    assert half.refusal.startswith("Er is nog niets overgedragen.")
    assert half.form(f"/{abel.user.pk}/").values[f"{first.pk}-note"] == "Met pensioen"
    assert {*Traject.objects.values_list("uitvoerder", flat=True)} == {abel.user.pk}
    TRAJECT.take("plannen", second.pk, abel.user, doel="Zelf beginnen", afspraken="Elke dag een korte taak")
    everything = {"alles": tess.user.pk, "note": "Abel gaat met pensioen"}
    late = olga.send(page.form(f"/{abel.user.pk}/"), **everything)
    assert "A. Visser heeft dit net aangepast." in late.refusal
    assert {*Traject.objects.values_list("uitvoerder", flat=True)} == {abel.user.pk}
    mails()
    page = olga.see("caseload", abel.user.pk)
    assert olga.send(page.form(f"/{abel.user.pk}/"), **everything).said == ["Het werk is overgedragen."]
    assert {*Traject.objects.values_list("uitvoerder", flat=True)} == {tess.user.pk}
    assert {*Aanmelding.objects.values_list("ab", flat=True)} == {tess.user.pk}
    assert mails() == ["abel", "abel", "sam", "sam", "tess", "tess"]
    assert [who.see("caseload", abel.user.pk).status for who in (otto, abel, tess)] == [404, 404, 404]


def test_the_caseload_asks_as_much_for_one_as_for_many(people, olga, make):
    counts = []
    olga.see("hulp")  # the first page of a session writes down that there is one
    for many in (1, 9):
        for _ in range(many):
            make["traject"]("waarnemen")
            make["traject"]("lopend", "licht", uitvoerder=people[Role.AB])
        with CaptureQueriesContext(connection) as queries:
            page = olga.see("caseload", people[Role.AB].pk)
        assert len(page.root.all("section")) == Traject.objects.count()
        counts.append(len(queries))
    assert counts[0] == counts[1]


# A school goes to another team.


def test_a_school_that_goes_to_another_team_takes_its_dossiers_along(olga, otto, abel, make, world, people):
    licht, complex_ = make["traject"]("lopend", "licht"), make["traject"]("waarnemen")
    sent = make["aanmelding"]("ingediend", "basis")
    assert [*vreemde_uitvoerder(Traject.objects.all())] == []
    School.objects.filter(naam="De Berg").update(team=world["spreeuw"])
    for dossier in (licht, complex_, sent):
        assert (olga.see(dossier).status, otto.see(dossier).status) == (404, 200)
    assert [*vreemde_uitvoerder(Traject.objects.all())] == [complex_]
    refused = abel.post(complex_, "offerte", soort="groep", vraag="Rust in de pauze")
    assert refused.refusal == (
        "Je hoort niet bij het expertteam van deze school. Vraag de IB-er om de offerte aan te vragen."
    )
    page = otto.see("werklijst")
    assert "Uitvoerder hoort niet bij jullie team. Draag over." in page.text
    assert page.offered == {"overnemen"}
    ria = person("ria@aed.test", "Ria", "Rond", (Rol.AB, {"team": world["spreeuw"]}), organisatie="aed")
    otto.press(complex_, "overnemen", uitvoerder=ria.pk, note="De school hoort nu bij ons.")
    assert [*vreemde_uitvoerder(Traject.objects.all())] == []
    assert abel.see(complex_).status == 404
