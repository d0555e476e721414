"""The afstemming of a kring: the IB-ers divide the inzet where it is needed most, without a name (A-18, A-19, A-20)."""

import datetime
import re
from decimal import Decimal

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from cases.afstemmen import met_afstemming, te_lang_geleden
from cases.engine import Refused
from cases.forms.teksten import KEUZE_WEG
from cases.gebruik import gereserveerd
from cases.models import Aanmelding, Afstemming, Afstemmingsbesluit, Besluitregel, Contactmoment, OpenVraag, Schooluren
from cases.models.afstemming import GEHOUDEN, WIE
from cases.models.offerte import KWARTIER
from cases.models.pot import NIET_VRIJ, VERDEELD, pot_over, ruimte
from cases.roles import Role
from cases.workflow import KLAS
from expertteam import sleutel
from schools.models import Kring, Rol, School, Schooljaar
from tests.alles import als_eigenaar, closed
from tests.people import LEERLING, TODAY, past_arrows, person, pot

NAMES = [LEERLING["voornaam"], LEERLING["achternaam"], "27 maart 2017", "2017-03-27", LEERLING["hulpvraag"]]
NUMMER = re.compile(r"\b\d\d-\d{4}\b")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def f(make):
    """An afstemming of today, in a kring with 100 hours."""
    made = make["afstemming"]()
    pot(made.kring, 100)
    return made


@pytest.fixture
def page(client):
    """What somebody gets of a page."""

    def get(user, name, *args, query=""):
        client.force_login(user)
        return client.get(reverse(name, args=args) + query)

    return get


@pytest.fixture
def lead(client, people):
    """Send the page of an afstemming: `lead(f, {vraag: (besluit, uren, toelichting)}, …)`."""

    def send(f, given=None, who=people[Role.OS], **more):
        client.force_login(who)
        f.refresh_from_db()
        fields = {"datum": f.datum.isoformat(), "aanwezig": [], "verslag": "", "versie": f.versie}
        fields["sleutel"] = sleutel.make(who)
        rows = client.get(reverse("afstemming", args=[f.pk])).context.get("rows", [])
        for row in rows:
            said = (given or {}).get(row.vraag.pk, (row.vraag.besluit, row.vraag.uren or "", row.vraag.toelichting))
            fields |= {f"{row.prefix}-{n}": v for n, v in zip(("besluit", "uren", "toelichting"), said, strict=True)}
        return client.post(reverse("afstemming", args=[f.pk]), fields | more)

    return send


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


# Who sees what


@pytest.mark.regel("A-18")
def test_the_ib_ers_read_the_open_vragen_of_the_whole_kring_without_a_name(page, people, make, f):
    make["aanmelding"]("ingediend", school="De Beek", thema="gedrag")
    make["contactmoment"](minuten=90)
    for who in (Role.IB, None, Role.OS, Role.COORDINATOR):
        for shown in (text(page(people[who], "afstemmingen", query="?kring=Noord")),
                      text(page(people[who], "afstemming", f.pk))):  # fmt: skip
            assert ("De Beek" in shown, "Gedrag" in shown) == (True, True)
            assert [name for name in NAMES if name in shown] == []
            assert NUMMER.findall(re.sub(r"<(nav|footer|head).*?</\1>", "", shown)) == []


@pytest.mark.regel("A-19")
def test_the_hours_stand_per_school_as_use_and_nowhere_as_a_tegoed(page, people, make, f):
    make["contactmoment"](minuten=90)
    shown = text(page(people[None], "afstemmingen"))
    assert "de kring gebruikte <strong>1,5</strong> van de <strong>100</strong> uren" in shown
    assert '<th scope="row">De Berg</th><td class="et-getal">1,5</td><td class="et-getal">1</td>' in shown
    assert '<th scope="row">De Beek</th><td class="et-getal">0</td><td class="et-getal">0</td>' in shown
    assert "tegoed" not in shown.lower()


def test_no_form_on_the_page_holds_the_key_of_a_dossier(page, people, make, f):
    vraag = make["aanmelding"]("ingediend")
    assert str(vraag.pk) not in text(page(people[Role.OS], "afstemming", f.pk))


@pytest.mark.parametrize("who", [Role.AB, Role.TEAM, Role.GW, Role.AED])
def test_who_is_no_part_of_the_afstemming_gets_no_page_and_no_row(page, people, make, f, who):
    make["besluit"](whole=f)
    assert page(people[who], "afstemmingen").status_code == 403
    assert page(people[who], "afstemming", f.pk).status_code == 404
    with closed(people[who]):
        assert [m.objects.count() for m in (Afstemming, Afstemmingsbesluit, OpenVraag, Schooluren)] == [0, 0, 0, 0]
        of_the_dossier = who in {Role.AB, Role.TEAM}  # of a complex vraag that waits
        assert Besluitregel.objects.count() == of_the_dossier


def test_another_kring_is_another_kring(page, people, make, world):
    far = person("ina@duin.test", "Ina", "Ver", (Rol.IB, {"school": School.objects.get(naam="De Duin")}))
    f = make["afstemming"]()
    make["besluit"](whole=f)
    assert page(far, "afstemming", f.pk).status_code == 404
    with closed(far):
        assert [m.objects.count() for m in (Afstemming, Afstemmingsbesluit, OpenVraag, Besluitregel)] == [0, 0, 0, 0]


def test_the_views_of_the_afstemming_hold_no_column_with_a_name_or_a_text_of_a_dossier(db):
    views = "table_name IN ('cases_openvraag', 'cases_besluitregel', 'cases_schooluren')"
    columns = als_eigenaar(f"SELECT DISTINCT column_name AS c FROM information_schema.columns WHERE {views}")
    assert {row["c"] for row in columns} == {
        "id", "school_id", "kring_id", "soort", "niveau", "thema", "ingediend_op", "wacht", "ingezet", "afstemming_id",
        "besloten_op", "besluit", "toelichting", "uren", "jaar", "minuten", "aanmelding_id", "datum",
    }  # fmt: skip


@pytest.mark.regel("A-9")
def test_by_need_what_waits_comes_first_complex_first_and_the_longest_first(page, people, make, f):
    now = datetime.datetime.now(datetime.UTC)
    ago = [now - datetime.timedelta(weeks=n) for n in range(4)]
    make["traject"]("waarnemen")
    basis = make["aanmelding"]("ingediend", "basis", "De Beek", ingediend_op=ago[3])
    late, early = (make["aanmelding"]("ingediend", "complex", ingediend_op=ago[n]) for n in (1, 2))
    rows = page(people[None], "afstemmingen").context["vragen"]
    assert [v.pk for v in rows][:3] == [early.pk, late.pk, basis.pk]
    assert ([v.weken for v in rows], [v.wacht for v in rows]) == ([2, 1, 3, 0], [True, True, True, False])


# To plan and to lead


@pytest.mark.parametrize("who", [Role.OS, Role.COORDINATOR])
def test_who_leads_plans_one_and_decides(client, people, make, lead, who):
    client.force_login(people[who])
    kring, vraag = Kring.objects.get(naam="Noord"), make["aanmelding"]("ingediend", school="De Beek")
    pot(kring, 100)
    given = {"datum": TODAY.isoformat(), "sleutel": sleutel.make(people[who])}
    response = client.post(reverse("afstemmingen") + "?kring=Noord", given)
    f = Afstemming.objects.get()
    assert (response.url, f.kring, f.datum) == (reverse("afstemming", args=[f.pk]), kring, TODAY)
    assert lead(f, {vraag.pk: ("eerst", "6,5", "De klas kan niet wachten")}, people[who]).status_code == 302
    b = Afstemmingsbesluit.objects.get()
    assert (b.aanmelding, b.besluit, b.uren, b.door) == (vraag, "eerst", Decimal("6.50"), people[who])
    again = client.post(reverse("afstemmingen") + "?kring=Noord", given | {"sleutel": sleutel.make(people[who])})
    assert "Op die dag is er al een afstemming van deze kring." in text(again)


def test_an_ib_er_reads_and_does_not_lead(client, people, make, lead, f):
    vraag = make["aanmelding"]("ingediend")
    assert lead(f, {vraag.pk: ("eerst", "", "")}, people[Role.IB]).status_code == 403
    given = {"datum": TODAY.isoformat(), "sleutel": sleutel.make(people[Role.IB])}
    assert client.post(reverse("afstemmingen"), given).status_code == 403
    assert (Afstemmingsbesluit.objects.count(), Afstemming.objects.count()) == (0, 1)


@pytest.mark.regel("A-20")
def test_the_effect_is_shown_before_anything_is_saved(people, make, lead, f):
    first = make["besluit"](whole=f, uren=20).aanmelding
    second = make["aanmelding"]("ingediend", school="De Beek")
    moved = {first.pk: ("later", "5", ""), second.pk: ("eerst", "15", "Drie kinderen in een klas")}
    shown = lead(f, moved, effect="1")
    gevolg = shown.context["gevolg"]
    assert (gevolg.voor, gevolg.na) == (80 * 60, 80 * 60)
    assert {(v.pk, was, na) for v, was, na in gevolg.rijen} == {(first.pk, 1200, 300), (second.pk, 0, 900)}
    assert "Er is nog niets opgeslagen." in text(shown)
    assert "Drie kinderen in een klas" in text(shown)
    assert Afstemmingsbesluit.objects.get().uren == 20
    assert lead(f, moved).status_code == 302
    assert dict(Afstemmingsbesluit.objects.values_list("aanmelding", "uren")) == {first.pk: 5, second.pk: 15}


def test_all_hours_move_from_one_vraag_to_another_in_one_go(make, lead, f):
    first = make["besluit"](whole=f, uren=100).aanmelding
    second = make["aanmelding"]("ingediend", school="De Beek")
    assert pot_over(f.kring, TODAY) == 0
    assert lead(f, {first.pk: ("later", "", ""), second.pk: ("eerst", "100", "")}).status_code == 302
    assert (pot_over(f.kring, TODAY), ruimte(second, TODAY), ruimte(first, TODAY)) == (0, 6000, 0)


@pytest.mark.parametrize("more", [{}, {"effect": "1"}])
def test_more_hours_than_there_are_is_refused_and_what_was_typed_stays(make, lead, f, more):
    vraag = make["aanmelding"]("ingediend")
    response = lead(f, {vraag.pk: ("eerst", "100,25", "Alles erop")}, **more)
    assert (response.status_code, response.context["reason"]) == (409, NIET_VRIJ)
    assert ("100,25" in text(response), "Alles erop" in text(response)) == (True, True)
    assert Afstemmingsbesluit.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("", "4", ""), "Kies eerst, later of anders."),
        (("", "", "Toch nu"), "Kies eerst, later of anders."),
        (("eerst", "4,1", ""), KWARTIER),
        (("eerst", "veel", ""), "Vul het aantal uren in met cijfers. Bijvoorbeeld 6,5."),
        (("eerst", "-1", ""), "Vul het aantal uren in met cijfers. Bijvoorbeeld 6,5."),
        (("ooit", "", ""), KEUZE_WEG),
        (("eerst", "", "x" * 201), "Je tekst is 1 tekens te lang."),
    ],
)
def test_what_is_wrong_gets_a_sentence(make, lead, f, said, sentence):
    vraag = make["aanmelding"]("ingediend")
    response = lead(f, {vraag.pk: said})
    assert (response.status_code, sentence in text(response), "<title>Fout: " in text(response)) == (200, True, True)
    assert Afstemmingsbesluit.objects.count() == 0


def test_who_comes_second_is_told_and_keeps_the_text(make, lead, f):
    vraag = make["aanmelding"]("ingediend")
    response = lead(f, {vraag.pk: ("eerst", "", "Mijn tekst")}, versie=f.versie + 7)
    assert response.context["reason"].startswith("Iemand anders heeft hier net iets opgeslagen.")
    assert ("Mijn tekst" in text(response), Afstemmingsbesluit.objects.count()) == (True, 0)


def test_closing_asks_who_was_there_and_then_it_is_history(make, people, lead, page, f):
    vraag = make["aanmelding"]("ingediend")
    given = {vraag.pk: ("anders", "", "Naar het OT")}
    refused = lead(f, given, afronden="1")
    assert (refused.status_code, WIE in text(refused)) == (200, True)
    done = lead(f, given, afronden="1", aanwezig=["Sam Ibema (De Berg)", "Olga Specht (Team Merel)"], verslag="Goed.")
    f.refresh_from_db()
    assert (done.status_code, f.gehouden, f.aanwezig) == (302, True, "Sam Ibema (De Berg)\nOlga Specht (Team Merel)")
    late = lead(f, given, verslag="Nog een zin erbij.")
    assert (late.status_code, GEHOUDEN in text(late), "Nog een zin erbij." in text(late)) == (409, True, True)
    shown = text(page(people[None], "afstemming", f.pk))
    assert ("Naar het OT" in shown, "Sam Ibema (De Berg)" in shown, "Goed." in shown) == (True, True, True)


@pytest.mark.regel("A-20")
def test_a_later_afstemming_adjusts_what_an_earlier_one_decided_and_the_earlier_stays(make, lead, f):
    same_jaar = Schooljaar.of(TODAY - DAY).begin == Schooljaar.of(TODAY).begin
    later = make["afstemming"](datum=TODAY + (0 if same_jaar else 1) * DAY) if not same_jaar else f
    early = make["afstemming"](datum=TODAY - DAY) if same_jaar else f
    vraag, f = make["besluit"](whole=early, uren=40).aanmelding, later
    assert lead(f, {vraag.pk: ("later", "10", "")}).status_code == 302
    assert (pot_over(f.kring, TODAY), Afstemmingsbesluit.objects.count()) == (90 * 60, 2)
    assert lead(f).status_code == 302  # nothing is said again
    assert Afstemmingsbesluit.objects.count() == 2


# The hours that are kept


def kept(kring):
    """Minutes, as the kringoverzicht counts them."""
    return Kring.objects.annotate(bewaard=gereserveerd(Schooljaar.of(TODAY))).get(pk=kring.pk).bewaard


@pytest.mark.regel("A-19")
def test_what_is_kept_for_a_vraag_is_not_free_for_another_and_is_used_by_its_own_hours(make, f):
    traject = make["traject"]("waarnemen")
    make["besluit"](whole=f, aanmelding=traject.aanmelding, uren=10)
    assert (pot_over(f.kring, TODAY), kept(f.kring)) == (90 * 60, 600)
    make["contactmoment"](whole=traject, minuten=240)
    assert (pot_over(f.kring, TODAY), kept(f.kring)) == (90 * 60, 360)
    make["contactmoment"](whole=traject, minuten=600)  # more than was kept: delivered hours are never refused
    assert (pot_over(f.kring, TODAY), kept(f.kring)) == (86 * 60, 0)


def test_what_was_kept_is_free_again_when_the_vraag_is_closed(make, f):
    b = make["besluit"](whole=f, uren=10)
    assert pot_over(f.kring, TODAY) == 90 * 60
    with pgtrigger.ignore("cases.Aanmelding:pijlen"):
        Aanmelding.objects.filter(pk=b.aanmelding_id).update(state="ingetrokken")
    assert pot_over(f.kring, TODAY) == 100 * 60


@pytest.mark.regel("B-19")
def test_a_dagdeel_uses_what_is_kept_for_its_own_vraag_and_not_what_is_kept_for_another(make, people, f):
    klas = make["expertiseindeklas"]("lopend")
    given = {"datum": TODAY, "minuten": 180, "werkwijze": "coaching"}
    other = make["besluit"](whole=f, uren=98)
    with pytest.raises(Refused, match=VERDEELD):
        KLAS.take("dagdeel", klas.pk, people[Role.AB], **given)
    Afstemmingsbesluit.objects.filter(pk=other.pk).update(uren=97)
    make["besluit"](whole=f, aanmelding=klas.aanmelding, uren=3)
    assert (pot_over(f.kring, TODAY), ruimte(klas.aanmelding, TODAY)) == (0, 180)
    KLAS.take("dagdeel", klas.pk, people[Role.AB], **given)
    assert (pot_over(f.kring, TODAY), ruimte(klas.aanmelding, TODAY)) == (0, 0)


def test_hours_of_the_onderwijsspecialist_use_nothing_of_it(make, people, f):
    traject = make["traject"]("waarnemen")
    make["besluit"](whole=f, aanmelding=traject.aanmelding, uren=10)
    given = {"als": "os", "soort": "bezoek", "minuten": 60, "door": people[Role.OS]}
    past_arrows(Contactmoment, traject=traject, **given)
    assert kept(f.kring) == 600


# When it is time again


def test_a_kring_without_an_afstemming_for_too_long_is_found(make, world, settings, gewone_weken):
    noord, settings.AFSTEMMING_WEKEN = Kring.objects.filter(naam="Noord"), 8
    f = make["afstemming"]("gehouden", datum=TODAY - 60 * DAY)
    assert te_lang_geleden(met_afstemming(noord)) == [(world["noord"], f.datum, None)]
    settings.AFSTEMMING_WEKEN = 9
    assert te_lang_geleden(met_afstemming(noord)) == []
    settings.AFSTEMMING_WEKEN = 8
    make["afstemming"]("volgende")
    assert te_lang_geleden(met_afstemming(noord)) == []
    passed = make["afstemming"](datum=TODAY - DAY)
    assert te_lang_geleden(met_afstemming(noord)) == [(world["noord"], f.datum, passed.datum)]


# Where it is seen


LINE = "<strong>Afstemming van {}:</strong> eerst, 6,5 uur. De klas kan niet wachten"


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.TEAM])
def test_who_sees_the_dossier_reads_the_decision_in_it(page, people, make, f, who):
    b = make["besluit"](whole=f, uren="6.5", toelichting="De klas kan niet wachten")
    shown = text(page(people[who], "detail", "aanmelding", b.aanmelding_id))
    assert LINE.format(date_format(f.datum, "j F Y")) in shown


def test_the_last_decision_counts_in_the_dossier(page, people, make, f):
    b = make["besluit"](whole=make["afstemming"](datum=TODAY - 3 * DAY), toelichting="Nog even")
    make["besluit"]("later", whole=f, aanmelding=b.aanmelding)
    shown = text(page(people[Role.OS], "detail", "aanmelding", b.aanmelding_id))
    assert (": later." in shown.replace("</strong> ", " "), "Nog even" in shown) == (True, False)


def test_eerst_stands_on_top_of_the_werklijst_whatever_is_older(page, people, make, f):
    older = make["aanmelding"]("ingediend")
    taken, first = make["aanmelding"]("opgepakt"), make["aanmelding"]("opgepakt", "licht")
    make["besluit"]("later", whole=f, aanmelding=older)
    make["besluit"](whole=f, aanmelding=first)
    shown = page(people[Role.OS], "werklijst")
    rows = [(r.aanmelding.pk, r.besluit) for r in shown.context["regels"]]
    assert rows == [(first.pk, "Eerst"), (older.pk, "Later"), (taken.pk, "")]
    assert "Afstemming: eerst" in text(shown)


def test_the_werklijst_says_that_it_is_time_again(page, people, make, gewone_weken):
    make["afstemming"]("gehouden", datum=TODAY - 90 * DAY)
    said = f"De laatste afstemming van kring Noord was op {date_format(TODAY - 90 * DAY, 'j F')}."
    assert said in text(page(people[Role.OS], "werklijst"))
    make["afstemming"]("volgende")
    assert said not in text(page(people[Role.OS], "werklijst"))


@pytest.mark.parametrize(("name", "who"), [("afstemmingen", None), ("afstemmingen", Role.OS), ("afstemming", Role.OS),
                                          ("afstemming", None)])  # fmt: skip
def test_each_page_asks_the_same_however_much_there_is(client, people, make, f, name, who):
    client.force_login(people[who])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=[f.pk] if name == "afstemming" else [])).status_code == 200
        return len(queries) - 2

    make["besluit"](whole=f)
    few = asked()
    for _ in range(4):
        make["besluit"](whole=f, uren=2)
        make["aanmelding"]("ingediend", school="De Beek")
        make["afstemming"]("gehouden")
    assert (asked(), few <= 15) == (few, True)
