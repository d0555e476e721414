"""What somebody sees inside a dossier in which he has a role: the table SEES, read from the pages."""

from contextlib import nullcontext

import pytest
from django.db.models import CharField, TextField, Value

from cases.models import Aanmelding, Advies, Afspraak, Bijlage, Consult, Contactmoment, Route, Traject, Vraag
from cases.models.base import ScopedQuerySet
from cases.roles import SEES, Role
from tests import alles
from tests.access.walk import walk

pytest_plugins = ["tests.access.town"]
pytestmark = pytest.mark.xdist_group("access")

MODELS = {"aanmelding": Aanmelding, "vraag": Vraag, "bijlage": Bijlage, "traject": Traject, "advies": Advies,
          "contactmoment": Contactmoment, "overleg": Afspraak, "route": Route, "consult": Consult}  # fmt: skip


def written(part, model):
    """The name of a word: those of a consult stand apart, because it asks a vraag as the dossier does."""
    free = [f.name for f in model._meta.fields if isinstance(f, CharField | TextField) and not f.choices]
    return [f"{part}-{name}" if part == "consult" else name for name in free if name not in {"nummer", "sha256"}]


PARTS = {word: part for part, model in MODELS.items() for word in written(part, model)}
# who, in which role, in which dossier: the team where the work is being prepared, the others where it runs
IN = [("ib", Role.IB, "eigen-loopt"), ("os", Role.OS, "eigen-loopt"), ("ab", Role.AB, "eigen-loopt"),
      ("team", Role.TEAM, "eigen-start"), ("coordinator", Role.COORDINATOR, "eiland-loopt"),
      ("coordinator_reden", Role.REDEN, "eigen-loopt"), ("expert", Role.EXPERT, "eigen-loopt")]  # fmt: skip


def seen_of(visits, who, dossier):
    """The parts of which a word stood on a page of this dossier."""
    mine = [
        v for v in visits if v.who == who and v.page.partition(":")[0] in {"detail", "inzage"} and v.answer == "200"
    ]
    mine = [v for v in mine if v.page != "detail:aanmelding" and dossier in v.shown]
    words = {(thing.removesuffix("_traject"), f) for v in mine for thing, f in v.found}
    words |= {(dossier, f"consult-{f}") for thing, f in words if thing == f"{dossier}_consult"}
    found = {PARTS[f] for thing, f in words if thing == dossier and f in PARTS}
    return found | {"inzage" for v in mine if v.page == "inzage"}


def test_every_part_has_words_of_its_own():
    assert {*PARTS.values()} | {"inzage"} == set().union(*SEES.values())
    assert len(PARTS) == sum(len(written(part, model)) for part, model in MODELS.items())


def test_everybody_sees_the_parts_that_the_table_says_and_no_other(visits):
    assert {role: seen_of(visits, who, dossier) for who, role, dossier in IN} == SEES


def test_the_gedragswetenschapper_reads_the_question_that_was_put_to_him_and_the_number(visits):
    """Not the dossier (B-16): the words that [woorden] allows him are these."""
    read = {word for v in visits if v.who == "gw" for word in v.found}
    assert read == {("eigen-loopt_consult", "vraag"), ("eigen-loopt", "nummer")}


def test_that_check_sees_the_work_before_the_whole_team(town, monkeypatch):
    """With a filter forgotten and the database open; with the database shut it does no harm."""
    real = ScopedQuerySet.visible_to

    def loose(self, user):
        every = {f"as_{role}": Value(True) for role in self.model.RELATIONS}
        return self.annotate(**every) if self.model is Traject else real(self, user)

    monkeypatch.setattr(ScopedQuerySet, "visible_to", loose)
    assert seen_of(walk(town, ["detail:opgepakt"], {"team"}), "team", "eigen-start") == SEES[Role.TEAM]
    monkeypatch.setattr(alles, "closed", nullcontext)
    seen = seen_of(walk(town, ["detail:opgepakt"], {"team"}), "team", "eigen-start")
    assert seen == SEES[Role.TEAM] | {"traject", "advies", "contactmoment"}


def test_the_kring_page_names_no_leerling(visits):
    """Numbers and themes; to the coördinator also the numbers of what waits at a school without a specialist."""
    pages = [v for v in visits if v.page == "kringen" and v.answer == "200" and v.method == "GET"]
    assert {v.who for v in pages} == {"os", "os_spreeuw", "os_reden", "oud_ab", "coordinator", "coordinator_reden"}
    of_the_kring = {found for v in pages for found in v.found if not v.who.startswith("coordinator")}
    waiting = {found for v in pages for found in v.found if v.who.startswith("coordinator")}
    assert of_the_kring == set()
    assert waiting == {(f"eiland-{kind}", "nummer") for kind in ("basis", "nieuw", "start")}
    assert all("De Berg" in v.text for v in pages if v.who == "os" and "Kring Noord" in v.text)
