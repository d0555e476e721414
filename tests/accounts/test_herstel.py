"""The phone is lost: somebody else takes the second step away (V6 6.4)."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client, TestCase
from django.urls import reverse

from schools.admin_accounts import HerstelForm
from schools.models import HerstelTweedeFactor, Rol
from tests.accounts.steps import factors, log_in, set_up, with_second_step
from tests.accounts.test_uitnodiging import choose, path
from tests.people import person

ADD = reverse("admin:schools_hersteltweedefactor_add")
WHY = "Telefoon kwijt, belde zelf vanaf school."


def restore(beheer, voor, waarom=WHY):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return beheer.post(ADD, {"voor": voor.pk, "waarom": waarom})


def errors(page):
    return page.context["adminform"].form.errors


def test_another_person_takes_it_away_says_why_and_both_hear_of_it(beheer, bea, sam, mailoutbox):
    with_second_step(sam)
    assert restore(beheer, sam).status_code == 302
    assert factors(sam) == []
    assert [*HerstelTweedeFactor.objects.values_list("door", "voor", "waarom")] == [(bea.pk, sam.pk, WHY)]
    assert [(sent.to, sent.subject) for sent in mailoutbox] == [
        ([sam.email], "De tweede stap van een account is weggehaald"),
        ([bea.email], "De tweede stap van een account is weggehaald"),
    ]
    assert all("van Sam Ibema is weggehaald door Bea Heer" in sent.body for sent in mailoutbox)
    assert WHY not in mailoutbox[0].body


def test_after_that_the_password_alone_only_sets_it_up_again(beheer, sam, on):
    phone = Client()
    set_up(phone, sam)
    on.TWEEDE_FACTOR = False
    restore(beheer, sam)
    on.TWEEDE_FACTOR = True
    again = Client()
    assert log_in(again, sam).status_code == 302
    assert again.get(reverse("mijn_aanmeldingen")).headers["Location"] == reverse("mfa_activate_totp")
    assert phone.get(reverse("mijn_aanmeldingen")).status_code == 302


def test_nobody_does_it_for_himself(beheer, bea):
    with_second_step(bea)
    assert errors(restore(beheer, bea)) == {
        "voor": ["Je kunt dit niet voor jezelf doen. Vraag het aan een andere beheerder."]
    }
    assert factors(bea) == ["totp"]


def test_that_test_sees_a_form_that_lets_him(beheer, bea, monkeypatch):
    with_second_step(bea)
    monkeypatch.setattr(HerstelForm, "clean_voor", lambda self: self.cleaned_data["voor"])
    assert restore(beheer, bea).status_code == 500
    assert factors(bea) == ["totp"]


@pytest.mark.parametrize("waarom", ["", "kwijt"])
def test_it_needs_a_reason(beheer, sam, waarom):
    with_second_step(sam)
    assert list(errors(restore(beheer, sam, waarom))) == ["waarom"]
    assert factors(sam) == ["totp"]


def test_where_there_is_nothing_to_restore_the_page_says_so(beheer, sam):
    assert errors(restore(beheer, sam)) == {
        "voor": ["Sam Ibema heeft de tweede stap nog niet aangezet. Er is niets te herstellen."]
    }


@pytest.mark.parametrize("rol", [Rol.COORDINATOR, Rol.COORDINATOR_AED, Rol.GW])
def test_only_a_beheerder_can(client, sam, rol):
    with_second_step(sam)
    client.force_login(person("cor@ppo.test", "Cor", "Kring", (rol, {}), organisatie="ppo"))
    for answer in (client.get(ADD), restore(client, sam)):
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('admin:login')}?next={ADD}")
    assert factors(sam) == ["totp"]


WALLS = {"herstel_nooit_jezelf": {"waarom": WHY}, "herstel_met_reden": {"waarom": "kwijt"}}


@pytest.mark.parametrize("wall", WALLS)
def test_the_database_refuses_it_too(bea, sam, wall):
    other = sam if wall == "herstel_met_reden" else bea
    with pytest.raises(IntegrityError, match=wall), transaction.atomic():
        HerstelTweedeFactor.objects.create(door=bea, voor=other, **WALLS[wall])


def test_what_is_written_down_stays_as_it_is(beheer, bea, sam):
    row = HerstelTweedeFactor.objects.create(door=bea, voor=sam, waarom=WHY)
    for change in (lambda rows: rows.update(waarom="Niets aan de hand."), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change(HerstelTweedeFactor.objects.filter(pk=row.pk))
    page = beheer.get(reverse("admin:schools_hersteltweedefactor_change", args=[row.pk])).content.decode()
    assert WHY in page
    assert 'name="_save"' not in page


def test_a_new_password_leaves_the_second_step_on(client, sam, on, mailoutbox, post_meteen):
    with_second_step(sam)
    client.post(reverse("account_reset_password"), {"email": sam.email})
    assert "Je wachtwoord is gewijzigd" in choose(client, path(mailoutbox[0])).content.decode()
    assert "_auth_user_id" not in client.session
    assert factors(sam) == ["totp"]
    answer = log_in(client, sam, "een nieuw paard in de gang")
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
