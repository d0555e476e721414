"""The page of the beheerder: what did not leave, why, and a button. And no word of a dossier."""

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cases.roles import Role
from expertteam import wachtrij
from expertteam.models import NietVerstuurd
from tests.people import LEERLING

URL = reverse("post")


@pytest.fixture
def mislukt(opgepakt, wacht):
    """Some mails that were given up."""

    def fail(n=1):
        for _ in range(n):
            opgepakt()
        for job in ProcrastinateJob.objects.filter(status="todo"):
            NietVerstuurd.objects.create(taak=job.pk, waarom="adres")
            wachtrij.klaar(job.pk, "failed")
        return [*ProcrastinateJob.objects.filter(status="failed").order_by("pk")]

    return fail


@pytest.fixture
def beheer(client, bea):
    client.force_login(bea)
    return client


def text(client):
    return client.get(URL).content.decode()


def test_it_says_what_for_whom_since_when_why_and_how_often(beheer, mislukt, people):
    (job,) = mislukt()
    page = text(beheer)
    assert f"Mail bij een stap · nummer {job.pk}" in page
    assert "De mailserver kent dit e-mailadres niet." in page
    assert f'<a href="/beheer/schools/user/{people[Role.IB].pk}/change/">Sam Ibema</a>' in page
    assert "<dt>Geprobeerd</dt><dd>" in page
    words = [LEERLING["voornaam"], LEERLING["achternaam"], LEERLING["hulpvraag"], "26-0"]
    assert [word for word in words if word in page] == []


def test_there_may_be_nothing_to_say(beheer):
    page = text(beheer)
    assert "Er wacht nu geen mail." in page
    assert "Alle mail is verstuurd, of wordt nog geprobeerd." in page


def test_it_counts_what_waits_and_what_lapsed(beheer, opgepakt, wacht):
    opgepakt()
    opgepakt()
    NietVerstuurd.objects.create(taak=0, waarom="mag_niet")
    page = text(beheer)
    assert "Er wachten nu 2 mails. Die gaan vanzelf weg." in page
    assert "1 keer: Deze persoon mag het niet meer zien." in page


def test_an_address_that_somebody_typed_is_not_shown(beheer, wacht):
    wachtrij.klaar(*wachtrij.zet("wachtwoord", {"adres": "geheim@elders.test"}), "failed")
    page = text(beheer)
    assert ("Mail voor een nieuw wachtwoord" in page, "geheim@elders.test" in page) == (True, False)


def test_it_asks_as_often_for_fifty_as_for_one(beheer, mislukt, django_assert_max_num_queries):
    mislukt()
    beheer.get(URL)
    with django_assert_max_num_queries(30) as one:
        beheer.get(URL)
    mislukt(20)
    with django_assert_max_num_queries(len(one)):
        beheer.get(URL)


def test_a_button_tries_it_again_and_the_mail_leaves(
    beheer, mislukt, settings, mailoutbox, django_capture_on_commit_callbacks
):
    (job,) = mislukt()
    settings.WACHTRIJ_METEEN = True
    with django_capture_on_commit_callbacks(execute=True):
        page = beheer.post(URL, {"taak": job.pk, "opnieuw": "1"}, follow=True).content.decode()
    assert "Opnieuw geprobeerd." in page
    assert [m.to for m in mailoutbox] == [["sam@berg.test"]]
    assert (ProcrastinateJob.objects.count(), NietVerstuurd.objects.count()) == (0, 0)


def test_a_button_tries_all_of_it_again(beheer, mislukt):
    mislukt(3)
    assert "3 keer opnieuw geprobeerd." in beheer.post(URL, {"alles": "1"}, follow=True).content.decode()
    assert {job.status for job in ProcrastinateJob.objects.all()} == {"todo"}


def test_a_button_gives_one_up_and_leaves_the_rest(beheer, mislukt):
    first, second = mislukt(2)
    page = beheer.post(URL, {"taak": first.pk, "opgeven": "1"}, follow=True).content.decode()
    assert "Deze mail wordt niet meer verstuurd." in page
    assert [job.pk for job in ProcrastinateJob.objects.all()] == [second.pk]


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 40, "٣", "0"])
def test_what_no_page_of_ours_sends_changes_nothing(beheer, mislukt, sent):
    mislukt()
    for how in ("opnieuw", "opgeven"):
        page = beheer.post(URL, {"taak": sent, how: "1"}, follow=True).content.decode()
        assert "Dit is al opnieuw geprobeerd of opgegeven." in page
    assert [job.status for job in ProcrastinateJob.objects.all()] == ["failed"]


# Three walls: only what was given up is tried again.


@pytest.mark.parametrize("status", ["todo", "doing"])
def test_what_was_not_given_up_is_not_touched(beheer, mislukt, status):
    (job,) = mislukt()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", [status])
    assert f"nummer {job.pk}" not in text(beheer)  # the page
    for how in ("opnieuw", "opgeven"):
        beheer.post(URL, {"taak": job.pk, how: "1"})
    assert (wachtrij.opnieuw(job.pk), wachtrij.geef_op(job.pk)) == (False, False)  # the queue
    assert [job.status for job in ProcrastinateJob.objects.all()] == [status]
    if status == "todo":
        with pytest.raises(Exception, match="invalid status to retry"):  # the database
            wachtrij.RIJ.retry_job_by_id(job.pk, job.scheduled_at)


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, Role.COORDINATOR, Role.AED, None])
def test_nobody_else_finds_it(client, mislukt, people, who):
    (job,) = mislukt()
    client.force_login(people[who])
    assert client.get(URL).status_code == 404
    assert client.post(URL, {"taak": job.pk, "opgeven": "1"}).status_code == 404
    assert ProcrastinateJob.objects.filter(status="failed").count() == 1
