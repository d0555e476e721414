"""The one-time key in every unsafe form. It is signed: it says whose form it was, also when the login is gone."""

import uuid

from django.core import signing

SIGNER = signing.Signer(salt="sleutel")


def make(user):
    """A new key for a form that is shown to this user."""
    return SIGNER.sign(f"{user.pk}:{uuid.uuid4()}")


def read(request):
    """(primary key of the user, uuid) of the key in this request, or None."""
    try:
        pk, key = SIGNER.unsign(request.POST.get("sleutel", "")).split(":")
        return uuid.UUID(pk), uuid.UUID(key)
    except (signing.BadSignature, ValueError):
        return None
