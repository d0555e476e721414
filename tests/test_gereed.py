"""A question is written once for everybody with the same roles, and is the question that would be asked (gereed)."""

import datetime

import pytest

import expertteam.gereed
from cases import gereed
from cases.models import Aanmelding
from cases.roles import Role
from cases.views.lijsten import van_school
from expertteam.actor import acting_as
from expertteam.gereed import DIE, KEPT, Vraag
from schools.models import Expertteam, Rol, School, User
from tests.gelijk import same_question, vergeet
from tests.people import person


@pytest.fixture
def sam(people):
    return people[Role.IB]


@pytest.fixture
def dirk(people):
    """The IB-er of another school."""
    return people[None]


def mine(user):
    return Aanmelding.objects.visible_to(user).filter(pk=DIE)


def kept():
    """How many, beside those with which it is asked who somebody is."""
    return len([vorm for vorm in KEPT.__dict__ if vorm[0] not in ("aanstellingen", "namens")])


def test_two_with_the_same_roles_share_a_question_and_see_each_their_own(make, sam, dirk):
    a = make["aanmelding"]("ingediend")
    for who, seen in ((sam, [a.pk]), (dirk, [])):
        with acting_as(who):
            assert [row.pk for row in gereed.rijen(van_school, who)] == seen
            assert [row.roles for row in gereed.rijen(mine, who, die=a.pk)] == [{Role.IB}] * len(seen)
    assert kept() == 2


def test_what_is_kept_holds_the_key_of_nobody(make, world):
    # keys that are no number of anything else
    team = Expertteam.objects.create(pk=70_001, naam="Ver", kring=world["merel"].kring)
    school = School.objects.get(naam="De Berg")
    school.pk, school.naam, school.brin6, school.team = 70_002, "Ver", "98YX07", team
    school.save(force_insert=True)
    a = make["aanmelding"]("ingediend")
    for who, place in (("ib", {"school": school}), ("os", {"team": team}), ("ab", {"team": team})):
        user = person(f"{who}@ver.test", "Vera", "Ver", (Rol(who), place))
        with acting_as(user):
            gereed.rijen(mine, user, die=a.pk)
    params = {p for question in KEPT.__dict__.values() for p in question.params}
    assert params & {a.pk, team.pk, school.pk, *User.objects.values_list("pk", flat=True)} == set()


def test_another_role_another_day_and_another_choice_are_another_question(people, sam, monkeypatch):
    with acting_as(sam):
        gereed.rijen(mine, people[Role.OS])
        gereed.rijen(mine, sam)
        assert kept() == 2
        monkeypatch.setattr(gereed, "vandaag", lambda: datetime.date(2031, 1, 1))
        gereed.rijen(mine, sam)
        assert kept() == 3
        gereed.rijen(lambda user, soort: mine(user).filter(soort=soort), sam, "licht")
        assert kept() == 4


def test_a_role_that_was_taken_away_is_another_question_at_once(make, sam):
    a = make["aanmelding"]("ingediend")
    with acting_as(sam):
        assert [row.pk for row in gereed.rijen(mine, sam, die=a.pk)] == [a.pk]
        fresh = User.objects.get(pk=sam.pk)
        fresh.vandaag = []
        assert gereed.rijen(mine, fresh, die=a.pk) == []


def test_no_more_than_so_many_are_kept(sam, monkeypatch):
    monkeypatch.setattr(expertteam.gereed, "MOST", 3)
    with acting_as(sam):
        assert (sam.rollen, sam.namens) == ({Rol.IB}, [sam.pk])
        vergeet()
        for n in range(5):
            gereed.rijen(lambda user, n: mine(user).filter(versie=n), sam, n)
    assert kept() == 2


def test_the_check_sees_a_question_that_depends_on_something_it_does_not_say(sam):
    turn = iter(range(9))

    def loose(user):
        return mine(user).filter(versie=next(turn))

    with acting_as(sam), pytest.raises(AssertionError):
        gereed.rijen(loose, sam)


def test_the_check_sees_keys_that_were_exchanged(sam, dirk):
    with acting_as(sam):
        other = Vraag(mine(dirk))
        with pytest.raises(AssertionError):
            same_question(other, mine, sam, ())
