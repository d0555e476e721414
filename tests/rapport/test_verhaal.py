"""Vertellen: a story is shared on purpose, without a name, and stands in the report without its school."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Verhaal
from cases.models.historie import HISTORY
from cases.namen import mogelijke_namen
from tests.alles import als_eigenaar
from tests.papieren.lezen import woorden

BEKEND = {"Yara", "van der Voorbeeld-Smit", "Juf Els", "Şahin", "OBS De Berg"}


@pytest.mark.parametrize(
    ("tekst", "namen"),
    [
        ("Nu durft yara meer.", ["yara"]),
        ("Yara’s ochtend is rustig.", ["Yara"]),
        ("De juf is blij. Voorbeeld geven hielp.", ["Voorbeeld"]),
        ("Samen met Piet ging het goed.", ["Piet"]),
        ("Het ging goed. Rust helpt.", []),
        ("SAHIN deed mee.", ["SAHIN"]),
        ("Geboren op 27-03-2017.", ["27-03-2017"]),
        ("Els en els", ["Els"]),
        ("Yarabel rekent nu.", ["Yarabel"]),
        ("De leerkracht van groep 5 zag het verschil, ook bij BOUW en OPP.", []),
    ],
)
def test_what_may_be_a_name_is_found(tekst, namen):
    assert mogelijke_namen(tekst, BEKEND) == namen


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Yara", "yara", "YARA", "Yára"]))
def test_a_known_name_is_found_wherever_it_stands(before, after, naam):
    assert any(word.casefold()[0] == "y" for word in mogelijke_namen(f"{before} {naam} {after}", BEKEND))


@pytest.fixture
def closed(make, ended):
    """So many closed trajecten that their stories may be told."""
    return [ended(make["traject"]("afgesloten", "licht", opbrengst="Yara begint nu zelf.")) for _ in range(6)]


def share(who, t, tekst, **more):
    return who.send(who.see("verhaal", t.pk).form("/verhaal/"), tekst=tekst, **more)


@pytest.mark.regel("A-8", "A-22")
def test_a_story_stands_in_the_report_without_school_and_dossier(olga, coen, closed):
    page = share(olga, closed[0], "De ochtend begint nu rustig.")
    assert page.said == ["Het verhaal staat in Tellen en vertellen."]
    text = coen.see("tellen").root.all("blockquote")[0].text
    assert text == "De ochtend begint nu rustig."
    assert text in woorden(coen.client.get("/tellen/rapport.pdf").content)
    assert text in coen.client.get("/tellen/rapport.csv").content.decode()


@pytest.mark.regel("A-22")
def test_a_name_is_changed_or_said_to_be_no_name(olga, closed):
    page = share(olga, closed[0], "Samen met Els naar Bouw.")
    assert page.errors == ["Is dit een naam? Haal het weg, of zeg dat het geen naam is: Els, Bouw."]
    form = page.form("/verhaal/")
    assert form.values["tekst"] == "Samen met Els naar Bouw."
    assert form.choices["geen_namen"] == {"Els", "Bouw"}
    assert "zeg dat het geen naam is: Els." in olga.send(form, geen_namen="Bouw").errors[0]
    assert Verhaal.objects.count() == 0
    assert olga.send(form, tekst="Samen naar Bouw.", geen_namen="Bouw").said == [
        "Het verhaal staat in Tellen en vertellen."
    ]
    assert Verhaal.objects.get().geen_namen == "Bouw"


def test_the_opbrengst_is_where_one_begins_and_is_never_shared_by_itself(olga, coen, closed):
    assert olga.see("verhaal", closed[0].pk).form("/verhaal/").values["tekst"] == "Yara begint nu zelf."
    assert "Yara" not in coen.client.get("/tellen/").content.decode()


def test_a_story_is_taken_back(olga, coen, closed):
    share(olga, closed[0], "De ochtend begint nu rustig.")
    page = olga.see("verhaal", closed[0].pk)
    form = page.form("/verhaal/")
    form.values["intrekken"] = "1"
    assert olga.send(form).said == ["Het verhaal staat niet meer in het verslag."]
    assert coen.see("tellen").root.all("blockquote") == []
    assert share(olga, closed[0], "Opnieuw verteld.").said == ["Het verhaal staat in Tellen en vertellen."]


@pytest.mark.regel("A-22")
def test_of_few_trajecten_no_story_is_told(olga, coen, make, ended):
    t = ended(make["traject"]("afgesloten", "licht"))
    for _ in range(6):
        make["aanmelding"]("ingediend")
    share(olga, t, "De ochtend begint nu rustig.")
    assert coen.see("tellen").root.all("blockquote") == []


def test_a_part_of_the_kring_tells_nothing(olga, coen, closed):
    share(olga, closed[0], "De ochtend begint nu rustig.")
    page = coen.client.get("/tellen/", {"kring": "Noord", "deel": "soort-licht"}).content.decode()
    assert "<blockquote" not in page


def test_only_who_works_in_it_shares_it(sam, dirk, coen, closed, abel):
    address = f"/traject/{closed[0].pk}/verhaal/"
    assert [who.client.get(address).status_code for who in (sam, dirk, coen)] == [404, 404, 404]
    assert closed[0].uitvoerder.voornaam == "Olga"


def test_not_before_it_is_closed(olga, make):
    t = make["traject"]("evaluatie", "licht")
    assert olga.see("verhaal", t.pk).said == ["Een verhaal deel je als het traject is afgesloten."]
    assert "Verhaal delen" not in olga.see(t).text


def test_without_the_guard_a_name_would_be_shared_but_not_that_of_the_leerling(olga, closed, monkeypatch):
    """The broken twin, and the wall behind it."""
    monkeypatch.setattr("cases.forms.verhaal.mogelijke_namen", lambda tekst, bekend: [])
    share(olga, closed[0], "Samen met Els.")
    assert Verhaal.objects.count() == 1
    assert people_of_the_wall(olga, closed[1]) == ["Haal die weg."]


def people_of_the_wall(olga, t):
    page = share(olga, t, "Yara durft meer.")
    return [sentence for sentence in ["Haal die weg."] if sentence in page.text]


@pytest.mark.regel("A-22")
def test_what_was_shared_and_taken_back_stays_in_the_history_of_the_dossier(olga, closed):
    share(olga, closed[0], "De ochtend begint nu rustig.")
    form = olga.see("verhaal", closed[0].pk).form("/verhaal/")
    form.values["intrekken"] = "1"
    olga.send(form)
    table = HISTORY[Verhaal]._meta.db_table
    rows = als_eigenaar(f"SELECT pgh_label, tekst, ingetrokken_op IS NULL AS there FROM {table} ORDER BY pgh_id")
    assert [(r["pgh_label"], r["there"]) for r in rows] == [("insert", True), ("update", False)]
    assert {r["tekst"] for r in rows} == {"De ochtend begint nu rustig."}
    links = als_eigenaar(f"SELECT keten FROM cases_schakel WHERE tabel = '{table}'")
    assert [link["keten"] for link in links] == [str(closed[0].aanmelding_id)] * 2
