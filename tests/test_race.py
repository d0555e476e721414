"""Two people at once: one wins, the other gets a sentence and keeps his text."""

import threading
import uuid

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from cases.engine import Flow, Refused
from cases.models import Aanmelding, Contactmoment, Event, Traject
from cases.roles import Role
from cases.workflow import AANMELDING, FLOWS
from expertteam import sleutel
from tests.people import TODAY

CONTACT = {"eerste_contact_op": TODAY, "eerste_contact_met": "Sam"}


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE NOT l.granted AND a.datname = current_database())"
        )
        return cursor.fetchone()[0]


def meanwhile(first, second):
    """Take the second while the first has not committed; what came of the second."""
    outcome = []

    def run():
        try:
            second()
            outcome.append("taken")
        except Refused as refused:
            outcome.append(str(refused))
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        for _ in range(50):  # it has to wait for us: without the lock it would have read the old state already
            thread.join(0.01)
            if not thread.is_alive() or somebody_waits():
                break
    thread.join()
    return outcome[0]


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_people_pressing_at_once_is_refused(people, make):
    sent = make["aanmelding"]("ingediend")
    outcome = meanwhile(
        lambda: AANMELDING.take("oppakken", sent.pk, people[Role.OS], **CONTACT),
        lambda: AANMELDING.take("oppakken_ab", sent.pk, people[Role.TEAM], **CONTACT),
    )
    assert outcome == "“Oppakken” kan niet bij de status “Opgepakt”."
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_ambulant_begeleider_gets_it(people, make):
    sent = make["aanmelding"]("opgepakt", ab=None)
    outcome = meanwhile(
        lambda: AANMELDING.take("nemen", sent.pk, people[Role.AB]),
        lambda: AANMELDING.take("nemen", sent.pk, people[Role.TEAM]),
    )
    assert outcome == "A. Visser heeft deze aanmelding al opgepakt."
    assert Traject.objects.get().uitvoerder == people[Role.AB]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_have_it(people, make, monkeypatch):
    """The broken twin: the same race without the lock on the dossier ends in a wall of the database instead."""
    source = Flow._take

    def unlocked(self, *args):
        with monkeypatch.context() as patch:
            patch.setattr("cases.engine.one_at_a_time", lambda dossier: None)
            return source(self, *args)

    monkeypatch.setattr(Flow, "_take", unlocked)
    sent = make["aanmelding"]("ingediend")
    outcome = meanwhile(
        lambda: AANMELDING.take("oppakken", sent.pk, people[Role.OS], **CONTACT),
        lambda: AANMELDING.take("oppakken", sent.pk, people[Role.OS], **CONTACT),
    )
    assert outcome == "taken"
    assert Event.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_has_one_effect_and_the_same_answer(people, make):
    running, user = make["traject"]("waarnemen"), people[Role.AB]
    url = reverse("step", args=["traject", running.pk, "bezoek"])
    given = {"soort": "observatie", "minuten_0": "60", "datum": TODAY.isoformat(), "sleutel": sleutel.make(user)}
    answers, barrier = [], threading.Barrier(8)

    def post():
        client = Client()
        client.force_login(user)
        connection.close()
        barrier.wait()
        response = client.post(url, given)
        answers.append((response.status_code, response.headers.get("Location")))
        connections.close_all()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {(302, reverse("vandaag"))}
    assert Contactmoment.objects.count() == 1


def test_a_key_of_somebody_else_is_no_key(people, make, client):
    running = make["traject"]("waarnemen")
    client.force_login(people[Role.AB])
    url = reverse("step", args=["traject", running.pk, "bezoek"])
    given = {
        "soort": "observatie",
        "minuten_0": "60",
        "datum": TODAY.isoformat(),
        "sleutel": sleutel.make(people[Role.OS]),
    }
    for _ in range(2):
        assert client.post(url, given).status_code == 302
    assert Contactmoment.objects.count() == 2  # each counted: the key did not join them


def test_two_editors_the_second_keeps_his_text_and_hears_who_was_first(people, make, client):
    running = make["traject"]("plannen")
    url = reverse("step", args=["traject", running.pk, "plannen"])
    given = {"doel": "Zelf beginnen", "afspraken": "De leerkracht geeft een kaart.", "versie": "0"}
    client.force_login(people[Role.AB])
    FLOWS["traject"].take("stoppen", running.pk, people[Role.OS], note="De leerling verhuist")
    response = client.post(url, given | {"sleutel": sleutel.make(people[Role.AB])})
    page = response.content.decode()
    assert response.status_code == 409
    assert "kan niet bij de status “Gestopt”" in page
    assert "De leerkracht geeft een kaart." in page
    assert Traject.objects.get().afspraken == ""


def test_an_old_form_of_a_step_that_still_exists_is_shown_again_with_the_text(people, make, client):
    whole = make["aanmelding"]("opgepakt", "licht")
    client.force_login(people[Role.OS])
    url = reverse("step", args=["aanmelding", whole.pk, "afronden"])
    AANMELDING.take("andere_setting", whole.pk, people[Role.IB])
    given = {"afgerond_reden": "school", "afgerond_toelichting": "Zij maken een plan.", "versie": "0"}
    response = client.post(url, given | {"sleutel": sleutel.make(people[Role.OS])})
    page = response.content.decode()
    assert response.status_code == 409
    assert "S. Ibema heeft dit net aangepast. Kijk het na en sla opnieuw op." in page
    assert 'value="Zij maken een plan."' in page
    assert 'name="versie" value="1"' in page
    assert client.post(url, given | {"versie": "1", "sleutel": sleutel.make(people[Role.OS])}).status_code == 302
    assert Aanmelding.objects.get().state == "afgerond"
    assert uuid.UUID(str(whole.pk)) == whole.pk
