"""A random world: people with odd aanstellingen, and thousands of dossiers in every state, put there past the walls."""

import datetime
import random
from hashlib import sha256

from cases.models import Aanmelding, Advies, Bijlage, Contactmoment, Event, Inzage, Traject, Vraag
from cases.models.inzage import HOUR
from schools.models import Aanstelling, Expertteam, Kring, Rol, School, Schooljaar, User
from schools.models.mensen import PLAATS
from tests.alles import als_eigenaar
from tests.people import TODAY, stel_aan, vervangt
from tests.security import wereld_werk

DAY = datetime.timedelta(days=1)
TABLES = ["aanmelding", "traject", "contactmoment", "vraag", "bijlage", "advies", "event", "inzage", "inzagemetreden"]
TABLES += wereld_werk.TABLES
NOW = datetime.datetime.now(datetime.UTC)


def build(seed, users=200, dossiers=5000):
    """The users of a world that a number makes: the same number, the same world."""
    dice = random.Random(seed)
    for table in TABLES:  # walls and history have tests of their own; here every row is possible
        als_eigenaar(f"ALTER TABLE cases_{table} DISABLE TRIGGER USER")
    kringen = [Kring.objects.create(naam=f"Kring {n}") for n in range(4)]
    teams = [Expertteam.objects.create(naam=f"Team {n}", kring=dice.choice(kringen)) for n in range(12)]
    schools = School.objects.bulk_create(
        School(naam=f"School {n}", brin6=f"98XX{n:02}", team=dice.choice([*teams, None])) for n in range(60)
    )
    people = User.objects.bulk_create(
        User(email=f"p{n}@x.test", voornaam="P", achternaam=str(n), is_active=dice.random() > 0.05)
        for n in range(users)
    )
    places = {"school": schools, "team": teams, "kring": kringen}
    for user in people:
        for rol in dice.choices([*Rol], [4, 4, 5, 1, 1, 2, 1, 1], k=dice.choice([0, 1, 1, 1, 2, 2, 3])):
            van = TODAY + dice.choice([-400, -30, -1, 0, 0, 1]) * DAY
            tot = dice.choice([None, None, van + dice.choice([0, 1, 29, 30, 31, 400]) * DAY])
            stel_aan(user, rol, van, tot, **place(dice, rol, places))
    fill(dice, schools, people, dossiers)
    cover(dice, people)
    als_eigenaar("ANALYZE")  # as after a night: without it every plan is a guess
    return people


def cover(dice, people):
    """Every ambulant begeleider stands in for some: of his team and of another, now, before and later."""
    ab = {*Aanstelling.objects.filter(rol=Rol.AB).values_list("user", flat=True)}
    begeleiders = [user for user in people if user.pk in ab]
    for user in begeleiders:
        for other in dice.sample([other for other in begeleiders if other is not user], 30):
            van = TODAY + dice.choice([-30, -1, 0, 0, 1]) * DAY
            tot = max(van, TODAY + dice.choice([-1, 0, 0, 1, 30]) * DAY)
            vervangt(user, other, van, tot, ended=dice.random() < 0.2)


def place(dice, rol, places):
    where = PLAATS[rol]
    if not where or (rol == Rol.COORDINATOR and dice.random() < 0.5):
        return {}
    there = places[where][:9] if rol == Rol.OS else places[where]  # some teams have no onderwijsspecialist
    return {where: dice.choice(there)}


def fill(dice, schools, people, number):
    jaar = Schooljaar.objects.van(TODAY)
    whole = Aanmelding.objects.bulk_create(
        [aanmelding(dice, n, dice.choice(schools), people, jaar) for n in range(number)], batch_size=500
    )
    trajecten = Traject.objects.bulk_create(
        [traject(dice, a, dice.choice(people)) for a in whole for _ in range(dice.choice([0, 0, 1, 1, 2]))], 500
    )
    Contactmoment.objects.bulk_create(
        [Contactmoment(traject=t, door=dice.choice(people), als="ab", soort="bezoek", minuten=60)
         for t in trajecten if dice.random() < 0.5], 500,
    )  # fmt: skip
    wereld_werk.around(dice, schools, people, whole, trajecten, number // 5)
    some, walks = dice.sample(whole, number // 5), dice.sample(trajecten, number // 5)
    Advies.objects.bulk_create([Advies(traject=t, door=dice.choice(people), soort="proces", tekst="A") for t in walks])
    Vraag.objects.bulk_create([Vraag(aanmelding=a, door=dice.choice(people), vraag="V") for a in some])
    file = {
        "naam": "b.pdf",
        "soort": Bijlage.Soort.PDF,
        "grootte": 5,
        "inhoud": b"%PDF-",
        "sha256": sha256(b"%PDF-").hexdigest(),
    }
    Bijlage.objects.bulk_create([Bijlage(aanmelding=a, door=dice.choice(people), scan="schoon", **file) for a in some])
    step = {"step": "x", "source": "x", "target": "x"}
    Event.objects.bulk_create(
        [Event(dossier=a, kind="aanmelding", object_id=a.pk, by=dice.choice(people), **step) for a in some]
        + [Event(dossier_id=t.aanmelding_id, kind="traject", object_id=t.pk, by=dice.choice(people), **step)
           for t in walks]
    )  # fmt: skip
    Inzage.objects.bulk_create(
        Inzage(door=dice.choice(people), als="x", deel="lijst", waarom="x", pagina="x", keten=a.pk,
               dossiers=[a.pk, dice.choice(whole).pk]) for a in some
    )  # fmt: skip
    for a in dice.sample(whole, number // 20):
        van = NOW - dice.choice([5, 50, 61, 2000]) * datetime.timedelta(minutes=1)
        als_eigenaar(
            "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) VALUES (gen_random_uuid(),"
            f" '{a.pk}', '{dice.choice(people).pk}', 'Twintig tekens of meer.', '{van}', '{van + HOUR}')"
        )


def aanmelding(dice, n, school, people, jaar):
    state = dice.choice([*Aanmelding.State])
    soort = dice.choice(["basis", "licht", "complex", "complex"])
    a = Aanmelding(
        school=school, door=dice.choice(people), state=state, soort=soort, niveau="leerling", hulpvraag="H",
        voornaam="V", achternaam=f"A{n}", geboortedatum=TODAY, ouders_akkoord=True, ouders_akkoord_op=TODAY,
        ab=dice.choice([None, dice.choice(people)]),
    )  # fmt: skip
    if state != "concept" and not (state == "ingetrokken" and dice.random() < 0.5):
        a.nummer, a.schooljaar, a.ingediend_op = f"26-{n:05}", jaar, NOW
    if state in {"opgepakt", "gestart", "doorgezet", "afgerond"}:
        a.eerste_contact_op, a.eerste_contact_met = TODAY, "S"
    if state == "afgerond":
        a.afgerond_reden, a.afgerond_toelichting = "school", "T"
    return a


def traject(dice, a, user):
    """Ended, so that one aanmelding may have several."""
    return Traject(aanmelding=a, soort=a.soort, state="gestopt", uitvoerder=user, doel="D", verwachte_einddatum=TODAY)
