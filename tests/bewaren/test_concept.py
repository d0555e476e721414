"""A concept that nobody changes goes after 30 days; a week before, its IB-er is told."""

import datetime

import pytest
from django.core.management import call_command

from cases import keten
from cases.models import Aanmelding, Vernietigd
from cases.roles import Role
from expertteam.models import Verzoek
from tests.alles import als_eigenaar
from tests.bewaren.conftest import everywhere, files
from tests.files.maken import bijlage
from tests.people import TODAY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def draft(make):
    """draft(days, …): a concept that nobody changed for so many days."""

    def draft(ago, state="concept", **fields):
        a = make["aanmelding"]("concept", hulpvraag="Zzkanarie", **fields)
        moment = datetime.datetime.combine(TODAY - ago * DAY, datetime.time(12, tzinfo=datetime.UTC))
        Aanmelding.objects.filter(pk=a.pk).update(gewijzigd_op=moment, state=state)
        return a

    return draft


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_after_30_days_it_is_gone_with_its_files_and_history_and_not_a_day_before(draft, make, people, capsys):
    old, young, sent = draft(30), draft(29), make["aanmelding"]("ingediend")
    bijlage(aanmelding=old, door=people[Role.IB], inhoud=b"%PDF-Zzkanarie")
    Aanmelding.objects.filter(pk=sent.pk).update(gewijzigd_op=old.gewijzigd_op - 400 * DAY)
    call_command("bewaartermijn")
    assert capsys.readouterr().out == "1 concepten vernietigd.\n"
    assert {*Aanmelding.objects.values_list("pk", flat=True)} == {young.pk, sent.pk}
    assert Vernietigd.objects.values_list("pk", "soort", "nummer", "vernietiging").get() == (
        old.pk,
        "concept",
        "",
        None,
    )
    assert (files("Zzkanarie"), keten.faults()) == (0, [])
    call_command("bewaartermijn")
    assert capsys.readouterr().out == "0 concepten vernietigd.\n"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_was_thrown_away_goes_too(draft):
    gone = draft(30)
    als_eigenaar("ALTER TABLE cases_aanmelding DISABLE TRIGGER USER")
    als_eigenaar(f"UPDATE cases_aanmelding SET state = 'ingetrokken' WHERE id = '{gone.pk}'")
    als_eigenaar("ALTER TABLE cases_aanmelding ENABLE TRIGGER USER")
    assert everywhere("zzkanarie") != []
    call_command("bewaartermijn", verbosity=0)
    assert everywhere("zzkanarie") == []


def test_a_week_before_the_ib_er_is_told(draft, sam):  # noqa: F811
    draft(22, achternaam="Nogniet")
    assert "weggegooid" not in sam.see("mijn_aanmeldingen").text
    draft(23, achternaam="Bijna")
    page = sam.see("mijn_aanmeldingen").text
    weg = TODAY + 7 * DAY
    assert "Concept · Yara Bijna · De Berg" in page
    assert f"Dit concept wordt op {weg.day} " in page
    assert page.count("weggegooid") == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_keys_of_forms_are_forgotten_after_three_days(people):
    old, young = (Verzoek.objects.create(door=people[Role.IB], inhoud="x") for _ in range(2))
    Verzoek.objects.filter(pk=old.pk).update(op=old.op - 3 * DAY)
    call_command("bewaartermijn", verbosity=0)
    assert [v.pk for v in Verzoek.objects.all()] == [young.pk]
