"""Scenario 14. The form asks what it must and no more: saved half-way, a paste kept whole, sent from one page."""

import pytest

from cases.models import Aanmelding
from cases.velden import FIELDS
from tests.people import TODAY
from tests.scenarios.conftest import COMPLEXE_VRAAG, GROEPSVRAAG, LEERLINGVRAAG, SCHOOLVRAAG

# as the werkwijze has it, written out a second time; V must, o may, - is not asked
#                        leerling          groep       school
#                        basis/licht  complex
WERKWIJZE = """
    niveau               V            V            V            V
    soort                V            V            V            V
    hulpvraag            V            V            V            V
    al_gedaan            licht        V            licht        o
    gaat_goed            o            o            o            -
    voornaam             V            V            -            -
    achternaam           V            V            -            -
    geboortedatum        V            V            -            -
    groep                V            V            V            -
    groep_naam           -            -            V            -
    aantal_leerlingen    -            -            o            -
    leerkracht           V            V            V            -
    thema                o            o            o            V
    opp                  o            V            -            -
    andere_setting       o            V            -            -
    jeugdhulp            -            o            -            -
    voortraject          o            V            o            -
    eerder_traject       o            o            o            -
    voorkeur_ab          -            o            -            -
    groeidocument_url    o            o            -            -
    ouders_akkoord       V            V            -            -
    ouders_akkoord_op    V            V            -            -
"""
ALL = COMPLEXE_VRAAG | GROEPSVRAAG | SCHOOLVRAAG | {"ouders_akkoord_op": TODAY}
KINDS = [
    ("leerling", "basis", 10), ("leerling", "licht", 11), ("leerling", "complex", 14),
    ("groep", "basis", 6), ("groep", "licht", 7), ("school", "basis", 4),
]  # fmt: skip
COLUMN = {"groep": 2, "school": 3}


def marks(niveau, soort):
    column = COLUMN.get(niveau, int(soort == "complex"))
    table = {name: row[column] for name, *row in map(str.split, WERKWIJZE.strip().splitlines())}
    return {name: {"licht": "V" if soort == "licht" else "o"}.get(mark, mark) for name, mark in table.items()}


@pytest.mark.regel("A-6")
@pytest.mark.parametrize(("niveau", "soort", "number"), KINDS)
def test_so_many_answers_are_needed_and_every_one_of_them(sam, newest, niveau, soort, number):
    must = {name for name, mark in marks(niveau, soort).items() if mark == "V"}
    assert len(must) == number
    given = {name: ALL[name] for name in must} | {"niveau": niveau, "soort": soort}
    sam.send(sam.writes(**given).form("/indienen/"))
    assert newest().state == "ingediend"
    preset = {"soort"} if niveau == "school" else set()
    for left_out in sorted(must - preset):
        empty = {"ouders_akkoord_op": ""} if left_out == "ouders_akkoord_op" else {}  # today is filled in already
        page = sam.writes(**{k: v for k, v in given.items() if k != left_out} | empty)
        assert (left_out, len(page.errors)) == (left_out, 1)


@pytest.mark.regel("A-6")
@pytest.mark.parametrize(("niveau", "soort", "number"), KINDS)
def test_the_page_shows_the_fields_of_the_werkwijze_and_no_field_more(make, sam, niveau, soort, number):
    """What appears after the first two answers, and what of it is not marked “(niet verplicht)”."""
    make["traject"]("afgesloten", "licht")  # something to choose from as the earlier one
    found = [n for n in sam.see("nieuw").root.all("div", "et-veld") if "id" in n.attrs]
    boxes = {n.attrs["id"].removeprefix("div_id_"): n for n in found}
    kind = f"{niveau}-{soort}"
    shown = {name for name, box in boxes.items() if "et-bij" not in box.attrs["class"] or kind in box.attrs["class"]}
    optional = {name for name in shown for mark in boxes[name].all(css="et-nv") if kind not in mark.attrs["class"]}
    assert shown == {name for name, mark in marks(niveau, soort).items() if mark != "-"}
    assert shown - optional == {name for name, mark in marks(niveau, soort).items() if mark == "V"}
    assert set(boxes) == set(FIELDS)


@pytest.mark.regel("A-6")
@pytest.mark.parametrize(("niveau", "soort", "number"), KINDS)
def test_the_check_page_repeats_what_was_asked_and_nothing_else(sam, niveau, soort, number):
    asked = [name for name, mark in marks(niveau, soort).items() if mark != "-"]
    page = sam.writes(**{name: ALL[name] for name in asked if name in ALL} | {"niveau": niveau, "soort": soort})
    assert len(page.facts) == len(set(asked) - {"eerder_traject", "voorkeur_ab"})  # nothing to choose from
    assert page.form("/indienen/").names == set()


def test_saved_half_way_it_is_there_again(sam, newest):
    some = {k: LEERLINGVRAAG[k] for k in ("niveau", "soort", "voornaam", "hulpvraag", "geboortedatum")}
    form = sam.see("nieuw").form("/aanmelding/nieuw/")
    assert Aanmelding.objects.count() == 0  # opening a page writes nothing
    form.values["bewaar"] = "1"
    page = sam.send(form, **some)
    assert (page.title, page.said) == ("Mijn aanmeldingen", ["Je concept is bewaard. Je kunt later verder."])
    again = sam.see("beschrijven", newest().pk).form("/beschrijven/")
    assert {name: again.values[name] for name in some} == some


def test_a_pasted_text_is_kept_whole_and_says_how_much_too_long_it_is(sam, people, newest):
    paste = "Een heel lang verhaal uit een ander systeem. " * 40
    page = sam.writes(**LEERLINGVRAAG | {"hulpvraag": paste})
    assert page.errors == [f"Je tekst is {len(paste.strip()) - 1500} tekens te lang. Maak de tekst korter."]
    assert page.form("/beschrijven/").values["hulpvraag"].strip() == paste.strip()
    assert newest().hulpvraag.strip() == paste.strip()


def test_a_text_that_is_too_long_is_not_sent_by_another_way(sam, newest):
    sam.writes(**LEERLINGVRAAG | {"hulpvraag": "Een heel lang verhaal uit een ander systeem. " * 40})
    refused = sam.post(newest(), "indienen")
    assert (refused.status, newest().state) == (409, "concept")


def test_what_is_wrong_on_one_field_does_not_lose_the_others(sam, newest):
    page = sam.writes(**LEERLINGVRAAG | {"geboortedatum": "31-02-2017", "groeidocument_url": "groeidocument.test"})
    assert page.errors == ["Deze datum bestaat niet. Vul bijvoorbeeld 27-03-2017 in."]
    kept = newest()
    assert (kept.hulpvraag, kept.geboortedatum) == (LEERLINGVRAAG["hulpvraag"], None)


def test_sent_twice_it_is_one_aanmelding(sam, newest):
    """A double click: the same key gives the same answer, and one effect."""
    form = sam.writes(**LEERLINGVRAAG).form("/indienen/")
    first, second = sam.send(form), sam.send(form)
    assert (first.path, first.title) == (second.path, second.title)
    assert [e.step for e in newest().events.all()] == ["indienen"]
