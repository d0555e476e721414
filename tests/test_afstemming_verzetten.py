"""A planned afstemming gets another day, or is not held; what was decided in it stays what it was (A-20)."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse

from cases.afstemmen import NET_GEWIJZIGD, leg_vast
from cases.models import Afstemming, Afstemmingsbesluit, OpenVraag
from cases.models.afstemming import AL_BESLOTEN, VOORBIJ
from cases.models.historie import HISTORY
from cases.models.pot import pot_over
from cases.roles import Role
from expertteam import sleutel
from expertteam.actor import acting_as
from schools.models import Schooljaar
from tests.alles import als_eigenaar, closed
from tests.people import TODAY
from tests.test_afstemming import f, lead, page, text  # noqa: F401
from tests.test_race import meanwhile
from tests.walls.afstemming import DAGEN


@pytest.fixture
def off(client, people):
    """Somebody presses the button."""

    def send(f, who=people[Role.OS], versie=0):  # noqa: F811
        client.force_login(who)
        given = {"afzeggen": "1", "versie": versie, "sleutel": sleutel.make(who)}
        return client.post(reverse("afstemming", args=[f.pk]), given, follow=True)

    return send


@pytest.mark.regel("A-20")
@pytest.mark.parametrize("who", [Role.OS, Role.COORDINATOR])
def test_who_leads_calls_it_off_and_its_history_stays(off, make, people, who):
    made = make["afstemming"]("volgende")
    shown = text(off(made, people[who]))
    assert ("De afstemming is afgezegd." in shown, Afstemming.objects.count()) == (True, 0)
    rows = als_eigenaar(f"SELECT pgh_label, id FROM {HISTORY[Afstemming]._meta.db_table} ORDER BY pgh_id")
    assert [(row["pgh_label"], row["id"]) for row in rows] == [("insert", str(made.pk)), ("delete", str(made.pk))]


def test_what_was_decided_in_is_not_called_off(off, make):
    row = make["besluit"](whole=make["afstemming"]("volgende"))
    assert AL_BESLOTEN in text(off(row.afstemming))
    assert (Afstemming.objects.count(), Afstemmingsbesluit.objects.count()) == (1, 1)


def test_the_button_is_there_as_long_as_nothing_was_decided(page, people, make):  # noqa: F811
    row, empty = make["besluit"](whole=make["afstemming"]("volgende")), make["afstemming"]("volgende")
    shown = [text(page(people[Role.OS], "afstemming", made.pk)) for made in (row.afstemming, empty)]
    assert ["Ja, zeg deze afstemming af" in s for s in shown] == [False, True]


@pytest.mark.parametrize("versie", [7, "", "x", "9" * 12])
def test_an_old_page_calls_nothing_off(off, make, versie):
    assert NET_GEWIJZIGD in text(off(make["afstemming"]("volgende"), versie=versie))
    assert Afstemming.objects.count() == 1


def test_nobody_else_calls_it_off(off, make, people):
    made = make["afstemming"]("volgende")
    answers = {who: off(made, people[who]).status_code for who in (Role.IB, None, Role.AB, Role.AED, Role.EXPERT)}
    assert answers == {Role.IB: 403, None: 403, Role.AB: 404, Role.AED: 404, Role.EXPERT: 404}
    for who in (Role.IB, Role.AB, Role.EXPERT):
        with closed(people[who]), transaction.atomic():
            assert Afstemming.objects.filter(pk=made.pk).delete()[0] == 0
    assert Afstemming.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_calling_it_off_and_deciding_at_once_the_first_is_done(off, make, people):
    made, vraag = make["afstemming"](), make["aanmelding"]("ingediend")
    given, answers = {"besluit": "eerst", "uren": 0, "toelichting": ""}, []

    def decide():
        with acting_as(people[Role.OS]):
            leg_vast(made, people[Role.OS], 0, [(OpenVraag.objects.get(pk=vraag.pk), given)])

    meanwhile(decide, lambda: answers.append(text(off(made))))
    assert (AL_BESLOTEN in answers[0], Afstemmingsbesluit.objects.count()) == (True, 1)


# Another day


def test_it_gets_another_day(lead, make):  # noqa: F811
    made = make["afstemming"]("volgende")
    day = TODAY + datetime.timedelta(days=9)
    assert lead(made, datum=day.isoformat()).status_code == 302
    made.refresh_from_db()
    assert made.datum == day


@pytest.mark.regel("A-20")
def test_with_a_besluit_it_stays_in_its_schooljaar_and_between_its_neighbours(lead, f, make):  # noqa: F811
    made = make["afstemming"](datum=DAGEN[0])
    vraag = make["besluit"](whole=made, uren=5).aanmelding
    elsewhere = Schooljaar.of(TODAY).eerste_dag - datetime.timedelta(days=1)
    for day in (f.datum + datetime.timedelta(days=1), elsewhere):
        refused = lead(made, {vraag.pk: ("eerst", "5", "Mijn tekst")}, datum=day.isoformat())
        assert (refused.context["reason"], "Mijn tekst" in text(refused)) == (VOORBIJ, True)
    assert lead(made, datum=DAGEN[1].isoformat()).status_code == 302
    assert (Afstemming.objects.get(pk=made.pk).datum, pot_over(f.kring, TODAY)) == (DAGEN[1], 95 * 60)
