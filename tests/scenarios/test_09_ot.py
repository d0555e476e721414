"""Scenario 9. The OT: planned by the school, prepared beforehand, held together, and what was agreed is done."""

import datetime

import pytest
from django.core import mail as post
from icalendar import Calendar

from cases.models import Afspraak, Agendapunt, Overleg
from cases.models.overleg import DIEP, FASE_EERST
from cases.workflow import AFSPRAAK
from expertteam.wachtrij import mislukt
from tests.people import TODAY

SOON = TODAY + datetime.timedelta(days=9)
WHEN = {"datum": SOON, "tijd": "14:30", "minuten_0": "90", "plaats": "de personeelskamer"}
GEHOUDEN = {"os_erbij": "ja"}


@pytest.fixture
def yara(make):
    """A leerling of De Berg with a traject that Abel carries out."""
    return make["traject"]("waarnemen").aanmelding


@pytest.fixture
def plan(sam):
    """Sam fills in the form, with these leerlingen on the agenda."""

    def plan(*leerlingen, **answers):
        form = sam.see("overleg_nieuw").form("/overleg/nieuw/")
        keys = [str(a.pk) for a in leerlingen]
        assert {*keys} <= form.choices.get("leerlingen", set())
        form.values["leerlingen"] = keys
        return sam.send(form, **(WHEN | answers))

    return plan


@pytest.fixture
def ot(plan, yara):
    plan(yara)
    return Overleg.objects.get()


@pytest.fixture
def klaar(ot, sam):
    """The OT of which the phase and the goal are known."""
    sam.press(ot.agenda.get(), "voorbereiden", fase="begrijpen", doel="Weten wat helpt")
    return ot


def calendar(mail):
    """The appointment in a mail, as another program reads it."""
    (part,) = mail.alternatives
    whole = Calendar.from_ical(part.content)
    (event,) = whole.walk("VEVENT")
    assert part.mimetype == f"text/calendar; method={whole['METHOD']}"
    return event


@pytest.mark.regel("B-9")
def test_the_ib_er_plans_it_and_the_onderwijsspecialist_is_invited(plan, yara, make, sam, olga, mails):
    lev = make["aanmelding"]("opgepakt", "licht", voornaam="Lev")
    page = plan(yara, lev)
    ot = Overleg.objects.get()
    assert (ot.state, ot.os, ot.datum, ot.tijd, ot.minuten) == ("gepland", olga.user, SOON, datetime.time(14, 30), 90)
    assert {p.aanmelding for p in ot.agenda.all()} == {yara, lev}
    assert (page.title, page.said[0].startswith("OT gepland op ")) == ("OT De Berg", True)
    assert "0 van 2 leerlingen voorbereid." in page.text
    event = calendar(post.outbox[0])
    assert (event["UID"], event["SEQUENCE"], event["SUMMARY"]) == (f"{ot.pk}@127.0.0.1", 3, "OT-overleg De Berg")
    assert (event["LOCATION"], event["ATTENDEE"]) == ("De Berg, de personeelskamer", "mailto:olga@ppo.test")
    assert (event["DTSTART"].dt.date(), event["DTSTART"].dt.time(), event.duration) == (
        SOON, datetime.time(14, 30), datetime.timedelta(minutes=90),
    )  # fmt: skip
    assert not {"Yara", "Voorbeeld", yara.nummer} & {*event.to_ical().decode().split()}
    assert mails() == ["olga"]
    assert "OT De Berg" in olga.see(ot).title


@pytest.mark.regel("B-9")
def test_who_is_no_ib_er_plans_nothing(yara, olga, abel):
    for who in (olga, abel):
        assert who.client.get("/overleg/nieuw/").status_code == 403
        page = who.see("overleg_nieuw")
        assert "De school organiseert het OT. Vraag de IB-er van de school om het te plannen." in page.text
        assert "OT plannen" not in who.see("overleggen").text


def test_only_dossiers_that_run_can_stand_on_the_agenda(make, sam, yara):
    make["traject"]("afgesloten")
    make["aanmelding"]("concept")
    make["aanmelding"]("afgerond")
    make["aanmelding"]("gestart", school="Het Dal")
    make["aanmelding"]("opgepakt", toestemming_weg_op=TODAY)
    assert sam.see("overleg_nieuw").form("/overleg/nieuw/").choices["leerlingen"] == {str(yara.pk)}


def test_a_school_without_aanmeldingen_has_nobody_to_talk_about(sam):
    page = sam.see("overleg_nieuw")
    assert "Er is nu geen aanmelding om in een OT te bespreken." in page.text


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"datum": TODAY - datetime.timedelta(days=1)}, "Deze dag is al voorbij. Kies vandaag of later."),
    ({"datum": ""}, "Vul de datum in."),
    ({"datum": "31-02-2027"}, "Deze datum bestaat niet. Vul bijvoorbeeld 27-03-2017 in."),
    ({"tijd": "straks"}, "Vul een tijd in zoals 14:30."),
    ({"plaats": "x" * 121}, "Je tekst is 1 tekens te lang. Maak de tekst korter."),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(plan, yara, wrong, sentence):
    page = plan(yara, **wrong)
    assert page.errors == [sentence]
    form = page.form("/overleg/nieuw/")
    assert (form.values["leerlingen"], form.values["plaats"]) == (str(yara.pk), wrong.get("plaats", WHEN["plaats"]))
    assert Overleg.objects.count() == 0


def test_an_ot_of_five_minutes_is_refused_by_the_database_and_leaves_nothing(plan, yara):
    page = plan(yara, minuten_0="anders", minuten_1="5")
    assert (page.status, page.refusal) == (409, "Een OT duurt 10 minuten tot 8 uur.")
    assert page.form("/overleg/nieuw/").values["plaats"] == WHEN["plaats"]
    assert (Overleg.objects.count(), Agendapunt.objects.count()) == (0, 0)


def test_an_ot_is_about_somebody_and_can_be_today(plan, yara):
    assert plan().errors == ["Kies minstens één leerling."]
    assert plan(yara, datum=TODAY).title == "OT De Berg"


def test_a_second_ot_at_the_same_moment_is_asked_about_once(plan, yara, ot, sam):
    page = plan(yara, tijd="15:30")
    question = "De onderwijsspecialist heeft op dat moment al een ander OT. Toch plannen?"
    assert (page.errors, Overleg.objects.count()) == ([question], 1)
    form = page.form("/overleg/nieuw/")
    assert form.values["plaats"] == WHEN["plaats"]
    sam.send(form, zeker=True)
    assert Overleg.objects.count() == 2
    plan(yara, tijd="17:00")
    assert Overleg.objects.count() == 3


@pytest.mark.regel("B-9")
def test_it_is_not_held_before_the_phase_of_each_leerling_is_known(plan, yara, make, sam, olga):
    lev = make["aanmelding"]("opgepakt", "licht", voornaam="Lev")
    plan(yara, lev)
    ot = Overleg.objects.get()
    sam.press(ot.agenda.get(aanmelding=yara), "voorbereiden", fase="begrijpen", doel="Weten wat helpt")
    said = "Bepaal vóór het OT in welke fase van het handelingsgericht werken het OT wordt ingezet."
    assert said == FASE_EERST
    assert sam.see(ot).explained["OT is gehouden"] == said
    assert said in sam.see("vergaderen", ot.pk).text
    refused = olga.post(ot, "houden", **GEHOUDEN)
    assert (refused.status, refused.refusal) == (409, said)
    assert "1 van 2 leerlingen voorbereid." in olga.see(ot).text
    olga.press(ot.agenda.get(aanmelding=lev), "voorbereiden", fase="plannen", doel="Een plan maken")
    assert "Alles is klaar voor het OT." in olga.see(ot).text
    olga.press(ot, "houden", **GEHOUDEN)
    assert {p.state for p in ot.agenda.all()} == {"besproken"}


@pytest.mark.regel("B-9")
def test_without_the_onderwijsspecialist_the_reason_is_asked(klaar, sam):
    asked = sam.press(klaar, "houden", os_erbij="nee")
    assert asked.refusal == "Schrijf op waarom de onderwijsspecialist er niet bij was."
    sam.press(klaar, "houden", os_erbij="nee", os_reden="Olga is ziek")
    assert "was er niet: Olga is ziek" in sam.see(klaar).text


@pytest.mark.regel("B-9")
def test_the_ambulant_begeleider_who_is_deep_in_it_comes_too(klaar, sam, abel, tess, mails):
    assert abel.client.get(abel.address(klaar)).status_code == 404
    mails()
    sam.press(klaar.agenda.get(), "ab_uitnodigen", ab_reden="Zag haar deze maand vier keer")
    event = calendar(post.outbox[0])
    assert (event["UID"], event["ATTENDEE"], event["SUMMARY"]) == (
        f"{klaar.pk}@127.0.0.1", "mailto:abel@aed.test", "OT-overleg De Berg",
    )  # fmt: skip
    assert mails() == ["abel"]
    assert (abel.see(klaar).title, len(abel.see("overleggen").root.all(css="et-rij"))) == ("OT De Berg", 2)
    assert tess.client.get(tess.address(klaar)).status_code == 404


@pytest.mark.regel("B-9")
def test_only_who_is_invited_hears_so_and_not_who_has_the_aanmelding(plan, make, sam, abel, tess, mails):
    lev = make["traject"]("waarnemen", uitvoerder=tess.user).aanmelding
    assert lev.ab == abel.user
    plan(lev)
    punt = Agendapunt.objects.get()
    sam.press(punt, "voorbereiden", fase="begrijpen", doel="Weten wat helpt")
    mails()
    sam.press(punt, "ab_uitnodigen", ab_reden="Zag haar deze maand vier keer")
    assert calendar(post.outbox[0])["ATTENDEE"] == "mailto:tess@aed.test"
    assert mails() == ["tess"]
    assert [*mislukt()] == []


@pytest.mark.regel("B-9")
def test_without_a_traject_no_ambulant_begeleider_comes(plan, make, sam):
    lev = make["aanmelding"]("opgepakt", "licht", voornaam="Lev")
    plan(lev)
    punt = Agendapunt.objects.get()
    sam.press(punt, "voorbereiden", fase="plannen", doel="Een plan maken")
    refused = sam.post(punt, "ab_uitnodigen", ab_reden="Kent hem goed")
    assert (refused.status, refused.refusal) == (409, DIEP)
    assert Agendapunt.objects.get().ab is None


def test_in_the_meeting_everything_of_each_leerling_is_on_one_page_by_need(plan, yara, make, sam):
    make["contactmoment"](whole=yara.trajecten.get(), notitie="Werkte tien minuten alleen.")
    old = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=40)
    lev = make["aanmelding"]("opgepakt", "licht", voornaam="Lev", achternaam="Bedacht", ingediend_op=old)
    plan(yara, lev)
    page = sam.see("vergaderen", Overleg.objects.get().pk)
    heads = [node.all("h2")[0].text for node in page.root.all(css="et-zaak")]
    assert heads == [f"{lev.nummer} · Lev Bedacht, groep 5", f"{yara.nummer} · Yara Voorbeeld, groep 5"]
    assert page.facts["Uitvoerder"] == "A. Visser"
    assert "Werkte tien minuten alleen." in page.text
    assert page.text.count(yara.hulpvraag) == 2


@pytest.mark.regel("B-9")
def test_an_afspraak_is_made_in_the_meeting_and_waits_on_the_list_of_who_does_it(klaar, yara, sam, olga):
    meeting = sam.see("vergaderen", klaar.pk)
    back = sam.send(meeting.form("/afspreken/"), wat="Een maatje zoeken", wie=olga.user.pk, wanneer=SOON)
    assert (back.path, "Een maatje zoeken" in back.text) == (meeting.path, True)
    afspraak = Afspraak.objects.get()
    assert (afspraak.wie, afspraak.wanneer, afspraak.agendapunt) == (olga.user, SOON, klaar.agenda.get())
    assert [*AFSPRAAK.waiting_for(olga.user)] == [afspraak]
    assert "Een maatje zoeken" not in sam.see("overleggen").text
    mine = olga.see("overleggen")
    assert "Dit sprak jij af (1)" in mine.text
    after = olga.send(mine.form("/gedaan/"))
    assert (after.path, "Dit sprak jij af" in after.text) == ("/overleg/", False)
    assert Afspraak.objects.get().state == "gedaan"


def test_an_afspraak_that_lacks_something_comes_back_and_then_leads_to_the_meeting(klaar, sam, olga):
    meeting = sam.see("vergaderen", klaar.pk)
    asked = sam.send(meeting.form("/afspreken/"), wat="Een maatje zoeken", wie=olga.user.pk)
    assert asked.errors == ["Vul in wanneer het klaar is."]
    form = asked.form("/afspreken/")
    assert (form.values["wat"], form.values["terug"]) == ("Een maatje zoeken", meeting.path)
    assert sam.send(form, wanneer=SOON).path == meeting.path


def test_in_the_meeting_an_older_afspraak_is_ticked_off(klaar, yara, make, sam, olga):
    make["afspraak"](aanmelding=yara, wie=olga.user, wat="De ouders bellen")
    meeting = sam.see("vergaderen", klaar.pk)
    assert "De ouders bellen" in meeting.text
    back = sam.send(meeting.form("/is_gedaan/"))
    assert (back.path, "De ouders bellen" in back.text) == (meeting.path, False)


@pytest.mark.parametrize("elsewhere", ["https://kwaad.test/overleg/", "//kwaad.test/overleg/", "/werklijst/", "", "x"])
def test_the_way_back_never_leads_elsewhere(klaar, sam, elsewhere):
    answers = {"wat": "Bellen", "wie": sam.user.pk, "wanneer": SOON, "terug": elsewhere}
    back = sam.post(klaar.agenda.get(), "afspreken", **answers)
    assert back.path == f"/aanmelding/{klaar.agenda.get().aanmelding_id}/"


@pytest.mark.regel("A-6")
def test_a_link_to_the_groeidocument_is_a_verslag(klaar, sam, olga, mails):
    meeting = sam.see("vergaderen", klaar.pk)
    (link,) = [n.attrs["href"] for n in meeting.root.all("a") if n.text == "OT is gehouden"]
    assert link == f"/overleg/{klaar.pk}/houden/?terug={meeting.path}"
    held = sam.send(sam.go(link).form("/houden/"), **GEHOUDEN)
    assert (held.path, "Verslag" in [n.text for n in held.root.all("a")]) == (meeting.path, True)
    empty = sam.press(klaar, "verslag")
    assert empty.refusal == "Leg een afspraak vast, schrijf een verslag of plak de link naar het Groeidocument."
    mails()
    sam.press(klaar, "verslag", verslag_url="https://groeidocument.test/26-0001")
    assert mails() == ["olga"]
    (link,) = [n for n in olga.see(klaar).root.all("a") if n.text == "Verslag in het Groeidocument"]
    assert link.attrs["href"] == "https://groeidocument.test/26-0001"


def test_who_was_invited_hears_that_it_moved_and_that_it_is_off(klaar, sam, abel, olga, mails):
    sam.press(klaar.agenda.get(), "ab_uitnodigen", ab_reden="Zag haar deze maand vier keer")
    mails()
    later = SOON + datetime.timedelta(days=1)
    sam.press(klaar, "verplaatsen", datum=later, tijd="9 uur")
    moved = [calendar(mail) for mail in post.outbox]
    assert [event["ATTENDEE"] for event in moved] == ["mailto:abel@aed.test", "mailto:olga@ppo.test"]
    assert {(event["UID"], event["STATUS"], event["DTSTART"].dt.date()) for event in moved} == {
        (f"{klaar.pk}@127.0.0.1", "CONFIRMED", later)
    }
    assert mails() == ["abel", "olga"]
    sam.press(klaar, "afzeggen", note="Te veel mensen ziek")
    off = [calendar(mail) for mail in post.outbox]
    assert [event["ATTENDEE"] for event in off] == ["mailto:abel@aed.test", "mailto:olga@ppo.test"]
    assert {(event["UID"], event["STATUS"]) for event in off} == {(f"{klaar.pk}@127.0.0.1", "CANCELLED")}
    assert min(event["SEQUENCE"] for event in off) > max(event["SEQUENCE"] for event in moved)
    assert mails() == ["abel", "olga"]
    assert [p.state for p in klaar.agenda.all()] == ["vervallen"]
    assert "Gaat niet door" in sam.see("overleggen").text


def test_who_comes_for_one_leerling_need_not_come_when_it_is_taken_off_the_agenda(plan, yara, make, sam, abel, mails):
    lev = make["traject"]("waarnemen").aanmelding
    plan(yara, lev)
    first, second = Agendapunt.objects.all()
    for punt in (first, second):
        sam.press(punt, "voorbereiden", fase="begrijpen", doel="Weten wat helpt")
        sam.press(punt, "ab_uitnodigen", ab_reden="Zag haar deze maand vier keer")
    mails()
    sam.press(first, "van_agenda")
    assert mails() == []  # for the other leerling she still comes
    sam.press(second, "van_agenda")
    event = calendar(post.outbox[0])
    assert (event["UID"], event["STATUS"], event["ATTENDEE"]) == (
        f"{first.overleg_id}@127.0.0.1", "CANCELLED", "mailto:abel@aed.test",
    )  # fmt: skip
    assert "je hoeft er niet bij te zijn" in post.outbox[0].subject
    assert mails() == ["abel"]
    assert abel.see(first.overleg).status == 404


def test_outsiders_see_no_ot(klaar, dirk, otto, tess, coen):
    for who in (dirk, otto, tess, coen):
        for page in ("", "vergaderen/", "houden/", "verslag/"):
            assert who.client.get(f"/overleg/{klaar.pk}/{page}").status_code == 404
        assert "Er is geen OT gepland." in who.see("overleggen").text


@pytest.mark.regel("B-9")
def test_an_ambulant_begeleider_sees_in_the_meeting_only_the_leerlingen_of_his_own(plan, yara, make, sam, abel, tess):
    lev = make["aanmelding"]("opgepakt", "basis", voornaam="Lev", ab=tess.user)
    plan(yara, lev)
    punt = Agendapunt.objects.get(aanmelding=yara)
    sam.press(punt, "voorbereiden", fase="begrijpen", doel="Weten wat helpt")
    sam.press(punt, "ab_uitnodigen", ab_reden="Zag haar deze maand vier keer")
    ot = Overleg.objects.get()
    assert len(sam.see("vergaderen", ot.pk).root.all(css="et-zaak")) == 2
    page = abel.see("vergaderen", ot.pk)
    assert [node.attrs["id"] for node in page.root.all(css="et-zaak")] == [str(yara.pk)]
    assert ("Lev" in page.text, "Lev" in abel.see(ot).text) == (False, False)
