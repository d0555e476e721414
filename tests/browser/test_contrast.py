"""Every pair of colours that meets on a page, by the formula of WCAG, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = Path("static/site.css").read_text()
GROUNDS = ["papier", "vlak"]
TEXT = [(text, ground) for ground in GROUNDS for text in ("inkt", "zacht", "link", "petrol-diep", "rood", "groen")]
TEXT += [(f"{name}-t", f"{name}-a") for name in ("blauw", "geel", "paars", "groen", "rood", "grijs")]
TEXT += [("op-petrol", "petrol"), ("op-petrol", "petrol-diep"), ("inkt", "grijs-a"), ("inkt", "blauw-a")]
TEXT += [("petrol-diep", "blauw-a"), ("link", "groen-a"), ("#FFFFFF", "kop"), ("#1B1A18", "oker")]
CONTROLS = [(line, ground) for ground in GROUNDS for line in ("rand", "petrol", "rood", "link", "focus")]
CONTROLS += [("petrol", "blauw-a"), ("#FFFFFF", "kop")]


def tokens(css):
    """{name: (light, dark)} of the tokens; one that is the same in both is written once."""
    plain = re.findall(r"--et-([\w-]+): (#\w{6})", css)
    both = re.findall(r"--et-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    return {name: (value, value) for name, value in plain} | {name: (a, b) for name, a, b in both}


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def too_faint(css, pairs, least):
    """{pair: contrast} of the pairs with less than that, in light or in dark."""
    known, found = tokens(css), {}
    for scheme, name in enumerate(["light", "dark"]):
        for pair in pairs:
            one, other = (t if t.startswith("#") else known[t][scheme] for t in pair)
            if (value := round(contrast(one, other), 2)) < least:
                found[(name, *pair)] = value
    return found


def test_the_formula_is_that_of_wcag():
    assert (contrast("#000000", "#FFFFFF"), round(contrast("#777777", "#FFFFFF"), 2)) == (21, 4.48)


@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (CONTROLS, 3)], ids=["text", "controls"])
def test_every_pair_can_be_told_apart(pairs, least):
    assert too_faint(CSS, pairs, least) == {}


def test_a_faint_token_is_seen():
    faint = CSS.replace("--et-zacht: light-dark(#5B554D", "--et-zacht: light-dark(#8B857D")
    assert set(too_faint(faint, TEXT, 4.5)) == {("light", "zacht", "papier"), ("light", "zacht", "vlak")}


def test_light_is_the_same_with_and_without_light_dark():
    plain = dict(re.findall(r"--et-([\w-]+): (#\w{6})", CSS))
    assert {name: light for name, (light, _) in tokens(CSS).items()} == plain
