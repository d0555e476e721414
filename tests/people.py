"""People and cases for the tests. Every name is invented."""

import datetime

import pgtrigger
import pytest
from django.db import transaction
from django.utils.formats import date_format

from cases.models import (
    Aanmelding,
    Afspraak,
    Afstemming,
    Afstemmingsbesluit,
    Agendapunt,
    Consult,
    Contactmoment,
    Dagdeel,
    ExpertiseInDeKlas,
    Offerte,
    Offerteregel,
    Overleg,
    Route,
    Soort,
    Traject,
)
from cases.roles import Role
from schools.models import Expertteam, Kring, Rol, School, Schooljaar, Urenbudget, User, Vakantie, vandaag
from tests.alles import als_eigenaar, vergeet

TODAY = vandaag()


def voluit(day):
    """As a page says it in a sentence."""
    return date_format(day, "j F Y")


def person(email, voornaam, achternaam, *roles, organisatie="school"):
    """Somebody with aanstellingen: (rol, {"school": …}) pairs that began a year ago."""
    user = User.objects.create(email=email, voornaam=voornaam, achternaam=achternaam, organisatie=organisatie)
    for rol, place in roles:
        stel_aan(user, rol, TODAY - datetime.timedelta(days=365), **place)
    return user


def stel_aan(user, rol, van=TODAY, tot=None, **place):
    """Somebody has a role from a day on; only the owner can write that down without a beheerder."""
    columns = {"user_id": user.pk, "rol": rol, "van": van, "tot": tot, "clusters": "", "expertise": ""}
    columns |= {f"{name}_id": thing.pk for name, thing in place.items()}
    given = {name: value for name, value in columns.items() if value is not None}
    values = ", ".join(f"'{value}'" for value in given.values())
    als_eigenaar(f"INSERT INTO schools_aanstelling ({', '.join(given)}) VALUES ({values})")
    vergeet(user)


def ontsla(user, tot=TODAY - datetime.timedelta(days=1)):
    """All roles of somebody ended."""
    als_eigenaar(f"UPDATE schools_aanstelling SET van = LEAST(van, '{tot}'), tot = '{tot}' WHERE user_id = '{user.pk}'")
    vergeet(user)


def vervangt(door, van_wie, van=TODAY, tot=TODAY, ended=False):
    """Somebody stands in for another, written down past the function."""
    end = f"now(), '{door.pk}'" if ended else "NULL, NULL"
    als_eigenaar(
        "INSERT INTO schools_vervanging (id, van_wie_id, door_id, van, tot, vastgelegd_op, vastgelegd_door_id,"
        f" beeindigd_op, beeindigd_door_id) VALUES (gen_random_uuid(), '{van_wie.pk}', '{door.pk}', '{van}', '{tot}',"
        f" now(), '{door.pk}', {end})"
    )
    vergeet(door)


def met_reden(dossier, team, minutes=0):
    """An onderwijsspecialist of another team who looks into a dossier with a reason, since some minutes."""
    user = person("rene@ppo.test", "René", "Reden", (Rol.OS, {"team": team}), organisatie="ppo")
    als_eigenaar(
        "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) SELECT gen_random_uuid(),"
        f" '{dossier}', '{user.pk}', 'De ouders bellen en Olga is er niet', t, t + interval '1 hour'"
        f" FROM (SELECT now() - interval '{minutes} minutes' AS t) x"
    )
    return user


@pytest.fixture
def gewone_weken(db):
    """No vakantie at all, so that a test says the same in every week of the year."""
    Vakantie.objects.all().delete()


@pytest.fixture
def world(db):
    """Two kringen; in the first a team with two schools and a team with one; a school without a team."""
    noord, zuid = (Kring.objects.create(naam=naam) for naam in ["Noord", "Zuid"])
    merel, spreeuw = (Expertteam.objects.create(naam=f"Team {naam}", kring=noord) for naam in ["Merel", "Spreeuw"])
    uil = Expertteam.objects.create(naam="Team Uil", kring=zuid)
    teams = {"De Berg": merel, "Het Dal": merel, "De Beek": spreeuw, "De Duin": uil, "Het Eiland": None}
    for n, (naam, team) in enumerate(teams.items()):
        School.objects.create(naam=naam, brin6=f"99ZZ{n:02}", team=team, plaats="Voorbeeldstad")
    return {"noord": noord, "zuid": zuid, "merel": merel, "spreeuw": spreeuw, "uil": uil}


@pytest.fixture
def people(world):
    """One person for each role in a dossier of De Berg, and an outsider: the IB-er of another school in the team."""
    berg, dal, merel = School.objects.get(naam="De Berg"), School.objects.get(naam="Het Dal"), world["merel"]
    return {
        Role.IB: person("sam@berg.test", "Sam", "Ibema", (Rol.IB, {"school": berg})),
        Role.OS: person("olga@ppo.test", "Olga", "Specht", (Rol.OS, {"team": merel}), organisatie="ppo"),
        Role.AB: person("abel@aed.test", "Abel", "Visser", (Rol.AB, {"team": merel}), organisatie="aed"),
        Role.TEAM: person("tess@aed.test", "Tess", "Smit", (Rol.AB, {"team": merel}), organisatie="aed"),
        Role.COORDINATOR: person("coen@ppo.test", "Coen", "Kring", (Rol.COORDINATOR, {}), organisatie="ppo"),
        Role.EXPERT: person("eef@aed.test", "Eef", "Motoriek", (Rol.AB, {"team": world["uil"]}), organisatie="aed"),
        Role.GW: person("gerda@aed.test", "Gerda", "Weten", (Rol.GW, {}), organisatie="aed"),
        Role.AED: person("arie@aed.test", "Arie", "Aanbod", (Rol.COORDINATOR_AED, {}), organisatie="aed"),
        None: person("dirk@dal.test", "Dirk", "Dalman", (Rol.IB, {"school": dal})),
    }


LEERLING = {
    "niveau": "leerling", "hulpvraag": "Hoe houden we de leerling aan het werk?", "al_gedaan": "Een weektaak.",
    "voornaam": "Yara", "achternaam": "Voorbeeld", "geboortedatum": datetime.date(2017, 3, 27), "groep": 5,
    "leerkracht": "Juf Els", "opp": "nee", "andere_setting": "nee", "voortraject": "nee", "ouders_akkoord": True,
    "ouders_akkoord_op": TODAY,
}  # fmt: skip


@pytest.fixture
def make(people):
    """make["traject"](state, soort, …): one that lacks nothing, of De Berg; put there past the arrows."""
    count = iter(range(1, 10_000))

    def aanmelding(state="concept", soort=Soort.COMPLEX, school="De Berg", **fields):
        fields = (
            LEERLING | {"soort": soort, "door": people[Role.IB], "school": School.objects.get(naam=school)} | fields
        )
        if state != "concept":
            jaar = Schooljaar.objects.van(TODAY)
            sent = datetime.datetime.now(datetime.UTC)
            fields = {
                "nummer": f"{jaar.begin % 100}-{next(count):04}",
                "schooljaar": jaar,
                "ingediend_op": sent,
            } | fields
        if state in {"opgepakt", "gestart", "doorgezet", "afgerond"}:
            fields = {"eerste_contact_op": TODAY, "eerste_contact_met": "Sam Ibema"} | fields
            if soort == Soort.COMPLEX:
                fields = {"ab": people[Role.AB]} | fields
            else:
                fields = {"ab": people[Role.AB], "gesprek_op": TODAY, "gesprek_wie": "Abel kijkt mee",
                          "gesprek_inzet": "2 uur", "gesprek_offerte": "nee"} | fields  # fmt: skip
        if state == "afgerond":
            fields = {"afgerond_reden": "school", "afgerond_toelichting": "De school pakt het op."} | fields
        with pgtrigger.ignore(*(f"cases.Aanmelding:{wall}" for wall in ("pijlen", "initiatief", "traject_eerst"))):
            return Aanmelding.objects.create(state=state, **fields)

    def traject(state=None, soort=Soort.COMPLEX, whole=None, niveau="leerling", **fields):
        complex_, state = soort == Soort.COMPLEX, state or ("voorbereiding" if soort == Soort.COMPLEX else "lopend")
        whole = whole or aanmelding("opgepakt" if state == "voorbereiding" else "gestart", soort, niveau=niveau)
        fields = {"doel": "Zelf aan het werk", "verwachte_einddatum": TODAY + datetime.timedelta(days=60),
                  "uitvoerder": people[Role.AB if complex_ else Role.OS], "soort": soort} | fields  # fmt: skip
        if complex_:
            fields = {"kort_overleg_op": TODAY, "kort_overleg_met": people[Role.OS]} | fields
        if complex_ and state in {"begrijpen", "plannen", "uitvoeren", "evaluatie", "afgesloten"}:
            fields = {"waarnemen_afgerond_op": TODAY, "bevinding": "Kijkt veel rond."} | fields
        if complex_ and state in {"plannen", "uitvoeren", "evaluatie", "afgesloten"}:
            fields = {"begrijpen_afgerond_op": TODAY, "onderwijsbehoeften": "Korte taken."} | fields
        if state == "afgesloten":
            fields = {"doel_behaald": "ja", "opbrengst": "Rust.", "afschrift_ouders_op": TODAY} | fields
        with pgtrigger.ignore("cases.Traject:pijlen"):
            return Traject.objects.create(aanmelding=whole, state=state, **fields)

    def contactmoment(state="geboekt", soort=Soort.COMPLEX, whole=None, **fields):
        whole = whole or traject("waarnemen" if soort == Soort.COMPLEX else "lopend", soort)
        fields = {"door": people[Role.AB], "als": "ab", "soort": "observatie", "minuten": 60} | fields
        with pgtrigger.ignore("cases.Contactmoment:pijlen"):
            return Contactmoment.objects.create(traject=whole, state=state, **fields)

    return {"aanmelding": aanmelding, "traject": traject, "contactmoment": contactmoment} | rest(
        people, aanmelding, traject
    )


def past_arrows(model, **fields):
    """A row in any state: the arrows are not asked."""
    with pgtrigger.ignore(f"cases.{model.__name__}:pijlen"), transaction.atomic():
        return model.objects.create(**fields)


def rest(people, aanmelding, traject):
    """Makers of what belongs to a dossier of De Berg, or to the school."""
    tomorrow = TODAY + datetime.timedelta(days=1)

    def overleg(state="gepland", soort=None, **fields):
        fields = {"school": School.objects.get(naam="De Berg"), "door": people[Role.IB], "os": people[Role.OS],
                  "datum": tomorrow, "tijd": datetime.time(14), "minuten": 60} | fields  # fmt: skip
        if state in {"gehouden", "vastgesteld"}:
            fields = {"os_erbij": "ja", "verslag": "Besproken."} | fields
        with pgtrigger.ignore("cases.Overleg:fase_eerst"):
            return past_arrows(Overleg, state=state, **fields)

    def agendapunt(state="gepland", soort=None, whole=None, **fields):
        whole = whole or overleg()
        fields = {"aanmelding": fields.get("aanmelding") or traject("waarnemen").aanmelding} | fields
        if state in {"voorbereid", "besproken"}:
            fields = {"fase": "begrijpen", "doel": "Weten wat helpt"} | fields
        return past_arrows(Agendapunt, state=state, overleg=whole, **fields)

    def afspraak(state="open", soort=None, **fields):
        whole = fields.pop("aanmelding", None) or traject("waarnemen").aanmelding
        fields = {"aanmelding": whole, "door": people[Role.OS], "wie": people[Role.IB],
                  "wat": "Een maatje zoeken", "wanneer": tomorrow} | fields  # fmt: skip
        return past_arrows(Afspraak, state=state, **fields)

    def route(state="verkennen", soort=None, **fields):
        fields = {"aanmelding": fields.get("aanmelding") or traject("waarnemen").aanmelding} | fields
        if state not in {"verkennen"}:
            fields = {"setting": "sbo", "instelling": "De Vlieger"} | fields
        return past_arrows(Route, state=state, **fields)

    def consult(state="gevraagd", soort=None, whole=None, **fields):
        whole = whole or traject("waarnemen")
        fields = {"dossier": whole.aanmelding, "nummer": whole.aanmelding.nummer, "door": people[Role.AB],
                  "aan": people[Role.GW], "vraag": "Past dit bij angst?"} | fields  # fmt: skip
        if state == "beantwoord":
            fields = {"antwoord": "Kijk ook naar slaap.", "beantwoord_op": TODAY} | fields
        return past_arrows(Consult, traject=whole, state=state, **fields)

    def klas(state="voorgesteld", soort=None, whole=None, **fields):
        whole = whole or traject("lopend", "licht", uitvoerder=people[Role.AB], niveau="groep")
        fields = {"door": people[Role.OS], "motivering": "Drie keer een nieuwe leerkracht."} | fields
        if state in {"getoetst", "lopend", "afgerond"}:
            fields = {"akkoord_os": people[Role.OS], "akkoord_ab": people[Role.AB],
                      "voorwaarden": "OS en AB zijn het eens"} | fields  # fmt: skip
        if state == "afgerond":
            fields = {"resultaat": "Rust."} | fields
        return past_arrows(ExpertiseInDeKlas, traject=whole, state=state, **fields)

    def dagdeel(state="gepland", soort=None, whole=None, **fields):
        whole = whole or klas("lopend")
        pot(whole.aanmelding.school.team.kring)
        fields = {"datum": TODAY, "minuten": 180, "werkwijze": "coteaching"} | fields
        if state == "gegeven":
            work = {"door": people[Role.AB], "als": "ab", "soort": "coteaching", "minuten": 180}
            fields = {"contact": past_arrows(Contactmoment, traject=whole.traject, **work)} | fields
        return past_arrows(Dagdeel, klas=whole, state=state, **fields)

    def offerte(state="gevraagd", soort=None, regels=1, **fields):
        n = Offerte.objects.count() + 1
        fields = {"school": School.objects.get(naam="De Berg"), "door": people[Role.IB], "nummer": f"O26-{n:04}",
                  "soort": "groep", "vraag": "Rust in de middagpauze"} | fields  # fmt: skip
        if state not in {"gevraagd", "vervallen"}:
            fields = {"uitgebracht_op": TODAY, "geldig_tot": tomorrow} | fields
        if state in {"akkoord", "niet_akkoord", "in_uitvoering", "afgerond"}:
            fields = {"besloten_door": people[Role.IB], "besloten_op": TODAY} | fields
        if state in {"in_uitvoering", "afgerond"}:
            fields = {"uitvoerder": people[Role.AB]} | fields
        with pgtrigger.ignore("cases.Offerte:met_regels", "cases.Offerteregel:uitgebracht_is_uitgebracht"):
            made = past_arrows(Offerte, state=state, **fields)
            for _ in range(regels):
                Offerteregel.objects.create(offerte=made, uitgave=1, omschrijving="Observatie", uren=6, tarief=95)
        return made

    def afstemming(state="gepland", soort=None, **fields):
        """The next one, or one of today and before: each has a day of its own."""
        kring, n = School.objects.get(naam="De Berg").team.kring, datetime.timedelta(days=Afstemming.objects.count())
        datum = tomorrow + n if state == "volgende" else TODAY - n
        fields = {"kring": kring, "door": people[Role.OS], "datum": datum} | fields
        if state == "gehouden":
            fields = {"gehouden": True, "aanwezig": "Sam Ibema\nOlga Specht"} | fields
        return Afstemming.objects.create(**fields)

    def besluit(state="eerst", soort=None, whole=None, **fields):
        whole = whole or afstemming()
        fields = {"aanmelding": fields.get("aanmelding") or aanmelding("ingediend"), "door": people[Role.OS]} | fields
        return Afstemmingsbesluit.objects.create(afstemming=whole, besluit=state, **fields)

    return {"overleg": overleg, "agendapunt": agendapunt, "afspraak": afspraak, "route": route, "consult": consult,
            "expertiseindeklas": klas, "dagdeel": dagdeel, "offerte": offerte, "afstemming": afstemming,
            "besluit": besluit}  # fmt: skip


def pot(kring, uren=1380):
    """The hours of a kring in this schooljaar."""
    jaar = Schooljaar.objects.van(TODAY)
    return Urenbudget.objects.update_or_create(kring=kring, schooljaar=jaar, bron="aed", defaults={"uren": uren})[0]
