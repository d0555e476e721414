"""The main job on the real schools of a region: from DUO's files to hours on the kringoverzicht."""

from pathlib import Path

import pytest
from django.core.management import call_command

from schools.models import Expertteam, Kring, Leerlingaantal, Rol, School
from tests.people import TODAY, person
from tests.scenarios.conftest import COMPLEXE_VRAAG, CONTACT

DUO = sorted((Path(__file__).parents[3] / "shared" / "data" / "duo").glob("*.csv"))
GEMEENTEN = ["LEIDEN", "LEIDERDORP", "OEGSTGEEST", "VOORSCHOTEN", "WASSENAAR", "ZOETERWOUDE", "KAAG EN BRAASSEM"]
pytestmark = pytest.mark.skipif(len(DUO) != 2, reason="the files of DUO do not lie beside this checkout")


@pytest.fixture
def oegstgeest(db):
    """One team for the schools of Oegstgeest, in a kring of its own."""
    call_command("importeer_duo", *map(str, DUO), gemeente=GEMEENTEN, verbosity=0)
    team = Expertteam.objects.create(naam="Team Oegstgeest", kring=Kring.objects.create(naam="Oegstgeest"))
    School.objects.filter(gemeente__iexact="Oegstgeest").update(team=team)
    return team


def test_an_ib_er_of_a_real_school_is_helped_by_her_team(oegstgeest, browser, newest):
    assert School.objects.count() == 70
    assert sum(n.aantal or 0 for n in Leerlingaantal.objects.filter(jaar=2025)) == 19696
    school = oegstgeest.scholen.order_by("brin6").first()
    ib = browser(person("iris@school.test", "Iris", "Verzonnen", (Rol.IB, {"school": school})))
    os = browser(person("odette@ppo.test", "Odette", "Bedacht", (Rol.OS, {"team": oegstgeest}), organisatie="ppo"))
    ab = browser(person("arno@aed.test", "Arno", "Fictief", (Rol.AB, {"team": oegstgeest}), organisatie="aed"))
    coordinator = browser(person("cora@ppo.test", "Cora", "Denkbeeld", (Rol.COORDINATOR, {}), organisatie="ppo"))

    ib.files(**COMPLEXE_VRAAG)
    vraag = newest()
    assert [row[1] for row in os.see("werklijst").rows[1:]] == [school.naam]
    ab.press(vraag, "oppakken_ab", **CONTACT)
    traject = vraag.trajecten.get()
    ab.press(traject, "overleg", kort_overleg_op=TODAY, kort_overleg_met=os.user.pk, voortraject="False")
    ab.press(traject, "starten")
    ab.press(traject, "bezoek", soort="observatie", minuten_0="90")

    page = coordinator.see("kringen")
    assert [row[:2] for row in page.rows if row[1] == "1,5"] == [[school.naam, "1,5"], ["Samen", "1,5"]]
    assert page.title == "Kring Oegstgeest"
    assert "Kanariebos" not in page.text
