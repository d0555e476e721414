"""The bars of the kring are as long as they say. A number with a comma draws no bar, and axe is silent."""

import pytest
from django.urls import reverse

from cases.roles import Role
from schools.models import Schooljaar, Urenbudget
from tests.people import TODAY

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

BARS = """() => [...document.querySelectorAll('svg.et-grafiek > rect')].map(r => (
  {attributes: ['x', 'y', 'width', 'height'].map(n => r.getAttribute(n)), width: r.getBoundingClientRect().width,
   what: r.getAttribute('class'), x: r.getBoundingClientRect().x}))"""


def number(text):
    return float(text.replace(",", "."))


def wrong_bars(page):
    """What is wrong with the bars: not a number, nothing to see, or another length than the page says."""
    bars = page.evaluate(BARS)
    wrong = [bar["attributes"] for bar in bars if not all(text.isdecimal() for text in bar["attributes"])]
    wrong += [bar for bar in bars if bar["width"] <= 0]
    used, most = (number(text) for text in page.locator("main p strong").all_inner_texts()[:2])
    bar, *between, whole = bars[: [bar["what"] for bar in bars].index("et-balk-leeg") + 1]
    pixel = whole["width"] / 400 + 1  # a pixel, and the unit of the drawing
    if abs(bar["width"] / whole["width"] - used / most) > pixel / whole["width"] * max(1, used / most):
        wrong.append(f"{bar} of {whole} is not {used} of {most}")
    if between and abs(between[0]["x"] - bar["x"] - bar["width"]) > pixel:
        wrong.append("what is planned does not begin where the use ends")
    return wrong


@pytest.fixture
def chart(people, world, make, open_as):
    """chart(minuten): the page of the coördinator, where so many minutes of 80 hours are used."""

    def chart(minuten):
        jaar = Schooljaar.objects.van(TODAY)
        Urenbudget.objects.create(kring=world["noord"], schooljaar=jaar, uren=80)
        for part in [1440] * (minuten // 1440) + [minuten % 1440]:
            make["contactmoment"](minuten=part)
        page = open_as(people[Role.COORDINATOR])
        page.goto(f"{reverse('kringen')}?kring=Noord")
        return page

    return chart


@pytest.mark.parametrize("minuten", [95, 1525, 4000, 6000])
def test_the_bar_is_as_long_as_the_sentence_says(chart, minuten):
    page = chart(minuten)
    assert wrong_bars(page) == []
    used, most = page.locator("main p strong").all_inner_texts()[:2]
    assert number(used) == round(minuten / 60, 2)
    assert page.locator("#balk-tekst").text_content().startswith(f"{used} van {most} uren gebruikt.")
    assert f"Gebruikt {used} · van {most}" in page.locator("svg.et-grafiek text").first.text_content()


@pytest.mark.parametrize("width", ["25,4", "0", "200"])
def test_a_wrong_bar_is_seen(chart, problems, width):
    page = chart(1525)
    page.evaluate("width => document.querySelector('rect.et-balk').setAttribute('width', width)", width)
    assert wrong_bars(page) != []
    problems.clear()  # the browser complains of the comma too
