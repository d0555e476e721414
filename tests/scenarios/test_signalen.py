"""What asks for attention stands on the first page, with the reason and one thing to do; and on nobody else's."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from cases import signalen
from cases.models import Aanmelding, Contactmoment, Event, Traject
from cases.roles import Role
from tests.alles import closed
from tests.people import TODAY, ontsla

DAG = datetime.timedelta(days=1)
LANG = datetime.datetime.combine(TODAY - 70 * DAG, datetime.time(12), datetime.UTC)
pytestmark = pytest.mark.usefixtures("gewone_weken")


def day(n):
    return TODAY + n * DAG


def licht_voorbij(make, people):
    return make["traject"]("lopend", "licht", verwachte_einddatum=day(-1))


def opp(n, **more):
    return lambda make, people: (
        make["traject"](
            "uitvoeren",
            whole=make["aanmelding"]("gestart", opp_vastgesteld_op=day(-400), opp_evaluatie_op=day(n), **more),
        ).aanmelding
    )


def lang_stil(make, people):
    t = make["traject"]("uitvoeren")
    Traject.objects.filter(pk=t.pk).update(gemaakt_op=LANG)
    make["contactmoment"](whole=t, datum=day(-50))
    ill = {"soort": "niet_door", "minuten": 0, "notitie": "De leerkracht was ziek."}
    Contactmoment.objects.create(traject=t, door=people[Role.AB], als="ab", **ill)
    return t


def part(kind, state, **fields):
    return lambda make, people: make[kind](state, **fields)


def agendapunt(make, people):
    return make["agendapunt"](whole=make["overleg"](datum=day(3)))


def verlopen(n):
    return part("offerte", "uitgebracht", uitgebracht_op=day(-30), geldig_tot=day(n))


SIGNALEN = [  # (name, what is there, {role: (reason with its day, step)})
    ("eerste contact", part("aanmelding", "ingediend", soort="licht", ingediend_op=LANG),
     {Role.OS: ("Verstuurd op {}. Het eerste contact is te laat.", -70, "oppakken")}),
    ("licht voorbij", licht_voorbij, {Role.OS: ("De einddatum was {}.", -1, "")}),
    ("opp", opp(28), {r: ("De evaluatie van het OPP is op {}.", 28, "opp") for r in (Role.IB, Role.OS)}),
    ("opp te laat", opp(-1), {r: ("De evaluatie van het OPP was op {}.", -1, "opp") for r in (Role.IB, Role.OS)}),
    ("offerte verloopt", verlopen(14), {Role.IB: ("De offerte verloopt op {}. Jullie beslissen.", 14, "")}),
    ("offerte is er", verlopen(15), {Role.IB: ("Jullie beslissen over de offerte, tot {}.", 15, "")}),
    ("offerte verlopen", verlopen(-1), {
        Role.IB: ("De offerte was geldig tot {}. Vraag een nieuwe versie.", -1, "")}),
    ("geen contact", lang_stil, {Role.AB: ("Geen contact sinds {}.", -50, "bezoek")}),
    ("OT geweest", part("overleg", "gepland", datum=day(-1)),
     {Role.IB: ("Het OT was op {}. Leg vast of het doorging.", -1, "")}),
    ("OT leeg", part("overleg", "gepland", datum=day(7)),
     {Role.IB: ("Het OT is op {}. Er staat nog niemand op de agenda.", 7, "")}),
    ("agendapunt", agendapunt, {
        r: ("Het OT is op {}. Bepaal de fase en het doel.", 3, "voorbereiden") for r in (Role.IB, Role.OS)}),
    ("verslag", part("overleg", "gehouden", datum=day(-1)),
     {Role.IB: ("Het OT was op {}. Stel het verslag vast.", -1, "verslag")}),
    ("afspraak", part("afspraak", "open", wanneer=day(2)), {Role.IB: ("Klaar op {}.", 2, "gedaan")}),
    ("afspraak te laat", part("afspraak", "open", wanneer=day(-2)),
     {Role.IB: ("Had klaar moeten zijn op {}.", -2, "gedaan")}),
    ("offerte gevraagd", part("offerte", "gevraagd"), {
        r: ("Gevraagd op {}. De school wacht op de offerte.", 0, "") for r in (Role.AB, Role.TEAM, Role.AED)}),
    ("offerte akkoord", part("offerte", "akkoord"), {
        r: ("De school ging akkoord op {}.", 0, "") for r in (Role.AB, Role.TEAM, Role.AED)}),
    ("klas", part("expertiseindeklas", "voorgesteld"), {
        Role.OS: ("Voorgesteld op {}. Jouw akkoord is nodig.", 0, "akkoord_os"),
        Role.AB: ("Voorgesteld op {}. Jouw akkoord is nodig.", 0, "akkoord_ab")}),
    ("klas getoetst", part("expertiseindeklas", "getoetst"), {
        Role.AB: ("De voorwaarden zijn getoetst. Je kunt beginnen.", 0, "starten")}),
]  # fmt: skip


def seen(user):
    """[(reason, address)] as the product finds it for this person."""
    with closed(user):
        return [(r.waarom, r.url) for r in signalen.aandacht(user).rijen]


@pytest.mark.parametrize(("make_it", "who"), [s[1:] for s in SIGNALEN], ids=[s[0] for s in SIGNALEN])
def test_each_signal_is_on_the_list_of_who_can_do_something_and_of_nobody_else(people, make, make_it, who):
    obj = make_it(make, people)
    home = f"/{obj._meta.model_name}/{obj.pk}/"
    for role, user in people.items():
        reason, n, step = who.get(role, ("", 0, ""))
        expected = [(reason.format(date_format(day(n), "j F")), f"{home}{step}/" if step else home)] if reason else []
        assert (role, seen(user)) == (role, expected)


NO_SIGNAL = [
    ("nog niet te laat", part("aanmelding", "ingediend", soort="licht")),
    ("wacht op de school", part("aanmelding", "ingediend", soort="licht", ingediend_op=LANG, vraag_open=True)),
    ("licht op tijd", part("traject", "lopend", soort="licht", verwachte_einddatum=TODAY)),
    ("opp later", opp(29)),
    ("opp zonder toestemming", opp(1, toestemming_weg_op=TODAY)),
    ("opp van wat klaar is", lambda make, people: make["traject"](
        "afgesloten", whole=make["aanmelding"]("gestart", opp_vastgesteld_op=day(-400), opp_evaluatie_op=TODAY))),
    ("net gesproken", part("contactmoment", "geboekt")),
    ("OT later", part("overleg", "gepland", datum=day(8))),
    ("OT klaar", part("overleg", "vastgesteld", datum=day(-8))),
    ("afspraak gedaan", part("afspraak", "gedaan", wanneer=day(-2))),
    ("al akkoord", part("offerte", "in_uitvoering")),
]  # fmt: skip


@pytest.mark.parametrize("make_it", [s[1] for s in NO_SIGNAL], ids=[s[0] for s in NO_SIGNAL])
def test_what_needs_nothing_is_on_no_list(people, make, make_it):
    make_it(make, people)
    assert {user.voornaam: seen(user) for user in people.values() if seen(user)} == {}


def at(monkeypatch, month):
    jaar = TODAY.year
    monkeypatch.setattr(signalen, "vandaag", lambda: datetime.date(jaar, month, 15))


@pytest.mark.regel("B-5")
@pytest.mark.parametrize(("month", "asked"), [(4, False), (5, True), (7, True), (8, False)])
def test_at_the_end_of_the_schooljaar_the_ab_says_that_a_complex_traject_goes_on(
    people, make, monkeypatch, settings, month, asked
):
    settings.SIGNAAL_GEEN_CONTACT_WEKEN = 1000
    t = make["traject"]("uitvoeren")
    make["traject"]("lopend", "licht", uitvoerder=people[Role.AB], verwachte_einddatum=day(1000))
    at(monkeypatch, month)
    reason = "Het schooljaar is bijna om. Zet het traject door, of sluit het af."
    assert seen(people[Role.AB]) == ([(reason, f"/traject/{t.pk}/doorzetten/")] if asked else [])
    assert seen(people[Role.OS]) == []


@pytest.mark.regel("B-5")
def test_once_it_is_carried_over_nobody_asks_again_until_the_next_year(people, make, monkeypatch, settings):
    settings.SIGNAAL_GEEN_CONTACT_WEKEN = 1000
    t = make["traject"]("uitvoeren")
    said = Event.objects.create(dossier=t.aanmelding, kind="traject", object_id=t.pk, step="doorzetten",
                                source="uitvoeren", target="uitvoeren", by=people[Role.AB])  # fmt: skip
    begin = said.at.year if said.at.month >= 8 else said.at.year - 1
    for jaar, asked in ((begin + 1, False), (begin + 2, True)):
        monkeypatch.setattr(signalen, "vandaag", lambda jaar=jaar: datetime.date(jaar, 6, 15))
        assert bool(seen(people[Role.AB])) == asked


def test_the_earliest_day_stands_first_and_twenty_are_shown(people, make, sam):
    whole = make["traject"]("waarnemen").aanmelding
    for n in range(23):
        make["afspraak"](aanmelding=whole, wanneer=day((n * 7) % 23), wat=f"Afspraak {(n * 7) % 23}.")
    page = sam.see("start")
    shown = [a.text for a in page.root.all("li") if "Afspraak" in a.text]
    assert [text.split("Afspraak ")[1].split(".")[0] for text in shown] == [str(n) for n in range(20)]
    assert "en nog 3" in page.text


@pytest.mark.parametrize(("who", "name"), [("sam", "mijn_aanmeldingen"), ("olga", "werklijst"), ("abel", "vandaag")])
def test_it_stands_on_the_first_page_and_names_the_dossier(people, make, request, who, name):
    person = request.getfixturevalue(who)
    afspraak = make["afspraak"](wie=person.user)
    page = person.see(name)
    assert f"{afspraak.aanmelding.nummer} · Yara Voorbeeld · De Berg · Een maatje zoeken" in page.text
    links = [a.attrs["href"] for a in page.root.all("a") if a.text.startswith("Gedaan")]
    assert links == [f"/afspraak/{afspraak.pk}/gedaan/"]


def test_with_nothing_to_do_there_is_no_heading(sam):
    assert "Aandacht" not in sam.see("start").text


def test_who_left_sees_nothing_any_more(people, make):
    make["afspraak"](wie=people[Role.AB])
    assert len(seen(people[Role.AB])) == 1
    ontsla(people[Role.AB])
    assert seen(people[Role.AB]) == []


def test_it_asks_three_times_whatever_there_is(people, make):
    counts = []
    for more in (1, 4):
        for _ in range(more):
            lang_stil(make, people)
            make["afspraak"](wie=people[Role.AB])
            make["offerte"]("gevraagd")
        with closed(people[Role.AB]):
            _ = people[Role.AB].rollen, people[Role.AB].namens
            with CaptureQueriesContext(connection) as asked:
                signalen.aandacht(people[Role.AB])
        counts.append(len(asked))
    assert counts == [3, 3]


def test_that_count_sees_a_question_for_each_row(people, make, monkeypatch):
    """The broken twin: a row that fetches its dossier by itself."""
    monkeypatch.setattr(Aanmelding, "over", property(lambda a: Aanmelding.objects.get(pk=a.pk).voornaam))
    make["afspraak"](wie=people[Role.AB])
    with closed(people[Role.AB]), CaptureQueriesContext(connection) as asked:
        signalen.aandacht(people[Role.AB])
    assert len(asked) > 3
