"""With keys only: every stop of Tab is seen, and after an error the focus is on what went wrong, without any script."""

import pytest
from django.urls import reverse

from cases.roles import Role

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

# what is wrong with the element that has the focus: not on the screen, under another one, or without a ring
STOP = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), style = getComputedStyle(e), wrong = [];
  const top = document.elementFromPoint(r.left + Math.min(r.width, innerWidth - r.left) / 2, r.top + r.height / 2);
  if (r.top < 0 || r.left < 0 || r.bottom > innerHeight + 1 || !r.height) wrong.push('off the screen');
  else if (!e.contains(top) && !top.contains(e) && !e.labels?.[0]?.contains(top)) wrong.push('covered');
  if (style.outlineStyle === 'none' || style.outlineWidth === '0px') wrong.push('no ring');
  const all = [...document.querySelectorAll('*')];
  return {place: all.indexOf(e), end: e === document.body, wrong: wrong.map(w => `${w}: ${e.outerHTML.slice(0, 90)}`)};
}"""


def stops(page):
    """(what is wrong, number of stops), from the top of the page to its end, in the order of the page."""
    wrong, places = [], []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["end"] or places and stop["place"] == places[0]:
            break
        wrong += stop["wrong"]
        places.append(stop["place"])
    assert places == sorted(places)
    return wrong, len(places)


@pytest.mark.parametrize(
    ("who", "name", "least"), [(None, "account_login", 5), (Role.OS, "werklijst", 15), (Role.IB, "nieuw", 20)]
)
def test_every_stop_of_tab_is_seen(people, make, open_as, who, name, least):
    make["aanmelding"]("ingediend", "basis")
    page = open_as(people[who] if who else None, viewport={"width": 1280, "height": 720})
    page.goto(reverse(name))
    if name == "nieuw":  # all questions, and not only the first two
        page.locator("label[for=id_niveau_0]").click()
        page.locator("label[for=id_soort_2]").click()
        page.goto(page.url + "#")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.locator("h1").click()
    wrong, number = stops(page)
    assert wrong == []
    assert number >= least


@pytest.mark.parametrize(
    ("style", "seen"),
    [("outline: none !important", "no ring"), ("position: absolute; left: -99px", "off the screen")],
)
def test_a_stop_that_nobody_sees_is_found(open_as, style, seen):
    page = open_as()
    page.goto(reverse("account_login"))
    page.evaluate("style => document.querySelector('#id_login').style = style", style)
    assert seen in " ".join(stops(page)[0])


def test_something_in_front_of_a_stop_is_found(open_as):
    page = open_as()
    page.goto(reverse("account_login"))
    page.evaluate("document.querySelector('main').append(document.createElement('hr'))")
    page.evaluate("document.querySelector('hr').style = 'position: fixed; inset: 0; opacity: 1'")
    assert "covered" in " ".join(stops(page)[0])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_after_an_error_the_focus_is_on_the_summary(people, make, open_as, script):
    a = make["aanmelding"]("ingediend", "basis")
    page = open_as(people[Role.OS], java_script_enabled=script)
    page.goto(reverse("step", args=["aanmelding", a.pk, "vragen"]))
    page.get_by_role("button", name="Vraag aan school").click()
    page.locator(".et-foutlijst:focus").wait_for()
    assert page.title() == f"Fout: Vraag aan school · Aanmelding {a.nummer} · Expertteam"
    assert page.locator(".et-foutlijst").inner_text() == "Er ging iets mis\nSchrijf op wat je wilt weten."
    page.get_by_role("link", name="Schrijf op wat je wilt weten.").click()
    page.locator("#id_vraag:focus").wait_for()


def test_the_skip_link_is_the_first_stop_and_leads_past_the_menu(people, open_as):
    page = open_as(people[Role.OS])
    page.goto(reverse("werklijst"))
    page.keyboard.press("Tab")
    page.get_by_role("link", name="Naar de inhoud").and_(page.locator(":focus")).wait_for()
    page.keyboard.press("Enter")
    page.locator("#inhoud:focus").wait_for()
