"""The table is obeyed: what the page offers, what the server takes and what the table says are the same."""

import datetime
import random
import re
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from cases.diagram import as_markdown
from cases.engine import Refused, Stale
from cases.models import Aanmelding, Betrokkene, Event, Soort, Traject, Voorwaarde
from cases.roles import Role
from cases.workflow import AANMELDING, FLOWS, TRAJECT
from schools.models import Expertteam
from tests.people import TODAY, met_reden, pot, stel_aan

LATER = TODAY + datetime.timedelta(days=30)
SITUATIONS = [
    (kind, state, soort)
    for kind, flow in FLOWS.items()
    for state in flow.model.State
    for soort in Soort
    if kind != "traject"
    or (state in {"evaluatie", "afgesloten", "gestopt"} or (state == "lopend") is (soort != "complex"))
    if kind in {"aanmelding", "traject", "contactmoment"} or soort == "complex"  # the rest has no soort
]
IN_A_LIST = {"contactmoment"}  # their steps stand in a list, and are asked there


class Undo(Exception): ...


def answers(people):
    """Something right for every question that any step asks."""
    day = TODAY.isoformat()
    return {
        "soort": "licht", "hulpvraag": "Hoe?", "opbrengst": "Rust.", "doel_behaald": "ja", "doel": "Zelf beginnen",
        "ab": people[Role.AB].pk, "uitvoerder": people[Role.OS].pk, "verwachte_einddatum": LATER.isoformat(),
        "eerste_contact_op": day, "eerste_contact_met": "Sam", "gesprek_op": day, "gesprek_wie": "Wie",
        "gesprek_inzet": "2 uur", "gesprek_offerte": "nee", "afgerond_reden": "school", "vraag": "Wat?",
        "afgerond_toelichting": "Zelf.", "antwoord": "Dit.", "kort_overleg_op": day, "voortraject": "False",
        "kort_overleg_met": people[Role.OS].pk, "overdracht_op": day, "overdracht_tekst": "Alles.", "tekst": "Zo.",
        "bevinding": "Iets.", "onderwijsbehoeften": "Rust.", "afspraken": "Wie.", "afschrift_ouders_op": day,
        "datum": day, "minuten_0": "60", "note": "Daarom.", "tijd": "15:00", "fase": "plannen",
        "toestemming_weg_op": day, "ouders_akkoord_op": day, "gesprek_doel": "sterk", "uitzondering": "Klein.",
        "aan": people[Role.GW].pk, "expert": people[Role.TEAM].pk, "expertise": "Motoriek", "overleg_os_op": day,
        "overleg_ib_op": day, "op": day, "partij": "Buurtteam", "motivering": "Drie leerkrachten.", "os_erbij": "ja",
        "verslag": "Besproken.", "ab_reden": "Elke week.", "wat": "Maatje", "wie": people[Role.IB].pk,
        "wanneer": LATER.isoformat(), "setting": "sbo", "instelling": "De Vlieger", "meer_dan_acht": "Groot.",
        "resultaat": "Rust.", "werkwijze": "coteaching", "omschrijving": "Kijken", "uren": "2,5", "tarief": "95",
        "btw": "0", "geldig_tot": LATER.isoformat(), "voorwaarde_0": "on",
    }  # fmt: skip


def answers_for(name, kind, people, obj):
    """The same question has other answers elsewhere."""
    given = answers(people)
    if name in {"bezoek", "wijzigen"}:
        given["soort"] = "observatie"
    if name == "overnemen":
        given["uitvoerder"] = people[Role.TEAM].pk
    if name == "soort_wijzigen":
        given["soort"] = "basis" if obj.soort != "basis" else "licht"
    if name in {"doorzetten", "offerte"}:
        given["soort"] = "groep"
    if kind == "offerte" and name == "uitvoeren":
        given["uitvoerder"] = people[Role.AB].pk
    if name == "verplaatsen" or kind in {"expertiseindeklas", "dagdeel"}:
        given["datum"] = (TODAY + datetime.timedelta(days=7)).isoformat()
    if name == "agenderen":
        given["aanmelding"] = Aanmelding.objects.exclude(agendapunten__overleg=obj).latest("ingediend_op").pk
    return given


def lay_out(kind, obj, make, people):
    """What a step needs beside the object itself."""
    pot(obj.school.team.kring if hasattr(obj, "school") else obj.aanmelding.school.team.kring)
    Voorwaarde.objects.get_or_create(tekst="OS en AB zijn het eens")
    if kind == "overleg":
        make["agendapunt"]("voorbereid", whole=obj)
        make["aanmelding"]("opgepakt")
    elif obj.dossier_id and (t := obj.aanmelding.trajecten.first()):
        Betrokkene.objects.create(
            traject=t, door=t.uitvoerder, expert=people[Role.EXPERT], expertise="Motoriek", overleg_os_op=TODAY,
            overleg_ib_op=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize(("kind", "state", "soort"), SITUATIONS)
def test_the_page_offers_and_the_server_takes_what_the_table_says(people, make, client, kind, state, soort):
    flow, obj = FLOWS[kind], make[kind](state, soort)
    lay_out(kind, obj, make, people)
    for who in [*people, *([Role.REDEN] if obj.dossier_id else [])]:  # maker, uitvoerder, eigenaar: ab and ib
        with suppress(Undo), transaction.atomic():
            if who == Role.REDEN:
                people[who] = met_reden(obj.dossier_id, Expertteam.objects.get(naam="Team Uil"))
            client.force_login(people[who])
            roles, seen = seen_by(people[who], flow, obj)
            assert (who, seen.roles if seen else set()) == (who, roles)
            assert (who, *offered_and_taken(client, flow, obj, people)) == (who, *2 * [allowed(flow, seen)])
            raise Undo


def seen_by(user, flow, obj):
    """The roles somebody has by the one direction, and the object as he sees it by the other."""
    roles = {role for role, relation in obj.RELATIONS.items() if user in relation.people(obj)}
    return roles, flow.model.objects.visible_to(user).filter(pk=obj.pk).first()


def ours(flow):
    return [s for s in flow.steps.values() if not (s.follows or s.silent)]


def allowed(flow, seen):
    """What the table says."""
    return {s.name for s in ours(flow) if seen and s.exists_for(seen) and s.by & seen.roles and not s.missing(seen)}


def offered_and_taken(client, flow, obj, people):
    """What stands on the page, and what the server takes."""
    page = client.get(reverse("detail", args=[flow.kind, obj.pk]), follow=True).content.decode()
    address = {s.name: reverse("step", args=[flow.kind, obj.pk, s.name]) for s in ours(flow)}
    offered = {name for name, path in address.items() if re.search(f'(href|action)="{path}"', page)}
    taken = set()
    for name, path in address.items():
        with suppress(Undo), transaction.atomic():
            client.post(path, answers_for(name, flow.kind, people, obj))
            taken |= {*Event.objects.filter(kind=flow.kind).values_list("step", flat=True)} & {*address}
            raise Undo
    return taken if flow.kind in IN_A_LIST else offered, taken


@pytest.mark.parametrize("kind", FLOWS)
def test_both_directions_of_every_relation_agree(people, make, kind):
    for soort in Soort:
        for state in FLOWS[kind].model.State:
            if (kind, state, soort) not in SITUATIONS:
                continue
            obj = make[kind](state, soort)
            for user in people.values():
                seen = FLOWS[kind].model.objects.visible_to(user).filter(pk=obj.pk).first()
                assert (seen.roles if seen else set()) == {r for r, x in obj.RELATIONS.items() if user in x.people(obj)}


def test_an_object_that_was_not_fetched_for_somebody_has_no_roles(make):
    with pytest.raises(AttributeError, match="as_ib"):
        _ = Aanmelding.objects.get(pk=make["aanmelding"]().pk).roles


def test_the_committed_documentation_is_the_table():
    assert Path("docs/workflow.md").read_text() == as_markdown()


def test_a_follower_and_a_draft_have_no_button_and_no_address(people, make, client):
    client.force_login(people[Role.AB])
    whole = make["traject"]("voorbereiding").aanmelding
    for name in ["gestart", "vrijgeven", "beschrijven", "bestaat-niet"]:
        assert client.post(reverse("step", args=["aanmelding", whole.pk, name])).status_code == 404
    assert Event.objects.count() == 0


def test_take_asks_what_the_row_asks_on_the_shell_too(people, make):
    sent = make["aanmelding"]("ingediend", Soort.BASIS)
    with pytest.raises(Refused, match="Vul eerst in: wanneer was het eerste contact"):
        AANMELDING.take("oppakken", sent.pk, people[Role.OS], eerste_contact_met="Sam")
    running = make["traject"]("evaluatie")
    with pytest.raises(Refused, match="Schrijf eerst op waarom"):
        TRAJECT.take("terug_waarnemen", running.pk, people[Role.AB], note="  ")
    with pytest.raises(Aanmelding.DoesNotExist):
        AANMELDING.take("oppakken", sent.pk, people[None], eerste_contact_op=TODAY, eerste_contact_met="Sam")


def test_an_answer_that_the_row_does_not_ask_is_not_written(people, make):
    sent = make["aanmelding"]("ingediend", Soort.BASIS)
    asked = {"eerste_contact_op": TODAY, "eerste_contact_met": "Sam"}
    AANMELDING.take("oppakken", sent.pk, people[Role.OS], **asked, hulpvraag="Iets anders", state="gestart")
    sent = Aanmelding.objects.get(pk=sent.pk)
    assert (sent.state, sent.hulpvraag) == ("opgepakt", "Hoe houden we de leerling aan het werk?")


def test_a_form_that_is_out_of_date_is_refused_and_says_who_was_first(people, make):
    running = make["traject"]("uitvoeren")
    TRAJECT.take("stoppen", running.pk, people[Role.OS], versie=0, note="Verhuisd")
    with pytest.raises(Stale, match="O. Specht heeft dit net aangepast. Kijk het na en sla opnieuw op."):
        TRAJECT.take("stoppen", running.pk, people[Role.AB], versie=0, note="Klaar")
    assert Traject.objects.get().state == "gestopt"


@pytest.mark.parametrize(
    ("who", "kind", "soort", "states"),
    [
        (Role.IB, "aanmelding", Soort.COMPLEX, {"concept"}),
        (Role.OS, "aanmelding", Soort.COMPLEX, {"ingediend"}),
        (Role.TEAM, "aanmelding", Soort.COMPLEX, {"ingediend"}),  # opgepakt is taken by the other
        (Role.TEAM, "aanmelding", Soort.LICHT, set()),
        (Role.OS, "aanmelding", Soort.LICHT, {"ingediend", "opgepakt"}),
        (Role.AB, "traject", Soort.COMPLEX, {"voorbereiding", "waarnemen", "begrijpen", "plannen", "evaluatie"}),
        (Role.OS, "traject", Soort.LICHT, {"evaluatie"}),
        (Role.COORDINATOR, "traject", Soort.COMPLEX, set()),
        (None, "aanmelding", Soort.COMPLEX, set()),
    ],
)
def test_the_worklist_holds_what_waits_for_you(people, make, who, kind, soort, states):
    for state in FLOWS[kind].model.State:
        if (kind, state, soort) in SITUATIONS:
            make[kind](state, soort)
    assert {obj.state for obj in FLOWS[kind].waiting_for(people[who])} == states


def test_visible_to_asks_once_and_doubles_nothing(people, make, world, django_assert_num_queries):
    for _ in range(3):
        make["traject"]("waarnemen")
    stel_aan(people[Role.AB], "os", team=world["merel"])
    stel_aan(people[Role.AB], "os", TODAY - datetime.timedelta(days=3), team=world["merel"])
    with django_assert_num_queries(3):  # what he is today and for whom, asked once per request, and the trajecten
        found = list(Traject.objects.visible_to(people[Role.AB]))
    with django_assert_num_queries(1):
        assert len(Traject.objects.visible_to(people[Role.AB])) == 3
    assert [traject.roles for traject in found] == 3 * [{Role.OS, Role.AB, Role.UITVOERDER}]


def test_every_send_gets_the_next_number_of_the_schooljaar(people, make):
    numbers = []
    for _ in range(3):
        draft = make["aanmelding"]()
        numbers.append(AANMELDING.take("indienen", draft.pk, people[Role.IB]).nummer)
    begin = TODAY.year if TODAY.month >= 8 else TODAY.year - 1
    assert numbers == [f"{begin % 100}-000{n}" for n in (1, 2, 3)]


def test_a_random_walk_never_raises_anything_but_refused(people, make):
    """Random people press random buttons; the state is always one of the table and every move has its event."""
    dice, objects = random.Random(26), [("aanmelding", make["aanmelding"]("ingediend", soort).pk) for soort in Soort]
    objects += [(kind, make[kind]().pk) for kind in FLOWS if kind not in {"aanmelding", "contactmoment"}]
    pot(Aanmelding.objects.first().school.team.kring)
    for _ in range(600):
        kind, pk = dice.choice(objects)
        who, step = dice.choice(list(people.values())), dice.choice(list(FLOWS[kind].steps))
        given = {k: v for k, v in answers(people).items() if not k.endswith(("_op", "datum", "_0", "note"))}
        given |= {
            "ab": people[Role.AB],
            "uitvoerder": people[Role.OS],
            "kort_overleg_met": people[Role.OS],
            "minuten": 60,
        }
        given |= {k: TODAY for k in ("eerste_contact_op", "gesprek_op", "kort_overleg_op", "overdracht_op", "datum")}
        given |= {
            k: TODAY for k in ("overleg_os_op", "overleg_ib_op", "op", "ouders_akkoord_op", "afschrift_ouders_op")
        }
        given |= {"wanneer": LATER, "geldig_tot": LATER}
        given |= {
            "aan": people[Role.GW],
            "expert": people[Role.EXPERT],
            "wie": people[Role.IB],
            "uren": 6,
            "voortraject": False,
            "verwachte_einddatum": LATER,
            "soort": "observatie" if step == "bezoek" else "licht",
        }
        with suppress(Refused, FLOWS[kind].model.DoesNotExist):
            FLOWS[kind].take(step, pk, who, note="Daarom", **given)
        objects = [(kind, pk) for kind, flow in FLOWS.items() for pk in flow.model.objects.values_list("pk", flat=True)]
    assert Event.objects.count() > 10
    assert len({event.kind for event in Event.objects.all()}) > 2
    for event in Event.objects.order_by("pk"):
        step = FLOWS[event.kind].steps[event.step]
        assert event.source in step.frm
        assert event.target == (step.to or event.source)
    assert not Aanmelding.objects.filter(pk=uuid.uuid4()).exists()
