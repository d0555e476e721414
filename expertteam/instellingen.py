"""docs/settings.md: every variable that the settings read from the environment, with what is said beside it."""

import ast
import re
from pathlib import Path

from django.conf import settings

SOURCE = "expertteam/settings.py"
KINDS = {"str": "text", "bool": "1 or 0", "int": "number", "list": "texts with a comma between them",
         "dj_email_url": "address (`smtp+tls://…`)"}  # fmt: skip
HEAD = f"""# Settings

Made from `{SOURCE}` by `make docs`: change it there. All of it comes from the environment;
`docs/operations.md` says in which file. "required": production does not start without it.

| variable | what | unless given | |
|---|---|---|---|
"""


def variables(source):
    """(name, kind, what holds without it, what it is for) in the order of the file."""
    lines = source.splitlines()
    for node in sorted((n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)), key=lambda n: n.lineno):
        named = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if named and node.func.value.id == "env":
            yield from one(node, lines)


def one(call, lines):
    """What one call reads; a name that is made of others is told by those."""
    name, *default = call.args
    names = [name.value] if isinstance(name, ast.Constant) else [f"OIDC_{x}" for x in settings.OIDC_NAMES]
    without = in_production(default[0]) if default else "required"
    for name in [name for name in names if not name.startswith("TEST_")]:
        yield name, KINDS[call.func.attr], without, said(call.lineno, lines)


def in_production(default):
    """What holds where DEBUG is off, in a word."""
    if isinstance(default, ast.IfExp):  # … if DEBUG else …
        default = default.orelse
    text = ast.unparse(default).strip("'")
    return {"": "nothing", "[]": "nothing", "False": "0", "True": "1", "not DEBUG": "1"}.get(text, text)


def said(number, lines):
    """The comment on the line, else the one above the block that it stands in."""
    if found := re.search(r"  # (?!noqa)(.*)$", lines[number - 1]):
        return found[1]
    for line in reversed(lines[: number - 1]):
        if line.startswith("# "):
            return line[2:]
        if not line.strip():
            break
    return ""


def text():
    """The whole paper; a variable that is read twice, for the demo and for production, stands there once."""
    rows = {}
    for name, kind, without, what in variables((Path(settings.BASE_DIR) / SOURCE).read_text()):
        before = rows.get(name, ("", "", ""))
        rows[name] = (kind, without if without == "required" else before[1] or without, what or before[2])
    return HEAD + "".join(f"| `{name}` | {row[2]} | {row[1]} | {row[0]} |\n" for name, row in sorted(rows.items()))
