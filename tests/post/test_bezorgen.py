"""A mail is made when it leaves: for who may still see it, in the way that he chose, and with nothing of a dossier."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cases import bezorgen, mail
from cases.models import Aanmelding, Event, Overleg
from cases.roles import Role
from cases.workflow import AANMELDING, OVERLEG, TRAJECT
from expertteam import wachtrij
from expertteam.models import NietVerstuurd
from schools.models import Post, User
from tests.people import LEERLING, ontsla
from tests.post.conftest import CONTACT

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOUR = datetime.time(14, 30)


@pytest.fixture
def bezorg(wacht, mailoutbox):
    """bezorg(): everything that is due leaves; to whom, and about what."""

    def deliver():
        mailoutbox.clear()
        ready = ProcrastinateJob.objects.filter(status="todo", queue_name="post").order_by("pk")
        wachtrij.meteen([job.pk for job in ready])
        return [(m.to[0].partition("@")[0], m.subject) for m in mailoutbox]

    return deliver


def kiest(user, post):
    User.objects.filter(pk=user.pk).update(post=post)


def waarom():
    return [*NietVerstuurd.objects.order_by("taak").values_list("waarom", flat=True)]


# Who may still see it


def test_who_sees_the_dossier_when_the_mail_leaves_gets_it(opgepakt, bezorg):
    sent = opgepakt()
    assert bezorg() == [("sam", f"Aanmelding {sent.nummer} is opgepakt")]
    assert (waarom(), ProcrastinateJob.objects.count()) == ([], 0)


def test_who_lost_his_role_in_the_meantime_gets_none_and_it_is_counted(opgepakt, people, bezorg):
    opgepakt()
    ontsla(people[Role.IB])
    assert (bezorg(), waarom(), ProcrastinateJob.objects.count()) == ([], ["mag_niet"], 0)


def test_who_sees_it_in_another_role_than_the_one_that_is_told_gets_none(people, make, bezorg):
    """Who moved to another school of the same team is not told about this one."""
    sent = make["aanmelding"]("ingediend", "basis")
    AANMELDING.take("oppakken", sent.pk, people[Role.OS], **CONTACT)
    job = ProcrastinateJob.objects.get()
    wachtrij.zet("stap", job.args | {"wie": str(people[None].pk)}, job.args | {"wie": str(people[Role.TEAM].pk)})
    assert [who for who, _ in bezorg()] == ["sam"]
    assert waarom() == ["mag_niet", "mag_niet"]


def test_an_account_that_is_off_gets_none(opgepakt, people, bezorg):
    opgepakt()
    User.objects.filter(pk=people[Role.IB].pk).update(is_active=False)
    assert (bezorg(), waarom()) == ([], ["account"])


def test_that_test_sees_a_mail_that_nobody_asked_about(opgepakt, people, bezorg, monkeypatch):
    """The broken twin: without the question who sees it, the database alone answers, and it answers to everybody."""
    opgepakt()
    ontsla(people[Role.IB])

    def all_of_it(user, event, door=None):
        event = Event.objects.get(pk=event)
        obj = Aanmelding.objects.get(pk=event.object_id)
        return event, AANMELDING.steps[event.step], obj

    monkeypatch.setattr(bezorgen, "gezien", all_of_it)
    assert (bezorg(), waarom()) == ([], ["fout"])  # the second line: row-level security
    monkeypatch.setattr(bezorgen, "acting_as", lambda user: connection.cursor())
    wachtrij.opnieuw(ProcrastinateJob.objects.get().pk)
    assert len(bezorg()) == 1


def test_who_had_the_work_until_this_step_hears_where_it_went(people, make, bezorg):
    t = make["traject"]("waarnemen")
    given = {"uitvoerder": people[Role.TEAM], "note": "Abel werkt nu elders."}
    TRAJECT.take("overnemen", t.pk, people[Role.OS], **given)
    assert [who for who, _ in bezorg()] == ["abel", "sam", "tess"]


def test_a_mail_says_what_is_true_when_it_leaves_and_nothing_of_the_leerling(opgepakt, people, bezorg, mailoutbox):
    sent = opgepakt()
    User.objects.filter(pk=people[Role.IB].pk).update(voornaam="Samira", email="samira@berg.test")
    bezorg()
    (message,) = mailoutbox
    assert (message.to, "Hallo Samira," in message.body) == (["samira@berg.test"], True)
    words = [LEERLING["voornaam"], LEERLING["achternaam"], LEERLING["hulpvraag"], LEERLING["leerkracht"]]
    assert [word for word in words if word in message.subject + message.body] == []
    assert f"/aanmelding/{sent.pk}/" in message.body


# What somebody chose


def test_who_wants_no_mail_gets_none_also_when_he_chose_after_the_step(opgepakt, people, bezorg):
    kiest(people[Role.IB], Post.NIET)
    opgepakt()
    assert ProcrastinateJob.objects.count() == 0
    kiest(people[Role.IB], Post.DIRECT)
    opgepakt()
    kiest(people[Role.IB], Post.NIET)
    assert (bezorg(), waarom()) == ([], ["keuze"])


def test_one_mail_a_day_holds_a_line_for_each_step_that_may_still_be_seen(opgepakt, people, bezorg, mailoutbox):
    kiest(people[Role.IB], Post.DAG)
    first, second = opgepakt(), opgepakt()
    gone = opgepakt()
    assert bezorg() == []
    app.perform_import_paths()
    app.tasks["overzichten"](timestamp=0)
    assert (bezorg(), ProcrastinateJob.objects.filter(queue_name="dag").count()) == ([], 3)  # not before the morning
    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = %s", [past])
    Event.objects.filter(object_id=gone.pk)
    job = ProcrastinateJob.objects.order_by("pk").last()
    with connection.cursor() as cursor:  # of a dossier that he does not see
        other = str(Event.objects.create(kind="aanmelding", object_id=people[None].pk, by=people[None], step="oppakken",
                                         source="x", target="y").pk)  # fmt: skip
        cursor.execute("UPDATE procrastinate_jobs SET args = jsonb_set(args, '{event}', %s) WHERE id = %s",
                       [other, job.pk])  # fmt: skip
    for _ in range(2):  # the second time there is nothing left
        app.tasks["overzichten"](timestamp=0)
    assert bezorg() == [("sam", "2 stappen voor jou in Expertteam")]
    (message,) = mailoutbox
    for a in (first, second):
        assert f"Aanmelding {a.nummer}: Oppakken\nhttp://127.0.0.1:8000/aanmelding/{a.pk}/\n" in message.body
    assert (gone.nummer in message.body, ProcrastinateJob.objects.count()) == (False, 0)


def test_the_mail_of_the_day_lapses_when_there_is_nothing_left_to_see(opgepakt, people, bezorg):
    kiest(people[Role.IB], Post.DAG)
    sent = opgepakt()
    event = Event.objects.get(object_id=sent.pk)
    for post, why in ((Post.NIET, "keuze"), (Post.DAG, "mag_niet")):
        kiest(people[Role.IB], post)
        wachtrij.zet("overzicht", {"wie": str(people[Role.IB].pk), "events": [event.pk]})
        if why == "mag_niet":
            ontsla(people[Role.IB])
        assert (bezorg(), waarom()[-1:]) == ([], [why])


@pytest.mark.parametrize(("now", "then"), [
    ("2026-11-23 07:29", "2026-11-23 07:30"), ("2026-11-23 07:30", "2026-11-24 07:30"),
    ("2026-11-27 12:00", "2026-11-30 07:30"), ("2026-11-29 06:00", "2026-11-30 07:30"),
    ("2026-10-23 12:00", "2026-10-26 07:30"),
])  # fmt: skip
def test_the_morning_is_that_of_the_next_weekday_in_the_netherlands(now, then):
    now, then = (datetime.datetime.fromisoformat(day).replace(tzinfo=AMSTERDAM) for day in (now, then))
    assert mail.volgende_ochtend(now) == then


@pytest.mark.parametrize("post", Post)
def test_what_belongs_in_a_calendar_always_leaves_at_once(people, make, bezorg, mailoutbox, post):
    kiest(people[Role.OS], post)
    o = make["overleg"]()
    later = {"datum": o.datum + datetime.timedelta(days=1), "tijd": HOUR, "minuten": 60}
    OVERLEG.take("verplaatsen", o.pk, people[Role.IB], **later)
    assert bezorg() == [("olga", "OT-overleg De Berg is verplaatst")]
    assert "METHOD:REQUEST" in mailoutbox[0].alternatives[0].content


def test_an_appointment_that_is_off_is_not_sent_afterwards(people, make, bezorg, mailoutbox):
    """The mail of before waited for the mail server: it would put the OT in the calendar again."""
    o = make["overleg"]()
    later = {"datum": o.datum + datetime.timedelta(days=1), "tijd": HOUR, "minuten": 60}
    OVERLEG.take("verplaatsen", o.pk, people[Role.IB], **later)
    OVERLEG.take("afzeggen", o.pk, people[Role.IB], note="Te veel mensen ziek")
    assert bezorg() == [("olga", "OT-overleg De Berg gaat niet door")]
    assert ("METHOD:CANCEL" in mailoutbox[0].alternatives[0].content, waarom()) == (True, ["voorbij"])
    assert Overleg.objects.get().state == "vervallen"
