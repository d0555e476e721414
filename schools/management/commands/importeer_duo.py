"""Take over DUO's register of basisscholen and their leerlingen. What a person typed stays, and is named."""

from collections import Counter
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Count, Sum

from schools import duo
from schools.models import Leerlingaantal, School, Schoolbestuur, vandaag
from schools.tabel import Onbruikbaar

GESLOTEN = "gesloten_op"  # in School.duo: the day on which an import, not a person, closed the school


class Command(BaseCommand):
    help = "Neem scholen en leerlingaantallen over uit de open data van DUO. Dat mag zo vaak als je wilt."

    def add_arguments(self, parser):
        parser.add_argument("scholen", metavar="SCHOLEN", help="het bestand van DUO met de schoolvestigingen")
        parser.add_argument("leerlingen", metavar="LEERLINGEN", help="het bestand van DUO met de leerlingen")
        parser.add_argument("--gemeente", action="append", metavar="NAAM", help="lees deze gemeente; mag vaker")
        parser.add_argument("--proef", action="store_true", help="zeg wat er zou gebeuren, en verander niets")

    def handle(self, *, scholen, leerlingen, gemeente, proef, **options):
        if not gemeente:
            raise CommandError("Noem de gemeenten, bijvoorbeeld: --gemeente LEIDEN --gemeente LEIDERDORP.")
        try:
            vestigingen, fouten = duo.lees_scholen(scholen)
            tellingen, meer_fouten, ander_onderwijs = duo.lees_leerlingen(leerlingen)
        except Onbruikbaar as waarom:
            raise CommandError(str(waarom)) from None
        self.gemeenten = {duo.sleutel(naam) for naam in gemeente}
        gevonden = {duo.sleutel(v.waarden["gemeente"]) for v in vestigingen}
        if onbekend := [naam for naam in gemeente if duo.sleutel(naam) not in gevonden]:
            raise CommandError(f"In {scholen} staat geen school in de gemeente {', '.join(onbekend)}. Kijk de naam na.")

        self.tel = Counter(ander_onderwijs=ander_onderwijs)
        if proef:
            self.stdout.write("Dit is een proef. Er verandert niets; zonder --proef gebeurt dit:")
        for pad, lijst in (scholen, fouten), (leerlingen, meer_fouten):
            for fout in lijst:
                self.meld("fout", f"Regel {fout.regel} van {Path(pad).name} overgeslagen: {fout}.")
        with transaction.atomic():
            with connection.cursor() as cursor:  # reading goes on, but nobody changes a school in between
                cursor.execute("LOCK TABLE schools_school IN SHARE ROW EXCLUSIVE MODE")
            self.scholen(vestigingen, fouten, Path(scholen).name)
            register = {s.brin6: s for s in School.objects.all() if self.onze(s.duo.get("gemeente", ""))}
            self.leerlingen(tellingen, register)
            self.slot(register.values(), max(jaar for telling in tellingen for jaar in telling.aantallen), proef)
            transaction.set_rollback(proef)

    def meld(self, soort, tekst):
        self.tel[soort] += 1
        self.stdout.write(tekst)

    def onze(self, gemeente):
        return duo.sleutel(gemeente) in self.gemeenten

    def scholen(self, vestigingen, fouten, bestand):
        """Save what is new or changed; close what is no longer in the file."""
        register = {school.brin6: school for school in School.objects.select_related("bestuur")}
        eerder = {brin6 for brin6, school in register.items() if self.onze(school.duo.get("gemeente", ""))}
        # A school that DUO moves to another gemeente is not gone: it is read once more, with its new address
        binnen = [v for v in vestigingen if v.brin6 in eerder or self.onze(v.waarden["gemeente"])]
        self.tel["elders"] = len(vestigingen) - len(binnen)
        besturen = self.besturen({v.waarden.get("bestuur") for v in binnen} - {"", None})
        opslaan = []
        for vestiging in binnen:
            school = register.get(vestiging.brin6) or School(brin6=vestiging.brin6)
            vorige = dict(school.duo)
            verschil = self.neem_over(school, vestiging.waarden, besturen)
            try:
                school.clean_fields(exclude={"bestuur", "team"})
            except ValidationError as waarom:
                redenen = "; ".join(f"{veld}: {' '.join(teksten)}" for veld, teksten in waarom.message_dict.items())
                self.meld("fout", f"Regel {vestiging.regel} van {bestand} overgeslagen: {redenen}")
                continue
            if not school.pk:
                self.meld("nieuw", f"Nieuw: {school.brin6} {school.naam}, {school.plaats}.")
            elif verschil:
                self.meld("gewijzigd", f"Gewijzigd: {school.brin6} {school.naam}: {', '.join(verschil)}.")
            self.heropen(school)
            if verschil or school.duo != vorige:
                opslaan.append(school)
        genoemd = {rij.brin6 for rij in [*vestigingen, *fouten]}
        opslaan += self.sluit([register[brin6] for brin6 in sorted(eerder - genoemd)], fouten)
        School.objects.bulk_create(
            opslaan, update_conflicts=True, unique_fields=["brin6"], update_fields=[*duo.VELDEN, "gesloten_op", "duo"]
        )

    def besturen(self, nummers):
        bekend = Schoolbestuur.objects.in_bulk(nummers, field_name="nummer")
        nieuw = Schoolbestuur.objects.bulk_create(Schoolbestuur(nummer=n) for n in sorted(nummers - bekend.keys()))
        self.tel["bestuur"] = len(nieuw)
        return bekend | {bestuur.nummer: bestuur for bestuur in nieuw}

    def neem_over(self, school, gelezen, besturen):
        """Field by field. What is not what DUO said last time was typed by a person: it stays, and we say so."""
        verschil = []
        for veld, nieuw in gelezen.items():
            nu = getattr(school, veld) or ""
            if veld == "bestuur" and nu:
                nu = nu.nummer
            if nu == nieuw:
                continue
            label = School._meta.get_field(veld).verbose_name
            if nu != school.duo.get(veld, ""):
                mens = f"{label} van {school.brin6} blijft {leesbaar(nu)} (ingevuld door een mens)"
                self.meld("blijft", f"{mens}; DUO zegt {leesbaar(nieuw)}.")
                continue
            setattr(school, veld, besturen.get(nieuw) if veld == "bestuur" else nieuw)
            verschil.append(f"{label} was {leesbaar(nu)}, wordt {leesbaar(nieuw)}")
        school.duo = school.duo | gelezen
        return verschil

    def heropen(self, school):
        """The school is in the file (again). Only an import undoes what an import did."""
        gesloten_door_ons = school.duo.pop(GESLOTEN, None)
        if school.gesloten_op and school.gesloten_op.isoformat() == gesloten_door_ons:
            school.gesloten_op = None
            self.meld("heropend", f"Heropend: {school.brin6} {school.naam} staat weer in het bestand.")
        elif school.gesloten_op:
            self.meld("blijft", f"{school.brin6} blijft gesloten (ingevuld door een mens); DUO zegt open.")

    def sluit(self, verdwenen, fouten):
        """Close what is gone, unless a row that cannot be read may be that very school."""
        onleesbaar = {duo.sleutel(fout.gemeente): fout.regel for fout in fouten if not fout.brin6}
        for school in verdwenen:
            regel = onleesbaar.get("") or onleesbaar.get(duo.sleutel(school.duo["gemeente"]))
            wie = f"{school.brin6} {school.naam}"
            if school.gesloten_op:
                continue
            if GESLOTEN in school.duo:
                self.meld("blijft", f"{wie} blijft open (ingevuld door een mens); DUO zegt gesloten.")
            elif regel:
                self.meld("blijft", f"{wie} blijft open: niet gevonden, maar misschien is dat regel {regel}.")
            else:
                school.gesloten_op = vandaag()
                school.duo[GESLOTEN] = school.gesloten_op.isoformat()
                self.meld("gesloten", f"Gesloten: {wie} staat niet meer in het bestand.")
                yield school

    def leerlingen(self, tellingen, register):
        bekend = {(t.school_id, t.jaar): t for t in Leerlingaantal.objects.filter(school__in=register.values())}
        opslaan = []
        for telling in tellingen:
            if not (school := register.get(telling.brin6)):
                self.tel["andere_school"] += 1
                continue
            for jaar, aantal in telling.aantallen.items():
                nieuw = Leerlingaantal(school=school, jaar=jaar, aantal=aantal, minder_dan_vijf=aantal is None)
                if not (oud := bekend.get((school.pk, jaar))):
                    self.tel["nieuw_aantal"] += 1
                elif oud.aantal != aantal:
                    self.meld("ander_aantal", f"Leerlingen van {school.brin6} in {jaar}: was {oud}, wordt {nieuw}.")
                else:
                    continue
                opslaan.append(nieuw)
        Leerlingaantal.objects.bulk_create(
            opslaan,
            update_conflicts=True,
            unique_fields=["school", "jaar"],
            update_fields=["aantal", "minder_dan_vijf"],
        )

    def slot(self, register, jaar, proef):
        """What happened, in numbers. The last line says what is in the register now."""
        scholen = [school for school in register if not school.gesloten_op]
        aantallen = Leerlingaantal.objects.filter(school__in=scholen, jaar=jaar)
        samen = aantallen.aggregate(leerlingen=Sum("aantal", default=0), scholen=Count("aantal"))
        zin = getal(len(scholen), "basisschool", "basisscholen") + " met "
        zin += getal(samen["leerlingen"], "leerling", "leerlingen") + f" op 1-10-{jaar}."
        t = self.tel
        self.stdout.write(
            f"Scholen: {t['nieuw']} nieuw, {t['gewijzigd']} gewijzigd, {t['gesloten']} gesloten, "
            f"{t['heropend']} heropend. Schoolbesturen: {t['bestuur']} nieuw.\n"
            f"Leerlingaantallen: {t['nieuw_aantal']} nieuw, {t['ander_aantal']} gewijzigd. "
            f"Scholen zonder aantal of met minder dan 5 in {jaar}: {len(scholen) - samen['scholen']}.\n"
            f"Overgeslagen regels: {t['fout']} met een fout, {t['elders']} met een school in een andere gemeente, "
            f"{t['ander_onderwijs']} met leerlingen van SBO, SO of VSO, {t['andere_school']} van een andere school.\n"
            f"{'Proef, er is niets veranderd: ' if proef else ''}{zin}"
        )


def leesbaar(waarde):
    return f"'{waarde}'" if waarde else "leeg"


def getal(aantal, een, meer):
    return f"{aantal:,} ".replace(",", ".") + (een if aantal == 1 else meer)
