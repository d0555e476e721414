"""`manage.py check` refuses a workflow that cannot be right."""

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connections

from cases import virus
from cases.workflow import FLOWS

ENDS = {
    "gestart", "doorgezet", "afgerond", "ingetrokken", "afgesloten", "gestopt", "vervallen", "gedaan", "besproken",
    "beantwoord", "gegeven", "vastgesteld", "blijft", "geplaatst",
}  # fmt: skip


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


@checks.register
def nothing_without_a_policy(models=None, **kwargs):
    """A table that holds something of a dossier says whose rows somebody sees."""
    models = models or apps.get_app_config("cases").get_models()
    return [
        checks.Error(f"{model.__name__} has no POLICY.", id="cases.E005")
        for model in models
        if model._meta.managed and not hasattr(model, "POLICY")
    ]


@checks.register(checks.Tags.database)
def the_application_owns_nothing(databases=None, **kwargs):
    """Who owns a table, or goes past row-level security, sees everything."""
    if "default" not in (databases or []):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute("""SELECT rolsuper OR rolbypassrls OR EXISTS (
            SELECT FROM pg_tables WHERE tableowner = current_user) FROM pg_roles WHERE rolname = current_user""")
        if cursor.fetchone()[0]:
            return [checks.Error("The role of the application owns tables or sees past policies.", id="cases.E006")]
        tables = [m._meta.db_table for m in apps.get_app_config("cases").get_models() if m._meta.managed]
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND NOT (relrowsecurity AND relforcerowsecurity)",
            [tables],
        )
        return [checks.Error(f"{name} has no row-level security.", id="cases.E007") for (name,) in cursor.fetchall()]
