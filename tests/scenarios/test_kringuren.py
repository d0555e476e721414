"""Who decides about hours sees what the kring has, at that very step, and who does not decide sees nothing of it."""

import datetime

import pytest

from schools.models import Rol, Schooljaar, Urenbudget
from tests.people import TODAY, ontsla, person, pot, stel_aan
from tests.scenarios.browser import Page

ZIN = "Kring Noord: 320 uur, 210 gebruikt, 40 gepland, 70 vrij."


@pytest.fixture
def used(make, world):
    """Of 320 hours 210 were used and 40 are planned; the onderwijsspecialist and last year count nowhere."""
    pot(world["noord"], 320)
    t = make["traject"]("waarnemen")
    for _ in range(14):
        make["contactmoment"](whole=t, minuten=900)
    make["contactmoment"](whole=t, minuten=600, als="os")
    make["contactmoment"]("vervallen", whole=t, minuten=600)
    last_year = Schooljaar.of(TODAY).eerste_dag - datetime.timedelta(days=1)
    make["contactmoment"](whole=t, minuten=600, datum=last_year)
    klas = make["expertiseindeklas"]("lopend", meer_dan_acht="Een zware groep")
    for n in range(12):
        klas.dagdelen.create(datum=TODAY, minuten=180 if n else 120, werkwijze="coaching")
    other = make["expertiseindeklas"]("lopend")
    for minuten in (180, 120):
        other.dagdelen.create(datum=TODAY, minuten=minuten, werkwijze="coaching")
    return klas


def shown(person, obj, step):
    return Page(person.client.get(f"/{obj._meta.model_name}/{obj.pk}/{step}/")).text


@pytest.mark.regel("A-19", "A-22")
def test_the_onderwijsspecialist_sees_the_hours_of_the_kring_at_every_choice_of_inzet(used, make, olga):
    licht, basis = make["aanmelding"]("opgepakt", "licht"), make["aanmelding"]("opgepakt", "basis")
    complex_ = make["aanmelding"]("opgepakt", "complex", ab=None)
    choices = [(make["aanmelding"]("ingediend", "licht"), "oppakken"), (licht, "gesprek"), (licht, "starten_licht"),
               (basis, "starten_basis"), (complex_, "toewijzen")]  # fmt: skip
    for obj, step in choices:
        assert ZIN in shown(olga, obj, step), step
    assert ZIN in Page(olga.client.get(f"/aanmelding/{choices[0][0].pk}/")).text  # there it is the first thing to do


@pytest.mark.regel("A-19", "A-22")
def test_the_ambulant_begeleider_sees_them_too(used, make, abel, tess):
    t = make["traject"]("voorbereiding")
    for who, obj, step in [
        (abel, t, "overleg"), (abel, t, "starten"), (tess, make["aanmelding"]("ingediend"), "oppakken_ab"),
        (tess, make["aanmelding"]("opgepakt", ab=None), "nemen"), (abel, used.dagdelen.first(), "verzetten"),
    ]:  # fmt: skip
        assert ZIN in shown(who, obj, step), step


def test_a_dagdeel_is_planned_beside_what_is_left(used, make, abel):
    assert ZIN in shown(abel, make["expertiseindeklas"]("lopend"), "dagdeel")


def test_at_other_steps_and_for_others_it_is_not_there(used, make, sam, olga, world, people):
    vraag = make["aanmelding"]("ingediend", "licht")
    assert "Kring Noord" not in shown(olga, vraag, "vragen")
    assert "Kring Noord" not in Page(sam.client.get(f"/aanmelding/{vraag.pk}/")).text


def test_who_went_to_another_kring_does_not_see_the_hours_of_this_one(used, make, abel, world):
    t = make["traject"]("voorbereiding")
    ontsla(abel.user)
    stel_aan(abel.user, "ab", team=world["uil"])
    page = shown(abel, t, "starten")
    assert ("Traject starten" in page, "Kring Noord" in page) == (True, False)


def test_it_says_when_there_is_no_pot_and_when_it_is_empty(make, world, olga):
    vraag = make["aanmelding"]("ingediend", "licht")
    make["contactmoment"](minuten=90)
    zin = "Kring Noord: dit schooljaar zijn nog geen uren vastgesteld. 1,5 gebruikt, 0 gepland."
    assert zin in shown(olga, vraag, "oppakken")
    pot(world["noord"], 1)
    assert "Kring Noord: 1 uur, 1,5 gebruikt, 0 gepland, 0,5 te veel. De uren zijn op." in shown(
        olga, vraag, "oppakken"
    )
    Urenbudget.objects.update(uren=3000)
    nu = "In dit tempo" in shown(olga, vraag, "oppakken")
    assert nu == ("In dit tempo" in olga.see("kringen").text)


# Signals


BIJNA = "Kring Noord{} % van de uren is gebruikt: {} van de 100."
OP = "Kring NoordDe uren zijn op: {} van de 100 gebruikt. Bespreek de inzet in de afstemming van de IB-ers."


@pytest.mark.regel("A-19", "A-22")
@pytest.mark.parametrize(("minuten", "signal"), [
    (4785, None), (4800, BIJNA.format(80, "80")), (5985, BIJNA.format(99, "99,75")), (6000, OP.format("100")),
    (6075, OP.format("101,25")),
])  # fmt: skip
def test_at_eighty_and_at_hundred_procent_os_and_coordinator_hear_it(make, world, olga, coen, minuten, signal):
    pot(world["noord"], 100)
    t = make["traject"]("waarnemen")
    for part in [1440] * (minuten // 1440) + [minuten % 1440]:
        make["contactmoment"](whole=t, minuten=part)
    for who, page in [(olga, "werklijst"), (olga, "kringen"), (coen, "kringen")]:
        text = who.see(page).text
        assert ("Kring NoordDe uren" in text or "% van de uren is gebruikt" in text) == bool(signal)
        assert signal is None or signal in text


@pytest.mark.regel("A-19")
def test_a_kring_of_another_and_another_schooljaar_are_no_signal(make, world, olga, coen, browser, settings):
    settings.SIGNAAL_UREN_PROCENT = 1
    pot(world["noord"], 100)
    make["contactmoment"](minuten=60)
    vera = browser(person("vera@ppo.test", "Vera", "Ver", (Rol.OS, {"team": world["uil"]}), organisatie="ppo"))
    assert "van de uren is gebruikt" not in vera.see("werklijst").text + vera.see("kringen").text
    before = Schooljaar.objects.create(begin=Schooljaar.of(TODAY).begin - 1)
    assert "van de uren is gebruikt" not in Page(coen.client.get(f"/kring/?jaar={before}")).text
    assert BIJNA.format(1, "1") in coen.see("kringen").text
