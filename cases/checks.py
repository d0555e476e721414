"""`manage.py check` refuses a workflow that cannot be right."""

from django.conf import settings
from django.core import checks

from cases import virus
from cases.workflow import FLOWS

ENDS = {"gestart", "afgerond", "ingetrokken", "afgesloten", "gestopt", "vervallen"}


@checks.register
def workflow_is_sound(**kwargs):
    found = []
    for kind, flow in FLOWS.items():
        steps = flow.steps.values()
        reached = flow.starts | {s.to for s in steps if s.to}
        left = set().union(*(s.frm for s in steps if s.to))
        for state in set(flow.model.State) - reached:
            found.append(checks.Error(f"{kind}: no step leads to {state}.", id="cases.E001"))
        for state in set(flow.model.State) - left - ENDS:
            found.append(checks.Error(f"{kind}: no step leaves {state}.", id="cases.E002"))
        for step in steps:
            for role in (step.by | step.tells) - set(flow.model.RELATIONS):
                found.append(checks.Error(f"{kind}.{step.name}: {role} has no relation.", id="cases.E003"))
            fields = {f.attname for f in flow.model._meta.fields} | {f.name for f in flow.model._meta.fields}
            named = {*step.waits, *(() if step.on else (*step.asks, *step.may))}
            for name in named - fields:
                found.append(checks.Error(f"{kind}.{step.name} names {name}.", id="cases.E004"))
    return found


@checks.register("security", deploy=True)
def files_are_scanned(**kwargs):
    """Without a scanner no bijlage can be fetched: each waits to be looked at."""
    try:
        virus.address(settings.CLAMD)
    except ValueError as error:
        return [checks.Warning(f"No bijlage is scanned for viruses: {error}.", id="cases.W001")]
    return []
