"""A download: exactly these headers, exactly these bytes, and a name that names nobody."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from cases.models import Bijlage
from cases.roles import Role
from expertteam import sleutel
from tests.files.goed import GOED
from tests.files.maken import bijlage, pdf

EXACT = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


@pytest.fixture
def sam(people, client):
    client.force_login(people[Role.IB])
    return people[Role.IB]


def wrong(response, ending, soort, content):
    """The headers that are not what they must be."""
    exact = EXACT | {
        "Content-Type": soort, "Content-Length": str(len(content)),
        "Content-Disposition": f'attachment; filename="bijlage-{ending}"',
    }  # fmt: skip
    return {name: response.headers.get(name) for name in exact if response.headers.get(name) != exact[name]}


@pytest.mark.parametrize("soort", Bijlage.Soort)
@pytest.mark.parametrize("state", ["concept", "ingediend"])
def test_the_headers_are_exact(sam, make, client, soort, state):
    whole, content = make["aanmelding"](state), pdf()
    file = bijlage(content, aanmelding=whole, door=sam, soort=soort, naam="Yara Voorbeeld.html")
    response = client.get(reverse("bijlage", args=[whole.pk, file.pk]))
    ending = f"{whole.nummer or 'concept'}.{soort.label}"
    assert (response.status_code, response.streaming, response.content) == (200, False, content)
    assert wrong(response, ending, soort.value, content) == {}
    assert "Yara" not in str(response.headers)


@pytest.mark.parametrize("header", [*EXACT, "Content-Type", "Content-Length", "Content-Disposition"])
def test_that_test_sees_each_header_that_is_missing(sam, make, client, header):
    whole = make["aanmelding"]("ingediend")
    file = bijlage(aanmelding=whole, door=sam)
    response = client.get(reverse("bijlage", args=[whole.pk, file.pk]))
    del response.headers[header]
    assert wrong(response, f"{whole.nummer}.pdf", "application/pdf", b"%PDF-") == {header: None}


@pytest.mark.parametrize("what", ["a pdf of one page", "a photo of a phone", "a document of Word"])
def test_what_was_sent_can_be_fetched_and_its_fingerprint_is_right(sam, make, client, what):
    draft = make["aanmelding"]()
    name, made = GOED[what]
    given = {"niveau": "leerling", "soort": "basis", "versie": "0", "sleutel": sleutel.make(sam)}
    client.post(
        reverse("beschrijven", args=[draft.pk]), given | {"bijlagen": SimpleUploadedFile(f"../{name}\u202e", made())}
    )
    file = draft.bijlagen.get()
    content = client.get(reverse("bijlage", args=[draft.pk, file.pk])).content
    assert file.naam == name.replace("JPG", "jpg")
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file.grootte, file.sha256)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sha256(inhoud), 'hex') FROM cases_bijlage")
        assert cursor.fetchall() == [(file.sha256,)]


def test_a_file_that_was_looked_at_by_nobody_is_for_the_demo_only(sam, make, client, settings):
    whole = make["aanmelding"]("ingediend")
    file = bijlage(aanmelding=whole, door=sam, scan="geen")
    address = reverse("bijlage", args=[whole.pk, file.pk])
    assert client.get(address).status_code == 200
    settings.ZONDER_SCANNER = False
    assert client.get(address).status_code == 409
