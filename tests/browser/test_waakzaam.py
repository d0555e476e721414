"""The watch of these tests works: an error in the console, another host and a broken page are seen."""

import pytest

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        ("console.error('stuk')", "console: stuk"),
        ("setTimeout(() => { throw new Error('stuk') })", "script: stuk"),
        ("fetch('http://elders.invalid/').catch(() => 0)", "http://elders.invalid/"),
    ],
    ids=["console", "script", "host"],
)
def test_what_a_page_may_not_do_is_seen(open_as, problems, script, seen):
    page = open_as()
    page.goto("/")
    assert problems == []
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(200)
    assert seen in " ".join(problems)
    problems.clear()
