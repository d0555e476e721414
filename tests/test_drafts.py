"""A draft: saved by itself, never refused, never doubled, and nothing in it that nobody asked."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Aanmelding, Contactmoment
from cases.roles import Role
from cases.workflow import AANMELDING
from expertteam import sleutel
from tests.files.maken import noise, pdf, stream
from tests.people import TODAY

HX = {"HX-Request": "true"}
VRAAG = {"niveau": "leerling", "soort": "basis", "hulpvraag": "Hoe begint de leerling zelf aan een taak?"}


@pytest.fixture
def sam(people, client):
    client.force_login(people[Role.IB])
    return people[Role.IB]


def keys(user, **given):
    return given | {"sleutel": sleutel.make(user)}


def test_looking_at_the_form_makes_no_draft_and_saving_ten_times_makes_one(sam, client):
    page = client.get(reverse("nieuw")).content.decode()
    assert Aanmelding.objects.count() == 0
    given = VRAAG | {"sleutel": re.search(r'name="sleutel" value="([^"]+)"', page)[1], "versie": "0"}
    for n in range(10):
        answer = client.post(reverse("nieuw"), given | {"hulpvraag": f"Poging {n}"}, headers=HX).content.decode()
        given["versie"] = re.search(r'name="versie" id="versie" value="(\d+)"', answer)[1]
        assert "Concept bewaard om" in answer
    assert Aanmelding.objects.get().hulpvraag == "Poging 9"


def test_a_form_that_comes_back_with_errors_goes_on_with_the_same_draft(sam, client):
    page = client.post(reverse("nieuw"), keys(sam, **VRAAG)).content.decode()
    draft = Aanmelding.objects.get()
    assert "Vul de voornaam van de leerling in." in page
    assert f'action="{reverse("beschrijven", args=[draft.pk])}"' in page


def test_a_draft_that_saves_itself_says_what_it_could_not_keep(sam, make, client):
    draft = make["aanmelding"](geboortedatum=None)
    given = keys(sam, **VRAAG, geboortedatum="31-02-2017", leerkracht="x" * 130, versie="0")
    answer = client.post(reverse("beschrijven", args=[draft.pk]), given, headers=HX).content.decode()
    assert "Nog niet goed: Geboortedatum." in answer
    assert "Nog niet goed: Leerkracht(en)." in answer


def test_an_old_tab_that_saves_itself_does_not_learn_the_new_version(sam, make, client):
    draft, url = make["aanmelding"](), None
    url = reverse("beschrijven", args=[draft.pk])
    assert client.post(url, keys(sam, **VRAAG, versie="0"), headers=HX).status_code == 200
    for _ in range(2):
        answer = client.post(url, keys(sam, **VRAAG | {"hulpvraag": "Oud"}, versie="0"), headers=HX)
        assert answer.status_code == 409
        assert 'id="versie" value="0"' in answer.content.decode()
        assert "Niet bewaard. Dit is net in een ander venster aangepast." in answer.content.decode()
    page = client.post(url, keys(sam, **VRAAG | {"hulpvraag": "Oud"}, versie="0")).content.decode()
    assert "Dit staat er nu" in page
    assert page.count(VRAAG["hulpvraag"]) == 1  # the other's text, beside one's own
    assert Aanmelding.objects.get().hulpvraag == VRAAG["hulpvraag"]


def test_text_that_comes_after_sending_is_shown_and_not_kept(sam, make, client):
    sent = make["aanmelding"]("ingediend")
    response = client.post(reverse("beschrijven", args=[sent.pk]), keys(sam, **VRAAG, versie="0"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Deze aanmelding is al verstuurd. Je tekst staat hieronder, maar is niet bewaard." in page
    assert VRAAG["hulpvraag"] in page


def test_what_is_hidden_by_another_choice_is_not_sent(sam, make):
    draft = make["aanmelding"](niveau="groep", soort="basis", groep_naam="6b")
    AANMELDING.take("indienen", draft.pk, sam)
    sent = Aanmelding.objects.get()
    assert (sent.achternaam, sent.geboortedatum, sent.opp, sent.ouders_akkoord) == ("", None, "", False)
    assert (sent.groep_naam, sent.leerkracht) == ("6b", "Juf Els")


def test_a_concept_that_is_thrown_away_is_empty(sam, make, client, mailoutbox):
    draft = make["aanmelding"]()
    client.post(reverse("step", args=["aanmelding", draft.pk, "weggooien"]), keys(sam, versie="0"))
    gone = Aanmelding.objects.get()
    assert (gone.state, gone.achternaam, gone.hulpvraag, gone.nummer) == ("ingetrokken", "", "", None)
    assert mailoutbox == []


def test_the_same_key_with_another_text_is_another_request(people, make, client):
    client.force_login(people[Role.AB])
    running = make["traject"]("waarnemen")
    url = reverse("step", args=["traject", running.pk, "bezoek"])
    given = keys(people[Role.AB], soort="observatie", minuten_0="60", datum=TODAY.isoformat())
    for minutes in ["60", "60", "90"]:
        assert client.post(url, given | {"minuten_0": minutes}).status_code == 302
    assert sorted(Contactmoment.objects.values_list("minuten", flat=True)) == [60, 90]


def test_two_large_files_at_once_both_arrive(sam, make, client):
    draft = make["aanmelding"]()
    files = [SimpleUploadedFile(f"plan{n}.pdf", pdf(stream(noise(7_000_000)))) for n in (1, 2)]
    client.post(reverse("beschrijven", args=[draft.pk]), keys(sam, **VRAAG, versie="0", bijlagen=files))
    assert sorted(draft.bijlagen.values_list("naam", flat=True)) == ["plan1.pdf", "plan2.pdf"]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 geen zip", b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04\xff\xff" + b"\0" * 60]
)
def test_a_broken_document_is_refused_with_a_sentence(sam, make, client, content):
    draft = make["aanmelding"]()
    given = keys(sam, **VRAAG, versie="0", bijlagen=SimpleUploadedFile("plan.docx", content))
    page = client.post(reverse("beschrijven", args=[draft.pk]), given).content.decode()
    assert "Dit bestand kan niet: plan.docx. Kies een pdf, docx, xlsx, odt, jpg of png." in page


def test_a_file_of_what_was_sent_stays_and_comes_as_a_download(sam, make, client):
    draft = make["aanmelding"]()
    given = keys(sam, **VRAAG, versie="0", bijlagen=SimpleUploadedFile("Plan van Yara.pdf", pdf()))
    client.post(reverse("beschrijven", args=[draft.pk]), given)
    file = draft.bijlagen.get()
    response = client.get(reverse("bijlage", args=[draft.pk, file.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="bijlage-concept.pdf"'
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.content == pdf()


@pytest.mark.parametrize("text", ["een\0nul", "\u202eomgekeerd", "🙂" * 1600])
def test_strange_text_is_no_fault(sam, make, client, text):
    draft = make["aanmelding"]()
    response = client.post(
        reverse("beschrijven", args=[draft.pk]), keys(sam, **VRAAG | {"hulpvraag": text}, versie="0")
    )
    assert response.status_code in {200, 302}


@pytest.mark.parametrize("query", ["maand=0001-01", "maand=9999-12", "maand=x", "maand=2026-13"])
def test_a_strange_month_is_this_month(people, client, query):
    client.force_login(people[Role.AB])
    assert client.get(f"{reverse('uren')}?{query}").context["eerste"] == TODAY.replace(day=1)


def test_what_arrived_after_logging_in_again_is_kept_no_longer(people, make, client):
    running = make["traject"]("waarnemen")
    url = reverse("step", args=["traject", running.pk, "bezoek"])
    given = keys(people[Role.AB], soort="observatie", minuten_0="60", datum=TODAY.isoformat(), notitie="Ze begon zelf.")
    client.post(url, given)
    assert (
        "Je was te lang weg. Log opnieuw in. Je tekst is bewaard."
        in client.get(reverse("account_login")).content.decode()
    )
    client.force_login(people[Role.AB])
    assert client.get(reverse("start")).headers["Location"] == reverse("verder")
    client.get(reverse("verder"))
    assert client.get(reverse("start")).headers["Location"] == reverse("vandaag")  # there is a way on without it
    assert "Ze begon zelf." in client.get(reverse("verder")).content.decode()  # and it is still there
    client.post(url, given)
    assert "bewaard" not in client.session


def test_a_form_from_another_site_is_never_offered_again(people, make, client, monkeypatch):
    client.force_login(people[Role.AB])
    client.raise_request_exception = False
    running = make["traject"]("waarnemen")
    url = reverse("step", args=["traject", running.pk, "bezoek"])
    given = keys(people[Role.AB], soort="observatie", minuten_0="60", datum=TODAY.isoformat(), notitie="Ze begon zelf.")
    monkeypatch.setattr("cases.views.stap.take", lambda *args: 1 / 0)
    ours = client.post(url, given, headers={"Origin": "http://testserver"}).content.decode()
    theirs = client.post(url, given, headers={"Origin": "https://elders.example"}).content.decode()
    assert ("Probeer opnieuw" in ours, "Ze begon zelf." in ours) == (True, True)
    assert ("Probeer opnieuw" in theirs, "Ze begon zelf." in theirs) == (False, False)
