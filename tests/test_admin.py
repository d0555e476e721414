"""The beheerder keeps schools, teams and people. All people and schools are invented."""

import datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.admin import NooitWeg
from schools.models import (
    Aanstelling,
    Expertteam,
    HerstelTweedeFactor,
    Kring,
    Rol,
    School,
    Schoolbestuur,
    Schooljaar,
    User,
    Vakantie,
)
from schools.models import vandaag as today
from tests.people import stel_aan

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")  # staticfiles/ is made by collectstatic

REGISTERED = [
    Aanstelling, Expertteam, HerstelTweedeFactor, Kring, School, Schoolbestuur, Schooljaar, User, Vakantie,
]  # fmt: skip


def url(model, page, *args):
    return reverse(f"admin:schools_{model.__name__.lower()}_{page}", args=args)


def person(voornaam, rol, **place):
    user = User.objects.create_user(f"{voornaam.lower()}@example.org", voornaam=voornaam, achternaam="Visser")
    stel_aan(user, rol, **place)
    return user


@pytest.fixture
def beheer(client, db):
    """A client that is logged in as beheerder."""
    client.force_login(person("Bea", Rol.BEHEERDER))
    return client


@pytest.fixture
def team(db):
    return Expertteam.objects.create(naam="Team Merel", kring=Kring.objects.create(naam="Noord"))


@pytest.fixture
def berg(db):
    return School.objects.create(brin6="98AA00", naam="De Berg", plaats="Leiden", gemeente="Leiden")


def errors(response):
    return [*response.context["errors"]]


def test_the_beheerder_finds_the_subjects_of_schools_and_nothing_else(beheer):
    apps_shown = beheer.get(reverse("admin:index")).context["app_list"]
    assert [app["app_label"] for app in apps_shown] == ["schools"]
    assert {subject["model"] for subject in apps_shown[0]["models"]} == set(REGISTERED)


@pytest.mark.parametrize("rol", [Rol.GW, Rol.COORDINATOR, Rol.COORDINATOR_AED])
def test_nobody_else_gets_in(client, db, rol):
    client.force_login(person("Olga", rol))
    for page in [reverse("admin:index"), *(url(model, "changelist") for model in REGISTERED)]:
        response = client.get(page)
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("admin:login"))


def test_the_admin_never_touches_a_dossier():
    assert not [model for model in admin.site._registry if model._meta.app_label == "cases"]
    deletable = [model for model in REGISTERED if not isinstance(admin.site._registry[model], NooitWeg)]
    assert deletable == [Expertteam, Kring, Vakantie]
    assert not [
        f"{relation.related_model.__name__}.{relation.field.name}"
        for model in deletable
        for relation in model._meta.related_objects
        if relation.related_model in apps.get_app_config("cases").get_models()
        and relation.on_delete is not models.PROTECT
    ]


@pytest.mark.parametrize("model", [School, User, Schoolbestuur, Schooljaar])
def test_what_dossiers_and_duo_point_at_is_never_deleted(beheer, berg, rf, model):
    Schoolbestuur.objects.create(nummer="41234")
    Schooljaar.objects.van(today())
    pk = model.objects.get().pk
    assert "delete_selected" not in beheer.get(url(model, "changelist")).content.decode()
    assert url(model, "delete", pk) not in beheer.get(url(model, "change", pk)).content.decode()
    request = rf.get(url(model, "delete", pk))
    request.user = User.objects.get()
    with pytest.raises(PermissionDenied):
        admin.site.get_model_admin(model).delete_view(request, str(pk))


def test_the_team_of_a_school_is_chosen_in_the_list(beheer, berg, team):
    response = beheer.post(url(School, "changelist"), {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": berg.pk, "form-0-team": team.pk, "_save": "x",
    })  # fmt: skip
    assert response.status_code == 302
    berg.refresh_from_db()
    assert berg.team == team


def test_the_list_of_schools_can_be_narrowed_to_a_gemeente_or_a_team(beheer, berg, team):
    School.objects.create(brin6="98BB00", naam="Het Dal", gemeente="Zeist", team=team)
    filters = beheer.get(url(School, "changelist")).context["cl"].filter_specs
    assert [spec.title for spec in filters] == ["gemeente", "expertteam", "gesloten op"]
    for query in ({"gemeente": "Zeist"}, {"team__id__exact": team.pk}):
        page = beheer.get(url(School, "changelist"), query).content.decode()
        assert "Het Dal" in page
        assert "De Berg" not in page


def test_a_person_may_correct_a_school_but_not_its_brin(beheer, berg):
    berg.duo = {"naam": "De Berg"}
    berg.save()
    page = beheer.get(url(School, "change", berg.pk))
    assert "brin6" not in page.context["adminform"].form.fields
    assert "duo" not in page.context["adminform"].form.fields
    beheer.post(url(School, "change", berg.pk), {"naam": "obs De Berg", "brin6": "00XX00", "plaats": "Leiden"})
    berg.refresh_from_db()
    assert (berg.naam, berg.brin6, berg.duo) == ("obs De Berg", "98AA00", {"naam": "De Berg"})


def test_a_team_shows_its_schools(beheer, berg, team):
    assert "De Berg" not in beheer.get(url(Expertteam, "change", team.pk)).content.decode()
    School.objects.update(team=team)
    page = beheer.get(url(Expertteam, "change", team.pk)).content.decode()
    assert "De Berg" in page
    assert url(School, "change", berg.pk) in page


def test_a_new_person_needs_a_name_and_an_email_address_and_no_password(beheer):
    page = beheer.get(url(User, "add")).content.decode()
    assert 'name="password' not in page
    data = {"email": "Noor@Example.org", "voornaam": "Noor", "achternaam": "Ibema", "organisatie": "school",
            "is_active": "on"}  # fmt: skip
    assert beheer.post(url(User, "add"), data).status_code == 302
    noor = User.objects.get(email="noor@example.org")
    assert (str(noor), noor.has_usable_password(), noor.rollen) == ("Noor Ibema", False, set())
    again = beheer.post(url(User, "add"), data)
    assert errors(again) == [["Er bestaat al een Persoon met eenzelfde E-mailadres."]]


def test_a_password_is_neither_shown_nor_lost_when_a_person_is_changed(beheer):
    noor = User.objects.create_user("noor@example.org", "een lang wachtwoord", voornaam="Noor", achternaam="Ibema")
    page = beheer.get(url(User, "change", noor.pk)).content.decode()
    assert "argon2" not in page
    assert 'name="password' not in page
    data = {"email": "noor@example.org", "voornaam": "Noor", "achternaam": "Visser", "organisatie": "ppo"}
    beheer.post(url(User, "change", noor.pk), data)
    noor.refresh_from_db()
    assert (noor.achternaam, noor.is_active, noor.check_password("een lang wachtwoord")) == ("Visser", False, True)


def test_an_aanstelling_asks_person_and_place_by_typing_a_few_letters(beheer, berg):
    form = beheer.get(url(Aanstelling, "add")).context["adminform"].form
    typed = {name for name in form.fields if "admin-autocomplete" in str(form[name])}
    assert typed == {"user", "school", "team", "kring"}
    for field, term, found in [("school", "98AA", "De Berg"), ("user", "bea", "Bea Visser")]:
        query = {"app_label": "schools", "model_name": "aanstelling", "field_name": field, "term": term}
        assert [row["text"] for row in beheer.get(reverse("admin:autocomplete"), query).json()["results"]] == [found]


def test_an_aanstelling_at_the_wrong_place_is_refused_in_plain_dutch(beheer, berg, team):
    noor = User.objects.create(email="noor@berg.test", voornaam="Noor", achternaam="Visser")
    data = {"user": noor.pk, "rol": Rol.IB, "van": "01-08-2026"}
    assert errors(beheer.post(url(Aanstelling, "add"), data | {"team": team.pk})) == [[
        "Een IB-er hoort bij een school; een onderwijsspecialist, ambulant begeleider of expert SBO bij een "
        "expertteam; een coördinator bij een kring of bij alle kringen."
    ]]  # fmt: skip
    assert beheer.post(url(Aanstelling, "add"), data | {"school": berg.pk}).status_code == 302
    assert [*noor.aanstellingen.values_list("rol", "school")] == [(Rol.IB, berg.pk)]


def test_nobody_gives_himself_a_role(beheer, team):
    bea = User.objects.get()
    data = {"user": bea.pk, "rol": Rol.OS, "van": "01-08-2026", "team": team.pk}
    assert errors(beheer.post(url(Aanstelling, "add"), data)) == [[
        "Je kunt jezelf geen rol geven of afnemen. Vraag het een andere beheerder."
    ]]  # fmt: skip
    assert [*bea.aanstellingen.values_list("rol", flat=True)] == [Rol.BEHEERDER]


def test_the_number_of_a_schooljaar_is_only_counted(beheer):
    jaar, _ = Schooljaar.objects.volgend_nummer(today())
    assert [*beheer.get(url(Schooljaar, "add")).context["adminform"].form.fields] == ["begin"]
    assert [*beheer.get(url(Schooljaar, "change", jaar.pk)).context["adminform"].form.fields] == []
    beheer.post(url(Schooljaar, "change", jaar.pk), {"begin": 1999, "laatste_nummer": 7})
    assert Schooljaar.objects.values_list("begin", "laatste_nummer").get() == (jaar.begin, 1)


def test_the_beheerder_adds_a_vakantie_and_reads_why_a_wrong_one_is_refused(beheer):
    data = {"naam": "meivakantie", "regio": "Midden", "van": "04-05-2030", "tot": "12-05-2030"}
    refused = beheer.post(url(Vakantie, "add"), data | {"tot": "12-05-2029"})
    assert errors(refused) == [["De laatste dag ligt voor de eerste dag."]]
    assert 'value="meivakantie"' in refused.content.decode()
    assert beheer.post(url(Vakantie, "add"), data).status_code == 302
    vakantie = Vakantie.objects.get(van__year=2030)
    assert str(vakantie) == "meivakantie Midden 2030"
    again = beheer.post(url(Vakantie, "add"), data | {"tot": "13-05-2030"})
    assert errors(again) == [["Deze vakantie staat er al: in deze regio begint er al een op deze dag."]]
    assert beheer.post(url(Vakantie, "delete", vakantie.pk), {"post": "yes"}).status_code == 302
    assert not Vakantie.objects.filter(pk=vakantie.pk).exists()


@pytest.mark.parametrize(("regio", "found"), [("", {""}), ("Zuid", {"Zuid"})])
def test_the_vakanties_of_one_regio_or_of_heel_nederland_can_be_listed(beheer, regio, found):
    page = beheer.get(url(Vakantie, "changelist"), {"regio__exact": regio})
    assert {vakantie.regio for vakantie in page.context["cl"].result_list} == found
    assert "heel Nederland" in page.content.decode()


@pytest.mark.parametrize("model", REGISTERED)
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(beheer, django_assert_num_queries, model):
    def rows(n):
        kring = Kring.objects.create(naam=f"Kring {n}")
        team = Expertteam.objects.create(naam=f"Team {n}", kring=kring)
        bestuur = Schoolbestuur.objects.create(nummer=n)
        School.objects.create(brin6=f"98AA{n:02}", naam="De Berg", team=team, bestuur=bestuur)
        person(f"Noor{n}", Rol.OS, team=team)
        Schooljaar.objects.create(begin=2000 + n)
        Vakantie.objects.create(naam="vrij", van=datetime.date(2030, 1, n), tot=datetime.date(2030, 1, n))

    rows(1)
    with CaptureQueriesContext(connection) as one:
        assert beheer.get(url(model, "changelist")).status_code == 200
    rows(2)
    rows(3)
    with django_assert_num_queries(len(one)):
        beheer.get(url(model, "changelist"))
