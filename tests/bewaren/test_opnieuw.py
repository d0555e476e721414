"""A backup of before brings dossiers back; the list of what was destroyed takes them away again."""

import json

import pytest
from django.core.management import CommandError, call_command

from cases import keten
from cases.models import Aanmelding, Vernietigd, Vernietiging
from cases.opnieuw_vernietigen import lijst
from cases.roles import Role
from schools.models import User
from tests.alles import als_eigenaar
from tests.bewaren.conftest import jaar_terug
from tests.people import TODAY

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
OLD = jaar_terug(3, 40)


def test_the_list_says_what_went_and_holds_no_name_of_a_leerling(closed_dossier, propose, confirm, people, tmp_path):
    a = closed_dossier(OLD)
    v, file = confirm(propose(a)), tmp_path / "vernietigd.jsonl"
    propose(closed_dossier(OLD))  # not confirmed
    call_command("vernietigd", str(file), verbosity=0)
    (line,) = map(json.loads, file.read_text().splitlines())
    assert (line["nummer"], line["dossiers"]) == (v.nummer, [str(a.pk)])
    assert [(r["nummer"], r["gesloten_op"]) for r in line["regels"]] == [(a.nummer, f"{OLD}")]
    assert (line["voorgesteld_door"]["achternaam"], line["bevestigd_door"]["achternaam"]) == ("Kring", "Specht")
    assert "Voorbeeld" not in file.read_text()


def test_what_a_backup_brings_back_goes_again_under_its_own_number_and_twice_is_harmless(
    closed_dossier, propose, confirm, people, tmp_path, capsys
):
    """The world as a backup of before had it: the same dossiers, and no certificate."""
    file, a, b = tmp_path / "vernietigd.jsonl", closed_dossier(OLD), closed_dossier(OLD)
    als_list = {"id": "11111111-1111-4111-8111-111111111111", "nummer": f"V{TODAY:%y}-0007",
                "kring_id": a.school.team.kring_id, "dossiers": [str(a.pk)], "regels": [],
                "aantallen": {"aanmelding": 1},
                "voorgesteld_op": "2026-01-02T10:00:00Z", "bevestigd_op": "2026-01-03T10:00:00Z"}  # fmt: skip
    for who, role in (("voorgesteld_door", Role.COORDINATOR), ("bevestigd_door", Role.OS)):
        u = people[role]
        als_list[who] = {"id": str(u.pk), "email": u.email, "voornaam": u.voornaam, "achternaam": u.achternaam,
                         "organisatie": "ppo"}  # fmt: skip
    als_list["bevestigd_door"] |= {"id": "22222222-2222-4222-8222-222222222222", "email": "later@ppo.test"}
    file.write_text(json.dumps(als_list) + "\n\n")
    for went in (1, 0):
        call_command("vernietig_opnieuw", str(file))
        assert capsys.readouterr().out.endswith(f"1 verklaringen nagelopen, {went} dossiers opnieuw vernietigd.\n")
        assert [*Aanmelding.objects.values_list("pk", flat=True)] == [b.pk]
    v = Vernietiging.objects.get()
    assert (v.nummer, f"{v.voorgesteld_op:%d-%m-%Y}", f"{v.bevestigd_op:%d-%m-%Y}") == (
        als_list["nummer"], "02-01-2026", "03-01-2026",
    )  # fmt: skip
    assert [r.nummer for r in Vernietigd.objects.filter(vernietiging=v)] == [a.nummer]
    assert User.objects.get(email="later@ppo.test").is_active is False
    assert keten.faults() == []
    assert len(lijst()) == 1
    walls = als_eigenaar("SELECT count(*) AS n FROM pg_trigger WHERE tgenabled = 'D'")
    assert walls == [{"n": 0}]  # they stand again
    assert confirm(propose(b)).nummer == f"V{TODAY:%y}-0008"


def test_a_list_that_is_older_than_the_backup_destroys_nothing(closed_dossier, propose, confirm, tmp_path):
    file, a, b = tmp_path / "vernietigd.jsonl", closed_dossier(OLD), closed_dossier(OLD)
    confirm(propose(a))
    call_command("vernietigd", str(file), verbosity=0)
    v = confirm(propose(b))
    with pytest.raises(CommandError, match=f"Verklaring {v.nummer} staat niet in deze lijst: die is ouder dan de"):
        call_command("vernietig_opnieuw", str(file))
