"""An onderzoeksverslag: shared only if the parents agree with sharing that one, and not any more when they do not."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases.engine import Refused, sentence
from cases.models import Bijlage, Event
from cases.models.historie import HISTORY
from cases.roles import Role
from cases.workflow import AANMELDING
from expertteam import sleutel
from tests.alles import als_eigenaar, closed
from tests.files.maken import bijlage, pdf
from tests.people import TODAY, voluit
from tests.scenarios.browser import Page
from tests.scenarios.conftest import *  # noqa: F403

AKKOORD = "Vink aan dat de ouders het delen van dit onderzoeksverslag goed vinden."
GISTEREN = TODAY - datetime.timedelta(days=1)
DRAFT = {"niveau": "leerling", "soort": "basis", "hulpvraag": "Hoe verder?"}


@pytest.fixture
def draft(make):
    return make["aanmelding"]("concept", "licht")


@pytest.fixture
def plan(draft, people):
    return bijlage(aanmelding=draft, door=people[Role.IB])


@pytest.fixture
def shared(make, people):
    """A function: an onderzoeksverslag in a dossier of this state."""

    def shared(state="ingediend", soort="complex", **fields):
        known = {"verslag": True, "akkoord_op": GISTEREN, "door": people[Role.IB]}
        return bijlage(pdf(), aanmelding=make["aanmelding"](state, soort), **known | fields)

    return shared


def form_of(person, draft):
    return person.see("beschrijven", draft.pk).form("/beschrijven/")


def about(file, **answers):
    return {f"bijlage-{file.pk}-{name}": value for name, value in answers.items()}


def intrekken(person, file, **answers):
    address = reverse("akkoord_intrekken", args=[file.aanmelding_id, file.pk])
    return person.send(Page(person.client.get(address)).form("/akkoord-intrekken/"), **answers)


def said(file):
    file.refresh_from_db()
    return file.verslag, file.akkoord_op, file.akkoord_ingetrokken_op


# What the school says of a file.


def test_of_an_ordinary_file_nothing_is_asked(sam, draft, plan):
    page = sam.send(form_of(sam, draft))
    assert page.title == "Controleer en verstuur"
    assert page.facts["Bijlage"] == "plan.pdf Is dit een onderzoeksverslag? plan.pdf"
    assert said(plan) == (False, None, None)
    sam.send(page.form("/indienen/"))
    assert draft.bijlagen.get().op_te_halen


def test_a_form_without_files_asks_nothing_of_any(sam):
    assert {name for name in sam.see("nieuw").form("/nieuw/").names if name.startswith("bijlage-")} == set()


def test_an_onderzoeksverslag_with_the_agreement_of_the_parents_is_kept_with_its_day(sam, draft, plan):
    page = sam.send(form_of(sam, draft), **about(plan, verslag=True, akkoord=True, akkoord_op=GISTEREN))
    there = f"plan.pdf (onderzoeksverslag; ouders akkoord op {voluit(GISTEREN)}) Wijzig plan.pdf"
    assert page.facts["Bijlage"] == there
    assert said(plan) == (True, GISTEREN, None)
    form = form_of(sam, draft)
    assert {form.values[name] for name in about(plan, verslag=1, akkoord=1)} == {"on"}
    assert form.values[f"bijlage-{plan.pk}-akkoord_op"] == GISTEREN.isoformat()


def test_without_that_agreement_it_is_refused_and_nothing_typed_is_lost(sam, draft, plan):
    given = about(plan, verslag=True, akkoord_op=GISTEREN)
    page = sam.send(form_of(sam, draft), gaat_goed="Zij helpt graag.", **given)
    assert (page.title, page.errors) == ("Nieuwe aanmelding", [f"plan.pdf: {AKKOORD}"])
    assert [n.attrs.get("open", "dicht") for n in page.root.all("details")] == [None]
    form = page.form("/beschrijven/")
    assert {name: form.values.get(name) for name in given} == {
        name: "on" if value is True else value.isoformat() for name, value in given.items()
    }
    draft.refresh_from_db()
    assert (said(plan), draft.gaat_goed) == ((False, None, None), "Zij helpt graag.")
    page = sam.send(form, **about(plan, akkoord=True))
    assert (page.title, said(plan)) == ("Controleer en verstuur", (True, GISTEREN, None))


@pytest.mark.parametrize(("day", "error"), [
    ("", "Vul in wanneer de ouders het delen goed vonden."),
    ("31-02-2026", "Deze datum bestaat niet. Vul bijvoorbeeld 27-03-2017 in."),
    (TODAY + datetime.timedelta(days=1), "De datum moet vandaag of eerder zijn."),
])  # fmt: skip
def test_the_day_is_asked_and_must_have_been(sam, draft, plan, day, error):
    page = sam.send(form_of(sam, draft), **about(plan, verslag=True, akkoord=True, akkoord_op=day))
    assert (page.errors, said(plan)) == ([f"plan.pdf: {error}"], (False, None, None))


def test_who_takes_the_tick_away_again_has_an_ordinary_file(sam, draft, plan):
    Bijlage.objects.update(verslag=True, akkoord_op=GISTEREN)
    form = form_of(sam, draft)
    del form.values[f"bijlage-{plan.pk}-verslag"]
    form.values[f"bijlage-{plan.pk}-akkoord_op"] = "onzin"
    assert sam.send(form).title == "Controleer en verstuur"
    assert said(plan) == (False, None, None)


def test_a_form_of_before_the_file_was_there_says_nothing_of_it(sam, draft):
    form = form_of(sam, draft)
    plan = bijlage(aanmelding=draft, door=sam.user, verslag=True, akkoord_op=GISTEREN)
    sam.send(form)
    assert said(plan) == (True, GISTEREN, None)


def test_of_two_files_each_has_its_own(sam, draft, plan):
    other = bijlage(pdf(), aanmelding=draft, door=sam.user, naam="iq.pdf")
    sam.send(form_of(sam, draft), **about(other, verslag=True, akkoord=True))
    assert (said(plan), said(other)) == ((False, None, None), (True, TODAY, None))


def test_a_file_that_is_sent_along_can_be_said_more_of_when_it_is_there(people, make, client):
    client.force_login(people[Role.IB])
    draft, address = (a := make["aanmelding"]()), reverse("beschrijven", args=[a.pk])
    given = DRAFT | {"versie": "0", "bijlagen": SimpleUploadedFile("iq.pdf", pdf())}
    page = client.post(address, given | {"sleutel": sleutel.make(people[Role.IB])}, follow=True).content.decode()
    assert f'name="bijlage-{draft.bijlagen.get().pk}-verslag"' in page
    assert "Is dit een onderzoeksverslag?" in page


def test_the_draft_that_saves_itself_says_what_is_not_right_yet(people, draft, plan, client):
    client.force_login(people[Role.IB])
    given = DRAFT | {"versie": "0", f"bijlage-{plan.pk}-verslag": "on", f"bijlage-{plan.pk}-akkoord_op": ""}
    answer = client.post(
        reverse("beschrijven", args=[draft.pk]), given | {"sleutel": sleutel.make(people[Role.IB])},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert f"plan.pdf: {AKKOORD}" in answer.content.decode()


def test_after_sending_nobody_says_something_else_of_it(sam, shared, make):
    file = shared()
    form = {"versie": "0", **about(file, akkoord_op=TODAY), "sleutel": sleutel.make(sam.user)}
    page = Page(sam.client.post(reverse("beschrijven", args=[file.aanmelding_id]), form))
    assert (page.status, said(file)) == (409, (True, GISTEREN, None))


# The parents take it back.


@pytest.mark.parametrize("who", ["sam", "olga"])
def test_what_the_parents_take_back_is_opened_by_nobody_any_more(request, shared, sam, olga, abel, mails, who):
    file, person = shared("opgepakt"), request.getfixturevalue(who)
    where, address = file.aanmelding, reverse("bijlage", args=[file.aanmelding_id, file.pk])
    assert [p.client.get(address).status_code for p in (sam, olga, abel)] == [200, 200, 200]
    page = person.see(where)
    assert page.facts["Bijlage"].startswith(f"plan.pdf (onderzoeksverslag; ouders akkoord op {voluit(GISTEREN)})")
    page = intrekken(person, file)
    assert page.said == ["Vastgelegd. Niemand kan dit verslag nog openen."]
    gone = f"plan.pdf (onderzoeksverslag; de ouders trokken hun akkoord in op {voluit(TODAY)})"
    assert page.facts["Bijlage"] == gone
    assert "Ouders trokken akkoord voor een onderzoeksverslag in" in page.text
    for p in (sam, olga, abel):
        answer = p.client.get(address)
        assert (answer.status_code, b"%PDF-" in answer.content) == (409, False)
        assert "hun akkoord in voor het delen van dit onderzoeksverslag" in answer.content.decode()
        assert p.see(where).facts["Bijlage"] == gone
    assert mails() == sorted({"abel", "olga", "sam", "tess"} - {who})  # tess is of the team: she could have opened it
    event = Event.objects.get()
    assert (event.step, event.by, event.dossier_id) == ("akkoord_weg", person.user, where.pk)
    file.refresh_from_db()
    assert bytes(file.inhoud) == pdf()  # it goes with the dossier
    history = als_eigenaar(
        f"SELECT akkoord_ingetrokken_op AS op FROM {HISTORY[Bijlage]._meta.db_table} WHERE pgh_label = 'update'"
    )
    assert history == [{"op": TODAY.isoformat()}]


def test_the_ambulant_begeleider_and_the_coordinator_do_not_take_it_back(shared, abel, tess, coen, dirk):
    file = shared("opgepakt")
    address = reverse("akkoord_intrekken", args=[file.aanmelding_id, file.pk])
    for other in (abel, tess, coen, dirk):
        given = {"akkoord_ingetrokken_op": TODAY, "sleutel": sleutel.make(other.user)}
        assert (other.client.get(address).status_code, other.client.post(address, given).status_code) == (404, 404)
    assert address not in abel.client.get(reverse("detail", args=["aanmelding", file.aanmelding_id])).content.decode()
    assert (said(file), Event.objects.count()) == ((True, GISTEREN, None), 0)


@pytest.mark.parametrize(("day", "error"), [
    ("", "Vul in wanneer de ouders hun akkoord introkken."),
    (TODAY - datetime.timedelta(days=2), "De ouders kunnen dit niet intrekken voor de dag waarop zij het goed vonden."),
    (TODAY + datetime.timedelta(days=1), "De datum moet vandaag of eerder zijn."),
])  # fmt: skip
def test_the_day_lies_between_the_agreement_and_today(sam, shared, day, error):
    file = shared()
    page = intrekken(sam, file, akkoord_ingetrokken_op=day)
    assert (page.errors, said(file), Event.objects.count()) == ([error], (True, GISTEREN, None), 0)


def test_the_second_of_two_windows_changes_nothing(sam, olga, shared):
    file = shared()
    address = reverse("akkoord_intrekken", args=[file.aanmelding_id, file.pk])
    form = Page(olga.client.get(address)).form("/akkoord-intrekken/")
    intrekken(sam, file, akkoord_ingetrokken_op=GISTEREN)
    page = olga.send(form)
    assert page.said == ["De ouders trokken hun akkoord al in. Je hoeft niets te doen."]
    assert (said(file), Event.objects.count()) == ((True, GISTEREN, GISTEREN), 1)
    assert olga.client.get(address).status_code == 302


def test_only_an_onderzoeksverslag_that_was_sent_can_be_taken_back(sam, make, draft, people):
    plain = bijlage(aanmelding=make["aanmelding"]("ingediend"), door=sam.user)
    own = bijlage(aanmelding=draft, door=sam.user, verslag=True, akkoord_op=TODAY)
    for file in (plain, own):  # out of a draft it is taken altogether
        assert sam.client.get(reverse("akkoord_intrekken", args=[file.aanmelding_id, file.pk])).status_code == 404
    with pytest.raises(Refused, match="Er is geen onderzoeksverslag dat de ouders goed vonden."):
        AANMELDING.take("akkoord_weg", plain.aanmelding_id, people[Role.OS])


# The database.


def database_answers(user, file, **change):
    """How many rows somebody changes past the product, or what the database says."""
    columns = ", ".join(f"{name} = %s" for name in change)
    try:
        with closed(user), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE cases_bijlage SET {columns} WHERE id = %s", [*change.values(), file.pk])
            transaction.set_rollback(True)
            return cursor.rowcount
    except IntegrityError as error:
        return sentence(error)


STAYS = "Een bijlage verandert niet. Alleen de controle op virussen komt er nog bij."


def test_the_database_lets_the_school_and_the_onderwijsspecialist_change_exactly_this(people, shared):
    file = shared("opgepakt", scan="wacht")
    for role, rows in [(Role.IB, 1), (Role.OS, 1), (Role.AB, 0), (Role.TEAM, 0), (Role.COORDINATOR, 0), (None, 0)]:
        assert (role, database_answers(people[role], file, akkoord_ingetrokken_op=TODAY)) == (role, rows)
    for change in ({"scan": "schoon"}, {"naam": "ander.pdf"}, {"scan": "besmet", "inhoud": b""}):
        assert (change, database_answers(people[Role.OS], file, **change)) == (change, STAYS)
    late = "Of dit een onderzoeksverslag is, verandert niet meer na het versturen."
    assert database_answers(people[Role.IB], file, akkoord_op=TODAY) == late
    assert database_answers(people[Role.IB], file, verslag=False, akkoord_op=None) == late


def test_that_nobody_who_logs_in_is_the_scanner_is_kept_by_that_trigger(people, shared):
    """The broken twin: with the wall of before, who may take the agreement back also says that a file is clean."""
    file = shared(scan="wacht")
    body = "pgtrigger_blijft_zoals_ze_is_f688a"
    (was,) = als_eigenaar(f"SELECT pg_get_functiondef('{body}'::regproc) AS f")
    als_eigenaar(was["f"].replace("OR actor() IS NOT NULL", ""))
    assert database_answers(people[Role.OS], file, scan="schoon") == 1


def test_a_mark_of_a_draft_is_of_its_own_school(people, draft, plan):
    given = {"verslag": True, "akkoord_op": TODAY}
    for role, rows in [(Role.IB, 1), (Role.OS, 0), (None, 0)]:
        assert (role, database_answers(people[role], plan, **given)) == (role, rows)
