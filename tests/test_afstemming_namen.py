"""Names in the texts of an afstemming are asked about before they are saved, and nothing typed is lost (A-8, A-18)."""

import pytest

from cases.models import Afstemming, Afstemmingsbesluit
from cases.roles import Role
from tests.test_afstemming import f, lead, page, text  # noqa: F401

ASKED = "Is dit een naam? Haal het weg, of zeg dat het geen naam is: {}."


@pytest.fixture
def vraag(make):
    return make["aanmelding"]("ingediend", school="De Berg")


@pytest.mark.regel("A-8")
@pytest.mark.parametrize(
    ("verslag", "waarom", "words"),
    [
        ("Voor yara is er rust nodig.", "", "yara"),
        ("Goed.", "Samen met Els", "Els"),
        ("Nu met Piet verder. Geboren 27-03-2017.", "Ook Kees", "Piet, Kees, 27-03-2017"),
    ],
)
def test_what_may_be_a_name_is_asked_about_and_stays_typed(lead, f, vraag, verslag, waarom, words):  # noqa: F811
    shown = lead(f, {vraag.pk: ("eerst", "", waarom)}, verslag=verslag)
    assert (shown.status_code, ASKED.format(words) in text(shown)) == (200, True)
    assert [said for said in (verslag, waarom, "Welke woorden zijn geen naam?") if said not in text(shown)] == []
    assert (Afstemmingsbesluit.objects.count(), Afstemming.objects.get().verslag) == (0, "")


def test_who_says_that_it_is_no_name_saves_it_and_is_not_asked_again(lead, f, vraag):  # noqa: F811
    given, more = {vraag.pk: ("eerst", "", "Werkt met Bouw")}, {"verslag": "Samen naar Bouw en Veilig leren."}
    half = lead(f, given, **more, geen_namen=["Bouw"])
    assert ASKED.format("Veilig") in text(half)
    assert 'value="Bouw" id="id_geen_namen_0" checked' in text(half)
    assert lead(f, given, **more, geen_namen=["Bouw", "Veilig"]).status_code == 302
    assert Afstemming.objects.get().verslag == more["verslag"]
    assert lead(f, given, verslag=more["verslag"] + " Volgende keer weer.").status_code == 302


def test_the_schools_and_the_people_of_the_kring_may_be_named(lead, f, vraag):  # noqa: F811
    verslag = "De uren van De Beek gaan naar De Berg. Dat wil Sam Ibema, en Olga ook. Dan kijkt De Vlieger mee."
    assert lead(f, {vraag.pk: ("eerst", "", "")}, verslag=verslag).status_code == 302
    assert Afstemming.objects.get().verslag == verslag


def test_a_leerling_who_is_called_like_a_school_is_asked_about(lead, f, make):  # noqa: F811
    make["aanmelding"]("ingediend", school="De Berg", achternaam="van den Berg")
    assert ASKED.format("Berg") in text(lead(f, verslag="Zoals De Berg het wil."))


def test_to_look_at_the_effect_no_name_is_in_the_way(lead, f, vraag):  # noqa: F811
    shown = lead(f, {vraag.pk: ("eerst", "2", "Ook Kees")}, effect="1", geen_namen=["Kees"])
    assert (shown.context["gevolg"].na, ASKED.format("Kees") in text(shown)) == (98 * 60, False)
    assert 'value="Kees" id="id_geen_namen_0" checked' in text(shown)


def test_who_sees_no_dossier_is_asked_about_capitals_only(lead, f, vraag, people):  # noqa: F811
    """Else the page would say to her who the leerling is."""
    coen = people[Role.COORDINATOR]
    assert ASKED.format("Yara") in text(lead(f, verslag="Nu is Yara er.", who=coen))
    assert lead(f, verslag="Nu is yara er.", who=coen).status_code == 302


def test_without_the_guard_it_would_be_saved(lead, f, vraag, monkeypatch):  # noqa: F811
    """The broken twin."""
    monkeypatch.setattr("cases.views.afstemming.mogelijke_namen", lambda *given: [])
    assert lead(f, verslag="Nu is Yara er.").status_code == 302
