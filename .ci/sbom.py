"""What the product is made of: CycloneDX 1.6, from requirements.lock, so the same lock gives the same paper."""

import json
import re
from importlib import metadata
from pathlib import Path

PACKAGE = re.compile(r"^([\w.-]+)==([\w.!+-]+)(?: ; (.+?))? \\$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock):
    """Each package of a lock, with the digests of the files that it may be."""
    found = []
    for line in lock.splitlines():
        if match := PACKAGE.match(line):
            name, version, where = match.groups()
            purl = f"pkg:pypi/{name}@{version}"
            part = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
            part["licenses"] = licences(name)
            part["properties"] = [{"name": "lock:where", "value": where}] if where else []
            found.append(part)
        elif match := HASH.search(line):
            found[-1]["properties"].append({"name": "lock:sha256", "value": match[1]})
    return found


def licences(name):
    """What an installed package says of its licence; nothing when it is not for this machine."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    if expression := said.get("License-Expression"):
        return [{"expression": expression}]
    classes = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License :: ")]
    return [{"license": {"name": name}} for name in classes]


def bom(root):
    version = re.search(r'^version = "(.+)"$', (root / "pyproject.toml").read_text(), re.MULTILINE)[1]
    product = {"type": "application", "name": "expertteam", "version": version}
    parts = components((root / "requirements.lock").read_text())
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": product}}
    return head | {"components": parts}


if __name__ == "__main__":
    print(json.dumps(bom(Path(__file__).parents[1]), indent=1))
