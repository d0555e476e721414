"""Scenario 17. The onderwijsspecialist sees every open vraag and every leerling in begeleiding of her team, only."""

import datetime

import pytest
from django.utils import timezone

from schools.models import School, Vakantie
from tests.people import TODAY, ontsla
from tests.scenarios.browser import Page
from tests.scenarios.conftest import CONTACT


def noon(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


@pytest.fixture
def all_of_them(make, people):
    """One of every situation in De Berg and Het Dal, and the same in a school of the other team."""
    for school, naam in [("De Berg", "Bergje"), ("Het Dal", "Dalletje"), ("De Beek", "Beekje")]:
        for state in ("concept", "ingediend", "opgepakt"):
            make["aanmelding"](state, "licht", school=school, voornaam=naam, achternaam=state)
        for soort, state in [("basis", "lopend"), ("licht", "evaluatie"), ("complex", "uitvoeren")]:
            whole = make["aanmelding"]("gestart", soort, school=school, voornaam=naam, achternaam=soort)
            make["traject"](state, soort, whole)
        done = make["aanmelding"]("gestart", "licht", school=school, voornaam=naam, achternaam="klaar")
        make["traject"]("afgesloten", "licht", done)


@pytest.mark.regel("B-21")
def test_everything_that_is_open_in_the_team_stands_on_one_page(all_of_them, olga):
    page = olga.see("werklijst")
    seen = sorted(row[2] for row in page.rows[1:])
    open_ = ["basis", "complex", "ingediend", "licht", "opgepakt"]
    assert seen == sorted(f"{naam} {what}" for naam in ("Bergje", "Dalletje") for what in open_)
    assert {row[1] for row in page.rows[1:]} == {"De Berg", "Het Dal"}
    assert "Beekje" not in page.text


@pytest.mark.regel("B-21")
def test_the_other_team_sees_its_own(all_of_them, otto):
    assert {row[1] for row in otto.see("werklijst").rows[1:]} == {"De Beek"}


@pytest.mark.regel("B-21")
def test_what_is_done_is_one_click_away_and_a_concept_is_nobody_elses(all_of_them, olga):
    done = Page(olga.client.get("/werklijst/?status=klaar"))
    assert sorted(row[2] for row in done.rows[1:]) == ["Bergje klaar", "Dalletje klaar"]
    assert "Bergje concept" not in olga.see("werklijst").text


@pytest.mark.regel("B-21")
def test_somebody_who_leaves_sees_nothing_from_the_next_request_on(all_of_them, olga):
    assert len(olga.see("werklijst").rows) == 11
    ontsla(olga.user)
    assert olga.see("werklijst").rows == []


@pytest.mark.regel("A-31")
@pytest.mark.parametrize(("schooldagen", "status"), [(5, "Verstuurd"), (6, "Verstuurd Wacht lang")])
def test_after_five_schooldagen_without_a_first_contact_it_says_wacht_lang(
    gewone_weken, make, olga, schooldagen, status
):
    day, left = TODAY, schooldagen
    while left:
        left -= day.weekday() < 5
        day -= datetime.timedelta(days=1)
    make["aanmelding"]("ingediend", "licht", ingediend_op=noon(day))
    (row,) = olga.see("werklijst").rows[1:]
    assert (row[4], row[6]) == (f"{schooldagen} schooldagen", status)


@pytest.mark.regel("A-31")
def test_a_vakantie_of_the_regio_of_the_school_is_no_waiting(gewone_weken, make, olga):
    School.objects.filter(naam="Het Dal").update(vakantieregio="Noord")
    month = [TODAY - datetime.timedelta(days=n) for n in (28, 27)]
    for school in ("De Berg", "Het Dal"):  # De Berg has no regio: that is Midden
        make["aanmelding"]("ingediend", "licht", school=school, ingediend_op=noon(month[0]))
    Vakantie.objects.create(naam="vakantie", regio="Midden", van=month[1], tot=TODAY)
    assert [(row[1], row[4], row[6]) for row in sorted(olga.see("werklijst").rows[1:], key=lambda row: row[1])] == [
        ("De Berg", "nog geen schooldag", "Verstuurd"),
        ("Het Dal", "20 schooldagen", "Verstuurd Wacht lang"),
    ]


@pytest.mark.regel("A-31")
def test_the_kringoverzicht_shows_how_long_the_first_contact_took(gewone_weken, make, olga, coen):
    for weeks in (1, 2):
        vraag = make["aanmelding"]("ingediend", "licht", ingediend_op=noon(TODAY - datetime.timedelta(weeks=weeks)))
        olga.press(vraag, "oppakken", **CONTACT)
    for person_ in (olga, coen):
        assert ["Noord", "5", "10", "2", "–", "–", "0"] in person_.see("kringen").rows


@pytest.mark.regel("A-9", "A-17")
def test_the_kring_is_shown_in_hours_and_counts_without_a_name(all_of_them, olga, otto):
    for who in (olga, otto):
        page = who.see("kringen")
        assert page.title == "Kring Noord"
        assert [row[0] for row in page.rows if row[0].startswith(("De ", "Het "))] == ["De Beek", "De Berg", "Het Dal"]
        assert [naam for naam in ("Bergje", "Dalletje", "Beekje") if naam in page.text] == []


@pytest.mark.regel("A-31")
def test_without_the_marker_the_row_would_say_something_else(gewone_weken, make, olga, monkeypatch):
    """The broken twin: a marker that never comes is seen."""
    monkeypatch.setattr("schools.schooldagen.Schooldagen.aantal", lambda self, van, tot: 0)
    make["aanmelding"]("ingediend", "licht", ingediend_op=timezone.now() - datetime.timedelta(days=30))
    assert olga.see("werklijst").rows[1][6] == "Verstuurd"
