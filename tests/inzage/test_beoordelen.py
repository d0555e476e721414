"""The monthly review: nothing odd is missed, nobody judges himself, and a judgement stays what it was."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.forms.inzage import BeoordeelForm
from cases.models import Beoordeling, Inzage, InzageMetReden
from cases.models.nakijken import na_te_kijken
from cases.roles import Role
from schools.models import Rol
from tests.alles import als_eigenaar, closed
from tests.inzage.kijken import LAST_MONTH, THIS_MONTH, breek, gezien, moment
from tests.people import met_reden, person, stel_aan

LATE = datetime.timedelta(minutes=1)


def page_of(client, user, month=LAST_MONTH, **query):
    client.force_login(user)
    return client.get(reverse("beoordelen"), {"maand": f"{month:%Y-%m}"} | query)


def judge(client, user, month=LAST_MONTH, **given):
    """given: {"i12": ("terecht", "toelichting")}"""
    client.force_login(user)
    body = {"inzage": [key[1:] for key in given]}
    for key, (oordeel, toelichting) in given.items():
        body |= {f"{key[1:]}-oordeel": oordeel, f"{key[1:]}-toelichting": toelichting}
    return client.post(f"{reverse('beoordelen')}?maand={month:%Y-%m}", body)


def why(response):
    return {look.pk: set(row.regels) - {"steekproef"} for row, _, look, _ in response.context["lines"]}


@pytest.fixture
def odd(people, make, world):
    """{primary key: why it must be looked at} of looks of last month, and an ordinary one."""
    a, os = make["aanmelding"]("ingediend"), people[Role.OS]
    rene = met_reden(a.pk, world["spreeuw"])
    aunt = person("vera@ppo.test", "Vera", "van den Bérg-Voorbeeld", (Rol.OS, {"team": world["merel"]}))
    many = [make["aanmelding"]("ingediend") for _ in range(4)]
    month = LAST_MONTH
    found = {
        gezien(rene, a, op=moment(month), met_reden=InzageMetReden.objects.get().pk): {"reden"},
        gezien(os, a, op=moment(month, 3, 6, 59)): {"tijd"},
        gezien(os, a, op=moment(month, 3, 7)): set(),
        gezien(os, a, op=moment(month, 3, 18, 59)): set(),
        gezien(os, a, op=moment(month, 3, 19)): {"tijd"},
        gezien(os, a, op=moment(month, 6)): {"tijd"},
        gezien(os, a, op=moment(month, 7), deel="lijst"): {"tijd"},
        gezien(aunt, a, op=moment(month)): {"naam"},
        gezien(aunt, a, op=moment(month), deel="lijst"): set(),
    }
    for n, b in enumerate([*many, many[0]]):
        found[gezien(people[Role.AB], b, op=moment(month, 4) + n * LATE)] = {"veel"} if n == 3 else set()
    return found


def test_every_odd_look_is_on_the_list_and_no_other_but_the_sample(people, client, odd, settings):
    settings.INZAGE_VEEL_DOSSIERS = 3
    assert why(page_of(client, people[Role.COORDINATOR])) == odd  # few enough that the sample is all of them
    assert (
        "Je moet nog <strong>14</strong> inzages beoordelen."
        in page_of(client, people[Role.COORDINATOR]).content.decode()
    )


@pytest.mark.parametrize(("rule", "said", "instead"), [
    ("reden", "g.met_reden_id IS NOT NULL", "false"), ("naam", "&& naamdelen", "= naamdelen"),
    ("veel", "g.deel <> 'lijst'\n        GROUP", "g.deel = 'lijst'\n        GROUP"), ("tijd", "> 5", "> 6"),
    ("tijd", "BETWEEN 7 AND 18", "BETWEEN 7 AND 19"), ("tijd", "extract(hour", "1 + extract(hour"),
])  # fmt: skip
def test_that_list_misses_what_a_broken_rule_misses(people, client, odd, settings, rule, said, instead):
    settings.INZAGE_VEEL_DOSSIERS = 3
    breek("na_te_kijken(date,date,integer)", said, instead)
    found = why(page_of(client, people[Role.COORDINATOR]))
    assert {pk for pk in odd if rule in odd[pk]} != {pk for pk in found if rule in found[pk]}


def test_no_name_of_a_leerling_reaches_the_page(people, client, odd):
    assert "Yara" not in page_of(client, people[Role.COORDINATOR]).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(p, ',') FROM (SELECT unnest(proargnames) p FROM pg_proc"
                       " WHERE proname = 'na_te_kijken') x")  # fmt: skip
        columns = cursor.fetchone()[0]
    assert columns == "begin,eind,veel,maand,inzage,regels,nummer,school,beoordeeld"


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Voorbeeld", "voorbeeld", True), ("van den Berg", "Berg", True), ("de Vries", "de Jong", False),
    ("Jansen-de Boer", "Boer", True), ("Günes", "Gunes", True), ("van der Li", "Li", True), ("", "", False),
])  # fmt: skip
def test_surnames_are_compared_by_their_words(db, one, other, same):
    with connection.cursor() as cursor:
        cursor.execute("SELECT naamdelen(%s) && naamdelen(%s)", [one, other])
        assert cursor.fetchone()[0] is same


def drawn(client, user):
    rows = [r for r in na_page(client, user) if "steekproef" in r.regels]
    return {r.inzage for r in rows}


def na_page(client, user):
    first = page_of(client, user)
    rows = [row for row, *_ in first.context["lines"]]
    for n in range(2, first.context["page"].paginator.num_pages + 1):
        rows += [row for row, *_ in page_of(client, user, pagina=n).context["lines"]]
    return rows


@pytest.fixture
def full(people, make, world):
    """Of last month 30 looks in Noord and 25 in Zuid, all ordinary."""
    places = {"noord": make["aanmelding"]("ingediend"), "zuid": make["aanmelding"]("ingediend", school="De Duin")}
    return {
        name: {
            gezien(people[Role.OS], a, op=moment(LAST_MONTH) + n * LATE) for n in range(30 if name == "noord" else 25)
        }
        for name, a in places.items()
    }


def test_the_sample_is_twenty_a_kring_and_the_same_at_every_visit(people, world, client, full):
    coen = people[Role.COORDINATOR]
    noord = person("nora@ppo.test", "Nora", "Noord", (Rol.COORDINATOR, {"kring": world["noord"]}))
    first = drawn(client, coen)
    assert [len(first & full[kring]) for kring in ("noord", "zuid")] == [20, 20]
    assert drawn(client, coen) == first
    assert drawn(client, noord) == first & full["noord"]
    breek("na_te_kijken(date,date,integer)", "md5(concat_ws('/', g.maand, g.kring_id, g.id))", "random()")  # broken
    assert drawn(client, coen) != first


def test_the_sample_waits_until_the_month_is_over(people, client, make):
    gezien(people[Role.OS], make["aanmelding"]("ingediend"), op=moment(THIS_MONTH))
    response = page_of(client, people[Role.COORDINATOR], THIS_MONTH)
    assert response.context["lines"] == []
    assert "Na afloop van de maand komt er een steekproef" in response.content.decode()


def test_several_judgements_are_saved_at_once_and_stand_there(people, client, odd):
    coen, pks = people[Role.COORDINATOR], sorted(odd)
    response = judge(client, coen, **{f"i{pks[0]}": ("terecht", ""), f"i{pks[1]}": ("navragen", "Wat deed je?")})
    assert (response.status_code, response.url) == (302, f"{reverse('beoordelen')}?maand={LAST_MONTH:%Y-%m}")
    rows = Beoordeling.objects.order_by("inzage_id")
    assert [(b.inzage_id, b.door, b.oordeel, b.toelichting) for b in rows] == [
        (pks[0], coen, "terecht", ""), (pks[1], coen, "navragen", "Wat deed je?"),
    ]  # fmt: skip
    body = page_of(client, coen).content.decode()
    assert "<strong>Ik vraag het na</strong>, door Coen Kring op" in body
    assert "Je moet nog <strong>12</strong> inzages beoordelen." in body


@pytest.mark.parametrize(("oordeel", "toelichting", "sentence"), [
    ("onterecht", "", "Schrijf op wat er niet klopt of wat je navraagt."),
    ("navragen", "  ", "Schrijf op wat er niet klopt of wat je navraagt."),
    ("", "Hoe kan dit?", "Kies een oordeel."), ("prima", "", "Deze keuze bestaat niet meer. Kies opnieuw."),
])  # fmt: skip
def test_when_one_is_refused_nothing_is_saved_and_nothing_is_lost(people, client, odd, oordeel, toelichting, sentence):
    first, second = sorted(odd)[:2]
    given = {f"i{first}": ("navragen", "Even bellen."), f"i{second}": (oordeel, toelichting)}
    response = judge(client, people[Role.COORDINATOR], **given)
    body = response.content.decode()
    assert (response.status_code, Beoordeling.objects.count()) == (200, 0)
    assert sentence in body
    assert 'value="Even bellen."' in body
    assert {form["toelichting"].value() for *_, form in response.context["lines"]} == {"Even bellen.", toelichting}


def test_a_form_without_a_judgement_says_what_to_do(people, client, odd):
    response = judge(client, people[Role.COORDINATOR], **{f"i{min(odd)}": ("", "")})
    assert "Kies eerst bij minstens één regel een oordeel." in response.content.decode()


def test_what_another_judged_meanwhile_is_told(people, client, odd, world):
    ada = person("ada@ppo.test", "Ada", "Eerst", (Rol.COORDINATOR, {}))
    key = f"i{min(odd)}"
    judge(client, ada, **{key: ("terecht", "")})
    response = judge(client, people[Role.COORDINATOR], **{key: ("onterecht", "Dit klopt niet.")})
    assert "Ada Eerst was je voor en beoordeelde deze inzage al." in response.content.decode()
    assert Beoordeling.objects.get().oordeel == "terecht"


def test_nobody_judges_his_own_look_on_three_walls(people, client, odd, monkeypatch):
    coen, other = people[Role.COORDINATOR], person("ada@ppo.test", "Ada", "Ander", (Rol.COORDINATOR, {}))
    own = gezien(coen, people_dossier(), op=moment(LAST_MONTH, 6))
    body = page_of(client, coen).content.decode()
    assert "Dit ben je zelf. Een ander beoordeelt jouw inzage." in body
    assert f'name="{own}-oordeel"' not in body
    assert f'name="{own}-oordeel"' in page_of(client, other).content.decode()  # the second coördinator may
    response = judge(client, coen, **{f"i{own}": ("terecht", "")})
    assert response.context["reason"] == "Er is nog niets opgeslagen. Kijk bij de regels met een rode streep."
    monkeypatch.setattr(BeoordeelForm, "clean", lambda self: self.cleaned_data)  # broken on purpose
    response = judge(client, coen, **{f"i{own}": ("terecht", "")})
    assert (response.context["reason"], Beoordeling.objects.count()) == ("Een ander beoordeelt jouw inzage.", 0)
    with closed(coen), pytest.raises(DatabaseError, match="Een ander beoordeelt"), transaction.atomic():
        Beoordeling.objects.create(inzage_id=own, door=coen, oordeel="terecht")
    with closed(coen), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Beoordeling.objects.create(inzage_id=own, door=other, oordeel="terecht")  # nor in the name of another
    als_eigenaar("ALTER TABLE cases_beoordeling DISABLE TRIGGER USER")  # all walls down
    assert judge(client, coen, **{f"i{own}": ("terecht", "")}).status_code == 302


def people_dossier():
    """The dossier of any look there is."""
    look = Inzage.objects.order_by("pk").first()
    return look.dossiers and type("Dossier", (), {"pk": look.dossiers[0]})


def test_a_judgement_is_never_changed_and_never_removed(people, client, odd):
    coen = people[Role.COORDINATOR]
    judge(client, coen, **{f"i{min(odd)}": ("onterecht", "Dit klopt niet.")})
    for change in ("UPDATE cases_beoordeling SET oordeel = 'terecht'", "DELETE FROM cases_beoordeling"):
        with closed(coen), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.parametrize("who", [Role.IB, Role.OS, Role.AB, None])
def test_the_review_is_for_the_coordinator(people, client, odd, who):
    assert page_of(client, people[who]).status_code == 403
    with closed(people[who]):
        assert na_te_kijken(LAST_MONTH, THIS_MONTH) == []


def test_a_coordinator_reviews_the_own_kringen_and_schools_without_one(world, people, client, make):
    zuid = person("zoe@ppo.test", "Zoë", "Zuid", (Rol.COORDINATOR, {"kring": world["zuid"]}))
    at = {s: make["aanmelding"]("ingediend", school=s) for s in ("De Berg", "De Duin", "Het Eiland")}
    for a in at.values():
        gezien(people[Role.OS], a, op=moment(LAST_MONTH, 6))
    assert {row.school for row in na_page(client, zuid)} == {"De Duin", "Het Eiland"}
    assert {row.school for row in na_page(client, people[Role.COORDINATOR])} == set(at)


def test_a_month_that_is_over_and_not_finished_is_red(people, client, make):
    a, coen = make["aanmelding"]("ingediend"), people[Role.COORDINATOR]
    look = gezien(people[Role.OS], a, op=moment(LAST_MONTH))

    def months():
        found = page_of(client, coen, THIS_MONTH)
        return [m for m in found.context["maanden"] if m[1]], 'data-toon="rood"' in found.content.decode()

    assert months() == ([(LAST_MONTH, 1, "nog 1")], True)
    judge(client, coen, **{f"i{look}": ("terecht", "")})
    assert months() == ([(LAST_MONTH, 1, "")], False)


def test_new_roles_of_the_month_are_there(people, world, client):
    new = person("nico@ppo.test", "Nico", "Nieuw")
    stel_aan(new, Rol.OS, van=LAST_MONTH, team=world["merel"])
    stel_aan(new, Rol.GW, van=LAST_MONTH)
    zuid = person("zoe@ppo.test", "Zoë", "Zuid", (Rol.COORDINATOR, {"kring": world["zuid"]}))
    shown = page_of(client, people[Role.COORDINATOR]).context["aanstellingen"]
    assert [(x.user, x.rol) for x in shown] == [(new, "os"), (new, "gw")]
    assert [x.rol for x in page_of(client, zuid).context["aanstellingen"]] == ["gw"]
    assert list(page_of(client, people[Role.COORDINATOR], THIS_MONTH).context["aanstellingen"]) == []


def test_the_review_asks_as_much_for_one_row_as_for_fifty(people, client, make):
    coen, a, counts = people[Role.COORDINATOR], make["aanmelding"]("ingediend"), []
    page_of(client, coen)
    for many in (1, 2, 47):
        for n in range(many):
            look = gezien(people[Role.OS], a, op=moment(LAST_MONTH, 6) + n * LATE)
        judge(client, coen, **{f"i{look}": ("terecht", "")})
        with CaptureQueriesContext(connection) as queries:
            page_of(client, coen)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_the_page_of_the_review_shows_no_dossier_and_leaves_no_trace(people, client, odd):
    before = Inzage.objects.count()
    page_of(client, people[Role.COORDINATOR])
    assert Inzage.objects.count() == before
