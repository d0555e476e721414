"""More rules of the source documents, each at its gate: what the step says to who presses too early."""

import datetime
import re

import pytest

from cases.engine import Refused
from cases.models import Contactmoment
from cases.models.overleg import FASE_EERST
from cases.models.pot import VERDEELD
from cases.roles import Role
from cases.workflow import FLOWS
from tests.people import TODAY, pot
from tests.test_rules import words_for_people


def take(kind, name, obj, user, **given):
    return FLOWS[kind].take(name, obj.pk, user, **given)


@pytest.mark.regel("A-1", "A-4")
def test_staying_at_school_is_an_end_of_the_route_like_any_other(make, people):
    route = make["route"]("loopt")
    take("route", "blijft", route, people[Role.OS])
    route.refresh_from_db()
    assert (route.state, route.get_state_display()) == ("blijft", "Blijft op school")


@pytest.mark.regel("A-4", "B-8")
def test_the_onderwijsspecialist_alone_moves_the_route(make, people):
    route = make["route"]("verkennen")
    for who in (Role.IB, Role.AB):
        with pytest.raises(Refused, match="De onderwijsspecialist heeft de regie op de route."):
            take("route", "loopt", route, people[who], setting="sbo")
    take("route", "loopt", route, people[Role.OS], setting="sbo")


@pytest.mark.regel("A-3")
def test_extra_ondersteuning_is_no_name_for_what_the_expertteam_does():
    """In Leiden that begins with another setting only."""
    assert [where for where, text in words_for_people().items() if re.search("extra ondersteuning", text, re.I)] == []


@pytest.mark.regel("A-7", "A-32")
def test_hours_that_were_given_are_written_down_also_when_the_pot_is_empty(make, people):
    running = make["traject"]("waarnemen")
    pot(running.aanmelding.school.team.kring, uren=1)
    for minuten in (60, 180):
        take("traject", "bezoek", running, people[Role.AB], soort="bezoek", minuten=minuten, datum=TODAY)
    assert Contactmoment.objects.count() == 2


@pytest.mark.regel("A-19", "B-19")
def test_a_dagdeel_that_does_not_fit_in_the_pot_of_the_kring_is_not_planned(make, people):
    klas = make["expertiseindeklas"]("lopend")
    pot(klas.aanmelding.school.team.kring, uren=5)
    given = {"datum": TODAY + datetime.timedelta(days=7), "minuten": 180, "werkwijze": "coaching"}
    take("expertiseindeklas", "dagdeel", klas, people[Role.AB], **given)
    with pytest.raises(Refused, match=VERDEELD):
        take("expertiseindeklas", "dagdeel", klas, people[Role.AB], **given)


@pytest.mark.regel("A-11", "B-22")
def test_the_onderwijsspecialist_has_a_role_in_every_question_of_her_team_that_was_sent(make, people):
    for soort in ("basis", "licht", "complex"):
        for state in ("ingediend", "opgepakt", "gestart", "doorgezet", "afgerond"):
            sent = make["aanmelding"](state, soort)
            assert Role.OS in type(sent).objects.visible_to(people[Role.OS]).get(pk=sent.pk).roles


@pytest.mark.regel("B-9")
def test_an_ot_is_not_held_before_the_fase_is_known(make, people):
    punt = make["agendapunt"]("gepland")
    with pytest.raises(Refused, match=FASE_EERST):
        take("overleg", "houden", punt.overleg, people[Role.IB], os_erbij="ja")
    take("agendapunt", "voorbereiden", punt, people[Role.OS], fase="begrijpen", doel="Weten wat helpt")
    take("overleg", "houden", punt.overleg, people[Role.IB], os_erbij="ja")
    punt.refresh_from_db()
    assert punt.state == "besproken"


@pytest.mark.regel("B-13")
def test_the_fourth_leerlinggesprek_is_refused(make, people):
    running = make["traject"]("waarnemen")
    given = {"gesprek_doel": "sterk", "minuten": 30, "datum": TODAY}
    for _ in range(3):
        take("traject", "leerlinggesprek", running, people[Role.AB], **given)
    with pytest.raises(Refused, match=r"Het beperkte aantal leerlinggesprekken \(3\) is bereikt."):
        take("traject", "leerlinggesprek", running, people[Role.AB], **given)


@pytest.mark.regel("B-26")
def test_only_who_carries_it_out_brings_in_another_expert(make, people):
    running = make["traject"]("waarnemen")
    given = {"expert": people[Role.EXPERT], "expertise": "Motoriek", "overleg_os_op": TODAY, "overleg_ib_op": TODAY}
    with pytest.raises(Refused, match="Alleen degene die het traject uitvoert benadert andere experts"):
        take("traject", "betrekken", running, people[Role.OS], **given)
    with pytest.raises(Refused, match="Vul eerst in: wanneer was het overleg met de IB-er"):
        take("traject", "betrekken", running, people[Role.AB], **given | {"overleg_ib_op": None})
    take("traject", "betrekken", running, people[Role.AB], **given)
    assert people[Role.EXPERT] in running.RELATIONS[Role.EXPERT].people(running)
