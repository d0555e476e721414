"""Questions of which the SQL is written once: the keys are filled in each time.

Writing the SQL of a list took Django longer than PostgreSQL took to answer it.
"""

import threading
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Func, UUIDField, Value

NOBODY = 1 << 60  # no key comes so far
DIE, GEEN = UUID(int=NOBODY << 1), UUID(int=NOBODY << 2)
DEZE = Func(Value(GEEN), template="(SELECT unnest(%(expressions)s::uuid[]))", output_field=UUIDField())
KEPT, MOST = threading.local(), 500  # by thread, for each has its own connection


def bewaard(vorm, maak):
    """What `maak` makes of this, written now or before. Whatever it depends on stands in `vorm`."""
    kept = KEPT.__dict__
    if vorm not in kept:
        if len(kept) >= MOST:
            kept.clear()
        kept[vorm] = Vraag(maak())
    return kept[vorm]


class Vraag:
    """A queryset as Django wrote it."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
        self.queryset.query.get_compiler = lambda *args, **kwargs: self.compiler

    def gevuld(self, keys):
        """What stands in it, with these keys."""
        return tuple(keys.get(p, p) if isinstance(p, int | UUID) else p for p in self.params)

    def rijen(self, keys, die=None, deze=()):
        """The rows; where it says `pk=DIE` that is filled in, and for `pk__in=DEZE` all of these."""
        filled = self.gevuld(keys | {DIE: die, GEEN: [*deze]})
        self.compiler.as_sql = lambda *args, **kwargs: (self.sql, filled)
        return list(self.queryset._iterable_class(self.queryset))
