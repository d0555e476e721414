"""Two people press the same button at once, for every step of the table that moves a state: one wins, always."""

import pytest

from cases.models import Event, Soort
from cases.roles import Role
from cases.workflow import FLOWS
from tests.people import TODAY
from tests.test_race import meanwhile
from tests.test_workflow import answers_for, lay_out

MOVING = [
    (kind, name, min(step.frm))
    for kind, flow in FLOWS.items()
    for name, step in flow.steps.items()
    if step.to and not step.follows
]
BEFORE = {  # what a step needs of the object itself
    "op_voortraject": {"voortraject": True, "overdracht_op": TODAY, "overdracht_door": Role.OS,
                       "overdracht_tekst": "Kijkt rond.", "overdracht_ontvangen_op": TODAY},
    "afsluiten_ab": {"afschrift_ouders_op": TODAY},
}  # fmt: skip


def of_soort(step, kind, frm):
    """A kind of support for which the step exists, in this state."""
    fits = {Soort.LICHT} if (kind, frm) == ("traject", "lopend") else {*Soort}
    return sorted(fits & (step.only or {*Soort} - {Soort.BASIS}))[0]


def both(people, step, obj):
    """Two who may take it now: two different people, if there are two."""
    seen = [(user, type(obj).objects.visible_to(user).filter(pk=obj.pk).first()) for user in people.values()]
    may = [user for user, row in seen if row and not step.refusal(row)]
    return may[0], may[-1]


def filled_in(step, kind, people, obj):
    """What is asked, as the form would give it."""
    part = type(step.on(obj, people[Role.OS])) if step.on else type(obj)
    given = answers_for(step.name, kind, people, obj) | {"minuten": 60}
    return {name: python(part._meta.get_field(name), given[name]) for name in step.asks}


def python(field, raw):
    return field.related_model.objects.get(pk=raw) if field.is_relation else field.to_python(raw)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "name", "frm"), MOVING)
def test_of_two_who_press_at_once_one_wins_and_the_other_hears_it(people, make, kind, name, frm):
    flow, step = FLOWS[kind], FLOWS[kind].steps[name]
    before = {key: people.get(value, value) for key, value in BEFORE.get(name, {}).items()}
    obj = make[kind](frm, of_soort(step, kind, frm), **before)
    lay_out(kind, obj, make, people)
    if name == "waargenomen":
        make["contactmoment"](whole=obj)
    first, second = both(people, step, obj)
    given = filled_in(step, kind, people, obj) | {"note": "Daarom."}
    outcome = meanwhile(
        lambda: flow.take(name, obj.pk, first, **given), lambda: flow.take(name, obj.pk, second, **given)
    )
    obj.refresh_from_db()
    assert obj.state == step.to
    assert outcome == f"“{step.label}” kan niet bij de status “{obj.get_state_display()}”."
    assert [event.by for event in Event.objects.filter(kind=kind, step=name)] == [first]


def test_every_flow_has_such_a_step():
    assert {kind for kind, *_ in MOVING} == {*FLOWS}
    assert len(MOVING) > 45
