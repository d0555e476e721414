"""One dossier, whole, for who asks what is kept of him: on paper, as JSON, with the bijlagen and who saw it."""

import csv
import io
import json
from zipfile import ZipFile

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Agendapunt, Bijlage, Inzage
from cases.models.dossier import MEETING, ROWS
from cases.models.inzageverzoek import ALWAYS, ANDEREN, GIVEN, NOT_HIS, WITHHELD
from cases.roles import Role
from expertteam import sleutel
from tests.alles import als_eigenaar, closed
from tests.bewaren.conftest import jaar_terug, look
from tests.papieren.lezen import reader, woorden
from tests.people import met_reden
from tests.security.test_papers import DOCS

OLD = jaar_terug(1)
WHY_NOT = {"nee techniek", "nee bestand", "nee anderen", "nee medewerker"}


def said():
    """{(model, field): whether it is given} of docs/gegevens.csv."""
    with (DOCS / "gegevens.csv").open(newline="") as file:
        return {(row["model"], row["field"]): row["inzageverzoek"] for row in csv.DictReader(file)}


def given(withheld=WITHHELD):
    """{(model, field)} of what leaves the database for a request."""
    return {
        (m.__name__, f.name)
        for m in GIVEN
        for f in m._meta.concrete_fields
        if f.column not in [*ALWAYS, *withheld.get(m, [])]
    }


def test_every_column_of_a_dossier_is_given_or_the_paper_says_why_not():
    paper = said()
    assert {name for name, answer in paper.items() if answer == "ja"} == given()
    of_a_dossier = {m.__name__ for m in (*ROWS, *MEETING)}
    assert {answer for (model, _), answer in paper.items() if model in of_a_dossier} == {"ja", *WHY_NOT}
    assert {model for (model, _), answer in paper.items() if answer == "nee medewerker"} == {
        m.__name__ for m in NOT_HIS
    }
    assert {answer for (model, _), answer in paper.items() if model not in of_a_dossier} == {None}


def test_that_test_sees_a_column_that_nobody_classified():
    assert given({}) - given() == {
        ("Bijlage", "inhoud"), ("Bijlage", "sha256"), ("Inzage", "keten"), ("Inzage", "pagina"), ("Inzage", "dossiers"),
    }  # fmt: skip
    paper = said()
    del paper["Traject", "doel"]
    assert {name for name, answer in paper.items() if answer == "ja"} != given()


def fetch(who, a, **answers):
    """The files of an answer."""
    url = reverse("inzageverzoek", args=[a.pk])
    response = who.client.post(url, {"nagekeken": "on", "sleutel": sleutel.make(who.user)} | answers)
    assert response["Content-Type"] == "application/zip", response.status_code
    assert response["Content-Disposition"] == f'attachment; filename="inzageverzoek-{a.nummer}.zip"'
    with ZipFile(io.BytesIO(response.content)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture
def answered(olga, full, people):  # noqa: F811
    """A full dossier that was looked at with a reason, and the files that Olga fetched of it."""
    a = full(OLD)
    team = a.school.team
    met_reden(a.pk, team, minutes=90)
    return a, fetch(olga, a)


def test_it_holds_a_row_of_everything_with_every_column_that_the_paper_promises(answered):
    _, files = answered
    whole, paper = json.loads(files["dossier.json"]), {}
    for (model, field), answer in said().items():
        if answer == "ja":
            paper.setdefault(model, set()).add(field)
    assert {model: set(rows[0]) for model, rows in whole.items() if model in paper} == paper
    assert sorted(files) == ["bijlagen/1.pdf", "dossier.json", "dossier.pdf"]
    assert files["bijlagen/1.pdf"] == b"%PDF-Zzkanarie"
    before = {row["van"] for row in whole["geschiedenis"]}
    assert {"Aanmelding", "Traject", "Contactmoment", "Bijlage"} <= before


def test_every_text_of_it_stands_on_the_paper(answered):
    a, files = answered
    whole, text = json.loads(files["dossier.json"]), woorden(files["dossier.pdf"])
    models = ("Aanmelding", "Traject", "Advies", "Contactmoment", "Consult", "Verhaal", "Overleg")
    values = [value for model in models for row in whole[model] for value in row.values() if isinstance(value, str)]
    typed = {value for value in values if " " in value and ":" not in value}
    assert [v for v in typed if " ".join(v.split()) not in text] == []
    assert "/MarkInfo" in reader(files["dossier.pdf"]).trailer["/Root"]  # it can be read aloud
    assert a.nummer in text


def test_who_looked_is_named_only_when_so_decided(olga, full, people):  # noqa: F811
    a = full(OLD)
    look(people, [a.pk], a.pk, namens="vervangt A. Visser, De Berg", waarom="Werk van A. Visser als Begeleider")
    without = fetch(olga, a)
    looks = json.loads(without["dossier.json"])["Inzage"]
    assert {row["door"] for row in looks} == {"een medewerker"}
    assert "A. Visser" not in str(looks)
    assert {row["waarom"] for row in looks} == {"Eigen werk als Onderwijsspecialist"}
    looks = json.loads(fetch(olga, a, namen="on")["dossier.json"])["Inzage"]
    assert "Olga Specht" in {row["door"] for row in looks}
    assert "vervangt A. Visser, De Berg" in {row["namens"] for row in looks}


def test_it_leaves_a_trace_that_says_what_it_was(olga, full):  # noqa: F811
    a = full(OLD)
    before = Inzage.objects.count()
    fetch(olga, a)
    made = Inzage.objects.order_by("-pk")[0]
    assert (Inzage.objects.count() - before, made.door, made.get_deel_display(), made.dossiers) == (
        1, olga.user, "Het hele dossier, voor een inzageverzoek", [a.pk],
    )  # fmt: skip


def test_who_asks_is_checked_first(olga, full):  # noqa: F811
    a = full(OLD)
    page = olga.see("inzageverzoek", a.pk)
    assert olga.send(page.form("/inzageverzoek/")).errors == ["Kijk eerst na wie het vraagt. Vink het daarna aan."]
    assert "Inzageverzoek" in olga.see(a).text


def test_of_a_meeting_about_others_too_the_report_is_not_given(olga, full, make):  # noqa: F811
    a = full(OLD)
    ot = Agendapunt.objects.get(aanmelding=a).overleg
    make["agendapunt"]("besproken", whole=ot, aanmelding=make["aanmelding"]("ingediend", achternaam="Anders"))
    files = fetch(olga, a)
    (meeting,) = json.loads(files["dossier.json"])["Overleg"]
    assert (meeting["verslag"], b"Anders" in files["dossier.json"]) == (ANDEREN, False)


def test_a_file_that_is_shared_no_more_is_given_and_one_with_a_virus_is_not(olga, full):  # noqa: F811
    a = full(OLD)
    file = Bijlage.objects.get(aanmelding=a)
    Bijlage.objects.filter(pk=file.pk).update(akkoord_ingetrokken_op=file.akkoord_op)
    assert "bijlagen/1.pdf" in fetch(olga, a)
    with pgtrigger.ignore("cases.Bijlage:blijft_zoals_ze_is"):
        Bijlage.objects.filter(pk=file.pk).update(scan="besmet", inhoud=b"")
    assert [name for name in fetch(olga, a) if name.startswith("bijlagen")] == []


def test_only_who_answers_such_a_request_gets_it(full, people, browser, world):  # noqa: F811
    a = full(OLD)
    answer = {}
    for role, user in people.items():
        answer[role] = browser(user).client.get(reverse("inzageverzoek", args=[a.pk])).status_code
    assert {role for role, code in answer.items() if code == 200} == {Role.OS}
    assert set(answer.values()) == {200, 404}
    other = met_reden(a.pk, world["uil"])  # an onderwijsspecialist elsewhere reads with a reason, and exports nothing
    assert browser(other).client.get(reverse("inzageverzoek", args=[a.pk])).status_code == 404


def test_a_coordinator_gets_it_with_a_reason(coen, full):  # noqa: F811
    a = full(OLD)
    als_eigenaar(
        "INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot) SELECT gen_random_uuid(),"
        f" '{a.pk}', '{coen.user.pk}', 'De ouders vragen om het dossier', now(), now() + interval '1 hour'"
    )
    whole = json.loads(fetch(coen, a)["dossier.json"])
    assert {m.__name__ for m in GIVEN if not whole[m.__name__]} == set()
    assert Inzage.objects.order_by("-pk")[0].waarom == "Met reden: De ouders vragen om het dossier"


def test_the_database_looks_for_itself_who_asks(full, people):
    """Past the page the function gives nothing."""
    a = full(OLD)
    for role, user in people.items():
        with closed(user), connection.cursor() as cursor:
            cursor.execute("SELECT dossier_als_geheel(%s) IS NOT NULL", [a.pk])
            assert cursor.fetchone()[0] is (role == Role.OS)
