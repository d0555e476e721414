"""Scenario 13: the yearly report of a kring, beside the year before, without a name and without a small number."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.rapport.cijfers import CIJFERS, DOELEN, KOPPEN
from cases.roles import Role
from schools.models import Rol, School
from tests.people import TODAY, person, pot
from tests.rapport.conftest import EERDER, JAAR


@pytest.mark.regel("A-8", "A-22")
def test_the_report_has_three_headings_and_speaks_of_all_six_goals(coen, sent):
    sent(5)
    page = coen.see("tellen")
    assert [h.text for h in page.root.all("h2")] == ["Inzet", "Effectiviteit", "Proces"]
    assert {c.doel for c in CIJFERS} == {*DOELEN}
    assert {c.kop for c in CIJFERS} == {*KOPPEN}
    assert [doel for doel in DOELEN if doel not in page.text] == []


@pytest.mark.regel("A-22")
def test_aanmeldingen_stand_beside_those_of_the_year_before(coen, sent, report):
    sent(12, "licht")
    sent(7, "complex")
    sent(5, "basis", EERDER)
    sent(6, "licht", EERDER)
    assert report(coen, kring="Noord")["Aanmeldingen naar soort"] == {
        "Basis": ("0", "5"), "Licht": ("12", "6"), "Complex": ("7", "0"), "Samen": ("19", "11"),
    }  # fmt: skip
    assert report(coen, kring="Noord", jaar=str(EERDER))["Aanmeldingen naar soort"]["Samen"] == ("11", "–")


@pytest.mark.regel("A-22")
def test_fewer_than_five_are_not_shown_and_not_to_be_computed(coen, sent, report):
    sent(12, "licht")
    sent(4, "complex")
    sent(9, "basis")
    assert report(coen, kring="Noord")["Aanmeldingen naar soort"] == {
        "Basis": ("–", "–"), "Licht": ("12", "–"), "Complex": ("–", "–"), "Samen": ("25", "–"),
    }  # fmt: skip


@pytest.mark.regel("A-22")
def test_a_school_is_hidden_when_the_kring_without_it_would_be_small(coen, sent, report):
    sent(12, "licht", school="De Berg")
    sent(2, "licht", school="Het Dal")
    berg, dal = (f"school-{School.objects.get(naam=naam).brin6}" for naam in ("De Berg", "Het Dal"))
    naar_soort = "Aanmeldingen naar soort"
    assert report(coen, kring="Noord")[naar_soort]["Samen"] == ("14", "–")
    assert report(coen, kring="Noord", deel=berg)[naar_soort]["Samen"] == ("–", "–")
    sent(5, "licht", school="Het Dal")
    assert report(coen, kring="Noord", deel=berg)[naar_soort]["Samen"] == ("12", "–")
    assert report(coen, kring="Noord", deel=dal)[naar_soort]["Samen"] == ("7", "–")


def test_of_one_soort_no_more_is_shown_than_the_kring_shows(coen, sent, report):
    sent(12, "licht")
    sent(4, "complex")
    sent(9, "basis")
    shown = [report(coen, kring="Noord", deel=f"soort-{s}")["Aanmeldingen naar niveau"]["Samen"][0]
             for s in ("basis", "licht", "complex")]  # fmt: skip
    assert shown == ["–", "12", "–"]


def test_a_part_of_the_year_is_counted_by_its_own_days(coen, sent, report):
    day = datetime.datetime.combine(JAAR.eerste_dag, datetime.time(12), datetime.UTC)
    sent(6, "licht", ingediend_op=day)
    sent(8, "licht", ingediend_op=day + datetime.timedelta(days=200))
    found = [
        report(coen, kring="Noord", deel=f"kwartaal-{n}")["Aanmeldingen naar soort"]["Licht"][0] for n in range(1, 5)
    ]
    assert found == ["6", "–", "8", "–"]


@pytest.mark.regel("A-22", "A-8")
def test_hours_goals_and_routes_are_counted(coen, make, ended, report, people):
    pot(people[Role.OS].aanstellingen.get().team.kring, 80)
    for n in range(6):
        t = ended(make["traject"]("afgesloten", "complex", doel_behaald="ja" if n else "deels"))
        make["contactmoment"](whole=t, minuten=90)
        make["contactmoment"](whole=t, minuten=30, als="os", door=people[Role.OS])
        ended(make["route"]("blijft", aanmelding=t.aanmelding), "route", "blijft")
    found = report(coen, kring="Noord")
    assert found["Uren van de kring, in uren"]["Complex"] == ("9", "–")
    assert found["Uren van de onderwijsspecialist, in uren"]["Samen"] == ("3", "–")
    assert found["Is het doel behaald?"] == {
        "Ja": ("–", "–"), "Deels": ("–", "–"), "Nee": ("–", "–"), "Gestopt": ("–", "–"), "Samen": ("6", "–"),
    }  # fmt: skip
    assert found["Hoe eindigde de route?"]["Blijft op school"] == ("6", "–")
    assert f"Voor {JAAR} zijn 80 uren vastgesteld" in coen.see("tellen").text


@pytest.mark.regel("A-9")
def test_the_onderwijsspecialist_counts_her_own_kring_only(olga, sent, report, make):
    sent(6, "licht")
    sent(9, "licht", school="De Duin")
    for query in ({}, {"kring": "Zuid"}, {"kring": "Noord"}):
        assert report(olga, **query)["Aanmeldingen naar soort"]["Samen"] == ("6", "–")
    elsewhere = School.objects.get(naam="De Duin").brin6
    assert report(olga, deel=f"school-{elsewhere}")["Aanmeldingen naar soort"]["Samen"] == ("6", "–")


@pytest.mark.regel("A-9")
def test_all_kringen_together_are_for_who_has_all_kringen(coen, sent, report, world, browser):
    sent(6, "licht")
    sent(9, "licht", school="De Duin")
    assert report(coen)["Aanmeldingen naar soort"]["Samen"] == ("15", "–")
    noord = browser(person("nele@ppo.test", "Nele", "Noord", (Rol.COORDINATOR, {"kring": world["noord"]})))
    assert report(noord)["Aanmeldingen naar soort"]["Samen"] == ("6", "–")


def test_an_ib_er_has_no_report(sam, dirk):
    assert [who.client.get("/tellen/").status_code for who in (sam, dirk)] == [403, 403]


def test_nothing_to_count_says_so(coen):
    assert "Er is nog niet genoeg om te tellen." in coen.see("tellen").text


def test_an_answer_that_is_no_choice_is_the_whole_kring(coen, sent, report):
    sent(6)
    for query in ({"jaar": "x"}, {"deel": "school-x"}, {"deel": "kwartaal-9", "kring": "'"}, {"kring": "Nergens"}):
        assert report(coen, **query)["Aanmeldingen naar soort"]["Samen"] == ("6", "–")


@pytest.mark.regel("A-22")
def test_no_name_and_no_key_of_a_leerling_is_in_the_page(coen, make, ended):
    made = [ended(make["traject"]("afgesloten", "complex")) for _ in range(6)]
    text = coen.client.get("/tellen/").content.decode()
    secrets = (
        {"Yara", "Voorbeeld", "Juf Els", "Rust."} | {str(t.pk) for t in made} | {t.aanmelding.nummer for t in made}
    )
    assert [word for word in secrets if word in text] == []
    assert re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}", text) == []


def test_the_number_of_questions_to_the_database_does_not_grow(coen, make, ended, sent):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            coen.see("tellen")
        return len(queries) - 2

    def fill():
        for _ in range(6):
            make["contactmoment"](whole=ended(make["traject"]("afgesloten", "complex")))
        sent(20)

    fill()
    few = asked()
    fill()
    assert asked() == few <= 15


def test_it_is_of_today(coen, sent):
    sent(5)
    assert f"schooljaar {JAAR} naast {EERDER}" in coen.see("tellen").text
    assert JAAR.eerste_dag <= TODAY <= JAAR.laatste_dag


@pytest.mark.regel("A-25", "A-29")
def test_hours_of_the_kring_are_told_apart_by_their_source(coen, make, people, report):
    trajecten = [make["traject"]("waarnemen") for _ in range(12)]
    for n, t in enumerate(trajecten):
        make["contactmoment"](whole=t, minuten=60, als="sbo" if n < 6 else "ab")
        make["contactmoment"](whole=t, minuten=30, als="os", door=people[Role.OS])
    assert report(coen, kring="Noord")["Uren van de kring naar bron, in uren"] == {
        "AED": ("6", "–"), "SBO de Vlieger": ("6", "–"), "Samen": ("12", "–"),
    }  # fmt: skip


@pytest.mark.regel("A-22")
def test_a_traject_with_hours_of_two_sources_is_one_traject(coen, make, report):
    """Else four of them would seem eight, and their hours would be shown."""
    for _ in range(4):
        t = make["traject"]("waarnemen")
        for als in ("ab", "sbo"):
            make["contactmoment"](whole=t, als=als)
    found = report(coen, kring="Noord")
    assert {found[name]["Samen"] for name in found if name.startswith("Uren van de kring")} <= {("–", "–")}


@pytest.mark.regel("A-20")
def test_the_afstemmingen_that_were_held_are_counted_and_never_hidden(coen, olga, make, report, world, sent):
    for days in (0, 200):  # something to count in both quarters
        day = datetime.datetime.combine(JAAR.eerste_dag, datetime.time(12), datetime.UTC)
        sent(6, ingediend_op=day + datetime.timedelta(days=days))
    for n in range(3):
        make["afstemming"]("gehouden", datum=JAAR.eerste_dag + datetime.timedelta(days=n))
    make["afstemming"]("gehouden", datum=EERDER.eerste_dag + datetime.timedelta(days=200))
    make["afstemming"]("gehouden", datum=JAAR.eerste_dag, kring=world["zuid"])
    make["afstemming"]("volgende")
    name = "Afstemmingen van de kring"
    assert report(coen)[name] == {"Samen": ("4", "1")}
    assert report(coen, kring="Noord")[name] == report(olga)[name] == {"Samen": ("3", "1")}
    assert report(coen, kring="Noord", deel="kwartaal-1")[name]["Samen"] == ("3", "0")
    assert report(coen, kring="Noord", deel="kwartaal-3")[name]["Samen"] == ("0", "1")
    berg = School.objects.get(naam="De Berg").brin6
    for deel in (f"school-{berg}", "soort-licht"):
        assert name not in report(coen, kring="Noord", deel=deel)
