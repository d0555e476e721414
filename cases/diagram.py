"""The workflow tables as documentation: docs/workflow.md."""

from cases.models import Soort
from cases.roles import Role
from cases.workflow import FLOWS

HEAD = "| stap | van | naar | door | alleen bij | eerst | vult in | bericht aan |\n|---|---|---|---|---|---|---|---|"


def labels(choices, among):
    return ", ".join(c.label for c in choices if c in among)


def words(function):
    return "" if function.__name__ == "nothing" else function.__name__.replace("_", " ")


def cells(flow, step):
    fields = [*step.asks, *(f"({name})" for name in step.may), *(["reden"] if step.reason else [])]
    return [
        step.label + (" (volgt vanzelf)" if step.follows else ""),
        "elke status" if step.frm == set(flow.model.State) else labels(flow.model.State, step.frm),
        flow.model.State(step.to).label if step.to else "(blijft)",
        labels(Role, step.by),
        labels(Soort, step.only),
        words(step.needs),
        "het aanmeldformulier" if step.silent else ", ".join(fields).replace("_", " "),
        labels(Role, step.tells),
    ]


def as_markdown():
    """The text of docs/workflow.md: a diagram and a table per flow."""
    out = ["# Werkstroom", "", "Gemaakt uit `cases/workflow.py` met `make docs`. Een test vergelijkt de twee.", ""]
    for flow in FLOWS.values():
        states, steps = flow.model.State, flow.steps.values()
        out += [f"## {flow.model._meta.verbose_name.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
        out += [f"    {s}: {s.label}" for s in states] + [f"    [*] --> {s}" for s in states if s in flow.starts]
        out += [f"    {s} --> {t.to}: {t.label}" for t in steps if t.to for s in states if s in t.frm]
        out += ["```", "", HEAD, *(f"| {' | '.join(cells(flow, step))} |" for step in steps), ""]
    return "\n".join(out)
