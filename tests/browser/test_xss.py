"""What people typed is text, on every page, for everybody: it never runs, and nothing of it stays in the browser."""

from itertools import count

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from cases.roles import Role
from expertteam import koppen
from schools.models import Rol, Schooljaar, Urenbudget
from tests.browser import paginas
from tests.browser.test_bewaren import KEPT
from tests.people import TODAY, person

pytestmark = [pytest.mark.xdist_group("xss"), pytest.mark.django_db(transaction=True)]

RUN = "kanarie.push(1)"
PAYLOADS = [
    f"<script>{RUN}</script>", f'"><img src=x onerror={RUN}>', f"'><svg/onload={RUN}>",
    f"</p></textarea><script>{RUN}//",
    f"</title><script>{RUN}//", f"javascript:{RUN}", f'" autofocus onfocus={RUN} x="', f"' onmouseover={RUN} x='",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>", f"<a href=javascript:{RUN}>x</a>", 
    f"--></style><b onclick={RUN}>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
]  # fmt: skip
LISTEN = """window.kanarie = [];
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => kanarie.push(name);
document.addEventListener('securitypolicyviolation', e => kanarie.push('csp ' + e.violatedDirective));"""
SEEN = """() => [...kanarie, ...document.querySelectorAll(`script:not([src]), iframe, img[src=x], [onload], [onerror],
  [onfocus], [onclick], [onmouseover], [href^="javascript:" i], [srcdoc]`)].map(
  e => e.outerHTML?.slice(0, 90) ?? e)"""
EMPTY = {"local": {}, "session": {}, "indexed": [], "caches": [], "cookies": ""}
# an address; light or dark; which filters of the beheer are open
FRAME = {"htmx-current-path-for-history", "theme", "django.admin.filtersState"}
WHO = [Role.IB, Role.OS, Role.AB, Role.TEAM, Role.COORDINATOR, None, "sbo", "gw", "coordinator_aed", "beheerder"]


def texts(model, n):
    """A hostile value for every free text of a model: as many of the twelve as fit in it."""
    free = [f for f in model._meta.fields if isinstance(f, models.CharField | models.TextField) and not f.choices]
    free = [f for f in free if (f.max_length or 999) >= 40 and not isinstance(f, models.EmailField)]
    free = [f for f in free if f.editable and f.name != "password"]
    for i, field in enumerate(free):
        long = (field.max_length or 999) > 400
        rest = "" if long or not field.unique else f" {n}"
        text = " ".join(PAYLOADS) if long else PAYLOADS[(i + n) % 12]
        yield field.name, text[: (field.max_length or 999) - len(rest)] + rest


@pytest.fixture
def poisoned(monkeypatch, people, world, make):
    """A full year in which every text of every dossier, school and person is an attack."""
    number, save = count(), models.Model.save_base

    def poison(self, *args, **kwargs):
        if self._meta.app_label == "cases" and self._state.adding:
            for name, text in texts(type(self), next(number)):
                if getattr(self, name) or name in {"note", "notitie"}:
                    setattr(self, name, text)
        return save(self, *args, **kwargs)

    monkeypatch.setattr(models.Model, "save_base", poison)
    people |= {rol: person(f"{rol}@ppo.test", "X", "X", (rol, place)) for rol, place in [
        (Rol.SBO, {"team": world["merel"]}), (Rol.GW, {}), (Rol.COORDINATOR_AED, {}), (Rol.BEHEERDER, {}),
    ]}  # fmt: skip
    Urenbudget.objects.create(kring=world["noord"], schooljaar=Schooljaar.objects.van(TODAY), uren=100)
    paginas.fill(make, people)
    for model in apps.get_app_config("schools").get_models():
        for row in model.objects.all() if dict(texts(model, 0)) and model.__name__ != "Aanstelling" else []:
            model.objects.filter(pk=row.pk).update(**dict(texts(model, next(number))))
    return people


def addresses(user, who):
    """Every page of the product for this person; for the beheerder those of the beheer as well."""
    found = [reverse(name) for name in paginas.OWN] + paginas.dossiers(user) + list(paginas.steps(user))
    found += [*paginas.drafts(), paginas.sent()] if who == Role.IB else []
    if who == Role.COORDINATOR:
        found.append(reverse("kringen") + "?kring=Noord")
    if who == "beheerder":
        for model in ("school", "kring", "expertteam", "user"):
            pk = apps.get_model("schools", model).objects.first().pk
            found += [reverse(f"admin:schools_{model}_changelist"), reverse(f"admin:schools_{model}_change", args=[pk])]
    return found


def findings(page, urls):
    """{address: what ran, was tried or stayed behind}"""
    found = {}
    for url in urls:
        page.goto(url)
        assert "/inloggen/" not in page.url
        kept = page.evaluate(KEPT)
        for where in ("local", "session"):
            kept[where] = {k: v for k, v in kept[where].items() if k not in FRAME or "kanarie" in v}
        if seen := page.evaluate(SEEN) + [(where, what) for where, what in kept.items() if what != EMPTY[where]]:
            found[url] = seen
    return found


def searched(page):
    """What somebody types comes back to him as text."""
    page.goto(reverse("zoeken"))
    page.locator("[name=q]").first.fill(PAYLOADS[1])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[name=q]").first.input_value() == PAYLOADS[1]
    return page.evaluate(SEEN)


@pytest.mark.parametrize("who", WHO, ids=str)
def test_on_no_page_does_a_text_run_or_stay_behind(poisoned, open_as, who):
    dialogs, page = [], open_as(poisoned[who], script=LISTEN)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    urls = addresses(poisoned[who], who)
    assert len(urls) >= len(paginas.OWN)
    assert findings(page, urls) == {}
    assert searched(page) == []
    assert dialogs == []


def on_dossiers(page, user):
    """What is found on the dossiers of this person."""
    return [seen for found in findings(page, paginas.dossiers(user)).values() for seen in found]


def raw(settings, user):
    """Every template marks every value as safe. The bar of this person is whole, or it would swallow the page."""
    type(user).objects.filter(pk=user.pk).update(voornaam="Olga", achternaam="Specht")
    engine = settings.TEMPLATES[0] | {"OPTIONS": settings.TEMPLATES[0]["OPTIONS"] | {"autoescape": False}}
    settings.TEMPLATES = [engine]


def test_a_template_that_does_not_escape_is_seen_and_the_policy_stops_what_it_lets_through(
    poisoned, open_as, settings, problems
):
    raw(settings, poisoned[Role.OS])
    seen = on_dossiers(open_as(poisoned[Role.OS], script=LISTEN), poisoned[Role.OS])
    assert {"csp script-src-elem", "csp script-src-attr"} <= {*seen}
    assert any("<script>" in str(what) for what in seen)
    assert 1 not in seen  # nothing ran
    problems.clear()


def test_without_the_policy_it_would_run_and_that_is_seen(poisoned, open_as, settings, monkeypatch, problems):
    raw(settings, poisoned[Role.OS])
    monkeypatch.setattr(koppen.KoppenMiddleware, "__call__", lambda self, request: self.get_response(request))
    assert 1 in on_dossiers(open_as(poisoned[Role.OS], script=LISTEN), poisoned[Role.OS])
    problems.clear()


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        ("localStorage.tekst = 'Yara'", ("local", {"tekst": "Yara"})),
        ("sessionStorage.tekst = 'Yara'", ("session", {"tekst": "Yara"})),
        ("document.cookie = 'tekst=Yara'", ("cookies", "tekst=Yara")),
        ("indexedDB.open('tekst')", ("indexed", [{"name": "tekst", "version": 1}])),
        ("caches.open('tekst')", ("caches", ["tekst"])),
    ],
)
def test_what_a_page_would_keep_is_seen(people, open_as, script, seen):
    page = open_as(people[Role.IB], script=LISTEN)
    page.goto(reverse("hulp"))
    page.evaluate(f"async () => {{ {script}; await new Promise(done => setTimeout(done, 200)) }}")
    assert findings(page, [reverse("hulp")]) == {reverse("hulp"): [seen]}


def test_every_power_of_the_browser_is_off(open_as):
    page = open_as()
    page.goto("/")
    allowed = page.evaluate("() => document.featurePolicy.allowedFeatures()")
    assert [name for name in allowed if not name.startswith("ch-")] == [
        "unload"
    ]  # no power, and the beheer listens to it
