"""One's own calendar at a secret address: it opens that alone, stops at a button, and names no leerling."""

import datetime

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cases.roles import Role
from expertteam.models import Agendasleutel, NietVerstuurd
from schools.models import User
from tests.people import LEERLING, ontsla

HERE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _nobody_asked_yet():
    cache.clear()


@pytest.fixture
def adres(people):
    """adres(Role.AB): the secret address that this person makes with the button."""

    def make(role):
        client = Client()
        client.force_login(people[role])
        page = client.post(reverse("mijn_agenda"))
        return page.context["adres"].removeprefix(HERE)

    return make


def events(url):
    """What a calendar program reads there, without a login."""
    answer = Client().get(url)
    assert answer.status_code == 200
    return [*Calendar.from_ical(answer.content).walk("VEVENT")]


def test_it_shows_ots_and_dagdelen_with_place_and_number_and_no_name(adres, make):
    o = make["overleg"](plaats="lokaal 3")
    make["overleg"]("vervallen")
    d = make["dagdeel"]()
    make["dagdeel"]("gegeven", whole=d.klas)
    (ot,) = events(adres(Role.OS))
    assert (str(ot["SUMMARY"]), str(ot["LOCATION"]), str(ot["UID"])) == (
        "OT-overleg De Berg", "De Berg, lokaal 3", f"{o.pk}@127.0.0.1",
    )  # fmt: skip
    (deel,) = events(adres(Role.AB))
    assert (str(deel["SUMMARY"]), str(deel["LOCATION"]), deel["DTSTART"].dt) == (
        f"Expertise in de klas {d.aanmelding.nummer}", "De Berg", d.datum,
    )  # fmt: skip
    for role in (Role.OS, Role.AB, Role.IB):
        body = Client().get(adres(role)).content.decode()
        words = [LEERLING["voornaam"], LEERLING["achternaam"], LEERLING["leerkracht"], "Y.V.", "Y. V", "DESCRIPTION"]
        assert [word for word in words if word in body] == []


def test_it_follows_what_somebody_may_see_at_this_moment(adres, make, people):
    make["overleg"]()
    url = adres(Role.OS)
    assert len(events(url)) == 1
    assert events(adres(None)) == []  # of another school
    ontsla(people[Role.OS])
    assert Client().get(url).status_code == 404


def test_it_is_the_person_who_is_asked_and_not_the_key(adres, make, people, monkeypatch):
    """The broken twin: without the name of the owner, the database shows nothing at all."""
    make["overleg"]()
    url = adres(Role.OS)
    monkeypatch.setattr("cases.views.agenda.acting_as", lambda user: transaction.atomic())
    assert events(url) == []


def test_an_account_that_is_off_has_no_calendar(adres, people):
    url = adres(Role.OS)
    User.objects.filter(pk=people[Role.OS].pk).update(is_active=False)
    assert Client().get(url).status_code == 404


def test_a_new_address_ends_the_old_one_and_a_button_ends_both(adres, people, client):
    first, second = adres(Role.AB), adres(Role.AB)
    assert [Client().get(url).status_code for url in (first, second)] == [404, 200]
    client.force_login(people[Role.AB])
    assert "Je hebt een geheim adres, sinds" in client.get(reverse("mijn_post")).content.decode()
    client.post(reverse("mijn_agenda"), {"weg": "1"})
    assert [Client().get(url).status_code for url in (first, second)] == [404, 404]
    assert "Je hebt nog geen geheim adres." in client.get(reverse("mijn_post")).content.decode()


def test_the_address_is_long_shown_once_and_kept_as_a_digest(adres, people, client):
    secret = adres(Role.AB).removeprefix("/agenda/").removesuffix(".ics")
    assert len(secret) == 43
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM expertteam_agendasleutel t")
        assert secret not in cursor.fetchone()[0]
    client.force_login(people[Role.AB])
    assert secret not in client.get(reverse("mijn_post")).content.decode()


def test_nothing_of_it_is_kept_on_the_way_and_it_opens_nothing_else(adres):
    url = adres(Role.AB)
    client = Client()
    answer = client.get(url)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert (answer["Content-Security-Policy"], answer.cookies.output()) == ("default-src 'none'; sandbox", "")
    assert client.get(reverse("start")).status_code == 302
    assert client.get(reverse("start"))["Location"].startswith(reverse("account_login"))
    assert client.post(url).status_code == 405


def test_who_guesses_or_asks_too_often_is_stopped(adres, settings):
    assert Client().get("/agenda/geraden.ics").status_code == 404
    url = adres(Role.AB)
    answers = [Client().get(url).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]


@pytest.mark.parametrize("choice", ["direct", "dag", "niet"])
def test_somebody_chooses_how_she_hears_of_a_step(client, people, choice):
    client.force_login(people[Role.AB])
    page = client.post(reverse("mijn_post"), {"post": choice}, follow=True).content.decode()
    assert "Je keuze is opgeslagen." in page
    assert User.objects.get(pk=people[Role.AB].pk).post == choice


@pytest.mark.parametrize("sent", [{}, {"post": ""}, {"post": "soms"}])
def test_another_choice_is_refused_with_a_sentence(client, people, sent):
    client.force_login(people[Role.AB])
    page = client.post(reverse("mijn_post"), sent).content.decode()
    assert "Kies meteen, één keer per dag, of niet." in page
    assert User.objects.get(pk=people[Role.AB].pk).post == "direct"


def test_nobody_chooses_for_another(client, people):
    client.force_login(people[Role.AB])
    client.post(reverse("mijn_post"), {"post": "niet", "id": str(people[Role.OS].pk), "user": str(people[Role.OS].pk)})
    assert User.objects.get(pk=people[Role.OS].pk).post == "direct"


def direct(user):
    User.objects.filter(pk=user.pk).update(post="soms")


WALLS = {
    "persoon_post": direct,
    "agendasleutel_versleuteld": lambda user: Agendasleutel.objects.create(wie=user, sleutel="in klare taal"),
    "niet_verstuurd_waarom": lambda user: NietVerstuurd.objects.create(taak=1, waarom="zomaar"),
}
MODELS = {"persoon_post": User, "agendasleutel_versleuteld": Agendasleutel, "niet_verstuurd_waarom": NietVerstuurd}


@pytest.mark.parametrize("name", WALLS)
def test_the_database_refuses_what_no_page_lets_through(people, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        WALLS[name](people[Role.AB])
    assert refused.value.__cause__.diag.constraint_name == name
    assert [c.violation_error_message for c in MODELS[name]._meta.constraints if c.name == name][0].endswith(".")


def test_what_was_long_ago_is_not_in_it(adres, make):
    make["overleg"](datum=datetime.date(2020, 1, 6))
    assert events(adres(Role.OS)) == []
