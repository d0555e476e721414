"""What stands in somebody's way on a page that is open: axe, scrolling sideways at 400 %, small targets."""

import os
from importlib.resources import files

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
RUN = """async runOnly => {
  const found = await axe.run(document, {runOnly, resultTypes: ['violations'], preload: false});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 140)}`));
}"""
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # the rest is the same in light and dark
# a radio is chosen by its label; a link inside a sentence has the height of the sentence; what is hidden is no target
SMALL = """() => {
  const target = e => ['radio', 'checkbox'].includes(e.type) ? e.labels[0] : e;
  const alone = e => !(e.matches('a') && [...e.closest('p, li, dd, td, th, dt')?.childNodes ?? []].some(
    n => n !== e && !n.contains(e) && n.textContent.trim()));
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => e.checkVisibility() && !e.matches('.et-sla-over') && (!e.matches('a') || alone(e)))
    .map(e => [e, target(e).getBoundingClientRect().height])
    .filter(([e, height]) => height < 44)
    .map(([e, height]) => `${Math.round(height)} px: ${e.outerHTML.slice(0, 140)}`);
}"""
OVERFLOW = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [
  `${document.documentElement.scrollWidth} > ${innerWidth}: ` + [...document.querySelectorAll('main *, header *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.et-scroll'))
    .map(e => e.outerHTML.slice(0, 90)).slice(0, 3).join(' / ')]"""
# tags, classes, attributes, whether there is text; equal neighbours once. Pages alike in this are one page to axe
SHAPE = """() => {
  const shape = e => e.tagName + e.getAttributeNames() + e.getAttribute('class') + !!e.textContent.trim() +
    `(${[...new Set([...e.children].map(shape))]})`;
  return shape(document.body);
}"""
PHONE, DESK, ZOOM = ({"width": w, "height": h} for w, h in [(390, 844), (1280, 900), (320, 256)])
EVERY = "AXE_ALL" in os.environ  # each page by itself and every rule in every look: `make axe`
LOOKS = [(PHONE, "light", ALL), (PHONE, "dark", COLOURS), (DESK, "light", COLOURS), (DESK, "dark", ALL)]


def barriers(page, seen):
    """Violations at two widths, in light and dark; then the targets of a phone, and 400 %. One load for all of it."""
    return axe(page, seen) + small(page) + overflow(page)


def axe(page, seen):
    found, shape = [], page.evaluate(SHAPE)
    if shape in seen and not EVERY:
        return found
    seen.add(shape)
    page.evaluate(AXE)
    for size, scheme, rules in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += [f"{size['width']} {scheme} {text}" for text in page.evaluate(RUN, ALL if EVERY else rules)]
    return found


def small(page):
    page.set_viewport_size(PHONE)
    return page.evaluate(SMALL)


def overflow(page):
    page.set_viewport_size(ZOOM)
    return page.evaluate(OVERFLOW)
