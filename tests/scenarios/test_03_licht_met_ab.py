"""Scenario 3. A lichte vraag that may suit an ambulant begeleider: first the OS-AB gesprek."""

import pytest

from cases.engine import Refused
from cases.models import Contactmoment, Traject
from cases.roles import Role
from cases.workflow import AANMELDING, TRAJECT
from tests.people import TODAY, voluit
from tests.scenarios.conftest import CONTACT, GESPREK, GROEPSVRAAG, LATER
from tests.scenarios.shell import database_says, sql

EERST = "Leg eerst het OS-AB gesprek vast."
DAN_UREN = "Leg eerst het OS-AB gesprek vast. Daarna kan de ambulant begeleider uren vastleggen."
NO_GESPREK = {"gesprek_op": None, "gesprek_wie": "", "gesprek_inzet": "", "gesprek_offerte": ""}
START = {"doel": "Rustig beginnen na de pauze", "verwachte_einddatum": LATER}


@pytest.fixture
def opgepakt(sam, olga, newest):
    sam.files(**GROEPSVRAAG)
    vraag = newest()
    olga.press(vraag, "oppakken", **CONTACT)
    return vraag


@pytest.mark.regel("B-23")
def test_after_the_gesprek_the_ambulant_begeleider_thinks_along_for_two_hours(opgepakt, olga, abel, sam, mails):
    mails()
    assert abel.see(opgepakt).status == 404
    form = olga.open(opgepakt, "gesprek")
    assert olga.send(form).errors == [
        "Kies een ambulant begeleider.", "Schrijf op wie wat doet.", "Schrijf op welke inzet jullie afspraken.",
        "Kies of het op offerte gaat.",
    ]  # fmt: skip
    olga.press(opgepakt, "gesprek", ab=abel.user.pk, **GESPREK)
    assert mails() == ["abel"]
    assert olga.see(opgepakt).facts["OS-AB gesprek"] == (
        f"{voluit(TODAY)}, met A. Visser. De onderwijsspecialist observeert, de ambulant begeleider denkt mee. "
        "· Inzet: 2 uur meedenken · Op offerte: nee."
    )
    olga.press(opgepakt, "starten_licht", uitvoerder=abel.user.pk, **START)
    assert mails() == ["abel", "sam"]
    traject = opgepakt.trajecten.get()
    abel.press(traject, "bezoek", soort="overleg", minuten_0=120)
    booked = traject.contacten.get()
    assert (booked.door, booked.als, booked.minuten) == (abel.user, "ab", 120)


@pytest.mark.regel("B-23")
def test_an_ambulant_begeleider_does_not_carry_it_out_without_the_gesprek(opgepakt, olga, abel, people):
    refused = olga.press(opgepakt, "starten_licht", uitvoerder=abel.user.pk, **START)
    assert (refused.status, refused.refusal) == (409, EERST)
    assert "Rustig beginnen na de pauze" in refused.form("/starten_licht/").values["doel"]
    refused = olga.post(opgepakt, "starten_licht", uitvoerder=abel.user.pk, **START)
    assert (refused.status, refused.refusal) == (409, EERST)
    with pytest.raises(Refused, match=EERST):
        AANMELDING.take("starten_licht", opgepakt.pk, people[Role.OS], uitvoerder=abel.user, **START)
    opgepakt.refresh_from_db()
    assert (opgepakt.state, Traject.objects.count()) == ("opgepakt", 0)


@pytest.mark.regel("B-23")
def test_the_database_knows_that_too(opgepakt, people):
    with database_says(EERST):
        Traject.objects.create(aanmelding=opgepakt, soort="licht", state="lopend", uitvoerder=people[Role.AB], **START)


@pytest.mark.regel("B-23")
def test_the_database_lets_no_ambulant_begeleider_take_over_without_it(people, make):
    whole = make["aanmelding"]("gestart", "licht", ab=None, **NO_GESPREK)
    traject = make["traject"]("lopend", "licht", whole)
    traject.uitvoerder = people[Role.AB]
    with database_says(EERST):
        traject.save()
    with database_says(EERST):
        Traject.objects.filter(pk=traject.pk).update(uitvoerder=people[Role.TEAM])
    with database_says(EERST):
        sql("UPDATE cases_traject SET uitvoerder_id = %s", people[Role.AB].pk)


@pytest.mark.regel("B-23")
@pytest.mark.parametrize("soort", ["basis", "licht"])
def test_an_ambulant_begeleider_books_no_hours_without_the_gesprek(make, people, abel, soort):
    whole = make["aanmelding"]("gestart", soort, **NO_GESPREK)  # somebody wrote her name in it, past the pages
    traject = make["traject"]("lopend", soort, whole)
    page = abel.see(traject)
    assert ("bezoek" in page.offered, page.explained["Bezoek vastleggen"]) == (False, DAN_UREN)
    refused = abel.post(traject, "bezoek", soort="overleg", minuten_0=60, datum=TODAY)
    assert (refused.status, refused.refusal) == (409, DAN_UREN)
    with pytest.raises(Refused, match=DAN_UREN):
        TRAJECT.take("bezoek", traject.pk, people[Role.AB], soort="overleg", minuten=60, datum=TODAY)
    with database_says(DAN_UREN):
        Contactmoment.objects.create(traject=traject, door=people[Role.AB], als="ab", soort="overleg", minuten=60)
    assert Contactmoment.objects.count() == 0


@pytest.mark.regel("B-23")
def test_an_ambulant_begeleider_of_no_gesprek_does_not_even_find_it(opgepakt, olga, abel):
    olga.press(opgepakt, "starten_licht", **START)
    traject = opgepakt.trajecten.get()
    assert abel.post(traject, "bezoek", soort="overleg", minuten_0=60, datum=TODAY).status == 404
    assert Contactmoment.objects.count() == 0


@pytest.mark.regel("B-23")
def test_hours_of_an_ambulant_begeleider_are_not_booked_under_another_name(make, people):
    """Neither as those of an onderwijsspecialist, nor by writing it over later."""
    whole = make["aanmelding"]("gestart", "licht", ab=None, **NO_GESPREK)
    traject = make["traject"]("lopend", "licht", whole)
    booked = make["contactmoment"](whole=traject, door=people[Role.OS], als="os")
    with database_says(DAN_UREN):
        Contactmoment.objects.filter(pk=booked.pk).update(als="ab")
    with database_says(DAN_UREN):
        Contactmoment.objects.create(traject=traject, door=people[Role.AB], als="os", soort="overleg", minuten=60)
