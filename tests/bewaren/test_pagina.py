"""The page of what is due: one proposes, another confirms, and a certificate says what went."""

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.bewaren import bevestig
from cases.engine import Refused
from cases.models import Aanmelding, Inzage, Vernietiging
from cases.models.bewaren import EEN_ANDER, KLAAR
from cases.roles import Role
from expertteam import sleutel
from expertteam.actor import acting_as
from schools.models import Rol
from tests.alles import closed
from tests.bewaren.conftest import jaar_terug
from tests.papieren.lezen import woorden
from tests.people import TODAY, person
from tests.test_race import meanwhile

OLD = jaar_terug(3, 40)


def post(who, v, **answers):
    return who.client.post(
        reverse("vernietiging", args=[v.pk]), answers | {"sleutel": sleutel.make(who.user)}, follow=True
    )


@pytest.mark.regel("A-8")
def test_one_proposes_and_another_confirms(coen, olga, closed_dossier):  # noqa: F811
    a, other = closed_dossier(OLD), closed_dossier(OLD)
    closed_dossier(jaar_terug(2))
    page = coen.see("bewaren")
    assert (page.status, page.title) == (200, "Bewaren en vernietigen in kring Noord")
    assert "Aan de beurt (2)" in page.text
    assert "Yara" not in page.text
    form = page.form("?kring=Noord")
    assert form.choices["dossiers"] == {str(a.pk), str(other.pk)}
    page = coen.send(form, dossiers=a.pk)
    assert "Je voorstel staat klaar. Een ander bevestigt het." in page.said
    assert [f for f in page.forms if "gezien" in f.names] == []  # not by himself
    (v,) = Vernietiging.objects.all()
    assert "Voorstellen (1)" in olga.see("bewaren").text
    page = olga.see("vernietiging", v.pk)
    assert [row[:2] for row in page.rows[1:]] == [[a.nummer, "De Berg"]]
    (form,) = [f for f in page.forms if "gezien" in f.names]
    form.values["bevestig"] = "1"
    page = olga.send(form)
    assert page.errors == ["Vink aan dat je de lijst hebt bekeken."]
    form.values["sleutel"] = sleutel.make(olga.user)
    page = olga.send(form, gezien=True)
    assert page.title == f"Verklaring van vernietiging V{TODAY:%y}-0001"
    assert {*Aanmelding.objects.values_list("nummer", flat=True)} & {a.nummer, other.nummer} == {other.nummer}
    assert f"Verklaring V{TODAY:%y}-0001" in coen.see("bewaren").text
    assert Inzage.objects.count() == 0  # nobody saw anything of a dossier


def test_who_proposed_it_cannot_confirm_it_not_past_the_page_either(coen, closed_dossier, propose):  # noqa: F811
    a = closed_dossier(OLD)
    v = propose(a)
    page = post(coen, v, bevestig="1", gezien="on")
    assert page.status_code == 409
    assert EEN_ANDER in page.content.decode()
    assert Aanmelding.objects.filter(pk=a.pk).exists()


def test_a_proposal_is_taken_back_by_either_and_can_be_made_again(coen, cora, closed_dossier, propose, confirm):  # noqa: F811
    a = closed_dossier(OLD)
    v = propose(a)
    assert "Trek het voorstel in" in coen.see("vernietiging", v.pk).text
    assert post(cora, v, intrekken="1").status_code == 200
    page = post(cora, v, bevestig="1", gezien="on")
    assert (page.status_code, KLAAR in page.content.decode()) == (409, True)
    assert "Aan de beurt (1)" in coen.see("bewaren").text
    assert confirm(propose(a)).bevestigd_op
    page = post(cora, v, intrekken="1")
    assert page.status_code == 409


def test_nobody_of_another_kring_sees_or_confirms_it(closed_dossier, propose, people, world, browser):  # noqa: F811
    v = propose(closed_dossier(OLD))
    far = browser(person("zora@ppo.test", "Zora", "Zuid", (Rol.COORDINATOR, {"kring": world["zuid"]})))
    assert far.see("vernietiging", v.pk).status == 404
    assert "Voorstellen (0)" in far.see("bewaren").text
    with closed(far.user):
        assert Vernietiging.objects.filter(pk=v.pk).update(bevestigd_door=far.user) == 0
    for role in (Role.IB, Role.AB, Role.GW, Role.AED):
        assert browser(people[role]).see("bewaren").status == 403


def test_a_school_without_a_kring_is_of_the_coordinator(coen, olga, closed_dossier):  # noqa: F811
    closed_dossier(OLD, school="Het Eiland")
    page = coen.go("/bewaren/?kring=zonder-kring")
    assert "Aan de beurt (1)" in page.text
    assert "zonder kring" not in olga.see("bewaren").text


def test_what_is_proposed_is_not_in_the_list_and_nothing_chosen_is_said(coen, closed_dossier, propose):  # noqa: F811
    a, b = closed_dossier(OLD), closed_dossier(OLD)
    propose(a)
    form = coen.see("bewaren").form("?kring=Noord")
    assert form.choices["dossiers"] == {str(b.pk)}
    assert coen.send(form).errors == ["Kies minstens één dossier."]
    form.values |= {"dossiers": str(a.pk), "sleutel": sleutel.make(coen.user)}
    assert coen.send(form).errors == ["Een dossier dat je koos, staat niet meer in de lijst. Kijk de lijst na."]


def test_the_certificate_on_paper_has_numbers_and_dates_and_no_name_of_a_leerling(
    coen,
    full,
    propose,
    confirm,  # noqa: F811
):
    a = full(OLD)
    v = propose(a)
    assert coen.client.get(reverse("verklaring", args=[v.pk])).status_code == 404
    confirm(v)
    paper = coen.client.get(reverse("verklaring", args=[v.pk]))
    assert paper["Content-Disposition"] == f'attachment; filename="vernietiging-V{TODAY:%y}-0001.pdf"'
    text = woorden(paper.content)
    for word in (a.nummer, "De Berg", "Coen Kring", "Olga Specht", "Contactmomenten 3", "Bijlagen 1", "kring Noord"):
        assert word in text
    assert {word for word in ("Zzkanarie", "Yara") if word in text} == set()


def test_the_list_costs_the_same_whatever_is_due(coen, closed_dossier):  # noqa: F811
    closed_dossier(OLD)
    with CaptureQueriesContext(
        connection,
    ) as one:
        coen.see("bewaren")
    for _ in range(10):
        closed_dossier(OLD)
    with CaptureQueriesContext(connection) as many:
        coen.see("bewaren")
    assert len(many) == len(one)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_destroys_and_the_other_reads_a_sentence(
    closed_dossier,
    propose,
    people,
    cora,  # noqa: F811
):
    a = closed_dossier(OLD)
    v = propose(a)

    def by(user):
        def act():
            with acting_as(user):
                bevestig(v, user)

        return act

    assert meanwhile(by(people[Role.OS]), by(cora.user)) == KLAAR
    v.refresh_from_db()
    assert (v.bevestigd_door, Aanmelding.objects.filter(pk=a.pk).exists()) == (people[Role.OS], False)


@pytest.mark.django_db(transaction=True)
def test_without_that_wall_there_is_still_nothing_left_to_destroy_twice(
    closed_dossier,
    propose,
    confirm,
    cora,  # noqa: F811
):
    """The broken twin: what is gone is not destroyed and counted again, also when nothing says that it was done."""
    v = confirm(propose(closed_dossier(OLD)))
    walls = [f"cases.Vernietiging:{wall}" for wall in ("klaar_is_klaar", "termijn_om")]
    with pgtrigger.ignore(*walls), pytest.raises(Refused, match="is er niet meer"), acting_as(cora.user):
        bevestig(v, cora.user)
