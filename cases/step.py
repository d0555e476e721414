"""One row of the table: who may do what, from where, and what belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass, field


def nothing(*args, **kwargs):
    return ""


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str  # in URLs, events and tests
    label: str  # on the button
    frm: set  # states it may be taken from
    to: str | None = None  # None: stays where it is
    by: set  # roles that may take it
    only: set = frozenset()  # kinds of support it exists for; none named: all
    whose: str = ""  # what is said to others, instead of that it is for somebody else
    needs: Callable = nothing  # guard: object -> what is missing, or ""
    unless: Callable = nothing  # the guard of all steps of the flow
    despite: bool = False  # may be taken all the same
    on: Callable | None = None  # what is filled in: (object, user) -> a part of it; none: the object itself
    asks: tuple = ()  # fields that are filled in with this step, all of them
    may: tuple = ()  # fields that may be filled in
    fits: Callable = nothing  # what is wrong with what was filled in, or "": (object, part)
    reason: bool = False  # asks for the reason, in the words of who takes it
    sets: Callable = nothing  # what the system fills in itself, before it is saved: (object, user, part)
    does: Callable = nothing  # what else happens, in the same transaction: (object, user, part)
    tells: set = frozenset()  # roles that get mail
    also: Callable = nothing  # and whom else it is about, though he may not see it (any more): object -> people
    invites: Callable = nothing  # the calendar part of that mail: (object, person) -> bytes
    aside: bool = False  # possible, but nobody waits for it
    waits: dict = field(default_factory=dict)  # it is waited for only while these fields have these values
    done: str = ""  # in the timeline and the message afterwards
    hush: bool = False  # says nothing while it cannot be taken
    follows: bool = False  # taken as part of another step, never by a button
    silent: bool = False  # leaves no event: a draft is nobody else's business

    @property
    def in_agenda(self):
        """Its mail holds an appointment."""
        return self.invites is not nothing

    def exists_for(self, obj):
        return obj.state in self.frm and (not self.only or obj.soort in self.only)

    def refusal(self, obj):
        """Why the user that `obj` was fetched for may not take this step, or ""."""
        if not self.exists_for(obj):
            return f"“{self.label}” kan niet bij de status “{obj.get_state_display()}”."
        if not self.by & obj.roles:
            return self.whose or f"“{self.label}” is aan een ander."
        return self.missing(obj)

    def missing(self, obj):
        """What must happen first, or ""."""
        return ("" if self.despite else self.unless(obj)) or self.needs(obj)

    def waited_for(self, obj):
        """Somebody should take this step now."""
        return not self.aside and self.exists_for(obj) and all(getattr(obj, k) == v for k, v in self.waits.items())
