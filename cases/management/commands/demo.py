"""Fill the demo: two kringen, three expertteams, twelve schools, personas of every role, and work in every state.

All of it through `take()`, so the demo cannot be what the werkwijze forbids. Every name is invented.
"""

import datetime
from itertools import cycle
from types import SimpleNamespace

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from cases.management.demo_eerder import before
from cases.management.demo_kring import together
from cases.management.demo_rond import around
from cases.management.demo_uren import divide
from cases.management.demo_werk import tell
from expertteam.actor import acting_as
from schools.models import (
    Aanstelling,
    Expertteam,
    Kring,
    Leerlingaantal,
    Rol,
    School,
    Schoolbestuur,
    User,
    stel_aan,
    vandaag,
)

TEAMS = {
    "Merenwijk": {
        "Team Reiger": ["De Wilg", "Het Anker", "De Regenboog", "De Vlinder"],
        "Team Fuut": ["De Zevensprong", "De Kolibrie", "Het Kompas", "De Tuimelaar"],
    },
    "Duinrand": {"Team Tapuit": ["De Duinroos", "Het Schelpenpad", "De Zandloper"]},
}
ZONDER_TEAM = "De Nieuwe Vaart"
PERSONAS = {  # rol: (voornaam, achternaam, place)
    Rol.IB: [
        ("Noor", "Jansen", "De Wilg"), ("Sam", "Bakker", "Het Anker"), ("Jip", "de Boer", "De Regenboog"),
        ("Mila", "Vos", "De Vlinder"), ("Daan", "Mulder", "De Zevensprong"), ("Saar", "Peters", "De Kolibrie"),
        ("Bram", "Hendriks", "De Duinroos"), ("Lotte", "Kuipers", "De Nieuwe Vaart"),
    ],
    Rol.OS: [("Olga", "Specht", "Team Reiger"), ("Otto", "Meeuw", "Team Fuut"), ("Oda", "Zwaluw", "Team Tapuit")],
    Rol.AB: [
        ("Rosa", "Visser", "Team Reiger"), ("Abel", "Smit", "Team Reiger"), ("Bente", "de Graaf", "Team Fuut"),
        ("Arie", "Postma", "Team Tapuit"),
    ],
    Rol.SBO: [("Vera", "Vlieger", "Team Reiger")],
    Rol.GW: [("Gijs", "Wetering", None)],
    Rol.COORDINATOR: [("Coen", "van Dam", None)],
    Rol.COORDINATOR_AED: [("Aukje", "Dekker", None)],
}  # fmt: skip
BEP = {"voornaam": "Bep", "achternaam": "Sleutel", "organisatie": "ppo", "password": "!"}  # the beheerder
ORGANISATIE = {Rol.IB: "school", Rol.AB: "aed", Rol.GW: "aed", Rol.COORDINATOR_AED: "aed", Rol.SBO: "vlieger"}


class Command(BaseCommand):
    help = "Vul de demo, als hij nog leeg is."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("De demo bestaat alleen als DEBUG aan staat.")
        if School.objects.exists():
            self.stdout.write("De demo is al gevuld. `make clean` begint opnieuw.")
            return
        settings.WACHTRIJ_METEEN = False  # nobody waits for these mails
        beheerder = self.eerste_beheerder()
        with acting_as(beheerder):
            people = self.people(self.places())
            divide(SimpleNamespace(**people))
            tell(people)
            around(SimpleNamespace(**people))
            together(SimpleNamespace(**people))
            before(SimpleNamespace(**people))
            connection.cursor().execute("DELETE FROM procrastinate_jobs")
        self.stdout.write(f"De demo is gevuld: {School.objects.count()} scholen, {len(people)} mensen.")

    def eerste_beheerder(self):
        """The first one is made by the owner of the database, as in production; he makes the others."""
        user, _ = User.objects.get_or_create(email="bep.sleutel@demo.example", defaults=BEP)
        Aanstelling.objects.using("owner").get_or_create(user_id=user.pk, rol=Rol.BEHEERDER)
        return user

    def places(self):
        bestuur = Schoolbestuur.objects.create(nummer="99999", naam="Stichting Voorbeeldscholen")
        numbers, places = cycle(range(140, 420, 23)), {}
        for kring, teams in TEAMS.items():
            kring = Kring.objects.create(naam=kring)
            for team, scholen in teams.items():
                places[team] = Expertteam.objects.create(naam=team, kring=kring)
                places |= {naam: self.school(naam, places[team], bestuur, next(numbers)) for naam in scholen}
        return places | {ZONDER_TEAM: self.school(ZONDER_TEAM, None, bestuur, 88)}

    def school(self, naam, team, bestuur, leerlingen):
        brin6 = f"99DE{School.objects.count():02}"
        school = School.objects.create(brin6=brin6, naam=naam, team=team, bestuur=bestuur, plaats="Voorbeeldstad")
        Leerlingaantal.objects.create(school=school, jaar=vandaag().year - (vandaag().month < 10), aantal=leerlingen)
        return school

    def people(self, places):
        people, phone = {}, 0
        for rol, rows in PERSONAS.items():
            for voornaam, achternaam, place in rows:
                phone += 1
                email = f"{voornaam.lower()}.{achternaam.lower().replace(' ', '')}@demo.example"
                user = User(
                    email=email, voornaam=voornaam, achternaam=achternaam, telefoon=f"000 000 01 {phone:02}",
                    organisatie=ORGANISATIE.get(rol, "ppo"),
                )  # fmt: skip
                user.set_unusable_password()
                user.save()
                where = {"school": places[place]} if rol == Rol.IB else {"team": places[place]} if place else {}
                begin = vandaag() - datetime.timedelta(days=800)
                clusters = "3, 4" if rol == Rol.AB else ""
                stel_aan(Aanstelling(user=user, rol=rol, van=begin, clusters=clusters, **where))
                people[voornaam] = user
        return people
