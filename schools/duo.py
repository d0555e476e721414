"""Reading DUO's two files, schoolvestigingen and leerlingen. DUO changes them, so columns are found by name."""

import re
import unicodedata
from dataclasses import dataclass

from schools.tabel import Fout, Onbruikbaar, lees

VELDEN = {  # field of School -> column
    "naam": "VESTIGINGSNAAM",
    "bestuur": "BEVOEGD GEZAG NUMMER",
    "straat": "STRAATNAAM",
    "huisnummer": "HUISNUMMER-TOEVOEGING",
    "postcode": "POSTCODE",
    "plaats": "PLAATSNAAM",
    "gemeente": "GEMEENTENAAM",
    "denominatie": "DENOMINATIE",
    "telefoon": "TELEFOONNUMMER",
    "website": "INTERNETADRES",
    "vakantieregio": "VAKANTIEREGIO",
}
ANDERE_NAMEN = {  # in other releases
    "BRIN NUMMER": "INSTELLINGSCODE",
    "VESTIGINGSNUMMER": "VESTIGINGSCODE",
    "TYPE PO": "SOORT VESTIGING",
}
SCHOLEN, LEERLINGEN = "de schoolvestigingen", "de leerlingen"
VERPLICHT = ("naam", "straat", "postcode", "plaats", "gemeente")
PER_JAAR = re.compile(r"LEERLINGEN ([0-9]{4})")
TELLING = ("PEILJAAR", "AANTAL LEERLINGEN")
KLEINE_WOORDEN = {"aan", "ad", "bij", "ca", "de", "den", "en", "het", "in", "op", "over", "van"}
PROVINCIES = {"DR", "FL", "FR", "GLD", "GN", "LB", "NB", "NH", "OV", "UT", "ZH", "ZL"}  # Katwijk ZH


@dataclass(frozen=True)
class Vestiging:
    regel: int
    brin6: str
    waarden: dict  # field of School -> text; a column that is not in the file is not in here


@dataclass(frozen=True)
class Leerlingen:
    brin6: str
    aantallen: dict  # year -> number; None is fewer than 5


def lees_scholen(pad):
    """(Vestigingen, Fouten)"""
    gezien = {}

    def vestiging(regel, rij):
        waarden = {veld: rij[kolom] for veld, kolom in VELDEN.items() if kolom in rij}
        waarden |= {veld: plaatsnaam(waarden[veld]) for veld in ("plaats", "gemeente")}
        code = brin6(rij, waarden["gemeente"])
        if code in gezien:
            raise Fout(f"{code} staat ook op regel {gezien[code]}", code)
        for veld in ("naam", "gemeente"):
            if not waarden[veld]:
                raise Fout(f"{VELDEN[veld]} van {code} is leeg", code)
        if not re.fullmatch("[0-9]{0,10}", waarden.get("bestuur", "")):
            raise Fout(f"{VELDEN['bestuur']} van {code} is '{waarden['bestuur']}', en dat is geen nummer", code)
        gezien[code] = regel
        return Vestiging(regel, code, waarden)

    return lees(pad, kolomnaam, alleen(SCHOLEN), vestiging)


def lees_leerlingen(pad):
    """(Leerlingen of basisscholen, Fouten, number of rows about another kind of school)"""
    gezien = {}

    def leerlingen(regel, rij):
        if rij["SOORT VESTIGING"].upper() != "BO":
            return None
        code = brin6(rij)
        paren = [(m[1], k) for k in rij if (m := PER_JAAR.fullmatch(k))] or [(rij[TELLING[0]], TELLING[1])]
        aantallen = {jaar(j, code): aantal(rij[kolom], kolom, code) for j, kolom in paren if rij[kolom]}
        if dubbel := [j for j in aantallen if (code, j) in gezien]:
            raise Fout(f"{code} staat voor {dubbel[0]} ook op regel {gezien[code, dubbel[0]]}", code)
        gezien.update({(code, j): regel for j in aantallen})
        return Leerlingen(code, aantallen)

    rijen, fouten = lees(pad, kolomnaam, alleen(LEERLINGEN), leerlingen)
    basis = [rij for rij in rijen if rij]
    if not any(rij.aantallen for rij in basis):
        raise Onbruikbaar(f"In {pad} staat geen enkel leerlingaantal van een basisschool (BO).")
    return basis, fouten, len(rijen) - len(basis)


def brin6(rij, gemeente=""):
    """32JK00, whether VESTIGINGSCODE says 32JK00 or only 00, next to INSTELLINGSCODE 32JK."""
    brin, code = rij.get("INSTELLINGSCODE", "").upper(), rij["VESTIGINGSCODE"].upper()
    if re.fullmatch("[0-9]{1,2}", code):
        code = brin + code.zfill(2)
    if not re.fullmatch("[0-9]{2}[A-Z]{2}[0-9]{2}", code) or not code.startswith(brin):
        raise Fout(f"'{brin}' en '{rij['VESTIGINGSCODE']}' zijn samen geen BRIN met vestigingsnummer", "", gemeente)
    return code


def jaar(tekst, code):
    if not re.fullmatch("(19|20)[0-9]{2}", tekst):
        raise Fout(f"PEILJAAR van {code} is '{tekst}', en dat is geen jaar", code)
    return int(tekst)


def aantal(tekst, kolom, code):
    """A number; None for "<5": fewer than 5, DUO does not say how many."""
    if tekst.replace(" ", "") == "<5":
        return None
    if not re.fullmatch("[0-9]{1,5}", tekst):
        raise Fout(f"{kolom.replace(' ', '_')} van {code} is '{tekst}', en dat is geen aantal leerlingen", code)
    return int(tekst)


def plaatsnaam(tekst):
    """KAAG EN BRAASSEM becomes Kaag en Braassem; what is not all capitals stays as it is."""

    def woord(gevonden):
        groot, klein = gevonden[0], gevonden[0].lower()
        if groot.startswith("'") or (gevonden.start() and klein in KLEINE_WOORDEN):
            return klein
        if gevonden.start() and groot in PROVINCIES:
            return groot
        return "IJ" + klein[2:] if groot.startswith("IJ") else groot.capitalize()

    return re.sub(r"'?[^\W\d_]+", woord, tekst) if tekst.isupper() else tekst


def sleutel(gemeente):
    """Only the letters, so that 's-Gravenhage is also found as S GRAVENHAGE."""
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", gemeente).lower())


def kolomnaam(naam):
    naam = naam.upper().replace("_", " ")
    return ANDERE_NAMEN.get(naam, naam)


def alleen(wat):
    """A check that lets only the file about `wat` pass."""

    def controleer(pad, kop):
        per_jaar = any(map(PER_JAAR.fullmatch, kop))
        mist = {
            SCHOLEN: {"VESTIGINGSCODE", *(VELDEN[v] for v in VERPLICHT)} - kop,
            LEERLINGEN: {"VESTIGINGSCODE", "SOORT VESTIGING", *([] if per_jaar else TELLING)} - kop,
        }
        if not mist[wat]:
            return
        for ander in mist:
            if not mist[ander]:
                raise Onbruikbaar(
                    f"{pad} gaat over {ander} en niet over {wat}; noem eerst het bestand met de scholen, "
                    "dan dat met de leerlingen."
                )
        kolommen = ", ".join(sorted(mist[wat]))
        raise Onbruikbaar(f"{pad} is niet het bestand van DUO met {wat}; deze kolommen ontbreken: {kolommen}.")

    return controleer
