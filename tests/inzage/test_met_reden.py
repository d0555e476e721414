"""An hour in a dossier of another team: with a reason, seen by everybody, and without a step."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from cases import roles
from cases.models import Inzage, InzageMetReden
from cases.models.nakijken import open_met_reden
from cases.roles import Role
from cases.views import inzage as views
from cases.workflow import AANMELDING
from schools.models import Rol
from tests.alles import als_eigenaar, closed
from tests.gelijk import vergeet
from tests.inzage.kijken import breek
from tests.people import met_reden, person, stel_aan

REDEN = "De ouders bellen en Olga is er niet."
GEEN = "Er is geen dossier met dit nummer, of het is van een andere kring. Kijk het nummer na."


@pytest.fixture
def sent(make):
    return make["aanmelding"]("ingediend", "licht", nummer="26-0143")


@pytest.fixture
def rene(world):
    return person("rene@ppo.test", "René", "Reden", (Rol.OS, {"team": world["spreeuw"]}), organisatie="ppo")


def ask(client, user, nummer="26-0143", reden=REDEN):
    client.force_login(user)
    return client.post(reverse("met_reden"), {"nummer": nummer, "reden": reden})


def look(client, a, kind="aanmelding"):
    return client.get(reverse("detail", args=[kind, a.pk]))


@pytest.mark.parametrize("who", ["os", "coordinator"])
def test_who_gives_a_reason_sees_the_dossier_with_a_banner(people, client, sent, rene, who):
    user = rene if who == "os" else people[Role.COORDINATOR]
    client.force_login(user)
    assert look(client, sent).status_code == 404
    assert ask(client, user).url == reverse("detail", args=["aanmelding", sent.pk])
    page = look(client, sent)
    body = page.content.decode()
    grant = InzageMetReden.objects.get()
    assert (page.status_code, grant.door, grant.dossier, grant.reden) == (200, user, sent, REDEN)
    assert "Je kijkt met een reden tot " in body
    assert f"uur: “{REDEN}”. De onderwijsspecialist en de IB-er zien dit." in body
    seen = Inzage.objects.get(met_reden=grant)
    assert (seen.door, seen.waarom, seen.als) == (user, f"Met reden: {REDEN}", "Inzage met reden")


def test_every_look_inside_carries_the_reason(client, sent, world, make):
    rene = met_reden(sent.pk, world["spreeuw"])
    client.force_login(rene)
    look(client, sent)
    client.get(reverse("step", args=["aanmelding", sent.pk, "oppakken"]))
    rows = Inzage.objects.filter(door=rene).order_by("pk")
    assert [(r.deel, r.met_reden_id, r.waarom) for r in rows] == [
        (deel, InzageMetReden.objects.get().pk, "Met reden: De ouders bellen en Olga is er niet")
        for deel in ("dossier", "stap")
    ]


def test_the_banner_is_there_beside_the_traject_too_and_not_for_who_works_there(client, make, world, people):
    t = make["traject"]("lopend", "licht")
    client.force_login(met_reden(t.aanmelding_id, world["spreeuw"]))
    assert "Je kijkt met een reden tot" in look(client, t, "traject").content.decode()
    client.force_login(people[Role.OS])
    assert "Je kijkt met een reden" not in look(client, t, "traject").content.decode()


@pytest.mark.parametrize(("minutes", "status"), [(59.9, 200), (60.02, 404)])
def test_after_an_hour_the_dossier_is_gone_at_the_next_request(client, sent, world, minutes, status):
    client.force_login(met_reden(sent.pk, world["spreeuw"], minutes=minutes))
    assert look(client, sent).status_code == status


def test_that_test_sees_an_hour_that_does_not_end(client, sent, world, monkeypatch):
    client.force_login(met_reden(sent.pk, world["spreeuw"], minutes=60.02))
    forever = lambda of, **at: InzageMetReden.objects.filter(**at)  # noqa: E731
    monkeypatch.setattr(roles, "with_reason", forever)
    vergeet()
    assert look(client, sent).status_code == 404  # the other wall still stands
    breek("dossiers(text[])", "statement_timestamp() < i.tot", "true")
    assert look(client, sent).status_code == 200


def offered_and_taken(client, a):
    page = look(client, a)
    answer = client.post(
        reverse("step", args=["aanmelding", a.pk, "oppakken"]),
        {"eerste_contact_op": "vandaag", "eerste_contact_met": "Sam"},
    )
    a.refresh_from_db()
    c = page.context
    return bool(c["now"] or c["steps"] or c["wachtend"] or c["bezoek"]), answer.status_code, a.state


def test_no_step_is_offered_and_none_is_taken(client, sent, world, monkeypatch):
    client.force_login(met_reden(sent.pk, world["spreeuw"]))
    assert offered_and_taken(client, sent) == (False, 409, "ingediend")
    oppakken = AANMELDING.steps["oppakken"]
    monkeypatch.setitem(AANMELDING.steps, "oppakken", replace(oppakken, by=oppakken.by | {Role.REDEN}))  # broken
    offered, _, state = offered_and_taken(client, sent)
    assert (offered, state) == (True, "ingediend")  # what the page forgot, the database refuses


def test_the_school_and_the_onderwijsspecialist_get_a_mail_without_reason_or_name(
    people, client, sent, rene, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, rene)
    assert [m.to for m in mailoutbox] == [["olga@ppo.test"], ["sam@berg.test"]]
    mail = mailoutbox[0]
    assert mail.subject == "Iemand kijkt met een reden in dossier 26-0143"
    assert mail.body.startswith("Hallo Olga,\n\nRené Reden kijkt nu in dossier 26-0143.")
    assert f"/aanmelding/{sent.pk}/inzage/" in mail.body
    assert [word for word in ("Yara", "Voorbeeld", REDEN, "ouders bellen") if word in mail.body + mail.subject] == []


def test_a_mail_server_that_is_away_holds_nobody_up_and_no_mail_goes_without_a_grant(
    people, client, sent, rene, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, rene, nummer="26-9999")
        ask(client, rene, reden="Kort.")
    assert (mailoutbox, InzageMetReden.objects.count()) == ([], 0)


@pytest.mark.parametrize(("nummer", "reden", "sentence"), [
    ("26-9999", REDEN, GEEN), ("", REDEN, "Vul het nummer van het dossier in."), ("9" * 40, REDEN, GEEN),
    ("26-0143", "Even kijken.", "Schrijf in minstens 20 tekens op waarom je dit dossier moet zien. Dit zijn er 12."),
    ("26-0143", "Even   \n\n\n   kijken.", "Dit zijn er 12."), ("26-0143", "", "Schrijf op waarom je dit dossier"),
    ("26-0143", "a" * 301, "Je tekst is 1 tekens te lang."), ("26-\0", REDEN, "Dit teken kan niet."),
])  # fmt: skip
def test_a_refusal_says_what_to_do_and_the_text_stays(client, sent, rene, nummer, reden, sentence):
    response = ask(client, rene, nummer, reden)
    assert (response.status_code, InzageMetReden.objects.count()) == (200, 0)
    body = response.content.decode()
    assert sentence in body
    assert response.context["form"]["reden"].value() == reden
    assert f'value="{nummer}"' in body or not nummer or "\0" in nummer


def test_a_coordinator_opens_dossiers_of_the_own_kring_and_cannot_tell_others_from_none(world, client, sent):
    zuid, noord = (
        person(f"{k}@ppo.test", k, "Kring", (Rol.COORDINATOR, {"kring": world[k]})) for k in ("zuid", "noord")
    )
    other, none = ask(client, zuid), ask(client, zuid, "26-9999")
    assert [r.context["form"].errors for r in (other, none)] == [{"nummer": [GEEN]}] * 2
    assert ask(client, noord).status_code == 302


def test_who_works_in_the_dossier_needs_no_reason_and_leaves_none(people, client, sent):
    assert ask(client, people[Role.OS]).url == reverse("detail", args=["aanmelding", sent.pk])
    assert InzageMetReden.objects.count() == 0


@pytest.mark.parametrize("who", [Role.IB, Role.AB, None])
def test_who_has_no_such_role_reads_why_and_keeps_his_text(people, client, sent, who):
    response = ask(client, people[who])
    assert (response.status_code, InzageMetReden.objects.count()) == (403, 0)
    assert "alleen voor een coördinator of een onderwijsspecialist" in response.content.decode()


def refused(user, nummer="26-0143"):
    """What the database says to the function, and to a row that somebody writes himself."""
    said = []
    row = "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) VALUES (gen_random_uuid(),"
    row += f" (SELECT id FROM cases_aanmelding LIMIT 1), '{user.pk}', '{REDEN}', now(), now() + interval '1 hour')"
    for sql, params in [("SELECT open_met_reden(%s, %s)", [nummer, REDEN]), (row, None)]:
        with closed(user):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(sql, params)
                    said.append("")
            except DatabaseError as error:
                said.append(error.__cause__.diag.message_primary)
    return said


NEVER = "Inzage met reden is alleen voor een coördinator van de kring of een onderwijsspecialist."
CLOSED = "permission denied for table cases_inzagemetreden"


@pytest.mark.parametrize("also", [None, Rol.OS, Rol.COORDINATOR])
def test_never_for_the_beheerder_on_three_walls(client, sent, world, monkeypatch, also):
    beheerder = person("bea@ppo.test", "Bea", "Heer", (Rol.BEHEERDER, {}), organisatie="ppo")
    if also:
        stel_aan(beheerder, also, **({"team": world["spreeuw"]} if also == Rol.OS else {}))
    assert ask(client, beheerder).status_code == 403
    assert refused(beheerder) == [NEVER, CLOSED]
    monkeypatch.setattr(views, "may_ask", lambda user: True)  # the first wall broken on purpose
    response = ask(client, beheerder)
    assert (response.status_code, response.context["form"].errors) == (200, {"nummer": [GEEN]})
    assert InzageMetReden.objects.count() == 0
    breek("open_met_reden(text,text)", "aangesteld('beheerder')", "aangesteld('niemand')")
    assert refused(beheerder)[0] == NEVER  # and the second: another role gives a beheerder nothing
    breek("aanstellingen_nu()", "x.rol = 'beheerder'", "true")
    assert bool(refused(beheerder)[0]) == (also is None)


def test_an_onderwijsspecialist_passes_the_function_and_not_the_table(sent, rene):
    assert refused(rene) == ["", CLOSED]


def test_a_reason_that_is_too_short_is_refused_by_the_database_as_well(sent, rene):
    with closed(rene), pytest.raises(IntegrityError, match="met_reden_waarom"):
        open_met_reden("26-0143", "Te kort.")
    with pytest.raises(IntegrityError, match="met_reden_een_uur"), transaction.atomic():
        als_eigenaar(
            "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot)"
            f" VALUES (gen_random_uuid(), '{sent.pk}', '{rene.pk}', '{REDEN}', now(), now() + interval '2 hours')"
        )


def test_the_page_asks_again_who_you_are():
    assert views.met_reden.gevoelig is True


def test_the_way_in_is_where_one_looks_for_it(people, client, sent, rene):
    client.force_login(rene)
    assert reverse("met_reden") in client.post(reverse("zoeken"), {"q": "26-0143"}).content.decode()
    client.force_login(people[Role.COORDINATOR])
    body = client.get(reverse("kringen")).content.decode()
    assert (reverse("met_reden") in body, reverse("beoordelen") in body) == (True, True)
    client.force_login(people[Role.OS])
    assert reverse("met_reden") not in client.get(reverse("kringen")).content.decode()
