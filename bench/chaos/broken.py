"""Products that are broken on purpose, so that the harness shows that it would see it. None of this is in the product.

BROKEN=transaction: every statement stands by itself. BROKEN=key: the one-time key of a form does nothing.
"""

import os


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


def install():
    """Break what the environment names; nothing when it names nothing."""
    name = os.environ.get("BROKEN", "")
    {"": lambda: None, "transaction": no_transaction, "key": no_key}[name]()
