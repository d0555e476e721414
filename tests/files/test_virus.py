"""Only what a scanner found clean is clean. Where none is found, the tests with the real one say so and are skipped."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from cases import checks, virus
from cases.models import Bijlage
from cases.roles import Role
from expertteam import sleutel
from tests.files.clamd import EICAR, KWAAD, fake, real, swallow
from tests.files.maken import archive, bijlage, docx, noise, pdf, stream

Scan = Bijlage.Scan
GEEN_MELDING = [
    "stream: OK\n", "stream: ok\0", "OK\0", "stream: OK", "stream: OK\0stream: OK\0", "stream: OK FOUND OK\0",
    "stream: FOUND\0", "\0", "", "x" * 9999, "stream: x ERROR\0", " stream: OK\0",
    "INSTREAM size limit exceeded. ERROR\0", "stream: OK\0 maar niet heus",
]  # fmt: skip


@pytest.fixture(scope="module")
def clamd():
    with real() as where:
        yield where


@pytest.fixture
def ask(settings):
    """The settings of production, with the scanner at this address."""

    def choose(where):
        settings.CLAMD, settings.ZONDER_SCANNER = where, False

    return choose


@pytest.mark.parametrize("way", ["unix", "tcp"])
@pytest.mark.parametrize(
    ("content", "scan"),
    [
        (b"niets aan de hand", Scan.SCHOON),
        (noise(10 * 1024 * 1024), Scan.SCHOON),
        (EICAR, Scan.BESMET),
        (pdf(stream(KWAAD)), Scan.BESMET),
        (noise(3_000_000) + KWAAD + noise(999), Scan.BESMET),
        (archive([("a.txt", KWAAD)]), Scan.BESMET),
    ],
    ids=["clean", "10 MB of noise", "the test virus", "in a pdf", "far in a large file", "packed"],
)
def test_a_real_scanner_tells_clean_from_infected(clamd, ask, way, content, scan):
    ask(clamd[way])
    assert virus.scan(content) == scan


def test_what_is_too_large_for_the_real_scanner_waits(ask):
    with real("1M") as where:
        ask(where["unix"])
        assert virus.scan(noise(8_000_000)) == Scan.WACHT


def test_a_real_scanner_that_has_gone_leaves_files_waiting(ask):
    with real() as where:
        ask(where["unix"])
        assert virus.scan(b"x") == Scan.SCHOON
    assert virus.scan(b"x") == Scan.WACHT


def says(answer):
    def speak(connection, over):
        swallow(connection)
        connection.sendall(answer.encode())

    return speak


def silent(connection, over):
    swallow(connection)
    over.wait(30)


def deaf(connection, over):
    over.wait(30)


def trickles(connection, over):
    """Each byte is in time; all of them are not."""
    swallow(connection)
    while not over.wait(0.02):
        connection.sendall(b"s")


def hangs_up(connection, over):
    connection.recv(10)


def hangs_up_halfway(connection, over):
    connection.recv(1 << 20)
    connection.sendall(b"stream: O")


@pytest.mark.parametrize("answer", GEEN_MELDING, ids=lambda text: repr(text[:30]))
def test_nonsense_is_never_clean(ask, answer):
    with fake(says(answer)) as where:
        ask(where)
        assert virus.scan(b"x") == Scan.WACHT


@pytest.mark.parametrize("answer", [silent, deaf, trickles, hangs_up, hangs_up_halfway])
def test_one_that_is_slow_or_leaves_early_is_never_clean(ask, monkeypatch, answer):
    monkeypatch.setattr(virus, "TIMEOUT", 0.3)
    with fake(answer) as where:
        ask(where)
        start = time.monotonic()
        assert virus.scan(noise(9_000_000)) == Scan.WACHT
        assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "where", ["", "unix:/bestaat/niet.sock", "tcp:127.0.0.1:1", "tcp:nergens", "http://127.0.0.1", "unix:los"]
)
def test_nobody_at_that_address_means_waiting(ask, where):
    ask(where)
    assert virus.scan(b"x") == Scan.WACHT


def test_the_stand_in_can_say_clean_and_infected_as_well(ask):
    """So it is what they say that decides above, not that they are no real scanner."""
    for answer, scan in [("stream: OK\0", Scan.SCHOON), ("stream: Test.Kwaad FOUND\0", Scan.BESMET)]:
        with fake(says(answer)) as where:
            ask(where)
            assert virus.scan(noise(200_000)) == scan


@pytest.mark.parametrize("twin", [lambda answer: b"OK" in answer, lambda answer: b"FOUND" not in answer])
def test_a_simple_look_at_the_answer_is_not_enough(twin):
    assert [answer for answer in GEEN_MELDING if twin(answer.encode())] != []


def test_all_files_of_a_form_share_one_deadline(ask, monkeypatch):
    asked = []
    with fake(lambda connection, over: asked.append(1) or over.wait(30)) as where:
        ask(where)
        start = time.monotonic()
        assert [virus.scan(b"x", start + 0.3) for _ in range(5)] == [Scan.WACHT] * 5
        assert (time.monotonic() - start < 2, len(asked)) == (True, 1)


def test_the_demo_without_a_scanner_says_that_nothing_was_looked_at(settings):
    assert settings.ZONDER_SCANNER
    assert virus.scan(EICAR) == Scan.GEEN


@pytest.fixture
def send(people, make, client):
    """Send these files with a concept; the page that comes back."""
    client.force_login(people[Role.IB])
    draft = make["aanmelding"]()

    def post(**files):
        sent = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
        given = {"niveau": "leerling", "soort": "basis", "hulpvraag": "Hoe nu verder?", "versie": draft.versie}
        key = sleutel.make(people[Role.IB])
        address = reverse("beschrijven", args=[draft.pk])
        return draft, client.post(address, given | {"bijlagen": sent, "sleutel": key}, follow=True).content.decode()

    return post


def test_an_infected_file_is_refused_with_a_sentence_and_not_stored(clamd, ask, send):
    ask(clamd["unix"])
    draft, page = send(kwaad_pdf=pdf(stream(KWAAD)), goed_docx=docx())
    assert "Er zit een virus in dit bestand: kwaad.pdf. Het is niet bewaard." in page
    assert list(draft.bijlagen.values_list("naam", "scan")) == [("goed.docx", "schoon")]
    draft.refresh_from_db()
    assert draft.hulpvraag == "Hoe nu verder?"


def test_what_was_not_looked_at_is_kept_but_cannot_be_fetched(ask, send, client):
    ask("tcp:127.0.0.1:1")
    draft, page = send(plan_pdf=pdf())
    file = draft.bijlagen.get()
    address = reverse("bijlage", args=[draft.pk, file.pk])
    assert file.scan == Scan.WACHT
    for shown in (page, client.get(reverse("controleren", args=[draft.pk])).content.decode()):
        assert "wordt nog gecontroleerd op virussen" in shown
        assert address + '"' not in shown
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "text/html; charset=utf-8")
    assert "Dit bestand wordt nog gecontroleerd op virussen." in answer.content.decode()
    assert b"%PDF-" not in answer.content


def test_what_waited_is_looked_at_again_also_when_it_was_sent(clamd, ask, people, make, capsys):
    whole, ib = make["aanmelding"]("ingediend"), people[Role.IB]
    good = bijlage(pdf(), aanmelding=whole, door=ib, scan="wacht")
    bad = bijlage(pdf(stream(KWAAD)), aanmelding=whole, door=ib, scan="wacht")
    ask("tcp:127.0.0.1:1")
    call_command("scan_bijlagen", database="default")
    assert set(Bijlage.objects.values_list("scan", flat=True)) == {"wacht"}
    ask(clamd["unix"])
    call_command("scan_bijlagen", database="default")
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.scan, bytes(good.inhoud)) == ("schoon", pdf())
    assert (bad.scan, bytes(bad.inhoud), bad.naam) == ("besmet", b"", "plan.pdf")
    assert capsys.readouterr().out == "0 schoon, 0 besmet, 2 wacht nog.\n1 schoon, 1 besmet, 0 wacht nog.\n"


def test_a_file_that_turned_out_infected_says_so_and_holds_nothing(people, make, client):
    client.force_login(people[Role.IB])
    whole = make["aanmelding"]("ingediend")
    file = bijlage(b"", grootte=9, sha256="0" * 64, aanmelding=whole, door=people[Role.IB], scan="besmet")
    answer = client.get(reverse("bijlage", args=[whole.pk, file.pk]))
    assert (answer.status_code, "Er zat een virus in dit bestand." in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(("where", "number"), [("", 1), ("clamav", 1), ("tcp:clamav:3310", 0), ("unix:/run/c.sock", 0)])
def test_a_deployment_without_a_scanner_is_warned(ask, where, number):
    ask(where)
    assert [found.id for found in checks.files_are_scanned()] == ["cases.W001"] * number
