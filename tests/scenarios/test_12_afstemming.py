"""Scenario 12: the hours of the kring go where they are needed most, and no school has a tegoed."""

import re

import pytest
from django.urls import reverse

from cases.models import Afstemmingsbesluit
from cases.roles import Role
from expertteam import sleutel
from tests.people import TODAY, pot


@pytest.mark.regel("A-18", "A-19", "A-20")
def test_the_ib_ers_put_a_vraag_first_and_the_bijstelling_is_written_down(client, people, make):
    """95 % is used, by one school; another school has a vraag that waits."""
    f = make["afstemming"]()
    pot(f.kring, 100)
    for minuten in (1440, 1440, 1440, 1380):
        make["contactmoment"](minuten=minuten)
    vraag = make["aanmelding"]("ingediend", school="De Beek", thema="leren")
    client.force_login(people[None])
    shown = re.sub(r"\s+", " ", client.get(reverse("afstemmingen")).content.decode())
    assert "gebruikte <strong>95</strong> van de <strong>100</strong> uren" in shown
    assert '<th scope="row">De Berg</th><td class="et-getal">95</td>' in shown
    assert '<th scope="row">De Beek</th><td class="et-getal">0</td><td class="et-getal">1</td>' in shown
    assert [word for word in ("Yara", "Voorbeeld ", "tegoed") if word in shown.split("<footer")[0]] == []
    client.force_login(people[Role.OS])
    row = client.get(reverse("afstemming", args=[f.pk])).context["rows"][0]
    given = {f"{row.prefix}-besluit": "eerst", f"{row.prefix}-uren": "5", "datum": str(TODAY), "versie": 0}
    given |= {
        "aanwezig": ["Sam Ibema (De Berg)", "Dirk Dalman (Het Dal)"],
        "verslag": "De Beek eerst.",
        "afronden": "1",
    }
    assert client.post(row_page(f), given | {"sleutel": sleutel.make(people[Role.OS])}).status_code == 302
    b = Afstemmingsbesluit.objects.get()
    assert (b.aanmelding, b.besluit, b.uren, b.afstemming.gehouden) == (vraag, "eerst", 5, True)
    assert client.get(reverse("werklijst")).status_code == 200
    client.force_login(people[None])
    assert "De Beek eerst." in client.get(row_page(f)).content.decode()


def row_page(f):
    return reverse("afstemming", args=[f.pk])
