"""Products that are broken on purpose, so that the harness shows that it would see it. None of this is in the product.

BROKEN=name of one of `WAYS`, in the environment of a server or of a worker of the queue.
"""

import os
from uuid import uuid4


def no_transaction():
    """Django's atomic does nothing; who asks is then remembered by the connection, or nobody would see anything."""
    from django.db.transaction import Atomic  # noqa: PLC0415

    from expertteam import actor  # noqa: PLC0415

    Atomic.__enter__ = lambda self: None
    Atomic.__exit__ = lambda self, *error: None
    actor.SETTINGS = actor.SETTINGS.replace("true", "false")


def no_key():
    """The same form sent twice is two forms."""
    from expertteam.middleware import DoorMiddleware  # noqa: PLC0415

    DoorMiddleware.once = lambda self, request: self.get_response(request)


def no_end():
    """Who wants to write where another holds on, waits."""
    from expertteam import actor  # noqa: PLC0415

    actor.SETTINGS = actor.SETTINGS.replace("'10s'", "'0'").replace("'3s'", "'0'")


def no_room():
    """No room on the disk is an error like any other."""
    from expertteam import views  # noqa: PLC0415

    views.geen_plaats = views.fout


def no_bound():
    """All files of one form may weigh what they like."""
    from cases.forms import bestanden  # noqa: PLC0415

    bestanden.SAMEN = 1000


def no_zone():
    """The time is what the clock on the wall says."""
    from django.utils import timezone  # noqa: PLC0415

    now = timezone.now
    timezone.now = lambda: timezone.localtime(now()).replace(tzinfo=now().tzinfo)


def no_number():
    """A mail that leaves twice is two mails."""
    from expertteam import verzenden  # noqa: PLC0415

    verzenden.uuid.uuid5 = lambda *of: uuid4()


WAYS = {
    "": lambda: None, "transaction": no_transaction, "key": no_key, "end": no_end, "room": no_room, "bound": no_bound,
    "zone": no_zone, "number": no_number,
}  # fmt: skip


def install():
    """Break what the environment names; nothing when it names nothing."""
    WAYS[os.environ.get("BROKEN", "")]()
