"""Only along an arrow: every other change of state is refused by the database, for every pair, for every model."""

import pgtrigger
import pytest
from django.db import IntegrityError, transaction

from cases.engine import sentence
from cases.models import (
    Aanmelding,
    Afspraak,
    Agendapunt,
    Consult,
    Contactmoment,
    Dagdeel,
    ExpertiseInDeKlas,
    Offerte,
    Overleg,
    Route,
    Soort,
    Traject,
)
from cases.workflow import FLOWS

GEEN_STAP = "Deze stap bestaat niet in de werkwijze."
STOP = "gestopt"
ARROWS = {  # as the werkwijze has them, written out a second time
    Aanmelding: {
        "concept": {"ingediend", "ingetrokken"},
        "ingediend": {"opgepakt", "ingetrokken"},
        "opgepakt": {"gestart", "doorgezet", "afgerond", "ingetrokken"},
        "gestart": set(), "doorgezet": set(), "afgerond": set(), "ingetrokken": set(),
    },
    Traject: {
        "voorbereiding": {"waarnemen", STOP},
        "lopend": {"evaluatie", "afgesloten", STOP},  # at once to afgesloten: turned into complex
        "waarnemen": {"begrijpen", STOP},
        "begrijpen": {"plannen", STOP},
        "plannen": {"uitvoeren", STOP},
        "uitvoeren": {"evaluatie", STOP},
        "evaluatie": {"afgesloten", "waarnemen", "begrijpen", "plannen", STOP},
        "afgesloten": set(), STOP: set(),
    },
    Contactmoment: {"geboekt": {"vervallen"}, "vervallen": set()},
    Overleg: {
        "nieuw": {"gepland"}, "gepland": {"gehouden", "vervallen"}, "gehouden": {"vastgesteld"},
        "vastgesteld": set(), "vervallen": set(),
    },
    Agendapunt: {
        "gepland": {"voorbereid", "vervallen"}, "voorbereid": {"besproken", "vervallen"},
        "besproken": set(), "vervallen": set(),
    },
    Afspraak: {"open": {"gedaan", "vervallen"}, "gedaan": set(), "vervallen": set()},
    Route: {
        "verkennen": {"loopt", "blijft", STOP},
        "loopt": {"aangemeld", "blijft", STOP},
        "aangemeld": {"geplaatst", "blijft", STOP},
        "geplaatst": set(), "blijft": set(), STOP: set(),
    },
    Consult: {"gevraagd": {"beantwoord", "ingetrokken"}, "beantwoord": set(), "ingetrokken": set()},
    ExpertiseInDeKlas: {
        "voorgesteld": {"getoetst", STOP}, "getoetst": {"lopend", STOP}, "lopend": {"afgerond", STOP},
        "afgerond": set(), STOP: set(),
    },
    Dagdeel: {"gepland": {"gegeven", "vervallen"}, "gegeven": set(), "vervallen": set()},
    Offerte: {
        "gevraagd": {"uitgebracht", "vervallen"},
        "uitgebracht": {"akkoord", "niet_akkoord", "gevraagd", "vervallen"},
        "niet_akkoord": {"gevraagd"}, "vervallen": {"gevraagd"},
        "akkoord": {"in_uitvoering"}, "in_uitvoering": {"afgerond"}, "afgerond": set(),
    },
}  # fmt: skip
STARTS = {
    Aanmelding: {"concept"}, Traject: {"voorbereiding", "lopend"}, Contactmoment: {"geboekt"}, Overleg: {"nieuw"},
    Agendapunt: {"gepland"}, Afspraak: {"open"}, Route: {"verkennen"}, Consult: {"gevraagd"},
    ExpertiseInDeKlas: {"voorgesteld"}, Dagdeel: {"gepland"}, Offerte: {"gevraagd"},
}  # fmt: skip
BEFORE_ARROWS = ("cases.Overleg:fase_eerst", "cases.Offerte:met_regels")  # speak first, for a reason of their own
HAS_A_SOORT = {Aanmelding, Traject, Contactmoment}
SITUATIONS = [
    (model, state, soort)
    for model, arrows in ARROWS.items()
    for state in arrows
    for soort in ((Soort.COMPLEX, Soort.LICHT) if model in HAS_A_SOORT else (Soort.COMPLEX,))
    if model is not Traject or (state in {"evaluatie", "afgesloten", STOP} or (state == "lopend") is (soort == "licht"))
]


def refused(row, to):
    """The database does not let this row go there along any arrow."""
    try:
        with pgtrigger.ignore(*BEFORE_ARROWS), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(state=to)
            transaction.set_rollback(True)
    except IntegrityError as error:
        return sentence(error) == GEEN_STAP
    return False


@pytest.mark.parametrize(("model", "state", "soort"), SITUATIONS)
def test_a_state_changes_along_an_arrow_or_not_at_all(make, model, state, soort):
    row = make[model._meta.model_name](state, soort)
    let_through = {to for to in model.State if not refused(row, to)} - {state}
    assert let_through == ARROWS[model][state]


@pytest.mark.parametrize("model", ARROWS, ids=lambda model: model.__name__)
def test_all_states_are_written_down_here(model):
    assert set(ARROWS[model]) == set(model.State)


def test_all_flows_are_written_down_here():
    assert {*ARROWS} == {*STARTS} == {flow.model for flow in FLOWS.values()}


@pytest.mark.parametrize(("model", "state", "soort"), SITUATIONS)
def test_a_new_one_begins_at_the_beginning(make, model, state, soort):
    """Model.objects.create(state=…) on a shell: only where a life begins."""
    row = make[model._meta.model_name](state, soort)
    fields = {f.attname: getattr(row, f.attname) for f in model._meta.fields if f.name not in {"id", "nummer"}}
    said = ""
    try:
        with pgtrigger.ignore(*BEFORE_ARROWS), transaction.atomic():
            model.objects.create(**fields)
            transaction.set_rollback(True)
    except IntegrityError as error:
        said = sentence(error)
    assert (said != GEEN_STAP) == (state in STARTS[model])


def test_without_the_arrows_everything_is_let_through(make):
    """The broken twin."""
    row = make["contactmoment"]("vervallen")
    with pgtrigger.ignore("cases.Contactmoment:pijlen"):
        assert not refused(row, "geboekt")
    assert refused(row, "geboekt")
