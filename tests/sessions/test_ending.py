"""Two browsers of one person: what happens in the one, ends the other at its next request."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse

from expertteam import sessies, sleutel
from expertteam.models import Sessie
from schools.models import Rol
from tests.people import ontsla, stel_aan
from tests.sessions.conftest import CHROME, enters
from tests.test_nothing_lost import NOTE


def ends(user, log_in, happens):
    """Two browsers are in; then something happens; then the other one is out, and stays out."""
    here, there = log_in(user), log_in(user, agent=CHROME)
    assert (enters(here), enters(there)) == (True, True)
    key = there.session.session_key
    happens(here)
    assert not enters(there)
    replayed = Client()
    replayed.cookies["sessionid"] = key
    assert not enters(replayed)


def new_password(user):
    def happens(client):
        user.set_password("acht blauwe fietsen in de zon")
        user.save()

    return happens


def switched_off(user):
    def happens(client):
        type(user).objects.filter(pk=user.pk).update(is_active=False)

    return happens


def other_factor(user):
    def happens(client):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})

    return happens


def no_factor(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})

    def happens(client):
        Authenticator.objects.filter(user=user).delete()

    return happens


EVENTS = [new_password, switched_off, other_factor, no_factor]


@pytest.mark.parametrize("event", EVENTS)
def test_everything_ends_at_the_next_request_after(ab, log_in, event):
    ends(ab, log_in, event(ab))


def test_that_test_sees_a_session_that_goes_on(ab, log_in):
    with pytest.raises(AssertionError):
        ends(ab, log_in, lambda client: None)


@pytest.mark.parametrize("event", [other_factor, no_factor])
def test_that_test_sees_that_a_second_factor_is_not_looked_at(ab, log_in, event, monkeypatch):
    monkeypatch.setattr(sessies, "factoren", lambda user: [])
    with pytest.raises(AssertionError):
        ends(ab, log_in, event(ab))


def test_an_account_that_is_switched_on_again_does_not_bring_a_session_back(ab, log_in):
    client = log_in(ab)
    switched_off(ab)(client)
    assert not enters(client)
    type(ab).objects.filter(pk=ab.pk).update(is_active=True)
    assert not enters(client)


def test_who_changes_the_second_factor_goes_on_in_this_browser_and_nowhere_else(ab, log_in, rf, monkeypatch):
    here, there = log_in(ab), log_in(ab, agent=CHROME)
    assert (enters(here), enters(there)) == (True, True)

    def change(request, name=None):
        Authenticator.objects.create(user=ab, type=Authenticator.Type.TOTP, data={})
        return sessies.views.te_groot(request)

    with monkeypatch.context() as patch:
        patch.setattr("expertteam.middleware.DoorMiddleware.once", door(change))
        here.post(reverse("verder"))
    assert (enters(here), enters(there)) == (True, False)


def door(view):
    """A request that goes through our middleware, to this view."""

    def once(self, request):
        return sessies.SessieMiddleware(view)(request)

    return once


def test_an_old_session_that_goes_on_sending_does_not_survive_a_reset_by_somebody_else(ab, log_in, clock, monkeypatch):
    """The reset falls in the middle of a request of a thief, who did not prove to be the user a moment ago."""
    Authenticator.objects.create(user=ab, type=Authenticator.Type.RECOVERY_CODES, data={})
    thief = log_in(ab)
    assert enters(thief)
    clock.later(minutes=11)

    def reset(request, name=None):
        Authenticator.objects.filter(user=ab).delete()
        return sessies.views.te_groot(request)

    monkeypatch.setattr("expertteam.opnieuw.settings.TWEEDE_FACTOR", True)
    with monkeypatch.context() as patch:
        patch.setattr("expertteam.middleware.DoorMiddleware.once", door(reset))
        thief.post(reverse("verder"))
    monkeypatch.undo()
    assert not enters(thief)


def test_a_new_password_by_mail_ends_every_session(ab, log_in):
    client = log_in(ab)
    assert default_token_generator.check_token(ab, default_token_generator.make_token(ab))
    new_password(ab)(client)
    response = client.get(reverse("vandaag"))
    assert response.headers["Location"] == f"{reverse('account_login')}?next={reverse('vandaag')}"
    assert not Sessie.objects.filter(user=ab).exists()


def test_who_logs_out_is_out_and_a_copy_of_the_cookie_too(ab, log_in):
    client = log_in(ab)
    replayed = Client()
    replayed.cookies["sessionid"] = client.session.session_key
    assert enters(replayed)
    response = client.post(reverse("account_logout"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert (enters(client), enters(replayed)) == (False, False)
    assert not Sessie.objects.filter(user=ab).exists()


def test_a_request_that_is_under_way_does_not_bring_an_ended_session_back(ab, log_in, monkeypatch):
    client = log_in(ab)

    def ended(request, name=None):
        Sessie.objects.all().delete()
        request.session["something"] = "new"
        return sessies.views.te_groot(request)

    with monkeypatch.context() as patch:
        patch.setattr("expertteam.middleware.DoorMiddleware.once", door(ended))
        assert client.get(reverse("verder")).status_code == 400
    assert not enters(client)
    assert not Sessie.objects.exists()


# The last aanstelling


def last_one_ends(user, client):
    ontsla(user)
    response = client.get(reverse("vandaag"))
    page = response.content.decode()
    assert (response.status_code, "Je hebt nu geen rol" in page) == (403, True)
    assert "Uitloggen" not in page
    assert client.get(reverse("vandaag")).headers["Location"].startswith(reverse("account_login"))


def test_whose_last_aanstelling_has_ended_is_logged_out_with_a_page_that_says_so(ab, log_in):
    last_one_ends(ab, log_in(ab))
    client = log_in(ab)  # again: one page, and no circle
    assert client.get(client.came_to).status_code == 403
    assert client.get(reverse("account_login")).status_code == 200


def test_that_test_sees_somebody_who_stays(ab, log_in, monkeypatch):
    client = log_in(ab)
    monkeypatch.setattr(type(ab), "vandaag", ["an aanstelling that ended long ago"])
    monkeypatch.setattr(type(ab), "rollen", set())
    with pytest.raises(AssertionError):
        last_one_ends(ab, client)


def test_what_he_was_typing_is_still_shown_to_him(ab, make, log_in):
    client, url = log_in(ab), reverse("step", args=["traject", make["traject"]("waarnemen").pk, "bezoek"])
    ontsla(ab)
    page = client.post(url, {"notitie": NOTE, "sleutel": sleutel.make(ab)}).content.decode()
    assert NOTE in page
    assert "<form" not in page


def test_who_gets_another_aanstelling_goes_on(ab, log_in):
    client, team = log_in(ab), ab.aanstellingen.get().team
    ontsla(ab)
    stel_aan(ab, Rol.OS, team=team)
    assert enters(client)


# Mijn sessies


def test_the_page_shows_ones_own_sessions_in_plain_words_and_no_key(ab, beheerder, log_in, clock):
    here, there, other = log_in(ab), log_in(ab, agent=CHROME), log_in(beheerder)
    clock.later(minutes=5)
    page = here.get(reverse("mijn_sessies")).content.decode()
    assert page.count("Ingelogd sinds") == 2
    assert "Firefox op Windows (dit is deze)" in page
    assert "Chrome op Chromebook" in page
    for key in (c.session.session_key for c in (here, there, other)):
        assert key not in page
    assert (page.count("Beëindig<span"), page.count("Beëindig alle andere")) == (1, 1)


def test_one_session_is_ended(ab, log_in):
    here, there = log_in(ab), log_in(ab, agent=CHROME)
    name = Sessie.objects.get(pk=there.session.session_key).naam
    response = here.post(reverse("sessie_einde"), {"sessie": name, "sleutel": sleutel.make(ab)})
    assert response.headers["Location"] == reverse("mijn_sessies")
    assert "Je bent uitgelogd in Chrome op Chromebook." in here.get(reverse("mijn_sessies")).content.decode()
    assert (enters(here), enters(there)) == (True, False)


def test_a_session_of_somebody_else_does_not_exist(ab, beheerder, log_in):
    here, other = log_in(ab), log_in(beheerder)
    name = Sessie.objects.get(pk=other.session.session_key).naam
    assert here.post(reverse("sessie_einde"), {"sessie": name}).status_code == 404
    assert here.post(reverse("sessie_einde"), {"sessie": "0" * 32}).status_code == 404
    assert enters(other)


def test_all_others_are_ended(ab, beheerder, log_in):
    here, others, stranger = log_in(ab), [log_in(ab, agent=CHROME) for _ in range(3)], log_in(beheerder)
    assert "Beëindig alle andere" in here.get(reverse("andere_sessies_einde")).content.decode()
    assert here.post(reverse("andere_sessies_einde")).headers["Location"] == reverse("mijn_sessies")
    assert [enters(c) for c in (here, *others, stranger)] == [True, False, False, False, True]


def at_most_five(user, log_in, clock):
    clients = []
    for _ in range(7):
        clock.later(minutes=1)
        clients.append(log_in(user))
    assert [enters(c) for c in clients] == [False, False, True, True, True, True, True]


def test_the_sixth_session_ends_the_oldest(ab, log_in, clock):
    at_most_five(ab, log_in, clock)


def test_that_test_sees_a_sixth_session(ab, log_in, clock, settings):
    settings.SESSION_MOST = 6
    with pytest.raises(AssertionError):
        at_most_five(ab, log_in, clock)


@pytest.mark.parametrize(("agent", "words"), [
    ("", "Een browser"), ("curl/8", "Een browser"), (CHROME, "Chrome op Chromebook"),
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge op Windows"),
    ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari op iPad"),
    ("<script>Firefox/1 Linux", "Firefox op Linux"),
])  # fmt: skip
def test_a_browser_is_named_in_plain_words(agent, words):
    assert sessies.in_plain_words(agent) == words
