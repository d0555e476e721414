"""Whatever is sent along with a form: only what its step asks is changed, and who did it is who is logged in."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Aanmelding, Contactmoment, Traject
from cases.velden import FIELDS
from cases.views import stap
from tests.access.addresses import NOTHING
from tests.access.sight import undone

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")

GOOD = {  # what the forms do ask, and the state, number and time that somebody would like
    "state": "afgerond", "nummer": "99-9999", "versie": "0", "id": str(NOTHING), "ingediend_op": "2020-01-01",
    "eerste_contact_op": "vandaag", "eerste_contact_met": "Sam", "minuten_0": "90", "datum": "gisteren",
    "kort_overleg_op": "vandaag", "voortraject": "False", "soort": "overleg", "hulpvraag": "Anders", "als": "os",
}  # fmt: skip


def everything(town):
    """A value for every field of a dossier; people, places and dossiers are those of somebody else."""
    fields = [f for model in (Aanmelding, Traject, Contactmoment) for f in model._meta.concrete_fields]
    body = {f.name: "2020-01-01" if "Date" in f.get_internal_type() else "ja" if f.choices else "7" for f in fields}
    other = Aanmelding.objects.get(pk=town["pk"]["elders", "nieuw"])
    body |= {"school": other.school_id, "door": other.door_id, "aanmelding": other.pk, "uitvoerder": other.door_id}
    body |= {"traject": town["pk"]["elders", "loopt.traject"], "eerder_traject": town["pk"]["elders", "loopt.traject"]}
    body |= {"voorkeur_ab": other.door_id, "ab": other.door_id} | GOOD
    return body | {f.attname: body[f.name] for f in fields} | {"kort_overleg_met": town["people"]["os"].pk}


def post(town, who, url, **more):
    client = Client()
    client.force_login(town["people"][who])
    client.post(url, everything(town) | more)


def changed(town, model, pk, who, *args, name="step"):
    """The columns that differ after somebody sent everything."""
    columns = [f.attname for f in model._meta.concrete_fields]
    with undone():
        before = model.objects.filter(pk=pk).values(*columns).get()
        post(town, who, reverse(name, args=args), bewaar="1")
        after = model.objects.filter(pk=pk).values(*columns).get()
    return {column for column in columns if before[column] != after[column]}


def test_a_step_changes_only_what_it_asks(town):
    pk = town["pk"]
    basis, start, contact = pk["eigen", "basis"], pk["eigen", "start.traject"], pk["eigen", "loopt.contact"]
    assert changed(town, Aanmelding, basis, "os", "aanmelding", basis, "oppakken") == {
        "state", "versie", "gewijzigd_op", "eerste_contact_op", "eerste_contact_met",
    }  # fmt: skip
    assert changed(town, Traject, start, "ab", "traject", start, "overleg") == {
        "versie", "kort_overleg_op", "kort_overleg_met_id",
    }  # fmt: skip
    assert changed(town, Contactmoment, contact, "ab", "contactmoment", contact, "wijzigen") == {
        "versie", "soort", "minuten", "datum", "notitie",
    }  # fmt: skip


def test_the_form_of_a_concept_changes_only_its_own_questions(town):
    pk = town["pk"]["eigen", "concept"]
    columns = {Aanmelding._meta.get_field(name).attname for name in FIELDS}
    found = changed(town, Aanmelding, pk, "ib", pk, name="beschrijven")
    assert found - columns == {"versie", "gewijzigd_op"}
    assert {"hulpvraag", "voornaam"} <= found
    assert not {"eerder_traject_id", "voorkeur_ab_id"} & found  # those of another school do not exist for him


def test_a_new_aanmelding_belongs_to_who_makes_it(town):
    with undone():
        old = {*Aanmelding.objects.values_list("pk", flat=True)}
        post(town, "ib", reverse("nieuw"), bewaar="1")
        new = Aanmelding.objects.exclude(pk__in=old).get()
        assert (new.school.naam, new.door, new.state, new.nummer, new.ab, new.eerder_traject, new.voorkeur_ab) == (
            "De Berg", town["people"]["ib"], "concept", None, None, None, None,
        )  # fmt: skip
        assert (new.hulpvraag, new.pk == NOTHING) == ("Anders", False)


def test_a_visit_is_booked_by_who_books_it_where_he_is(town):
    with undone():
        old = {*Contactmoment.objects.values_list("pk", flat=True)}
        post(town, "ab", reverse("step", args=["traject", town["pk"]["eigen", "loopt.traject"], "bezoek"]))
        new = Contactmoment.objects.exclude(pk__in=old).get()
        assert (new.traject_id, new.door, new.als, new.state, new.soort, new.minuten) == (
            town["pk"]["eigen", "loopt.traject"], town["people"]["ab"], "ab", "geboekt", "overleg", 90,
        )  # fmt: skip


def test_the_check_sees_a_step_that_takes_whatever_is_sent(town, monkeypatch):
    take = stap.take

    def sloppy(request, flow, obj, step, form):
        flow.model.objects.filter(pk=obj.pk).update(hulpvraag=request.POST["hulpvraag"])
        return take(request, flow, obj, step, form)

    monkeypatch.setattr(stap, "take", sloppy)
    pk = town["pk"]["eigen", "basis"]
    assert "hulpvraag" in changed(town, Aanmelding, pk, "os", "aanmelding", pk, "oppakken")
