"""How long a session lasts, by a clock that is moved; and what somebody typed, survives its end."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Aanmelding, Contactmoment
from cases.roles import Role
from expertteam import sleutel
from expertteam.models import Sessie
from expertteam.sessies import SessionStore
from tests.people import TODAY
from tests.sessions.conftest import enters
from tests.test_nothing_lost import NOTE, again


def half_an_hour(client, clock):
    clock.later(minutes=29, seconds=59)
    assert enters(client)
    clock.later(minutes=30, seconds=1)
    assert not enters(client)


def twelve_hours(client, clock):
    for _ in range(24):
        clock.later(minutes=29, seconds=58)
        assert enters(client)
    clock.later(seconds=47)
    assert enters(client)  # after 11:59:59
    clock.later(seconds=2)
    assert not enters(client)  # after 12:00:01


def test_who_does_nothing_for_half_an_hour_logs_in_again(ab, log_in, clock):
    half_an_hour(log_in(ab), clock)


def test_after_twelve_hours_everybody_logs_in_again(ab, log_in, clock):
    twelve_hours(log_in(ab), clock)


@pytest.mark.parametrize(("broken", "check"), [
    ({"SESSION_IDLE": 31 * 60}, half_an_hour), ({"SESSION_IDLE": 29 * 60}, half_an_hour),
    ({"SESSION_COOKIE_AGE": 13 * 3600}, twelve_hours), ({"SESSION_COOKIE_AGE": 11 * 3600}, twelve_hours),
])  # fmt: skip
def test_those_tests_see_a_session_that_lasts_too_long_or_too_short(ab, log_in, clock, settings, broken, check):
    for name, value in broken.items():
        setattr(settings, name, value)
    with pytest.raises(AssertionError):
        check(log_in(ab), clock)


def test_what_was_typed_when_the_session_ran_out_is_there_after_logging_in(ab, make, log_in, clock):
    url = reverse("step", args=["traject", make["traject"]("waarnemen").pk, "bezoek"])
    given = {"soort": "observatie", "minuten_0": "60", "datum": TODAY.isoformat(), "notitie": NOTE}
    given["sleutel"] = sleutel.make(ab)
    client = log_in(ab)
    old = client.session.session_key
    clock.later(minutes=30, seconds=1)
    assert client.post(url, given).headers["Location"] == f"{reverse('account_login')}?next=%2Fverder%2F"
    kept = Sessie.objects.get(pk=client.session.session_key)
    assert (kept.user, kept.session_key == old) == (None, False)
    assert "Je tekst is bewaard." in client.get(reverse("account_login"), {"next": "/verder/"}).content.decode()
    clock.later(hours=1)  # first somebody had to be helped
    log_in(ab, client, next=reverse("verder"))
    assert client.came_to == reverse("verder")
    page = client.get(reverse("verder")).content.decode()
    assert again(page) == (url, given)
    assert client.post(*again(page)).headers["Location"] == reverse("vandaag")
    assert Contactmoment.objects.get().notitie == NOTE


def test_a_draft_that_saves_itself_counts_as_being_there(people, ab, make, log_in, clock):
    ib = people[Role.IB]
    ib.password = ab.password
    ib.save()
    draft, client = make["aanmelding"](), log_in(ib)
    given = {"niveau": "leerling", "soort": "complex", "hulpvraag": NOTE, "versie": "0", "sleutel": sleutel.make(ib)}
    clock.later(minutes=20)
    client.post(reverse("beschrijven", args=[draft.pk]), given, headers={"HX-Request": "true"})
    assert Aanmelding.objects.get().hulpvraag == NOTE
    clock.later(minutes=20)
    assert enters(client)


def test_a_draft_that_saves_itself_too_late_says_so(people, ab, make, log_in, clock):
    ib = people[Role.IB]
    ib.password = ab.password
    ib.save()
    draft, client = make["aanmelding"](), log_in(ib)
    clock.later(minutes=31)
    given = {"niveau": "leerling", "hulpvraag": "Te laat.", "versie": "0", "sleutel": sleutel.make(ib)}
    response = client.post(reverse("beschrijven", args=[draft.pk]), given, headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert Aanmelding.objects.get().hulpvraag != "Te laat."


def writes(client, seconds, clock):
    clock.later(seconds=seconds)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert enters(client)
    return [q["sql"] for q in seen.captured_queries if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_being_there_is_written_down_once_a_minute(ab, log_in, clock):
    client = log_in(ab)
    enters(client)
    assert writes(client, 30, clock) == []
    assert writes(client, 29, clock) == []
    (one,) = writes(client, 1, clock)
    assert one.startswith('UPDATE "expertteam_sessie"')
    assert Sessie.objects.get(user=ab).gezien == clock.now()


def test_that_test_sees_a_session_that_is_written_each_time(ab, log_in, clock, settings):
    settings.SESSION_SEEN = 0
    client = log_in(ab)
    enters(client)
    assert writes(client, 1, clock) != []


def test_the_browser_itself_forgets_the_session_when_it_closes(ab, log_in):
    cookie = log_in(ab).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


def test_the_session_gets_another_name_at_login_and_the_old_name_is_worth_nothing(ab, client, log_in):
    store = SessionStore()
    store["left by"] = "somebody else"
    store.create()
    client.cookies["sessionid"] = store.session_key
    log_in(ab, client)
    assert client.cookies["sessionid"].value != store.session_key
    assert not SessionStore().exists(store.session_key)
