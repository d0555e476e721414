"""The first page is light: what goes over the wire in production, compressed, with its style sheets and typefaces."""

import re
from urllib.parse import urljoin

import pytest
from django.core.management import call_command
from django.urls import reverse

WEIGHT = 90_000  # bytes
UNUSED = ["admin", "debug", "import-export", "*rtl*", "bootstrap-*", "bootstrap.css*", "htmx.js"]


@pytest.fixture
def collected(settings, tmp_path):
    """The static files as they are in production: a hash in the name, and a compressed twin."""
    settings.STATIC_ROOT = tmp_path
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)
    return tmp_path


def sizes(root, html):
    """{file: bytes} of a page and of all that it loads, as sent to a browser that reads brotli."""
    found, ask = {"html": len(html)}, re.findall(r'(?:href|src)="(/static/[^"]+)"', html.decode())
    while ask:
        name = ask.pop()
        file = root / name.removeprefix("/static/")
        small = file.with_name(file.name + ".br")
        found[name] = (small if small.exists() else file).stat().st_size
        if file.suffix == ".css":
            inside = re.findall(r'url\("?([^")]+)"?\)', file.read_text())
            ask += [urljoin(name, url) for url in inside if not url.startswith(("data:", "#"))]
    return found


def test_the_first_page_weighs_less_than_90_kb(collected, client, db, capsys):
    found = sizes(collected, client.get(reverse("account_login")).content)
    with capsys.disabled():
        print(f"\nfirst page: {sum(found.values()) / 1000:.1f} kB of {WEIGHT / 1000:.0f}")
    kinds = sorted(name.rsplit(".")[-1] for name in found)
    assert kinds == ["css", "css", "html", "svg", "woff2", "woff2"]
    assert sum(found.values()) <= WEIGHT
