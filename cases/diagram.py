"""The workflow tables as documentation: docs/workflow.md."""

import ast
import inspect
import textwrap

from django.utils.text import capfirst

from cases.engine import nothing
from cases.models import Soort
from cases.roles import Role
from cases.workflow import FLOWS

TITLE = """# Werkstroom

Zo werkt het expertteam in dit systeem: wie mag wat, wanneer, en wie krijgt bericht. Gemaakt uit `cases/workflow.py` met
`make docs`. Een test vergelijkt de twee.

*Eerst* is de zin die je leest als een stap nog niet kan. Bij *vult in* is wat tussen haakjes staat niet verplicht."""
HEAD = "| stap | van | naar | door | alleen bij | eerst | vult in | bericht aan |\n|---|---|---|---|---|---|---|---|"
WEG = "Trokken de ouders hun toestemming in? Dan kan alleen nog: "
INTRO = {  # who leads, and when it ends
    "aanmelding": "De IB-er begint. De onderwijsspecialist is het eerste aanspreekpunt. Een complexe vraag ziet ook "
    "het team van ambulant begeleiders meteen. Niemand keurt een aanmelding goed. Ze is klaar als er een traject "
    "start, als het op offerte verder gaat, als de vraag zonder traject is afgerond, of als de school intrekt.",
    "traject": "Basis en licht leidt de onderwijsspecialist. Complex leidt de ambulant begeleider: eerst waarnemen en "
    "begrijpen, dan plannen en uitvoeren. Het is klaar na de evaluatie. Eerder kan ook: iemand stopt met een reden, of "
    "een lichte vraag wordt complex.",
    "contactmoment": "Wie er was, legt het vast: een bezoek, een gesprek, met de uren. Alleen diegene wijzigt het.",
    "overleg": "De school organiseert het ondersteuningsteam (OT). De onderwijsspecialist hoort erbij. Het is klaar "
    "als het verslag is vastgesteld, of als het niet doorgaat.",
    "agendapunt": "Een leerling op de agenda van een OT. IB-er of onderwijsspecialist bepaalt vooraf de fase en het "
    "doel. Het is klaar als het OT is gehouden.",
    "afspraak": "Wie, wat, wanneer: uit een OT. Het is klaar als het gedaan is, of als de afspraak vervalt.",
    "route": "De weg naar een andere setting. De onderwijsspecialist heeft de regie. Ze is klaar bij een plaatsing, of "
    "als de leerling op school blijft: dat is een goede uitkomst.",
    "consult": "De ambulant begeleider vraagt, een gedragswetenschapper antwoordt. Meer dan de vraag ziet die niet.",
    "expertiseindeklas": "Een uitzondering: een groep krijgt hulp in de klas, uit de uren van de kring. Het begint als "
    "onderwijsspecialist en ambulant begeleider allebei akkoord zijn. De ambulant begeleider leidt.",
    "dagdeel": "Eén keer in de klas. Gegeven is het een contactmoment, met uren.",
    "offerte": "De AED brengt uit, de school beslist. De uren gaan niet van de uren van de kring. Een offerte zegt "
    "niets over een leerling.",
}


def labels(choices, among):
    return ", ".join(c.label for c in choices if c in among)


def unique(things):
    return [*dict.fromkeys(things)]


def returned(function):
    """What the text of a function says it may return: sentences (… for what it fills in), classes."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    results = sorted((node for node in ast.walk(tree) if isinstance(node, ast.Return)), key=lambda node: node.lineno)
    return unique(found for node in results for found in meant(node.value, function.__globals__))


def meant(node, scope):
    """The values of an expression, as far as they can be read."""
    match node:
        case ast.IfExp(body=one, orelse=other):
            return [*meant(one, scope), *meant(other, scope)]
        case ast.JoinedStr(values=parts):
            return ["".join(getattr(part, "value", "") if isinstance(part, ast.Constant) else "…" for part in parts)]
        case ast.Constant(value=str(text)) if text:
            return [text]
        case ast.Name(id=name):
            return [scope[name]] if name in scope else []
        case ast.Attribute(value=ast.Name(id=room), attr=name) if room in scope:
            return [getattr(scope[room], name)]
        case ast.Call(func=func):
            called = meant(func, scope)
            return returned(called[0]) if called and inspect.isfunction(called[0]) else called
    return []


def first(step):
    """The sentences of the guards of a step; of one that says what is missing, its name."""
    guards = [guard for guard in (step.needs, step.fits) if guard is not nothing]
    said = [text for guard in guards for text in returned(guard) if isinstance(text, str)]
    return " ".join(unique(said)) or " ".join(guard.__name__ for guard in guards)


def question(flow, step, name):
    """What a step asks, in the words of the form."""
    parts = [x for x in returned(step.on) if inspect.isclass(x)] if step.on else [flow.model]
    found = parts[0]._meta.get_field(name).verbose_name if parts else name.replace("_", " ")
    return found.rstrip("?")


def fills_in(flow, step):
    """What somebody fills in with a step."""
    if step.silent:
        return "het aanmeldformulier"
    asks = [question(flow, step, name) for name in step.asks] + (["waarom"] if step.reason else [])
    return "; ".join([*asks, *(f"({question(flow, step, name)})" for name in step.may)])


def cells(flow, step):
    return [
        step.label + (" (volgt vanzelf)" if step.follows else ""),
        "elke status" if step.frm == set(flow.model.State) else labels(flow.model.State, step.frm),
        flow.model.State(step.to).label if step.to else "(blijft)",
        labels(Role, step.by),
        labels(Soort, step.only),
        first(step),
        fills_in(flow, step),
        ", en ".join(filter(None, [labels(Role, step.tells), "wie het aangaat" * (step.also is not nothing)])),
    ]


def arrows(flow):
    """The lines of the Mermaid diagram of a flow: its states, where it begins, its steps, where it ends."""
    states, moves = flow.model.State, [step for step in flow.steps.values() if step.to]
    left = {state for step in moves for state in step.frm}
    out = [f"    {s}: {s.label}" for s in states] + [f"    [*] --> {s}" for s in states if s in flow.starts]
    out += unique(f"    {s} --> {step.to}: {step.label}" for step in moves for s in states if s in step.frm)
    return out + [f"    {s} --> [*]" for s in states if s not in left]


def about(flow):
    """In words: who leads, when it ends, and what is possible still without the toestemming of the parents."""
    despite = unique(step.label for step in flow.steps.values() if step.despite and not step.follows)
    return INTRO[flow.kind] + (f"\n\n{WEG}{', '.join(despite)}." if flow.unless is not nothing else "")


def as_markdown():
    """The text of docs/workflow.md: of each flow what it is, a diagram and a table."""
    out = [TITLE, ""]
    for flow in FLOWS.values():
        out += [f"## {capfirst(flow.model._meta.verbose_name)}", "", about(flow), ""]
        out += ["```mermaid", "stateDiagram-v2", *arrows(flow), "```", "", HEAD]
        out += [*(f"| {' | '.join(cells(flow, step))} |" for step in flow.steps.values()), ""]
    return "\n".join(out)
