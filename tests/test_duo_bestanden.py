"""DUO changes the shape of its files: what can be read, and what is refused with one sentence."""

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from schools import duo
from schools.models import School
from schools.tabel import Fout

DATA = Path(__file__).parents[2] / "shared/data/duo"
ECHT = [*sorted(DATA.glob("0*.csv"))]
real = pytest.mark.skipif(len(ECHT) != 2, reason="De bestanden van DUO staan niet in ../shared/data/duo")
REGIO = ["LEIDEN", "LEIDERDORP", "OEGSTGEEST", "VOORSCHOTEN", "WASSENAAR", "ZOETERWOUDE", "KAAG EN BRAASSEM"]

SCHOLEN = "INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM"
BERG = "98AA;98AA01;Bergé;Dorpsstraat;2300 AA;LEIDEN;LEIDEN"
LEERLINGEN = "INSTELLINGSCODE;VESTIGINGSCODE;SOORT_VESTIGING;LEERLINGEN_2024;LEERLINGEN_2025"
TELLING = "98AA;98AA01;BO;100;<5"


@pytest.fixture
def write(tmp_path):
    def write(*regels, naam="scholen.csv", codering="utf-8"):
        (tmp_path / naam).write_bytes("\r\n".join(regels).encode(codering))
        return tmp_path / naam

    return write


def comma(regel):
    return ",".join(f'"{cel}"' for cel in regel.split(";"))


def reverse(regel):
    return ";".join(reversed(regel.split(";")))


RELEASES = {
    "semicolon, Windows-1252": ([SCHOLEN, BERG], "cp1252"),
    "semicolon, UTF-8": ([SCHOLEN, BERG], "utf-8"),
    "comma, quoted, UTF-8 with BOM, two digits": ([comma(SCHOLEN), comma(BERG.replace("98AA01", "01"))], "utf-8-sig"),
    "a zero lost on the way": ([SCHOLEN, BERG.replace("98AA01", "1")], "utf-8"),
    "the old names": ([SCHOLEN.replace("INSTELLINGSCODE", "BRIN NUMMER").replace("GSCODE", "GSNUMMER"), BERG], "utf-8"),
    "other order, small letters, blanks": ([reverse(SCHOLEN).lower(), "", reverse(BERG).replace(";", " ; ")], "utf-8"),
}


@pytest.mark.parametrize("release", RELEASES)
def test_every_release_of_the_schools_is_read_the_same(write, release):
    regels, codering = RELEASES[release]
    (vestiging,), fouten = duo.lees_scholen(write(*regels, codering=codering))
    assert fouten == []
    assert vestiging.brin6 == "98AA01"
    assert vestiging.waarden == {
        "naam": "Bergé", "straat": "Dorpsstraat", "postcode": "2300 AA", "plaats": "Leiden", "gemeente": "Leiden"
    }  # fmt: skip


def test_leerlingen_are_read_with_a_column_a_year(write):
    pad = write(LEERLINGEN, TELLING, "98BB;98BB00;SBO;60;61", "98CC;98CC00;BO; ;0", codering="utf-8-sig")
    assert duo.lees_leerlingen(pad) == (
        [duo.Leerlingen("98AA01", {2024: 100, 2025: None}), duo.Leerlingen("98CC00", {2025: 0})], [], 1,
    )  # fmt: skip


def test_leerlingen_are_read_with_a_row_a_year(write):
    pad = write(
        "INSTELLINGSCODE,VESTIGINGSCODE,TYPE_PO,PEILJAAR,AANTAL_LEERLINGEN",
        "98AA,01,BO,2024,100", "98AA,01,BO,2025,< 5", "98AA,01,SBO,2025,6", "98AA,01,BO,25,7", "98AA,01,BO,2026,999999",
    )  # fmt: skip
    leerlingen, fouten, ander_onderwijs = duo.lees_leerlingen(pad)
    assert leerlingen == [duo.Leerlingen("98AA01", {2024: 100}), duo.Leerlingen("98AA01", {2025: None})]
    assert ander_onderwijs == 1
    assert [(fout.regel, str(fout)) for fout in fouten] == [
        (5, "PEILJAAR van 98AA01 is '25', en dat is geen jaar"),
        (6, "AANTAL_LEERLINGEN van 98AA01 is '999999', en dat is geen aantal leerlingen"),
    ]


def test_a_lone_quote_spoils_its_own_row_only(write):
    vestigingen, fouten = duo.lees_scholen(write(SCHOLEN, BERG.replace("Bergé", '"Berg'), BERG.replace("01", "02")))
    assert [vestiging.brin6 for vestiging in vestigingen] == ["98AA02"]
    assert [(fout.regel, str(fout)) for fout in fouten] == [(2, "er zijn 3 kolommen, en in de kopregel 7")]


@pytest.mark.parametrize("codes", ["9BB 00", "98BB 98CC00", "98BB ", "98BB 100", "98B1 00"])
def test_two_codes_that_make_no_brin_are_a_bad_row(codes):
    brin, vestiging = codes.split(" ")
    with pytest.raises(Fout, match=f"'{brin}' en '{vestiging}' zijn samen geen BRIN met vestigingsnummer"):
        duo.brin6({"INSTELLINGSCODE": brin, "VESTIGINGSCODE": vestiging})


@pytest.mark.parametrize("plaats", ["Oegstgeest", "Kaag en Braassem", "'s-Gravendeel", "Alphen aan den Rijn", "De Lier",
                                    "Capelle aan den IJssel", "Stad aan 't Haringvliet", "Katwijk ZH"])  # fmt: skip
def test_names_in_capitals_become_readable(plaats):
    assert duo.plaatsnaam(plaats.upper()) == plaats
    assert duo.plaatsnaam(plaats) == plaats


def zipped():
    with zipfile.ZipFile(out := io.BytesIO(), "w") as file:
        file.writestr("scholen.csv", SCHOLEN)
    return out.getvalue()


NIET = "{} is niet het bestand van DUO met de schoolvestigingen; deze kolommen ontbreken: "
KOLOMMEN = "GEMEENTENAAM, PLAATSNAAM, POSTCODE, STRAATNAAM, VESTIGINGSCODE, VESTIGINGSNAAM."
REFUSALS = {
    "nothing": (b"", "Het bestand {} is leeg."),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", NIET + KOLOMMEN),
    "a zip": (zipped(), "{} is geen csv-bestand."),
    "something that is no text": (b"\x81\x8d\x8f", "{} is geen csv-bestand."),
    "another csv": (b"naam;postcode\nIk;2300 AA", NIET + KOLOMMEN.replace("POSTCODE, ", "")),
    "a first line as long as a book": (b"x" * 200_000, NIET + KOLOMMEN),
    "only column names": (SCHOLEN.encode(), "In {} staat onder de kopregel geen enkele bruikbare regel."),
    "only bad rows": (f"{SCHOLEN}\n1;2".encode(), "In {} staat onder de kopregel geen enkele bruikbare regel. "
                      "Regel 2: er zijn 2 kolommen, en in de kopregel 7."),
    "the other file": (f"{LEERLINGEN}\n{TELLING}".encode(), "{} gaat over de leerlingen en niet over de "
                       "schoolvestigingen; noem eerst het bestand met de scholen, dan dat met de leerlingen."),
}  # fmt: skip


def refused(scholen, leerlingen, gemeente=("LEIDEN",)):
    with pytest.raises(CommandError) as refusal:
        call_command("importeer_duo", scholen, leerlingen, gemeente=gemeente)
    assert not School.objects.exists()
    return str(refusal.value)


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_no_file_of_duo_is_refused_with_one_sentence(db, write, tmp_path, what):
    inhoud, zin = REFUSALS[what]
    (fout := tmp_path / "fout.csv").write_bytes(inhoud)
    assert refused(fout, write(LEERLINGEN, TELLING, naam="leerlingen.csv")) == zin.format(fout)


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(db, write, tmp_path):
    scholen = write(SCHOLEN, BERG)
    assert refused(tmp_path / "weg.csv", scholen) == f"Het bestand {tmp_path / 'weg.csv'} bestaat niet."
    assert refused(tmp_path, scholen) == f"{tmp_path} is een map en geen bestand."
    assert refused(scholen, tmp_path / "weg.csv") == f"Het bestand {tmp_path / 'weg.csv'} bestaat niet."
    assert refused(scholen / "x", scholen) == f"Het bestand {scholen / 'x'} kan niet worden geopend."


def test_the_second_file_must_be_the_leerlingen_of_basisscholen(db, write):
    scholen = write(SCHOLEN, BERG)
    assert refused(scholen, scholen) == (
        f"{scholen} gaat over de schoolvestigingen en niet over de leerlingen; "
        "noem eerst het bestand met de scholen, dan dat met de leerlingen."
    )
    sbo = write(LEERLINGEN, TELLING.replace("BO", "SBO"), naam="sbo.csv")
    assert refused(scholen, sbo) == f"In {sbo} staat geen enkel leerlingaantal van een basisschool (BO)."


def test_a_gemeente_must_be_named_and_have_a_school(db, write):
    files = write(SCHOLEN, BERG), write(LEERLINGEN, TELLING, naam="leerlingen.csv")
    assert refused(*files, gemeente=None) == (
        "Noem de gemeenten, bijvoorbeeld: --gemeente LEIDEN --gemeente LEIDERDORP."
    )
    assert refused(*files, gemeente=["leiden", "Leidn"]) == (
        f"In {files[0]} staat geen school in de gemeente Leidn. Kijk de naam na."
    )


def test_a_refusal_is_one_line_on_stderr_and_exit_status_1():
    command = [sys.executable, "manage.py", "importeer_duo", "weg.csv", "ook-weg.csv", "--gemeente", "LEIDEN"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "CommandError: Het bestand weg.csv bestaat niet.\n"


@real
def test_the_region_of_leiden_has_70_basisscholen_with_19696_leerlingen(db, capsys):
    call_command("importeer_duo", *ECHT, gemeente=REGIO)
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "Scholen: 70 nieuw, 0 gewijzigd, 0 gesloten, 0 heropend. Schoolbesturen: 26 nieuw.",
        "Leerlingaantallen: 2100 nieuw, 0 gewijzigd. Scholen zonder aantal of met minder dan 5 in 2025: 0.",
        "Overgeslagen regels: 0 met een fout, 1042 met een school in een andere gemeente, "
        "316 met leerlingen van SBO, SO of VSO, 1177 van een andere school.",
        "70 basisscholen met 19.696 leerlingen op 1-10-2025.",
    ]
    call_command("importeer_duo", *ECHT, gemeente=REGIO)
    assert capsys.readouterr().out.splitlines()[0].startswith("Scholen: 0 nieuw, 0 gewijzigd, 0 gesloten, 0 heropend.")


@real
def test_the_province_goes_in_within_seconds(db, capsys):
    gemeenten = {vestiging.waarden["gemeente"] for vestiging in duo.lees_scholen(ECHT[0])[0]}
    start = time.monotonic()
    call_command("importeer_duo", *ECHT, gemeente=[*gemeenten])
    assert time.monotonic() - start < 10
    assert capsys.readouterr().out.endswith("\n1.112 basisscholen met 260.848 leerlingen op 1-10-2025.\n")
