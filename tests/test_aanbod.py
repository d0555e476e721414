"""Aanbod in de kring: schools and experts share what they have, and the last place is taken once (A-32)."""

import re
import threading
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.aanbieden import doe_mee
from cases.engine import Refused
from cases.models import Aanbod, Deelname
from cases.models.aanbod import TE_WEINIG, VOL, WEG
from cases.roles import Role
from expertteam import sleutel
from expertteam.actor import acting_as
from schools.models import Rol, School
from tests.alles import als_eigenaar, closed
from tests.people import person
from tests.test_race import somebody_waits
from tests.walls.aanbod import TEKST, joins, offered


@pytest.fixture
def post(client):
    def send(user, query="", **answers):
        client.force_login(user)
        return client.post(reverse("aanbod") + query, answers | {"sleutel": sleutel.make(user)}, follow=True)

    return send


@pytest.fixture
def mails(mailoutbox, django_capture_on_commit_callbacks):
    """What is sent inside."""

    @contextmanager
    def catch():
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield mailoutbox

    return catch


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.regel("A-32")
@pytest.mark.parametrize(("who", "school"), [(Role.IB, "De Berg"), (Role.AB, None)])
def test_a_school_and_an_expert_offer_something_to_the_whole_kring(post, people, client, world, who, school):
    assert "Je aanbod staat erbij." in text(post(people[who], **TEKST, plekken="3"))
    made = Aanbod.objects.get()
    assert (made.kring, made.school and made.school.naam, made.door) == (world["noord"], school, people[who])
    client.force_login(people[None])
    shown = text(client.get(reverse("aanbod")))
    assert ("Rekenspel" in shown, "Nog plek voor <strong>3</strong> van de 3 scholen." in shown) == (True, True)


@pytest.mark.regel("A-32")
def test_a_school_joins_and_leaves_and_its_place_is_free_again(post, people):
    a, dal = offered(people), School.objects.get(naam="Het Dal")
    said = text(post(people[None], mee=f"{a.pk} {dal.brin6}"))
    assert ("Het Dal doet mee." in said, "<strong>Vol.</strong> Doet mee: Het Dal." in said) == (True, True)
    assert [(d.school, d.door) for d in Deelname.objects.all()] == [(dal, people[None])]
    assert "Het Dal doet niet meer mee." in text(post(people[None], af=f"{a.pk} {dal.brin6}"))
    assert Deelname.objects.count() == 0


def test_full_is_full_and_says_so(post, people):
    a, dal = offered(people), School.objects.get(naam="Het Dal")
    joins(a, people, "De Beek")
    refused = post(people[None], mee=f"{a.pk} {dal.brin6}")
    assert (refused.status_code, VOL in text(refused), Deelname.objects.count()) == (409, True, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_schools_that_take_the_last_place_at_once_one_wins(people):
    a, dal, beek = offered(people), *(School.objects.get(naam=naam) for naam in ("Het Dal", "De Beek"))
    bo, outcome = person("bo@beek.test", "Bo", "Beekman", (Rol.IB, {"school": beek})), []

    def second():
        try:
            with acting_as(bo):
                doe_mee(bo, a, beek)
            outcome.append("taken")
        except Refused as refused:
            outcome.append(str(refused))
        finally:
            connections.close_all()

    thread = threading.Thread(target=second)
    with acting_as(people[None]):
        doe_mee(people[None], a, dal)
        thread.start()
        for _ in range(50):  # it has to wait for us: without the lock it would have counted already
            thread.join(0.01)
            if not thread.is_alive() or somebody_waits():
                break
    thread.join()
    assert (outcome, [d.school for d in Deelname.objects.all()]) == ([VOL], [dal])


def test_who_offers_takes_it_away_and_nobody_else(post, people, client):
    a = offered(people)
    assert post(people[None], weg=str(a.pk)).status_code == 404
    assert "Je aanbod is weggehaald." in text(post(people[Role.IB], weg=str(a.pk)))
    client.force_login(people[None])
    assert "Er is nu geen aanbod in deze kring." in text(client.get(reverse("aanbod")))


@pytest.mark.regel("A-32")
def test_who_offers_changes_it_and_who_joined_hears_of_it(post, people, client, mails):
    a = offered(people, plekken=2)
    joins(a, people)
    query = f"?kring=Noord&wijzig={a.pk}"
    client.force_login(people[Role.IB])
    form = client.get(reverse("aanbod") + query)
    assert ("Aanbod wijzigen: Rekenspel" in text(form), 'value="In mei"' in text(form)) == (True, True)
    with mails() as sent:
        assert "Je aanbod is aangepast." in text(post(people[Role.IB], query, **TEKST | {"titel": "Taal"}, plekken="1"))
    a.refresh_from_db()
    assert (a.titel, a.plekken, a.school.naam, Aanbod.objects.count()) == ("Taal", 1, "De Berg", 1)
    assert [(m.to, m.subject) for m in sent] == [
        (["dirk@dal.test"], "Aanbod in de kring: wie aanbiedt, paste aanbod aan waar jullie aan meedoen")
    ]
    assert [word for word in ("Taal", "Rekenspel", "spellen", "In mei") if word in sent[0].body] == []


def test_never_for_fewer_schools_than_join_and_what_was_typed_stays(post, people):
    a = offered(people, plekken=2)
    joins(a, people), joins(a, people, "De Beek")
    refused = post(people[Role.IB], f"?kring=Noord&wijzig={a.pk}", **TEKST | {"titel": "Nieuw spel"}, plekken="1")
    assert (refused.status_code, TE_WEINIG in text(refused), 'value="Nieuw spel"' in text(refused)) == (409, True, True)
    assert Aanbod.objects.get().titel == "Rekenspel"


def test_nobody_else_changes_it_and_what_is_gone_is_not_changed(post, people, client):
    a = offered(people)
    client.force_login(people[None])
    assert "wijzig=" not in text(client.get(reverse("aanbod")))
    for key in (a.pk, "x", ""):
        query = f"?kring=Noord&wijzig={key}"
        assert client.get(reverse("aanbod") + query).status_code == 404
        assert post(people[None], query, **TEKST, plekken="1").status_code == 404
    Aanbod.objects.update(weg=True)
    gone = post(people[Role.IB], f"?kring=Noord&wijzig={a.pk}", **TEKST | {"titel": "Toch nog"}, plekken="1")
    assert (gone.status_code, WEG in text(gone), 'value="Toch nog"' in text(gone)) == (409, True, True)
    assert Aanbod.objects.get().titel == "Rekenspel"


@pytest.mark.regel("A-32")
def test_who_offers_hears_which_school_joins_and_leaves_and_who_joined_that_it_is_off(post, people, mails):
    a, dal = offered(people), School.objects.get(naam="Het Dal")
    told = []
    for who, button in ((people[None], "mee"), (people[None], "af"), (people[None], "mee"), (people[Role.IB], "weg")):
        with mails() as sent:
            post(who, **{button: f"{a.pk} {dal.brin6}" if button != "weg" else str(a.pk)})
        told += [(m.to[0], m.subject.removeprefix("Aanbod in de kring: ")) for m in sent]
    mee, af = ("sam@berg.test", "Het Dal doet mee met je aanbod"), "Het Dal doet niet meer mee met je aanbod"
    off = ("dirk@dal.test", "aanbod waar jullie aan meedoen, gaat niet door")
    assert told == [mee, ("sam@berg.test", af), mee, off]


def test_a_school_that_was_not_in_it_leaves_without_a_mail(post, people, mails):
    a, dal = offered(people), School.objects.get(naam="Het Dal")
    with mails() as sent:
        post(people[None], af=f"{a.pk} {dal.brin6}")
    assert sent == []


@pytest.mark.parametrize("sent", [{"mee": "x"}, {"mee": ""}, {"af": "1 99ZZ01"}, {"weg": "x"}, {"mee": "{} 99ZZ00"}])
def test_a_button_that_is_not_there_finds_nothing(post, people, sent):
    a = offered(people)
    assert post(people[None], **{k: v.format(a.pk) for k, v in sent.items()}).status_code == 404
    assert Deelname.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("soort", "", "Kies wat voor aanbod het is."),
        ("titel", " ", "Schrijf op hoe het heet."),
        ("omschrijving", "", "Schrijf op wat het inhoudt."),
        ("omschrijving", "x" * 501, "Je tekst is 1 tekens te lang."),
        ("wanneer", "", "Schrijf op wanneer en waar het is."),
        ("plekken", "", "Vul een aantal in van 1 tot 50."),
        ("plekken", "veel", "Vul een aantal in van 1 tot 50."),
        ("plekken", "0", "Vul een aantal in van 1 tot 50."),
        ("plekken", "51", "Vul een aantal in van 1 tot 50."),
    ],
)
def test_what_is_wrong_gets_a_sentence(post, people, field, value, sentence):
    shown = post(people[Role.IB], **TEKST | {"plekken": "3", field: value})
    assert (sentence in text(shown), Aanbod.objects.count()) == (True, 0)


def test_an_ib_er_of_two_schools_chooses_for_which(post, people):
    sara = person("sara@twee.test", "Sara", "Twee", *[(Rol.IB, {"school": s}) for s in two()])
    assert "Kies namens wie." in text(post(sara, **TEKST, plekken="3"))
    post(sara, **TEKST, plekken="3", namens=two()[1].brin6)
    assert Aanbod.objects.get().school == two()[1]


def two():
    return list(School.objects.filter(naam__in=["De Berg", "De Duin"]).order_by("naam"))


# Who may


@pytest.mark.parametrize("who", [Role.OS, Role.COORDINATOR])
def test_who_has_nothing_to_offer_reads(post, people, client, who):
    offered(people)
    client.force_login(people[who])
    shown = text(client.get(reverse("aanbod") + "?kring=Noord"))
    assert ("Rekenspel" in shown, "Iets aanbieden" in shown) == (True, False)
    assert post(people[who], **TEKST, plekken="3").status_code == 403


@pytest.mark.parametrize("who", [Role.GW, Role.AED])
def test_who_has_no_kring_gets_no_page(people, client, who):
    client.force_login(people[who])
    assert client.get(reverse("aanbod")).status_code == 403


def test_the_database_shows_and_writes_it_for_the_own_kring_only(people, world):
    a = offered(people, plekken=5)
    joins(a, people)
    with closed(people[Role.EXPERT]):  # of another kring
        assert (Aanbod.objects.count(), Deelname.objects.count()) == (0, 0)
    for who, wrong in [
        (people[None], lambda: Deelname.objects.all().update(school_id=1)),
        (people[Role.IB], lambda: joins(a, {None: people[Role.IB]}, "De Beek")),
        (people[Role.OS], lambda: offered({Role.IB: people[Role.OS]})),
        (people[Role.AB], lambda: offered({Role.IB: people[Role.AB]}, None, kring=world["zuid"])),
    ]:
        with closed(who), pytest.raises(ProgrammingError, match="permission denied|row-level"), transaction.atomic():
            wrong()


def test_the_page_asks_the_same_however_much_there_is(people, client):
    client.force_login(people[Role.IB])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("aanbod")).status_code == 200
        return len(queries) - 2

    joins(offered(people), people)
    als_eigenaar("ANALYZE")
    few = asked()
    for _ in range(5):
        joins(offered(people), people)
    assert (asked(), few <= 15) == (few, True)
