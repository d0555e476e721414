"""How a step is offered, refused and taken. Which steps there are stands in workflow.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

import pgtrigger
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from cases import mail
from cases.gereed import een
from cases.models import Event
from cases.step import Step, nothing


class Refused(Exception):
    """This step may not be taken now; the text says why, in words for the user."""


class Stale(Refused):
    """Somebody else changed it after this user opened his form."""


FLOWS = {}  # by the name of its object, in the order of the table


@dataclass
class Flow:
    model: type
    starts: set  # states a new one may begin in
    unless: Callable = nothing  # object -> why no step may be taken at all, or ""
    steps: dict = field(default_factory=dict)

    def __post_init__(self):
        FLOWS[self.kind] = self

    @property
    def kind(self):
        return self.model._meta.model_name

    def step(self, name, label, frm, to, by, **rest):
        """One row of the table."""
        self.steps[name] = Step(name=name, label=label, frm=set(frm), to=to, by=set(by), unless=self.unless, **rest)

    def offered(self, obj):
        """What this user is shown: (step, "") or (step, why it must wait)."""
        there = [s for s in self.steps.values() if s.exists_for(obj) and s.by & obj.roles]
        offered = [(s, s.missing(obj)) for s in there if not (s.follows or s.silent)]
        return [(s, waits) for s, waits in offered if not (s.hush and waits)]

    def turn(self, obj):
        """The roles that should do something now."""
        return set().union(*(s.by for s in self.steps.values() if s.waited_for(obj)))

    def waiting_for(self, user):
        """The objects that wait for a step of this user: the worklist."""
        turns = [
            self.model.RELATIONS[role].objects(user)
            & Q(state__in=s.frm, **s.waits)
            & (Q(soort__in=s.only) if s.only else Q())
            for s in self.steps.values()
            for role in s.by
            if not s.aside
        ]
        return self.model.objects.visible_to(user).filter(reduce(or_, turns))

    def take(self, name, pk, user, *, note="", versie=None, **answers):
        """Take a step: the only door through which a state changes.

        Raises DoesNotExist for who may not see it, Refused (Stale) with a sentence for who may not take it now.
        """
        try:
            with transaction.atomic():
                return self._take(self.steps[name], pk, user, note.strip(), versie, answers)
        except IntegrityError as error:
            raise Refused(sentence(error)) from error

    def _take(self, step, pk, user, note, versie, answers):
        dossier = een(self.model, user, pk).dossier_id
        one_at_a_time(dossier or pk)
        obj = een(self.model, user, pk)
        if versie is not None and versie != obj.versie and not step.on:
            raise Stale(f"{self.changed_by_another(obj, user)} Kijk het na en sla opnieuw op.")
        if reason := step.refusal(obj):
            raise Refused(reason)
        part = step.on(obj, user) if step.on else obj
        for asked in step.asks:
            if answers.get(asked) in (None, ""):
                raise Refused(f"“{step.label}” kan nog niet. Vul eerst in: {part._meta.get_field(asked).verbose_name}")
        if step.reason and not note:
            raise Refused(f"“{step.label}” kan nog niet. Schrijf eerst op waarom.")
        for name in answers.keys() & {*step.asks, *step.may}:
            setattr(part, name, answers[name])
        if wrong := step.fits(obj, part):
            raise Refused(wrong)
        source, obj.state = obj.state, step.to or obj.state
        obj.versie += 1
        step.sets(obj, user, part)
        event = Event(
            dossier_id=dossier, kind=self.kind, object_id=obj.pk,
            step=step.name, source=source, target=obj.state, by=user, note=note,
        )  # fmt: skip
        if not step.silent:
            event.save()  # first: after some steps who takes them sees the dossier no more
        obj.save(force_update=True)
        if part is not obj:
            part.save()
        step.does(obj, user, part)
        mail.about(obj, event, step)
        return part

    def changed_by_another(self, obj, user):
        """Says who was first."""
        last = Event.objects.filter(kind=self.kind, object_id=obj.pk).select_related("by").first()
        if last and last.by != user:
            return f"{last.by.kort} heeft dit net aangepast."
        return "Dit is net in een ander venster aangepast."

    def arrows(self):
        """The same table as a wall in the database: no state begins or changes but along an arrow."""
        moves = sorted({(frm, s.to) for s in self.steps.values() if s.to for frm in s.frm})
        pairs = ", ".join(f"('{frm}', '{to}')" for frm, to in moves)
        starts = ", ".join(f"'{state}'" for state in sorted(self.starts))
        return pgtrigger.Trigger(
            name="pijlen",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
            func=f"IF (TG_OP = 'INSERT' AND NEW.state NOT IN ({starts}))"
            f" OR (TG_OP = 'UPDATE' AND OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({pairs}))"
            " THEN RAISE EXCEPTION USING ERRCODE = 'check_violation',"
            " MESSAGE = 'Deze stap bestaat niet in de werkwijze.'; END IF; RETURN NEW;",
        )


def one_at_a_time(dossier):
    """Who comes second in a dossier waits until the first is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(dossier)])


def sentence(error):
    """What the database said, in words for the user."""
    said = error.__cause__.diag
    for model in apps.get_app_config("cases").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == said.constraint_name:
                return str(constraint.violation_error_message)
    if said.sqlstate == "23514" and not said.constraint_name:
        return said.message_primary
    return "Dit kan nu niet. Ververs de pagina en probeer het opnieuw."
