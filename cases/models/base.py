"""What all objects of a dossier share: who may see them, and the walls in the database."""

import uuid
from contextvars import ContextVar

import pgtrigger
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from cases.roles import NOTHING, Relation, either

SEEN = ContextVar("seen", default=None)  # the rows that this request got to see; None: nobody keeps count


class ScopedQuerySet(models.QuerySet):
    def within(self, user):
        """What `visible_to` finds, without the marks: for a subquery."""
        return self.filter(self.seen_by(user))

    def seen_by(self, user):
        """The same as a Q."""
        return either(*self.held(user).values())

    def visible_to(self, user):
        """Only what this user has a role in; each object knows which (`.roles`)."""
        held = self.held(user)
        marks = {f"as_{role}": self.mark(held.get(role)) for role in self.model.RELATIONS}
        return self.filter(either(*held.values())).annotate(**marks)

    def held(self, user):
        """{role: Q} for the roles this user has in any of these."""
        found = {role: relation.objects(user) for role, relation in self.model.RELATIONS.items()}
        return {role: q for role, q in found.items() if q is not NOTHING}

    @staticmethod
    def mark(q):
        return ExpressionWrapper(q, BooleanField()) if q else Value(False)


class Scoped(models.Model):
    """Something people have roles in, and that takes steps. Only `Flow.take()` changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    versie = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    KEEPS = ("DELETE",)
    RELATIONS: dict[str, Relation]

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args):
        """Whatever comes out of the database to be shown is counted: no page can forget to say so."""
        row = super().from_db(*args)
        if (seen := SEEN.get()) is not None:
            seen.append(row)
        return row

    @property
    def thuis(self):
        """(kind, key) of the page that shows this: that of its dossier, unless it has one of its own."""
        return "aanmelding", self.dossier_id

    @property
    def kenmerk(self):
        """How people call it in a mail: never by a name."""
        return self.aanmelding.nummer

    @property
    def roles(self):
        """The roles of the user this was fetched for; an error if not fetched with `visible_to`."""
        return {role for role in self.RELATIONS if getattr(self, f"as_{role}")}


def wall(name, condition, sentence):
    """A rule within one row: refused by the database, and by every form with this sentence.

    To compare with nothing is neither true nor false, and passes: what is compared must be `present`.
    """
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=sentence)


def refuse(name, when, sentence, operation=pgtrigger.Insert | pgtrigger.Update, first=""):
    """A rule across tables: the database refuses a row for which `when` (SQL) is true, with this sentence.

    What must be waited for comes `first`: only a next statement sees what the other did.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"{first}IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{sentence}'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
    )


def written(*columns):
    """SQL: one of these columns is new in this row."""
    return f"(TG_OP = 'INSERT' OR {' OR '.join(f'NEW.{c} IS DISTINCT FROM OLD.{c}' for c in columns)})"


def has_role(person, rol, place="TRUE"):
    """SQL: this person has this role today (at this place)."""
    return f"EXISTS (SELECT 1 FROM aanstellingen_nu() x WHERE x.user_id = {person} AND x.rol = '{rol}' AND {place})"


def filled(*names):
    """Q: none of these texts is empty."""
    return Q(*[~Q(**{name: ""}) for name in names])


def present(*names):
    """Q: none of these is null."""
    return Q(**{f"{name}__isnull": False for name in names})
