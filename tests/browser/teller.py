"""Counts what a task costs: taps or clicks, keys, pages; and the seconds of the Keystroke-Level Model."""

import json

# kept in sessionStorage, so that it survives a page load; a click on a label also clicks its input: pointers count once
TELLER = """(() => {
  if (location.protocol === 'about:') return;
  const g = JSON.parse(sessionStorage.b || '{"clicks":0,"keys":0,"pages":-1}');
  const keep = () => { sessionStorage.b = JSON.stringify(g) };
  g.pages++; keep();
  window.start = () => { Object.assign(g, {clicks: 0, keys: 0, pages: 0}); keep() };
  addEventListener('pointerdown', () => { g.clicks++; keep() }, true);
  addEventListener('keydown', e => { if (!['Shift', 'Control', 'Alt'].includes(e.key)) { g.keys++; keep() } }, true);
})()"""


def measure(page, touch=False):
    """What was done since the first page: M before each act, P or a tap, K a key, and the waiting for a page."""
    used = json.loads(page.evaluate("sessionStorage.b"))
    act, key = (0.8, 0.5) if touch else (1.3, 0.28)
    used["seconds"] = round(used["clicks"] * (act + 1.35) + used["keys"] * key + used["pages"] * 0.8, 1)
    return used


NAMES = {"clicks": "klikken", "keys": "toetsen", "pages": "pagina's", "seconds": "s"}


def as_text(numbers):
    return ", ".join(f"{numbers[name]} {dutch}" for name, dutch in NAMES.items() if name in numbers)


def as_table(rows):
    lines = [f"| {task} | ≤ {as_text(budget)} | {as_text(used)} |" for task, budget, used in rows]
    return "\n".join(["| taak | budget | gemeten |", "|---|---|---|", *lines, ""])
