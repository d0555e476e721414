"""Whatever goes wrong, what somebody typed comes back, and he is told what to do in a Dutch sentence."""

import datetime
import html
import re
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from cases.forms.datums import Datum
from cases.models import Aanmelding, Contactmoment
from cases.roles import Role
from expertteam import actor, sleutel
from tests.people import TODAY

NOTE = "De leerling begon zelf, na twee keer kijken."


@pytest.fixture
def visit(people, make):
    """(address, what an ambulant begeleider sends) of one visit."""
    running = make["traject"]("waarnemen")
    given = {"soort": "observatie", "minuten_0": "60", "datum": TODAY.isoformat(), "notitie": NOTE}
    return reverse("step", args=["traject", running.pk, "bezoek"]), given | {"sleutel": sleutel.make(people[Role.AB])}


def again(page):
    """(address, fields) of the form on an error page that sends everything once more."""
    form = re.search(r'<form method="post" action="([^"]+)" class="et-acties">(.*?)</form>', page, re.S)
    fields = re.findall(r'<textarea hidden name="([^"]+)"[^>]*>\n(.*?)</textarea>', form[2], re.S)
    return form[1], {name: html.unescape(value) for name, value in fields}


def test_after_the_login_ran_out_the_text_is_there_and_one_click_sends_it(people, client, visit):
    url, given = visit
    response = client.post(url, given)
    assert response.headers["Location"] == f"{reverse('account_login')}?next=%2Fverder%2F"
    client.force_login(people[Role.AB])
    page = client.get(reverse("verder")).content.decode()
    assert NOTE in page
    assert again(page) == (url, given)
    assert client.post(*again(page)).headers["Location"] == reverse("vandaag")
    assert Contactmoment.objects.get().notitie == NOTE


def test_nobody_else_who_logs_in_at_that_computer_sees_it(people, client, visit):
    client.post(*visit)
    client.force_login(people[Role.OS])
    response = client.get(reverse("verder"))
    assert response.headers["Location"] == reverse("start")
    assert "bewaard" not in client.session


def test_a_stranger_cannot_leave_text_for_somebody(client, visit):
    url, given = visit
    client.post(url, given | {"sleutel": "vals:vals"})
    assert "bewaard" not in client.session


def test_a_form_whose_key_is_out_of_date_is_given_back_and_not_carried_out(people, visit):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.AB])
    url, given = visit
    response = client.post(url, given)
    assert response.status_code == 403
    assert again(response.content.decode()) == (url, given)
    assert Contactmoment.objects.count() == 0


def test_another_site_cannot_make_us_offer_its_form(people, visit):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.AB])
    url, given = visit
    page = client.post(url, given | {"sleutel": sleutel.make(people[Role.OS])}).content.decode()
    assert NOTE not in page
    assert "Je mag deze pagina niet zien" in page


@pytest.mark.parametrize(("error", "status", "words"), [
    (RuntimeError("boom"), 500, "Dat ligt aan ons, niet aan jou."),
    (OperationalError("server closed the connection"), 503, "We zijn zo terug."),
])  # fmt: skip
def test_a_fault_gives_the_text_back_without_a_traceback(people, client, visit, monkeypatch, error, status, words):
    def broken(*args, **kwargs):
        raise error

    client.force_login(people[Role.AB])
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("cases.views.stap.take", broken)
        response = client.post(*visit)
    page = response.content.decode()
    assert response.status_code == status
    assert response.headers.get("Retry-After") == ("5" if status == 503 else None)
    assert words in page
    assert "Traceback" not in page
    assert again(page) == visit
    assert client.post(*again(page)).status_code == 302
    assert Contactmoment.objects.get().notitie == NOTE


@pytest.mark.parametrize("change", [
    {"minuten_0": ""}, {"minuten_0": "anders", "minuten_1": "een uur"}, {"datum": "31-02-2026"}, {"soort": "dansen"},
    {"datum": (TODAY + datetime.timedelta(days=1)).isoformat()}, {"minuten_0": "anders", "minuten_1": "900"},
])  # fmt: skip
def test_a_wrong_answer_keeps_the_right_ones(people, client, visit, change):
    url, given = visit
    client.force_login(people[Role.AB])
    response = client.post(url, given | change)
    page = response.content.decode()
    assert (response.status_code, Contactmoment.objects.count()) == (200, 0)
    assert NOTE in page
    assert "Fout: Bezoek vastleggen" in page
    assert "Er ging iets mis" in page


SENTENCES = [
    ({"minuten_0": ""}, "Kies hoe lang het duurde."),
    ({"soort": ""}, "Kies wat het was."),
    ({"minuten_0": "anders", "minuten_1": "een uur"}, "Vul het aantal minuten in met cijfers. Bijvoorbeeld 90."),
    ({"datum": "31-02-2026"}, "Deze datum bestaat niet. Vul bijvoorbeeld 27-03-2017 in."),
    ({"datum": (TODAY + datetime.timedelta(days=1)).isoformat()}, "De datum moet vandaag of eerder zijn."),
    ({"soort": "dansen"}, "Deze keuze bestaat niet meer. Kies opnieuw."),
    ({"minuten_0": "anders", "minuten_1": "900"}, "Je vult 15 uur in op één dag. Klopt dat?"),
    ({"soort": "niet_door", "notitie": ""}, "Schrijf op waarom het niet doorging."),
    ({"notitie": "a" * 1520}, "Je tekst is 20 tekens te lang. Maak de tekst korter."),
]


@pytest.mark.parametrize(("change", "sentence"), SENTENCES)
def test_every_wrong_answer_has_its_sentence(people, client, visit, change, sentence):
    url, given = visit
    client.force_login(people[Role.AB])
    page = html.unescape(client.post(url, given | change).content.decode())
    assert page.count(sentence) == 2  # in the summary, and at the field
    assert "verplicht." not in page
    assert "geldig" not in page


def test_a_likely_mistake_is_asked_once(people, client, visit):
    url, given = visit
    client.force_login(people[Role.AB])
    assert client.post(url, given | {"minuten_0": "anders", "minuten_1": "540", "zeker": "on"}).status_code == 302
    assert Contactmoment.objects.get().minuten == 540


@pytest.mark.parametrize("typed", ["27-3-2017", "27/03/2017", "27032017", "27 maart 2017", "27 mrt 2017", "2017-03-27"])
def test_a_date_is_read_as_people_write_it(typed):
    assert Datum().clean(typed) == datetime.date(2017, 3, 27)


FILES = [
    ("verslag.exe", b"MZ", "Dit bestand kan niet: verslag.exe. Kies een pdf, docx, xlsx, odt, jpg of png."),
    ("vals.pdf", b"<html>", "Dit bestand kan niet: vals.pdf. Kies een pdf, docx, xlsx, odt, jpg of png."),
    ("leeg.pdf", b"", "Het bestand kwam niet goed aan: leeg.pdf. Kies het bestand opnieuw."),
    ("groot.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "Dit bestand is te groot: groot.pdf. Het mag 10 MB zijn."),
]


@pytest.mark.parametrize(("naam", "inhoud", "sentence"), FILES)
def test_a_wrong_file_is_refused_with_a_sentence_and_the_text_is_kept(people, make, client, naam, inhoud, sentence):
    draft = make["aanmelding"]()
    client.force_login(people[Role.IB])
    given = {"niveau": "leerling", "soort": "complex", "hulpvraag": NOTE, "versie": "0",
             "bijlagen": SimpleUploadedFile(naam, inhoud), "sleutel": sleutel.make(people[Role.IB])}  # fmt: skip
    page = client.post(reverse("beschrijven", args=[draft.pk]), given).content.decode()
    assert sentence in page
    assert NOTE in page
    assert Aanmelding.objects.get().hulpvraag == NOTE
    assert draft.bijlagen.count() == 0


def test_a_draft_keeps_what_is_right_and_shows_what_is_not(people, make, client):
    draft = make["aanmelding"](hulpvraag="", geboortedatum=None)
    client.force_login(people[Role.IB])
    given = {
        "niveau": "leerling",
        "soort": "basis",
        "hulpvraag": "b" * 1600,
        "geboortedatum": "31-02-2017",
        "versie": "0",
    }
    page = client.post(
        reverse("beschrijven", args=[draft.pk]), given | {"sleutel": sleutel.make(people[Role.IB])}
    ).content.decode()
    assert "Je tekst is 100 tekens te lang. Maak de tekst korter." in page
    assert "Deze datum bestaat niet. Vul bijvoorbeeld 27-03-2017 in." in page
    assert 'value="31-02-2017"' in page
    assert Aanmelding.objects.get().hulpvraag == "b" * 1600


@pytest.mark.django_db(transaction=True)
def test_a_database_that_breaks_off_gives_the_text_back_and_the_next_try_works(people, client, visit, monkeypatch):
    def cut(*args, **kwargs):
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return Contactmoment.objects.count()  # the first question after the connection is gone

    client.force_login(people[Role.AB])
    with monkeypatch.context() as patch:
        patch.setattr("cases.views.stap.take", cut)
        response = client.post(*visit)
    assert response.status_code == 503
    assert again(response.content.decode()) == visit
    connection.close()  # as between two requests
    assert client.post(*again(response.content.decode())).status_code == 302
    assert Contactmoment.objects.get().notitie == NOTE


def held(dossier):
    """Another connection, that works in this dossier and does not get on."""
    other = connection.copy()
    other.connect()
    other.cursor().execute("BEGIN")
    other.cursor().execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(dossier)])
    return other


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_another_gets_his_text_back_and_hears_it_is_busy(people, client, visit, monkeypatch):
    monkeypatch.setattr(actor, "SETTINGS", actor.SETTINGS.replace("'3s'", "'50ms'"))
    client.force_login(people[Role.AB])
    other = held(Aanmelding.objects.get().pk)
    try:
        response = client.post(*visit)
    finally:
        other.close()
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Het is even te druk" in page
    assert "We zijn zo terug" not in page
    assert again(page) == visit
    assert client.post(*again(page)).status_code == 302
    assert Contactmoment.objects.get().notitie == NOTE


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_while_the_session_is_written_down_is_no_fault_of_ours(people, client, monkeypatch):
    def cut(*args, **kwargs):
        raise OperationalError("server closed the connection")

    client.force_login(people[Role.AB])
    client.raise_request_exception = False
    monkeypatch.setattr("expertteam.sessies.settings.SESSION_SEEN", 0)
    monkeypatch.setattr("expertteam.sessies.SessionStore.save", cut)
    assert client.get(reverse("vandaag")).status_code == 503


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_closed_under_us_is_no_fault_of_ours_either(people, client, monkeypatch):
    def closed(*args, **kwargs):
        connection.connection.close()
        return Contactmoment.objects.count()

    client.force_login(people[Role.AB])
    client.raise_request_exception = False
    monkeypatch.setattr("cases.views.uren.render", closed)
    assert client.get(reverse("vandaag")).status_code == 503


def test_files_must_be_chosen_again_and_the_page_says_so(people, make, client, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("server closed the connection")

    draft = make["aanmelding"]()
    client.force_login(people[Role.IB])
    client.raise_request_exception = False
    monkeypatch.setattr("expertteam.middleware.digest", broken)
    given = {"hulpvraag": NOTE, "sleutel": sleutel.make(people[Role.IB])}
    for files, said in [({}, False), ({"bijlagen": SimpleUploadedFile("verslag.pdf", b"%PDF-1.7")}, True)]:
        page = client.post(reverse("beschrijven", args=[draft.pk]), given | files).content.decode()
        assert NOTE in page
        assert ("Bestanden moet je opnieuw kiezen." in page) is said
