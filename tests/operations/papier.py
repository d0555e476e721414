"""docs/operations.md, read as a machine would: its files, its commands, its SQL."""

import re
from pathlib import Path

PAPER = Path(__file__).parents[2] / "docs" / "operations.md"
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text=None):
    """(language, what it is for, content) of every block."""
    return BLOCK.findall(text if text is not None else PAPER.read_text())


def files():
    """{path: content} of what the paper says to write."""
    return {where: content for _, where, content in blocks() if where.startswith("/")}


def named(name):
    """The content of the blocks of this name, in order."""
    return [content for _, what, content in blocks() if what == name]


def sql():
    (found,) = [content for language, _, content in blocks() if language == "sql"]
    return found


def settings():
    """{file: {variable: value}} of the settings that section 3 writes."""
    (block,) = [c for language, what, c in blocks() if language == "sh" and "web.env" in c and not what]
    written = re.findall(r"cat > (\S+) <<EOF\n(.*?)^EOF$", block, re.MULTILINE | re.DOTALL)
    return {path: dict(line.partition("=")[::2] for line in lines.splitlines()) for path, lines in written}
