"""Scenario 6. No handelingsadvies before waarnemen and begrijpen, on whatever path."""

import pgtrigger
import pytest
from django.db import transaction

from cases.engine import Refused
from cases.models import Advies, Traject
from cases.roles import Role
from cases.workflow import TRAJECT
from tests.scenarios.shell import database_says, sql

NOG_NIET = "Nog geen handelingsadvies mogelijk: de fasen waarnemen en begrijpen zijn nog niet doorlopen."
ADVIES = "Geef één opdracht tegelijk."
INSERT = """INSERT INTO cases_advies (id, traject_id, door_id, soort, op, tekst)
            VALUES (gen_random_uuid(), %s, %s, %s, now(), %s)"""


@pytest.fixture(params=["waarnemen", "begrijpen"])
def running(make, request):
    return make["traject"](request.param)


@pytest.mark.regel("B-14")
def test_the_page_explains_it_and_keeps_what_was_typed(running, abel):
    page = abel.see(running)
    assert ("adviseren" in page.offered, page.explained["Handelingsadvies geven"]) == (False, NOG_NIET)
    assert abel.see("step", "traject", running.pk, "adviseren").refusal == NOG_NIET
    refused = abel.post(running, "adviseren", tekst=ADVIES)
    assert (refused.status, refused.refusal, refused.typed) == (409, NOG_NIET, [ADVIES])
    assert Advies.objects.count() == 0


@pytest.mark.regel("B-14")
def test_an_expert_brought_in_and_a_call_on_the_shell_are_refused_the_same_way(running, tess, people):
    Traject.objects.update(uitvoerder=tess.user)  # Abel stays: the aanmelding is his
    for who in (people[Role.AB], tess.user):
        with pytest.raises(Refused, match=NOG_NIET):
            TRAJECT.take("adviseren", running.pk, who, tekst=ADVIES)
    refused = tess.post(running, "adviseren", tekst=ADVIES)
    assert (refused.status, refused.refusal, refused.typed) == (409, NOG_NIET, [ADVIES])
    assert Advies.objects.count() == 0


@pytest.mark.regel("B-14")
def test_the_database_refuses_it(running, people):
    for who in (people[Role.AB], people[Role.OS]):
        with database_says(NOG_NIET):
            Advies.objects.create(traject=running, door=who, soort="handeling", tekst=ADVIES)
        with database_says(NOG_NIET):
            sql(INSERT, running.pk, who.pk, "handeling", ADVIES)


@pytest.mark.regel("B-14")
def test_without_its_wall_the_database_would_take_it(running, people):
    """The broken twin: the same statement, with the wall away."""
    wall = pgtrigger.ignore("cases.Advies:waarnemen_en_begrijpen_eerst")
    with wall, pytest.raises(pytest.fail.Exception), transaction.atomic(), database_says(NOG_NIET):
        sql(INSERT, running.pk, people[Role.AB].pk, "handeling", ADVIES)


@pytest.mark.regel("B-14")
def test_the_other_tab_left_open_is_refused_the_same_way(make, abel):
    """The form was opened when an advies was possible; that it is no longer so, the server sees itself."""
    running = make["traject"]("plannen")
    form = abel.open(running, "adviseren")
    early = make["traject"]("begrijpen")
    form.action = form.action.replace(str(running.pk), str(early.pk))
    late = abel.send(form, tekst=ADVIES)
    assert (late.status, late.refusal, late.typed) == (409, NOG_NIET, [ADVIES])
    assert Advies.objects.count() == 0


@pytest.mark.regel("B-14")
def test_once_begrijpen_is_closed_it_is_given_and_the_school_hears_of_it(make, abel, sam, mails):
    running = make["traject"]("begrijpen")
    abel.press(running, "begrepen", onderwijsbehoeften="Rust en korte taken.", sterke_kanten="Vrolijk en vol ideeën.")
    mails()
    abel.press(running, "adviseren", tekst=ADVIES)
    advies = Advies.objects.get()
    assert (advies.soort, advies.door, advies.tekst, mails()) == ("handeling", abel.user, ADVIES, ["sam"])
    assert sam.see(running).facts["Handelingsadvies"].startswith(ADVIES)


@pytest.mark.regel("B-25")
def test_the_onderwijsspecialist_may_give_a_procesadvies_at_any_time(running, olga, sam, mails):
    assert ("procesadvies" in olga.see(running).offered, "adviseren" in olga.see(running).offered) == (True, False)
    olga.press(running, "procesadvies", tekst="Plan nu al een gesprek met de ouders.")
    assert (Advies.objects.get().soort, mails()) == ("proces", ["sam"])


@pytest.mark.regel("B-25")
def test_the_ambulant_begeleider_may_give_a_procesadvies_too(running, abel):
    abel.press(running, "procesadvies", tekst="Vraag het team om mee te kijken.")
    assert Advies.objects.get().soort == "proces"
