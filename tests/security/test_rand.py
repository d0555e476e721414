"""The edge: what lies beside the pages, odd methods, a field sent twice, a newline in a name."""

import re

import pytest
from django.core import mail as outbox
from django.http import HttpResponse
from django.urls import reverse

from cases.roles import Role
from expertteam import koppen, mail
from schools.models import School, User
from tests.headers.test_koppen import every_address, visitor
from tests.people import TODAY

BESIDE = [
    "/.git/config", "/.git/HEAD", "/.env", "/manage.py", "/expertteam/settings.py", "/requirements.lock", "/static/",
    "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/bootstrap/", "/media/", "/beheer/doc/", "/api/",
    "/metrics", "/debug/", "/health", "/docs/", "/server-status",
]  # fmt: skip
INSIDE = [b"repositoryformatversion", b"SECRET_KEY", b"execute_from_command_line", b"--hash=", b"Index of"]
LOGOUT = re.compile(rf'<form method="post"[^>]*action="{reverse("account_logout")}"')
PARAMETERS = {
    "kring",
    "school",
    "soort",
    "status",
    "van",
    "tot",
    "maand",
    "jaar",
    "deel",
    "pagina",
}  # no word of a person


def found_beside(client):
    """What answers beside the pages, or shows something of the inside."""
    answers = {path: client.get(path, secure=True) for path in BESIDE}
    return [p for p, r in answers.items() if r.status_code == 200 or any(word in r.getvalue() for word in INSIDE)]


def test_beside_the_pages_there_is_nothing(people):
    assert [found_beside(visitor(who)) for who in (None, people[Role.OS])] == [[], []]


def test_that_test_sees_a_file_that_lies_open(people, monkeypatch):
    monkeypatch.setattr(
        koppen.KoppenMiddleware, "__call__", lambda self, request: HttpResponse(b"[core] repositoryformatversion")
    )
    assert found_beside(visitor()) == BESIDE


def echoes(client, pk):
    """Addresses that give back what was sent with TRACE."""
    found = []
    for url in every_address(pk):
        response = client.generic("TRACE", url, HTTP_X_GEHEIM="kanarie", secure=True)
        if response.status_code == 200 and "kanarie" in response.content.decode():
            found.append(url)
        assert response.get("Content-Type", "") != "message/http"
    return found


def test_nobody_gets_his_request_back(people, make, monkeypatch):
    pk = make["aanmelding"]("ingediend").pk
    assert [echoes(visitor(who), pk) for who in (None, people[Role.OS])] == [[], []]
    monkeypatch.setattr(  # broken on purpose
        koppen.KoppenMiddleware, "__call__", lambda self, request: HttpResponse(str(request.headers))
    )
    assert len(echoes(visitor(), pk)) > 30


def pages(client, pk):
    """{address: answer} of everything this person can open."""
    beside = (reverse("account_logout"), reverse("admin:index"))
    answers = {url: client.get(url, secure=True) for url in every_address(pk) if not url.startswith(beside)}
    return {url: r for url, r in answers.items() if not r.streaming}


def unsaid(response):
    """Whether this answer leaves its type or its letters to be guessed."""
    return bool(response.content) and response.get("Content-Type") not in {
        "text/html; charset=utf-8",
        "application/json",
    }


def test_every_answer_says_what_it_is_and_in_which_letters(people, make):
    pk = make["aanmelding"]("ingediend").pk
    for who in (None, people[Role.IB], people[Role.OS]):
        assert [url for url, r in pages(visitor(who), pk).items() if unsaid(r)] == []
    assert unsaid(HttpResponse("x", content_type="text/html"))  # broken on purpose


def test_every_page_of_who_is_logged_in_offers_to_log_out(people, make):
    pk = make["aanmelding"]("ingediend").pk
    everybody = {url for url, r in pages(visitor(), pk).items() if r.status_code == 200}
    own = {url: r for url, r in pages(visitor(people[Role.OS]), pk).items() if r.status_code == 200}
    framed = {url: r.content.decode() for url, r in own.items() if url not in everybody}
    assert len(framed) >= 8
    assert [url for url, page in framed.items() if not LOGOUT.search(page)] == []
    assert not LOGOUT.search(re.sub(r"Uitloggen|/uitloggen/", "", framed[reverse("hulp")]))  # broken on purpose


def in_the_address(page):
    """What the forms of a page put in an address."""
    forms = re.findall(r'<form method="get".*?</form>', page, re.DOTALL)
    return set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', " ".join(forms)))


def test_no_form_puts_a_word_of_a_person_in_an_address(people, make):
    pk, seen = make["aanmelding"]("ingediend").pk, set()
    for who in (Role.IB, Role.OS, Role.AB, Role.COORDINATOR):
        for r in pages(visitor(people[who]), pk).values():
            seen |= in_the_address(r.content.decode())
    assert seen
    assert seen <= PARAMETERS
    assert in_the_address('<form method="get"><input type="search" name="q"></form>') - PARAMETERS == {"q"}  # broken


def test_a_search_in_the_address_is_no_search(people, make):
    make["aanmelding"]("ingediend", niveau="leerling", soort="basis", voornaam="Yara", achternaam="Zeldzaam")
    client = visitor(people[Role.OS])
    url = reverse("zoeken")
    assert "/aanmelding/" in client.post(url, {"q": "Zeldzaam"}, secure=True).content.decode()
    assert "/aanmelding/" not in client.get(url, {"q": "Zeldzaam"}, secure=True).content.decode()


def test_a_field_in_the_address_or_sent_twice_does_not_count_twice(people, make):
    client, a = visitor(people[Role.OS]), make["aanmelding"]("ingediend", "basis")
    url = reverse("step", args=["aanmelding", a.pk, "oppakken"])
    query = "?eerste_contact_op=vandaag&eerste_contact_met=Adres&nummer=99-9999"
    assert client.post(url + query, {}, secure=True).status_code == 200  # asked again: the address is no form
    twice = {"eerste_contact_op": "vandaag", "eerste_contact_met": ["Een", "Twee"], "eerste_contact_met[]": "Drie"}
    assert client.post(url, twice, secure=True).status_code == 302
    a.refresh_from_db()
    assert (a.eerste_contact_met, a.eerste_contact_op, a.nummer == "99-9999") == ("Twee", TODAY, False)


def test_what_was_encoded_twice_stays_text(people, make):
    client = visitor(people[Role.OS])
    for sent in ("%253Cscript%253E", "%3Cscript%3E", "&lt;script&gt;", "&amp;lt;b&amp;gt;"):
        page = client.post(reverse("zoeken"), {"q": sent}, secure=True).content.decode()
        assert f'value="{sent.replace("&", "&amp;")}"' in page


EVIL = "Ik\r\nBcc: dief@elders.test\r\n\r\nkanarie"


def sent(**about):
    """(subject, recipients, headers) of every account mail with these names in it."""
    outbox.outbox.clear()
    user = User(email="sam@berg.test", voornaam=about["voornaam"])
    for template in ("uitnodiging", "nieuw_wachtwoord", "tweede_stap_aan", "tweede_stap_weg", "ander_adres"):
        mail.send("x", template, user.email, link="x", voor=EVIL, door=EVIL, **about)
    return [(m.subject, m.recipients(), [k for k, _ in m.message().items()]) for m in outbox.outbox]


def test_a_newline_in_a_name_adds_nothing_to_a_mail(people, make, settings, client, django_capture_on_commit_callbacks):
    settings.SWV_NAAM = EVIL
    plain, evil = sent(voornaam="Sam"), sent(voornaam=EVIL)
    assert (len(evil), evil) == (5, plain)
    a = make["aanmelding"]("ingediend", "basis")
    School.objects.filter(naam="De Berg").update(naam=EVIL)
    User.objects.exclude(pk=people[Role.OS].pk).update(voornaam=EVIL)
    outbox.outbox.clear()
    client.force_login(people[Role.OS])
    given = {"eerste_contact_op": "vandaag", "eerste_contact_met": "Sam"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("step", args=["aanmelding", a.pk, "oppakken"]), given)
    assert len(outbox.outbox) == 1
    message = outbox.outbox[0]
    assert message.recipients() == [people[Role.IB].email]
    assert "Bcc" not in message.message()
    assert "\n" not in message.subject


def test_a_newline_in_a_subject_is_refused_when_all_else_fails():
    with pytest.raises(ValueError, match="newline"):
        outbox.EmailMessage(EVIL, "x", None, ["sam@berg.test"]).message()
