"""The queue: kept with the step or not at all, tried again with patience, and never more than numbers and keys."""

import datetime
import smtplib
from types import SimpleNamespace

import pytest
from django.core import mail as outbox
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from cases.models import Event
from cases.roles import Role
from cases.workflow import AANMELDING
from expertteam import verzenden, wachtrij
from expertteam.models import NietVerstuurd
from expertteam.verzenden import Waarom
from expertteam.wachtrij import WACHT, Mislukt, Volhouden
from tests.people import LEERLING
from tests.post.conftest import CONTACT
from tests.post.sink import Weigert
from tests.post.werken import straks, werk

WEG, WEIGERT = "tests.post.sink.Weg", "tests.post.sink.Weigert"


def jobs():
    return [(job.task_name, job.status, job.attempts, job.args) for job in ProcrastinateJob.objects.order_by("pk")]


def take_and_fail(pk, user):
    with transaction.atomic():
        AANMELDING.take("oppakken", pk, user, **CONTACT)
        raise InterruptedError


@pytest.mark.django_db(transaction=True)
def test_a_job_is_kept_with_its_step_and_gone_with_it(people, make, wacht):
    sent = make["aanmelding"]("ingediend", "basis")
    with pytest.raises(InterruptedError):
        take_and_fail(sent.pk, people[Role.OS])
    assert (jobs(), Event.objects.count()) == ([], 0)
    AANMELDING.take("oppakken", sent.pk, people[Role.OS], **CONTACT)
    event = Event.objects.get()
    assert jobs() == [("stap", "todo", 0, {"event": event.pk, "wie": str(people[Role.IB].pk)})]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_that_test_sees_a_job_that_is_put_there_beside_the_step(people, make, wacht, monkeypatch):
    """The broken twin: on another connection it is there although the step is not."""
    sent = make["aanmelding"]("ingediend", "basis")
    monkeypatch.setattr(wachtrij.RIJ.connector, "alias", "owner")
    with pytest.raises(InterruptedError):
        take_and_fail(sent.pk, people[Role.OS])
    assert (len(jobs()), Event.objects.count()) == (1, 0)


def test_a_job_holds_keys_and_no_word_of_a_dossier(opgepakt, wacht):
    opgepakt()
    (job,) = ProcrastinateJob.objects.all()
    assert job.args.keys() == {"event", "wie"}
    words = [LEERLING["voornaam"], LEERLING["achternaam"], LEERLING["hulpvraag"], "Sam", "berg.test", "26-0"]
    assert [word for word in words if word in str(job.args)] == []


def test_it_is_one_statement_however_many_hear_of_it(people, make, wacht, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        wachtrij.zet("stap", *({"event": n, "wie": str(people[Role.IB].pk)} for n in range(50)))
    assert len(jobs()) == 50


# Patience


def test_it_is_tried_again_later_and_later_and_then_it_is_up_to_people():
    now, waits = timezone.now(), []
    for attempts in range(20):
        job = Job(queue="post", lock=None, queueing_lock=None, task_name="stap", attempts=attempts)
        again = Volhouden().get_retry_decision(exception=Mislukt(Waarom.WEG), job=job)
        waits.append(again and round((again.retry_at - now).total_seconds() / 60))
    assert waits == [1, 5, 30, 120, 360, 720, 1440, *[None] * 13]


SAID = {
    "unknown address": (smtplib.SMTPRecipientsRefused({"a@b.nl": (550, b"no")}), Waarom.ADRES, True),
    "full box": (smtplib.SMTPRecipientsRefused({"a@b.nl": (452, b"full")}), Waarom.ADRES, False),
    "spam": (smtplib.SMTPDataError(554, b"spam"), Waarom.GEWEIGERD, True),
    "sender": (smtplib.SMTPSenderRefused(550, b"no", "x@y.nl"), Waarom.GEWEIGERD, True),
    "busy": (smtplib.SMTPDataError(451, b"later"), Waarom.DRUK, False),
    "password": (smtplib.SMTPAuthenticationError(535, b"wrong"), Waarom.INLOG, False),
    "gone": (smtplib.SMTPServerDisconnected("gone"), Waarom.WEG, False),
    "away": (ConnectionRefusedError(), Waarom.WEG, False),
    "slow": (TimeoutError(), Waarom.WEG, False),
}


@pytest.mark.parametrize("what", SAID)
def test_what_the_mail_server_says_is_a_reason_and_whether_to_go_on(what):
    error, why, for_good = SAID[what]
    assert verzenden.waarom(error) == (why, for_good)


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_delays_a_mail_and_changes_nothing_in_it(opgepakt, wacht, mailoutbox):
    wacht.EMAIL_BACKEND = WEG
    opgepakt()
    for n in (1, 2):
        werk()
        ((_, status, attempts, _),) = jobs()
        assert (status, attempts, NietVerstuurd.objects.get().waarom) == ("todo", n, "weg")
        due = ProcrastinateJob.objects.get().scheduled_at - timezone.now()
        assert WACHT[n - 1] * 0.8 < due <= WACHT[n - 1]
        werk()  # not before its time
        assert jobs()[0][2] == n
        straks()
    wacht.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    werk()
    assert (jobs(), NietVerstuurd.objects.count(), [m.to for m in mailoutbox]) == ([], 0, [["sam@berg.test"]])


@pytest.mark.django_db(transaction=True)
def test_a_refusal_for_good_is_given_up_at_once(opgepakt, wacht):
    wacht.EMAIL_BACKEND = WEIGERT
    opgepakt()
    werk()
    ((_, status, attempts, _),) = jobs()
    assert (status, attempts, NietVerstuurd.objects.get().waarom) == ("failed", 1, "adres")


@pytest.mark.django_db(transaction=True)
def test_that_test_sees_a_refusal_that_is_tried_again(opgepakt, wacht, monkeypatch):
    wacht.EMAIL_BACKEND = WEIGERT
    monkeypatch.setattr(Weigert, "error", smtplib.SMTPDataError(451, b"later"))
    opgepakt()
    werk()
    assert jobs()[0][1:3] == ("todo", 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_has_the_same_name_however_often_it_leaves(opgepakt, wacht, mailoutbox, monkeypatch):
    """A worker that is killed between sending and saying so: the mail leaves twice, and is shown once."""
    opgepakt()
    (job,) = ProcrastinateJob.objects.all()
    for _ in range(2):
        app.perform_import_paths()
        app.tasks["stap"](SimpleNamespace(job=job.procrastinate_job), **job.args)
    opgepakt()
    werk()
    names = [message.message()["Message-ID"] for message in mailoutbox]
    assert len(names) == 4
    assert len({*names}) == 2
    assert {name.rpartition("@")[2] for name in names} == {"127.0.0.1>"}


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_held_is_done_by_the_next(opgepakt, wacht, mailoutbox):
    opgepakt()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", cursor.fetchone())
    werk()
    assert mailoutbox == []  # nobody else's yet
    app.perform_import_paths()
    wachtrij.zet("vastgelopen", {"timestamp": 0})
    werk()
    werk()
    assert [m.to for m in mailoutbox] == [["sam@berg.test"]]


def test_what_is_old_is_forgotten(opgepakt, wacht, mailoutbox):
    opgepakt()
    NietVerstuurd.objects.create(taak=1, waarom="account")
    (job,) = ProcrastinateJob.objects.all()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        app.perform_import_paths()
        app.tasks["opruimen"](timestamp=0)
        assert (ProcrastinateJob.objects.count(), NietVerstuurd.objects.count()) == (1, 1)
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '31 days'")
    NietVerstuurd.objects.update(laatst=timezone.now() - datetime.timedelta(days=31))
    app.tasks["opruimen"](timestamp=0)
    assert (ProcrastinateJob.objects.count(), NietVerstuurd.objects.count()) == (0, 0)


def test_an_error_of_ours_is_written_down_without_its_words(opgepakt, wacht, monkeypatch, caplog):
    opgepakt()
    (job,) = ProcrastinateJob.objects.all()
    app.perform_import_paths()
    monkeypatch.setattr("cases.bezorgen.over", lambda *args: 1 / 0)
    with pytest.raises(Mislukt):
        app.tasks["stap"](SimpleNamespace(job=job.procrastinate_job), **job.args)
    assert NietVerstuurd.objects.get().waarom == "fout"
    assert outbox.outbox == []
    assert f"job {job.pk} failed: fout, ZeroDivisionError" in caplog.text
