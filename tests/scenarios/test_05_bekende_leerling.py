"""Scenario 5, before it begins: the product knows the leerling, offers the earlier traject, and a human decides."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Aanmelding, Inzage
from cases.models.bekend import plat
from cases.roles import Role
from expertteam import sleutel
from schools.models import Rol, School, Schooljaar
from tests.people import TODAY, stel_aan
from tests.scenarios.conftest import COMPLEXE_VRAAG, LEERLINGVRAAG

KIND = {"voornaam": "Yarabelle", "achternaam": "Kanariebos", "geboortedatum": datetime.date(2017, 3, 27)}
pytestmark = pytest.mark.regel("B-14")


@pytest.fixture
def earlier(make):
    """A function: a closed traject of a leerling, at De Berg if nothing else is said."""

    def earlier(soort="licht", state="afgesloten", **child):
        whole = make["aanmelding"]("gestart", soort, **KIND | child)
        Schooljaar.objects.update(laatste_nummer=5000)  # behind the numbers of the fixture
        return make["traject"](state, soort, whole, doel="Zelf om hulp vragen")

    return earlier


def offered(page):
    """The headings and the questions of the earlier trajecten that a page offers."""
    cards = [n for n in page.root.all("section") if "Hoort dat hierbij?" in n.text]
    return [(n.all("h2")[0].text, n.all("p")[0].text) for n in cards]


def answer(person, page, yes):
    form = next(f for f in page.forms if f.action.endswith("/bekend/"))
    form.values["antwoord"] = "ja" if yes else "nee"
    return person.send(form)


def test_a_leerling_who_is_known_is_offered_and_yes_makes_it_the_voortraject(sam, olga, abel, earlier, newest):
    voor = earlier()
    page = sam.writes(**COMPLEXE_VRAAG | {"voortraject": "nee"})
    nummer = voor.aanmelding.nummer
    assert offered(page) == [(
        "We kennen deze leerling",
        f"In {nummer} liep een traject licht (doel: Zelf om hulp vragen). Hoort dat hierbij?",
    )]  # fmt: skip
    draft = newest()
    assert (draft.voortraject, draft.eerder_traject) == ("nee", None)  # nothing is guessed
    page = answer(sam, page, yes=True)
    assert page.said == [f"Het traject van {nummer} hoort nu bij deze aanmelding."]
    assert offered(page) == []
    draft.refresh_from_db()
    assert (draft.voortraject, draft.eerder_traject) == ("ja", voor)
    sam.send(page.form("/indienen/"))
    draft.refresh_from_db()
    assert (draft.state, draft.eerder_traject) == ("ingediend", voor)
    assert "Er was" not in olga.see(draft).text  # it stands there as the voortraject


def test_no_leaves_everything_as_it_is_and_is_not_asked_again(sam, earlier, newest):
    earlier()
    page = answer(sam, sam.writes(**COMPLEXE_VRAAG), yes=False)
    draft = newest()
    assert (offered(page), page.said, draft.voortraject, draft.eerder_traject) == ([], [], "nee", None)
    assert offered(sam.see("controleren", draft.pk)) == []
    assert "indienen" in page.offered


def test_who_answers_nothing_can_send_it(sam, olga, earlier, newest):
    voor = earlier()
    sam.send(sam.writes(**LEERLINGVRAAG).form("/indienen/"))
    sent = newest()
    assert (sent.state, sent.eerder_traject) == ("ingediend", None)
    assert f"Er was eerder een traject: {voor.aanmelding.nummer}." in olga.see(sent).text


@pytest.mark.parametrize(("voornaam", "achternaam"), [
    ("yarabelle", "KANARIEBOS"), ("Yarabelle", "Kanarie bos"), ("Yarabellé", "Kanàriëbos"),
    ("Yara-Belle", "Kanarie-Bos"), ("Yarabelle Kanarie", "Bos"),
])  # fmt: skip
def test_capitals_accents_spaces_and_hyphens_do_not_hide_a_leerling(sam, earlier, voornaam, achternaam):
    earlier(voornaam=voornaam, achternaam=achternaam)
    assert [head for head, _ in offered(sam.writes(**COMPLEXE_VRAAG))] == ["We kennen deze leerling"]


def test_a_twin_is_asked_by_name_and_not_called_the_same(sam, olga, earlier, newest):
    voor = earlier(voornaam="Boris")
    ((head, text),) = offered(page := sam.writes(**COMPLEXE_VRAAG))
    assert head == "Is dit dezelfde leerling?"
    assert "van Boris Kanariebos, met dezelfde geboortedatum" in text
    sam.send(page.form("/indienen/"))
    there = f"Er was misschien eerder een traject: {voor.aanmelding.nummer}, van Boris Kanariebos."
    assert there in olga.see(newest()).text


def test_the_leerling_with_the_whole_name_comes_first(sam, earlier):
    earlier()
    earlier(voornaam="Boris")
    heads = [head for head, _ in offered(sam.writes(**COMPLEXE_VRAAG))]
    assert heads == ["We kennen deze leerling", "Is dit dezelfde leerling?"]


@pytest.mark.parametrize("child", [
    {"voornaam": "Yarabelle", "achternaam": "Mezenveld"}, {"voornaam": "Mees", "achternaam": "Mezenveld"},
    {"geboortedatum": datetime.date(2017, 3, 28)}, {"voornaam": "Kanariebos", "achternaam": "Yarabelle"},
    {"achternaam": "Kanariebosch"},
], ids=str)  # fmt: skip
def test_another_child_is_not_offered(sam, olga, earlier, newest, child):
    earlier(**child)
    page = sam.writes(**COMPLEXE_VRAAG)
    assert offered(page) == []
    sam.send(page.form("/indienen/"))
    assert "Er was" not in olga.see(newest()).text


@pytest.mark.parametrize("state", ["lopend", "evaluatie", "gestopt"])
def test_only_what_was_closed_is_offered(sam, earlier, state):
    earlier(state=state)
    assert offered(sam.writes(**COMPLEXE_VRAAG)) == []


def test_of_another_school_nothing_is_shown_to_anybody(sam, olga, people, earlier, newest):
    """Also not to who works at both: what is known, is known at this school."""
    voor = earlier(school="Het Dal", door=people[None])
    stel_aan(people[Role.IB], Rol.IB, school=School.objects.get(naam="Het Dal"))
    page = sam.writes(**COMPLEXE_VRAAG)
    draft = newest()
    assert (draft.school.naam, offered(page), voor.aanmelding.nummer in page.text) == ("De Berg", [], False)
    sam.send(page.form("/indienen/"))
    assert voor.aanmelding.nummer not in olga.see(draft).text


def test_a_stranger_gets_nothing_and_chooses_nothing(sam, dirk, olga, earlier, newest):
    voor = earlier()
    sam.writes(**COMPLEXE_VRAAG)
    draft = newest()
    for other in (dirk, olga):
        assert other.client.get(reverse("controleren", args=[draft.pk])).status_code == 404
        given = {"traject": voor.pk, "antwoord": "ja", "sleutel": sleutel.make(other.user)}
        assert other.client.post(reverse("bekend", args=[draft.pk]), given).status_code == 404
    page = dirk.writes(**COMPLEXE_VRAAG)  # the same leerling moved to his school: he does not hear of it
    assert (offered(page), voor.aanmelding.nummer in page.text) == ([], False)
    draft.refresh_from_db()
    assert draft.eerder_traject is None


@pytest.mark.parametrize("which", ["of another child", "of another school", "running", "nothing", "no key"])
def test_what_was_not_offered_cannot_be_chosen(sam, people, earlier, make, newest, which):
    sam.writes(**COMPLEXE_VRAAG)
    draft = newest()
    traject = {
        "of another child": lambda: earlier(achternaam="Mezenveld").pk, "running": lambda: earlier(state="lopend").pk,
        "of another school": lambda: earlier(school="Het Dal", door=people[None]).pk,
        "nothing": lambda: "", "no key": lambda: "1 OR 1=1",
    }[which]()  # fmt: skip
    given = {"traject": traject, "antwoord": "ja", "versie": "1", "sleutel": sleutel.make(sam.user)}
    answer = sam.client.post(reverse("bekend", args=[draft.pk]), given, follow=True).content.decode()
    assert "Dat eerdere traject past niet meer bij deze aanmelding." in answer
    draft.refresh_from_db()
    assert (draft.voortraject, draft.eerder_traject) == ("nee", None)


def test_an_old_window_is_told_so(sam, earlier, newest):
    earlier()
    page = sam.writes(**COMPLEXE_VRAAG)
    draft = newest()
    sam.send(sam.see("beschrijven", draft.pk).form("/beschrijven/"), gaat_goed="Zij leest graag.")
    page = answer(sam, page, yes=True)
    assert page.said == ["Dit is net in een ander venster aangepast. Kijk het na en sla opnieuw op."]
    draft.refresh_from_db()
    assert (draft.eerder_traject, draft.gaat_goed) == (None, "Zij leest graag.")
    form = next(f for f in page.forms if f.action.endswith("/bekend/"))
    sam.send(page.form("/indienen/"))
    form.values["antwoord"] = "ja"
    sam.send(form)  # it was sent meanwhile
    assert Aanmelding.objects.get(pk=draft.pk).eerder_traject is None


def test_what_is_shown_of_the_other_dossier_leaves_a_trace_there(sam, olga, earlier, newest):
    voor, twin = earlier(), earlier(achternaam="Mezenveld")
    page = sam.writes(**COMPLEXE_VRAAG)
    sam.send(page.form("/indienen/"))
    olga.see(sent := newest())
    looks = Inzage.objects.filter(dossiers__contains=[sent.pk]).order_by("pk")
    with_voor = [(i.door, i.pagina) for i in looks if voor.aanmelding_id in i.dossiers]
    assert with_voor == [(sam.user, "controleren"), (olga.user, "detail")]
    assert not Inzage.objects.filter(dossiers__contains=[twin.aanmelding_id], pagina="controleren").exists()


def test_only_the_onderwijsspecialist_reads_the_line_and_only_before_it_begins(sam, olga, abel, make, earlier):
    voor = earlier()
    for state, shown in [("ingediend", True), ("opgepakt", True), ("afgerond", False)]:
        a = make["aanmelding"](state, "licht", **KIND)
        assert (state, voor.aanmelding.nummer in olga.see(a).text) == (state, shown)
        assert voor.aanmelding.nummer not in sam.see(a).text
    a = make["aanmelding"]("ingediend", "complex", **KIND)
    assert voor.aanmelding.nummer not in abel.see(a).text


def questions(person, *where):
    with CaptureQueriesContext(connection) as asked:
        assert person.client.get(reverse(*where)).status_code == 200
    return len(asked)


def test_it_asks_the_database_once_however_many_there_are(sam, olga, make, earlier):
    draft, sent = make["aanmelding"]("concept", **KIND), make["aanmelding"]("ingediend", **KIND)
    places = [(sam, "controleren", None, [draft.pk]), (olga, "detail", None, ["aanmelding", sent.pk])]
    sam.see("hulp"), olga.see("hulp")
    counts = []
    for many in (1, 3):
        for _ in range(many):
            earlier()
        counts.append([questions(*place) for place in places])
    assert counts[0] == counts[1]


def test_a_name_is_compared_without_what_people_write_differently():
    assert plat("José-Ángel", " van 't Hof ") == plat("jose angel", "VAN ’T HOF") == "joseangelvanthof"
    assert plat(" - ") == ""


def test_a_question_about_a_group_knows_no_leerling(sam, olga, make, earlier):
    earlier()
    group = make["aanmelding"]("ingediend", "licht", niveau="groep", **KIND)
    assert "Er was" not in olga.see(group).text
    nameless = make["aanmelding"]("concept", "licht", **KIND | {"achternaam": ""})
    assert offered(sam.see("controleren", nameless.pk)) == []


def test_born_today_is_nobody_yet(sam, make, earlier):
    earlier(geboortedatum=TODAY)
    assert offered(sam.see("controleren", make["aanmelding"]("concept", **KIND | {"geboortedatum": None}).pk)) == []
