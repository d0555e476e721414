"""The bars of the report are as long as the numbers beside them say, and every number stands in the table below."""

import pytest

from cases.roles import Role

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

BARS = """() => [...document.querySelectorAll('section svg.et-telgrafiek')].map(svg => ({
  texts: [...svg.querySelectorAll('text.et-staafgetal')].map(t => t.textContent),
  numbers: [...svg.querySelectorAll('rect')].map(r => ['x', 'y', 'width', 'height'].map(n => r.getAttribute(n))),
  bars: [...svg.querySelectorAll('rect')].map(r => r.getBoundingClientRect().width),
  out: [...svg.querySelectorAll('text, rect')].filter(n => {
    const own = n.getBoundingClientRect(), all = svg.getBoundingClientRect();
    return own.left < all.left - 2 || own.right > all.right + 2 || own.bottom > all.bottom + 2})
    .map(n => n.textContent),
  table: [...svg.parentElement.querySelectorAll('td')].map(t => t.textContent)}))"""


@pytest.mark.parametrize("width", [390, 1280])
def test_every_bar_is_as_long_as_its_number(people, make, open_as, width):
    for soort, n in {"basis": 6, "licht": 24, "complex": 12}.items():
        for _ in range(n):
            make["aanmelding"]("ingediend", soort)
    page = open_as(people[Role.COORDINATOR])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/tellen/?kring=Noord")
    page.screenshot(path=f"build/tellen-{width}.png", full_page=True)
    charts = page.evaluate(BARS)
    assert len(charts) > 2
    assert [text for chart in charts for text in chart["out"]] == []
    assert all(text.isdecimal() for chart in charts for bar in chart["numbers"] for text in bar)
    assert all({*chart["texts"]} <= {*chart["table"]} for chart in charts)
    first = charts[0]
    assert first["texts"] == ["6", "–", "24", "–", "12", "–"]
    basis, licht, complex_ = first["bars"]
    assert (round(basis * 4), round(complex_ * 2)) == (round(licht), round(licht))
