"""The rules of the house, kept by the build."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APPS = ["expertteam", "schools", "cases"]
SOURCES = [p for app in APPS for p in sorted((ROOT / app).rglob("*.py")) if "migrations" not in p.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TEXTS = sorted((ROOT / "templates").rglob("*.txt"))
JUSTIFIED = {  # over 200 lines, and why
    "cases/workflow.py": "the table, its guards and its effects belong on one page",
    "expertteam/settings.py": "one file holds every setting",
    "expertteam/postgres/server.py": "one thing: it starts, it runs, it stops",
}
# names that a library asks for, not we
OVERRIDES = {"bootstrap5/field.html", "400.html", "403.html", "404.html", "429.html", "500.html"}


def name(path):
    return str(path.relative_to(ROOT))


def functions(path):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


def writes_state(source):
    """Lines that assign `.state` or update it past the door."""
    tree, found = ast.parse(source), []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        flat = [t for target in targets for t in (target.elts if isinstance(target, ast.Tuple) else [target])]
        found += [node.lineno for t in flat if isinstance(t, ast.Attribute) and t.attr == "state"]
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"update", "bulk_update", "setattr"}:
            found += [node.lineno for keyword in node.keywords if keyword.arg == "state"]
    return found


def test_only_the_engine_writes_a_state():
    assert [name(p) for p in SOURCES if writes_state(p.read_text())] == ["cases/engine.py"]


@pytest.mark.parametrize("twin", ["a.state = 'x'", "a.b, a.state = 1, 2", "q.update(state='x')"])
def test_that_test_sees_a_state_that_is_written_elsewhere(twin):
    assert writes_state(twin) == [1]


@pytest.mark.parametrize(
    "forbidden",
    [r"django\.dispatch|\.connect\(|receiver\(", r"def save\(self", r"contenttypes|GenericForeignKey", r"metaclass="],
)  # fmt: skip
def test_there_are_no_hidden_doors(forbidden):
    files = [p for p in [*SOURCES, *TEMPLATES] if re.search(forbidden, p.read_text())]
    assert [name(p) for p in files if name(p) != "expertteam/settings.py"] == []


# what can turn a text into a page, a statement or a program, and the one room that may
DANGER = {
    r"mark_safe|SafeString|\|safe(seq)?\b|autoescape off|\{% verbatim": set(),
    r"format_html(_join)?\(\s*(f[\"']|[^\"'\s])": set(),  # a template that is made of what somebody typed
    r"\.raw\(|RawSQL|\.extra\(": set(),
    r"\b(eval|exec|compile|__import__)\(": set(),
    r"\b(pickle|marshal|shelve|jsonpickle)\b": set(),
    r"\bsubprocess\b|os\.(system|popen|spawn|exec)": {"expertteam/postgres/server.py", "expertteam/backup/tools.py"},
    r"csp_exempt|csp_replace|csp_update|csrf_exempt|xframe_options": set(),
}


def dangerous(text, place=""):
    """The patterns of DANGER that are in a text, where they may not be."""
    text = re.sub(r"re\.compile\(", "", text)
    return [pattern for pattern, rooms in DANGER.items() if place not in rooms and re.search(pattern, text)]


def test_nothing_turns_a_text_into_a_page_a_statement_or_a_program():
    found = {name(p): dangerous(p.read_text(), name(p)) for p in [*SOURCES, *TEMPLATES]}
    assert {place: patterns for place, patterns in found.items() if patterns} == {}


@pytest.mark.parametrize(
    "twin",
    ["mark_safe(x)", "{{ x|safe }}", "{% autoescape off %}", "format_html(f'<b>{x}</b>')", "format_html(x)",
     "q.raw(x)", "RawSQL(x)", "q.extra(x)", "eval(x)", "exec(x)", "pickle.loads(x)", "subprocess.run(x)",
     "os.system(x)", "@csrf_exempt", "@csp_exempt"],
)  # fmt: skip
def test_that_test_sees_each_of_them(twin):
    assert len(dangerous(twin)) == 1
    assert dangerous("format_html('<b>{}</b>', x); re.compile(x); obj.eval_op") == []


def test_every_room_has_a_subject_for_a_name():
    names = {p.stem for p in SOURCES} | {p.parent.name for p in SOURCES}
    assert names & {"utils", "helpers", "services", "common", "misc"} == set()


def test_rooms_are_small():
    assert [name(p) for p in SOURCES if len(p.read_text().splitlines()) > 200 and name(p) not in JUSTIFIED] == []
    assert [name(p) for p in TEMPLATES if len(p.read_text().splitlines()) > 100] == []
    components = [p for p in TEMPLATES if p.parent.name == "components"]
    assert [name(p) for p in components if len(p.read_text().splitlines()) >= 25] == []


def test_a_view_fits_on_one_look():
    views = [p for p in SOURCES if "views" in p.parts or p.stem == "views"]
    long = {f"{name(p)}:{f.name}": f.end_lineno - f.lineno for p in views for f in functions(p)}
    assert {view: lines for view, lines in long.items() if lines > 22} == {}


CORE = [ROOT / "cases" / f"{room}.py" for room in ("engine", "roles", "velden", "monitor", "mail", "diagram")]


def test_every_public_function_of_the_core_says_what_it_promises():
    public = [(p, f) for p in CORE for f in functions(p) if not f.name.startswith("_") and len(f.body) > 2]
    assert [f"{name(p)}:{f.name}" for p, f in public if not ast.get_docstring(f)] == []


def test_no_template_is_unused():
    everything = "\n".join(p.read_text() for p in [*SOURCES, *TEMPLATES])
    stray = [str(p.relative_to(ROOT / "templates")) for p in TEMPLATES]
    stray = [t for t in stray if t not in everything and t not in OVERRIDES and not t.startswith("account/")]
    assert stray == []


def test_components_are_included_with_only_what_they_need():
    including = re.compile(r"{% include \"components/[^%]*%}")
    bare = [(name(p), tag) for p in TEMPLATES for tag in including.findall(p.read_text()) if " only " not in tag]
    assert bare == []


def test_nothing_names_a_machine_or_a_registry():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    locks = [f for f in files if f.endswith(".lock") or f in {"Makefile", "pyproject.toml", ".ci/run"}]
    registry = re.compile(r"(https?|file)://|--(extra-)?index-url|--find-links")
    machine = re.compile(r"(?<![\w.])/(work|farm|root)/")
    assert [
        f
        for f in locks
        for line in (ROOT / f).read_text().splitlines()
        if registry.search(line) and "127.0.0.1" not in line
    ] == []
    texts = [
        f for f in files if f.endswith((".py", ".md", ".html", ".toml", ".txt", ".css")) and f != "tests/test_house.py"
    ]
    assert [f for f in texts if (ROOT / f).exists() and machine.search((ROOT / f).read_text())] == []


@pytest.mark.regel("A-12")
def test_no_word_asks_for_an_approval():
    words = re.compile(r"goedgekeurd|afgewezen|beschikking|toekenning|indicatie|arrangement|aanvraag|optioneel", re.I)
    found = [(name(p), words.findall(p.read_text())) for p in [*TEMPLATES, *TEXTS] if words.search(p.read_text())]
    assert found == []


@pytest.mark.xdist_group("bij_elkaar")
def test_tests_of_one_group_stay_in_one_process(request):
    """They share a world that takes minutes to lay out, or a thing that only one can break."""
    if hasattr(request.config, "workerinput"):
        assert request.node.nodeid.endswith("@bij_elkaar")
