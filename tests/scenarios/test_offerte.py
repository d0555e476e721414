"""The life of an offerte: asked by the school, drawn up by the AED, agreed by the school, carried out."""

import datetime

import pytest
from django.urls import reverse

from cases.engine import Refused
from cases.models import Event, Offerte, Offerteregel
from cases.roles import Role
from cases.workflow import OFFERTE
from schools.models import Rol, School
from tests.papieren.lezen import woorden
from tests.people import TODAY, stel_aan
from tests.scenarios.shell import database_says

DAY = datetime.timedelta(days=1)
REGEL = {"omschrijving": "Twee bijeenkomsten", "uren": "6,5", "tarief": "112,50", "btw": "21"}
VRAAG = {"soort": "groep", "vraag": "Rust in de middagpauze van groep 7"}
BESLIST = "De school beslist over de offerte."


@pytest.fixture
def arie(people, browser):
    """The coördinator of the AED."""
    return browser(people[Role.AED])


def asks(who, **answers):
    return who.send(who.see("offerte_nieuw").form("/offerte/nieuw/"), **answers)


def offered(who, offerte):
    """The steps that stand on its page."""
    start = f"/offerte/{offerte.pk}/"
    hrefs = [n.attrs.get("href", "") for n in who.see(offerte).root]
    return {h.removeprefix(start).strip("/") for h in hrefs if h.startswith(start)}


def fresh(offerte):
    return Offerte.objects.get(pk=offerte.pk)


@pytest.mark.regel("B-17", "B-18", "B-19")
def test_from_the_question_to_the_work(sam, arie, abel, mails):
    page = asks(sam, **VRAAG)
    made = Offerte.objects.get()
    assert (page.path, page.said) == (f"/offerte/{made.pk}/", ["De offerte is gevraagd. De AED doet een aanbod."])
    assert (made.state, made.school.naam, made.door, made.aanmelding) == ("gevraagd", "De Berg", sam.user, None)
    assert (Event.objects.get().step, mails()) == ("gevraagd", ["abel", "arie", "tess"])
    arie.press(made, "regel", **REGEL)
    arie.press(made, "regel", omschrijving="Verslag", uren="2", tarief="95", btw="0")
    arie.press(made, "uitbrengen", geldig_tot=TODAY + 30 * DAY)
    assert mails() == ["sam"]
    page = sam.see(made)
    assert [row[-2:] for row in page.rows[-4:]] == [
        ["Subtotaal zonder btw", "€ 921,25"], ["Btw 21% over € 731,25", "€ 153,56"],
        ["Btw vrijgesteld over € 190,00", "€ 0,00"], ["Totaal", "€ 1.074,81"],
    ]  # fmt: skip
    sam.press(made, "akkoord")
    assert (fresh(made).besloten_door, mails()) == (sam.user, ["abel", "arie", "tess"])
    arie.press(made, "uitvoeren", uitvoerder=abel.user.pk)
    abel.press(made, "werk", datum=TODAY, minuten_0="90")
    assert "1,5 uur gewerkt." in sam.see(made).text
    abel.press(made, "afronden")
    assert fresh(made).state == "afgerond"
    assert sam.see("offertes").rows[1][-2:] == ["–", "Afgerond"]


@pytest.mark.regel("B-18")
def test_scholing_needs_a_theme_and_nothing_is_lost(sam):
    page = asks(sam, soort="scholing", vraag="Twee bijeenkomsten voor het team")
    assert page.errors == ["Kies het thema van de scholing."]
    assert page.form("/offerte/nieuw/").values["vraag"] == "Twee bijeenkomsten voor het team"
    assert Offerte.objects.count() == 0
    sam.send(page.form("/offerte/nieuw/"), thema="buiten_spelen")
    assert Offerte.objects.get().thema == "buiten_spelen"


def test_an_empty_form_says_what_is_missing(sam):
    assert asks(sam).errors == ["Kies wat voor ondersteuning de school zoekt.", "Schrijf op waar het om gaat."]
    assert asks(sam, **VRAAG | {"vraag": "x" * 301}).errors == ["Je tekst is 1 tekens te lang. Maak de tekst korter."]
    assert Offerte.objects.count() == 0


def test_who_has_more_schools_says_for_which(sam, olga):
    assert asks(olga, **VRAAG).errors == ["Kies de school."]
    dal = School.objects.get(naam="Het Dal")
    assert "school" not in sam.see("offerte_nieuw").form("/offerte/nieuw/").names
    stel_aan(sam.user, Rol.IB, school=dal)
    for who in (olga, sam):
        asks(who, school=dal.brin6, **VRAAG)
    assert [o.school for o in Offerte.objects.all()] == [dal, dal]


def test_only_a_school_and_its_onderwijsspecialist_ask(abel, arie, coen, dirk):
    for who in (abel, arie, coen):
        assert (who.see("offerte_nieuw").status, "Offerte vragen" in who.see("offertes").text) == (403, False)
    berg = School.objects.get(naam="De Berg")
    assert asks(dirk, **VRAAG).status == 200
    response = dirk.client.post(reverse("offerte_nieuw"), VRAAG | {"school": berg.brin6})
    assert response.status_code == 302
    assert {o.school.naam for o in Offerte.objects.all()} == {"Het Dal"}  # a school that was not asked, is not his


def test_the_numbers_follow_each_other(sam):
    for _ in range(3):
        asks(sam, **VRAAG)
    numbers = sorted(o.nummer for o in Offerte.objects.all())
    assert [int(n.partition("-")[2]) for n in numbers] == [1, 2, 3]


def test_an_offerte_of_which_the_first_step_is_refused_takes_no_number(sam, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refused("Dit kan nu niet.")

    monkeypatch.setattr(OFFERTE, "take", refuse)
    page = asks(sam, **VRAAG)
    assert (page.status, page.refusal, Offerte.objects.count()) == (409, "Dit kan nu niet.", 0)
    assert page.form("/offerte/nieuw/").values["vraag"] == VRAAG["vraag"]
    monkeypatch.undo()
    asks(sam, **VRAAG)
    assert Offerte.objects.get().nummer.endswith("-0001")


@pytest.mark.regel("B-17")
def test_without_a_line_there_is_nothing_to_agree_to(make, arie):
    made = make["offerte"]("gevraagd", regels=0)
    assert arie.see(made).explained["Offerte uitbrengen"] == "Zet eerst een regel in de offerte."
    refused = arie.post(made, "uitbrengen", geldig_tot=TODAY + DAY)
    assert (refused.status, refused.refusal) == (409, "Zet eerst een regel in de offerte.")
    given = {"state": "uitgebracht", "uitgebracht_op": TODAY, "geldig_tot": TODAY}
    with database_says("Zet eerst een regel in de offerte."):
        Offerte.objects.filter(pk=made.pk).update(**given)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"omschrijving": ""}, "Schrijf op wat je aanbiedt."),
     ({"uren": "veel"}, "Vul het aantal uren in met cijfers. Bijvoorbeeld 6,5."),
     ({"tarief": ""}, "Vul het tarief in met cijfers. Bijvoorbeeld 95,00."),
     ({"uren": "6,10"}, "Rond de uren af op een kwartier. Bijvoorbeeld 6,25 of 6,5.")],
)  # fmt: skip
def test_a_line_that_is_not_right_is_refused_and_kept_on_the_page(make, arie, wrong, said):
    made = make["offerte"]("gevraagd", regels=0)
    page = arie.press(made, "regel", **REGEL | wrong)
    assert [*page.errors, page.refusal][0] == said
    assert page.form("/regel/").values["tarief"] == (REGEL | wrong)["tarief"]
    assert made.regels.count() == 0


def test_the_database_counts_in_quarters_of_an_hour_too(make):
    made = make["offerte"]("gevraagd", regels=0)
    line = {"offerte": made, "uitgave": 1, "omschrijving": "Observatie", "tarief": 95}
    with database_says("Rond de uren af op een kwartier. Bijvoorbeeld 6,25 of 6,5."):
        Offerteregel.objects.create(uren="6.10", **line)
    assert Offerteregel.objects.create(uren="6.25", **line).pk


@pytest.mark.regel("B-17")
def test_only_the_ib_er_of_that_school_agrees(make, sam, olga, abel, arie, dirk):
    made = make["offerte"]("uitgebracht")
    for who in (olga, abel, arie):
        refused = who.post(made, "akkoord")
        assert (refused.status, refused.refusal) == (409, "“Akkoord” is aan een ander.")
    assert dirk.post(made, "akkoord").status == dirk.see(made).status == 404
    given = {"state": "akkoord", "besloten_op": TODAY}
    for who in (olga, abel, arie, dirk):
        with database_says(BESLIST):
            Offerte.objects.filter(pk=made.pk).update(besloten_door=who.user, **given)
    sam.press(made, "akkoord")
    assert (fresh(made).state, fresh(made).besloten_door) == ("akkoord", sam.user)


def test_who_has_run_out_of_time_asks_for_a_new_version(make, sam, arie):
    yesterday = TODAY - DAY
    made = make["offerte"]("uitgebracht", uitgebracht_op=yesterday, geldig_tot=yesterday)
    said = f"De offerte was geldig tot {yesterday:%d-%m-%Y}. Vraag een nieuwe versie."
    page = sam.see(made)
    assert ("Verlopen" in page.text, page.explained["Akkoord"]) == (True, said)
    refused = sam.post(made, "akkoord")
    assert (refused.status, refused.refusal, fresh(made).state) == (409, said, "uitgebracht")
    arie.press(made, "herzien")
    arie.press(made, "uitbrengen", geldig_tot=TODAY + DAY)
    assert "Verlopen" not in sam.see(made).text
    sam.press(made, "akkoord")


def test_on_the_last_day_it_is_still_valid(make, sam):
    made = make["offerte"]("uitgebracht", geldig_tot=TODAY)
    sam.press(made, "akkoord")
    assert fresh(made).state == "akkoord"


def test_not_agreeing_asks_why_and_a_new_version_begins_with_the_old_lines(make, sam, arie, mails):
    made = make["offerte"]("uitgebracht")
    assert sam.press(made, "niet_akkoord").errors == ["Schrijf op waarom."]
    sam.press(made, "niet_akkoord", note="Het mag in minder bijeenkomsten.")
    assert (fresh(made).state, mails()) == ("niet_akkoord", ["abel", "arie", "tess"])
    assert "Het mag in minder bijeenkomsten." in arie.see(made).text
    arie.press(made, "herzien")
    made = fresh(made)
    assert (made.state, made.uitgave, made.besloten_door, made.uitgebracht_op) == ("gevraagd", 2, None, None)
    assert [(r.uitgave, r.omschrijving, r.uren) for r in made.regels.all()] == [
        (1, "Observatie", 6), (2, "Observatie", 6),
    ]  # fmt: skip
    arie.press(made, "regels_weg")
    arie.press(made, "regel", **REGEL)
    page = sam.see(made)
    assert (page.title, "Eerdere versies (1)" in page.text) == (f"Offerte {made.nummer}, versie 2", True)
    assert [row[0] for row in page.rows if len(row) == 5 and row[0] != "Aanbod"] == ["Twee bijeenkomsten", "Observatie"]


def test_what_was_sent_does_not_change(make, arie):
    made = make["offerte"]("uitgebracht")
    assert offered(arie, made) >= {"herzien", "laten_vervallen"}
    refused = arie.post(made, "regel", **REGEL)
    assert (refused.status, refused.refusal) == (409, "“Regel toevoegen” kan niet bij de status “Uitgebracht”.")
    with database_says("Een offerte die is uitgebracht, verandert niet. Maak een nieuwe versie."):
        made.regels.all().delete()


def test_work_is_recorded_only_while_it_is_carried_out(make, abel, arie, people):
    made = make["offerte"]("akkoord")
    refused = abel.post(made, "werk", datum=TODAY, minuten_0="60")
    assert refused.refusal == "“Werk vastleggen” kan niet bij de status “Akkoord van de school”."
    assert arie.press(made, "uitvoeren").errors == ["Kies wie de offerte uitvoert."]
    arie.press(made, "uitvoeren", uitvoerder=people[Role.TEAM].pk)
    abel.press(made, "werk", datum=TODAY, minuten_0="60")
    assert made.werk.get().minuten == 60


def test_the_paper_is_there_once_it_was_sent_for_who_sees_it(make, sam, arie, dirk, settings):
    settings.AED_NAAM, settings.AED_ADRES = "De AED", ["Kade 1", "000 222 33 44"]
    asked, sent = make["offerte"]("gevraagd"), make["offerte"]("uitgebracht", soort="scholing", thema="bewegen")
    for who in (sam, arie):
        answer = who.client.get(reverse("offerte_pdf", args=[sent.pk]))
        assert answer["Content-Disposition"] == f'attachment; filename="{sent.nummer}-versie-1.pdf"'
        assert answer["Content-Type"] == "application/pdf"
    text = woorden(answer.content)
    assert text.startswith(f"De AED Kade 1 000 222 33 44 De Berg Voorbeeldstad Offerte {sent.nummer}, versie 1")
    assert ("Thema Bewegingsonderwijs" in text, "Totaal € 570,00" in text) == (True, True)
    assert f"{settings.BASE_URL}/offerte/{sent.pk}/" in text.replace(" ", "")
    assert sam.client.get(reverse("offerte_pdf", args=[asked.pk])).status_code == 404
    assert dirk.client.get(reverse("offerte_pdf", args=[sent.pk])).status_code == 404


def test_the_list_shows_whose_turn_it_is_and_only_the_own_schools(make, sam, arie, abel, olga, coen, dirk):
    mine, asked = make["offerte"]("uitgebracht"), make["offerte"]("gevraagd")
    done = make["offerte"]("vervallen")
    assert [row[0] for row in sam.see("offertes").rows if row[0] != "Nummer"] == [
        mine.nummer, asked.nummer, done.nummer,
    ]  # fmt: skip
    assert "Jij bent aan zet (1)" in sam.see("offertes").text
    assert "Jij bent aan zet (1)" in arie.see("offertes").text
    assert arie.see("start").path == "/offertes/"
    assert [len(who.see("offertes").rows) for who in (abel, olga, coen, dirk)] == [6, 5, 0, 0]
    assert coen.see("offertes").text.count("Er zijn nog geen offertes.") == 1


@pytest.mark.regel("B-17", "B-18", "B-19")
def test_an_aanmelding_that_goes_on_an_offerte_is_done_and_both_pages_say_so(make, olga, sam, mails):
    a = make["aanmelding"]("opgepakt", "licht", niveau="groep", groep_naam="7b")
    refused = olga.press(a, "doorzetten", soort="scholing", vraag="Buiten spelen met groep 7")
    assert (refused.refusal, Offerte.objects.count()) == ("Kies het thema van de scholing.", 0)
    page = olga.send(refused.form("/doorzetten/"), thema="buiten_spelen")
    made = Offerte.objects.get()
    assert (page.path, made.aanmelding) == (f"/offerte/{made.pk}/", a)
    assert a.nummer not in page.text.replace(made.nummer, "")
    assert "Op offerte doorgezet" in sam.see("mijn_aanmeldingen").text
    assert [a.nummer in olga.see("werklijst").text, olga.see(a).status] == [False, 200]
    rows = olga.client.get(reverse("werklijst"), {"status": "klaar"}).content.decode()
    assert "Op offerte doorgezet" in rows
