"""The register of schools comes from two files of DUO: importeer_duo. All schools here are invented."""

import datetime
import io

import pytest
from django.core.management import call_command

from schools.management.commands.importeer_duo import Command
from schools.models import Expertteam, Kring, Leerlingaantal, School, Schoolbestuur, vandaag

KOP = ("INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;POSTCODE;PLAATSNAAM;"
       "GEMEENTENAAM;TELEFOONNUMMER;BEVOEGD GEZAG NUMMER")  # fmt: skip
TELKOP = "INSTELLINGSCODE;VESTIGINGSCODE;SOORT_VESTIGING;LEERLINGEN_2024;LEERLINGEN_2025"
TELLING = "98AA;98AA00;BO;100;110"


def school(brin6="98AA00", naam="De Berg", gemeente="LEIDEN", telefoon=" ", bestuur="41234"):
    return f"{brin6[:4]};{brin6};{naam};Dorpsstraat;1-A;2300 AA;{gemeente};{gemeente};{telefoon};{bestuur}"


@pytest.fixture
def importeer(db, tmp_path):
    """Write the two files, import them, give the lines that were said."""

    def run(*scholen, leerlingen=(TELLING,), kop=KOP, telkop=TELKOP, codering="cp1252", gemeente=("LEIDEN",), **more):
        bestanden = tmp_path / "scholen.csv", tmp_path / "leerlingen.csv"
        for bestand, regels in zip(bestanden, ([kop, *scholen], [telkop, *leerlingen]), strict=True):
            bestand.write_bytes(("\r\n".join(regels) + "\r\n").encode(codering))
        call_command("importeer_duo", *bestanden, gemeente=list(gemeente), stdout=(out := io.StringIO()), **more)
        return out.getvalue().splitlines()

    return run


def test_a_first_import_makes_the_schools_and_says_what_it_did(importeer):
    assert importeer(
        school(naam="De Bergé"), school("98BB01", "Het Dal"), school("98CC00", gemeente="ZEIST"),
        leerlingen=[TELLING, "98BB;98BB01;BO; ;<5", "98DD;98DD00;SBO;60;61", "98CC;98CC00;BO;8;9"],
    ) == [
        "Nieuw: 98AA00 De Bergé, Leiden.",
        "Nieuw: 98BB01 Het Dal, Leiden.",
        "Scholen: 2 nieuw, 0 gewijzigd, 0 gesloten, 0 heropend. Schoolbesturen: 1 nieuw.",
        "Leerlingaantallen: 3 nieuw, 0 gewijzigd. Scholen zonder aantal of met minder dan 5 in 2025: 1.",
        "Overgeslagen regels: 0 met een fout, 1 met een school in een andere gemeente, "
        "1 met leerlingen van SBO, SO of VSO, 1 van een andere school.",
        "2 basisscholen met 110 leerlingen op 1-10-2025.",
    ]  # fmt: skip
    berg = School.objects.get(brin6="98AA00")
    assert (berg.naam, berg.straat, berg.huisnummer, berg.postcode) == ("De Bergé", "Dorpsstraat", "1-A", "2300 AA")
    assert (berg.plaats, berg.gemeente, berg.telefoon, berg.gesloten_op) == ("Leiden", "Leiden", "", None)
    assert berg.bestuur == Schoolbestuur.objects.get(nummer="41234", naam="")
    aantallen = Leerlingaantal.objects.order_by("school", "jaar").values_list("school__brin6", "jaar", "aantal")
    assert [*aantallen] == [("98AA00", 2024, 100), ("98AA00", 2025, 110), ("98BB01", 2025, None)]
    assert str(Leerlingaantal.objects.get(minder_dan_vijf=True)) == "minder dan 5"


def test_a_second_import_changes_nothing(importeer):
    importeer(school(), school("98BB00", telefoon="0715550000"))
    before = [*School.objects.order_by("pk").values()], [*Leerlingaantal.objects.order_by("pk").values()]
    assert importeer(school(), school("98BB00", telefoon="0715550000"))[:2] == [
        "Scholen: 0 nieuw, 0 gewijzigd, 0 gesloten, 0 heropend. Schoolbesturen: 0 nieuw.",
        "Leerlingaantallen: 0 nieuw, 0 gewijzigd. Scholen zonder aantal of met minder dan 5 in 2025: 1.",
    ]
    assert before == ([*School.objects.order_by("pk").values()], [*Leerlingaantal.objects.order_by("pk").values()])


def test_what_duo_changes_is_taken_over_and_named(importeer):
    importeer(school())
    team = Expertteam.objects.create(naam="Team Merel", kring=Kring.objects.create(naam="Noord"))
    School.objects.update(team=team)
    lines = importeer(school(naam="De Top", bestuur="49999"), leerlingen=["98AA;98AA00;BO;100;<5"])
    assert lines[:4] == [
        "Gewijzigd: 98AA00 De Top: naam was 'De Berg', wordt 'De Top', bestuur was '41234', wordt '49999'.",
        "Leerlingen van 98AA00 in 2025: was 110, wordt minder dan 5.",
        "Scholen: 0 nieuw, 1 gewijzigd, 0 gesloten, 0 heropend. Schoolbesturen: 1 nieuw.",
        "Leerlingaantallen: 0 nieuw, 1 gewijzigd. Scholen zonder aantal of met minder dan 5 in 2025: 1.",
    ]
    assert School.objects.values_list("naam", "bestuur__nummer", "team").get() == ("De Top", "49999", team.pk)


def test_what_a_person_typed_stays_and_is_named_at_every_import(importeer):
    importeer(school(telefoon="0715550000"))
    School.objects.update(naam="obs De Berg", telefoon="", bestuur=Schoolbestuur.objects.create(nummer="40000"))
    for naam in ("De Berg", "De Berg", "De Top"):  # also when DUO changes its mind meanwhile
        assert importeer(school(naam=naam, telefoon="0715550000"))[:4] == [
            f"naam van 98AA00 blijft 'obs De Berg' (ingevuld door een mens); DUO zegt '{naam}'.",
            "bestuur van 98AA00 blijft '40000' (ingevuld door een mens); DUO zegt '41234'.",
            "telefoon van 98AA00 blijft leeg (ingevuld door een mens); DUO zegt '0715550000'.",
            "Scholen: 0 nieuw, 0 gewijzigd, 0 gesloten, 0 heropend. Schoolbesturen: 0 nieuw.",
        ]
    assert School.objects.values_list("naam", "telefoon", "bestuur__nummer").get() == ("obs De Berg", "", "40000")


def test_a_field_follows_duo_again_once_duo_says_what_the_person_typed(importeer):
    importeer(school())
    School.objects.update(naam="De Top")
    assert importeer(school(naam="De Top"))[0].startswith("Scholen: 0 nieuw, 0 gewijzigd")
    assert importeer(school(naam="Alp"))[0] == "Gewijzigd: 98AA00 Alp: naam was 'De Top', wordt 'Alp'."


def test_a_column_that_a_release_lacks_empties_nothing(importeer):
    importeer(school(telefoon="0715550000"))
    korter = [";".join(regel.split(";")[:-2]) for regel in (KOP, school())]
    assert importeer(korter[1], kop=korter[0])[0].startswith("Scholen: 0 nieuw, 0 gewijzigd")
    assert School.objects.get().telefoon == "0715550000"


def test_a_school_that_disappears_is_closed_and_not_deleted_and_reopened_when_it_comes_back(importeer):
    importeer(school(), school("98BB00", "Het Dal"))
    lines = importeer(school())
    assert lines[:2] == ["Gesloten: 98BB00 Het Dal staat niet meer in het bestand.",
                         "Scholen: 0 nieuw, 0 gewijzigd, 1 gesloten, 0 heropend. Schoolbesturen: 0 nieuw."]  # fmt: skip
    assert lines[-1] == "1 basisschool met 110 leerlingen op 1-10-2025."
    assert School.objects.get(brin6="98BB00").gesloten_op == vandaag()
    assert importeer(school())[0].startswith("Scholen: 0 nieuw, 0 gewijzigd, 0 gesloten, 0 heropend")
    lines = importeer(school(), school("98BB00", "Het Dal"))
    assert lines[:2] == ["Heropend: 98BB00 Het Dal staat weer in het bestand.",
                         "Scholen: 0 nieuw, 0 gewijzigd, 0 gesloten, 1 heropend. Schoolbesturen: 0 nieuw."]  # fmt: skip
    assert School.objects.get(brin6="98BB00").gesloten_op is None


def test_a_person_who_closes_or_opens_a_school_has_the_last_word(importeer):
    importeer(school(), school("98BB00", "Het Dal"))
    School.objects.filter(brin6="98AA00").update(gesloten_op=datetime.date(2026, 8, 1))
    assert importeer(school())[0] == "98AA00 blijft gesloten (ingevuld door een mens); DUO zegt open."
    School.objects.filter(brin6="98BB00").update(gesloten_op=None)
    lines = importeer(school())
    assert lines[1] == "98BB00 Het Dal blijft open (ingevuld door een mens); DUO zegt gesloten."
    assert lines[2].startswith("Scholen: 0 nieuw, 0 gewijzigd, 0 gesloten, 0 heropend")
    assert School.objects.get(brin6="98AA00").gesloten_op == datetime.date(2026, 8, 1)
    assert School.objects.get(brin6="98BB00").gesloten_op is None


def test_only_what_disappeared_is_closed(importeer):
    School.objects.create(brin6="99ZZ00", naam="Nooit bij DUO", gemeente="Leiden")
    importeer(school(), school("98BB00"), school("98CC00", gemeente="ZEIST"), gemeente=["LEIDEN", "zeist"])
    lines = importeer(school(), school("98BB00", gemeente="ZEIST"))  # one moved, one of a gemeente that is not asked
    verhuisd = "plaats was 'Leiden', wordt 'Zeist', gemeente was 'Leiden', wordt 'Zeist'"
    assert lines[0] == f"Gewijzigd: 98BB00 De Berg: {verhuisd}."
    assert lines[-1] == "1 basisschool met 110 leerlingen op 1-10-2025."
    assert not School.objects.exclude(gesloten_op=None).exists()


def test_a_bad_row_is_reported_with_its_line_and_does_not_stop_the_rest(importeer):
    lines = importeer(
        school(), school("98BB00", naam=" "), school("9BB00"), school("98CC00") + ";x", "98DD;98DD00;Te kort",
        school("98EE00", naam="x" * 201), school(naam="Nog eens"), school("98FF00", bestuur="41 234"), school("98GG00"),
        leerlingen=["98GG;98GG00;BO;5;6", "98AA;98AA00;BO;100;veel", "98GG;98GG00;BO;7;8", "98GG;98GG00;BO;7"],
    )  # fmt: skip
    assert lines[:10] == [
        "Regel 3 van scholen.csv overgeslagen: VESTIGINGSNAAM van 98BB00 is leeg.",
        "Regel 4 van scholen.csv overgeslagen: '9BB0' en '9BB00' zijn samen geen BRIN met vestigingsnummer.",
        "Regel 5 van scholen.csv overgeslagen: er zijn 11 kolommen, en in de kopregel 10.",
        "Regel 6 van scholen.csv overgeslagen: er zijn 3 kolommen, en in de kopregel 10.",
        "Regel 8 van scholen.csv overgeslagen: 98AA00 staat ook op regel 2.",
        "Regel 9 van scholen.csv overgeslagen: BEVOEGD GEZAG NUMMER van 98FF00 is '41 234', en dat is geen nummer.",
        "Regel 3 van leerlingen.csv overgeslagen: LEERLINGEN_2025 van 98AA00 is 'veel', en dat is geen aantal "
        "leerlingen.",
        "Regel 4 van leerlingen.csv overgeslagen: 98GG00 staat voor 2024 ook op regel 2.",
        "Regel 5 van leerlingen.csv overgeslagen: er zijn 4 kolommen, en in de kopregel 5.",
        "Nieuw: 98AA00 De Berg, Leiden.",
    ]
    assert lines[10].startswith("Regel 7 van scholen.csv overgeslagen: naam: ")
    assert lines[-2].startswith("Overgeslagen regels: 10 met een fout, ")
    assert lines[-1] == "2 basisscholen met 6 leerlingen op 1-10-2025."


def test_nothing_is_closed_that_may_be_in_a_bad_row(importeer):
    importeer(school(), school("98BB00", "Het Dal"))
    assert "98BB00" in importeer(school(), school("98BB00", naam=" "))[0]  # there, be it without a name
    lines = importeer(school(), "98BB;98BB00;Het D")  # cut off: nobody can say whose row this is
    assert lines[1] == "98BB00 Het Dal blijft open: niet gevonden, maar misschien is dat regel 3."
    assert not School.objects.exclude(gesloten_op=None).exists()
    importeer(school(), school("98B", gemeente="ZEIST"))  # a bad row, but not of Leiden
    assert School.objects.get(brin6="98BB00").gesloten_op == vandaag()


def test_a_proef_says_what_would_happen_and_changes_nothing(importeer):
    importeer(school(), school("98BB00", "Het Dal"))
    before = [*School.objects.order_by("pk").values()], [*Leerlingaantal.objects.order_by("pk").values()]
    lines = importeer(school(naam="De Top"), school("98CC00"), leerlingen=["98AA;98AA00;BO;100;111"], proef=True)
    assert lines[:5] == [
        "Dit is een proef. Er verandert niets; zonder --proef gebeurt dit:",
        "Gewijzigd: 98AA00 De Top: naam was 'De Berg', wordt 'De Top'.",
        "Nieuw: 98CC00 De Berg, Leiden.",
        "Gesloten: 98BB00 Het Dal staat niet meer in het bestand.",
        "Leerlingen van 98AA00 in 2025: was 110, wordt 111.",
    ]
    assert lines[-1] == "Proef, er is niets veranderd: 2 basisscholen met 111 leerlingen op 1-10-2025."
    assert before == ([*School.objects.order_by("pk").values()], [*Leerlingaantal.objects.order_by("pk").values()])


def test_an_import_that_breaks_off_leaves_nothing_behind(importeer, monkeypatch):
    monkeypatch.setattr(Command, "slot", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importeer(school())
    assert not School.objects.exists()
