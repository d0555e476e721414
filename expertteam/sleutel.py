"""The one-time key in every unsafe form. It is signed: it says whose form it was, also when the login is gone."""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

from django.core import signing

SIGNER = signing.TimestampSigner(salt="sleutel")
AGE = timedelta(days=3)  # a form that stood open over a weekend


def make(user):
    """A new key for a form that is shown to this user."""
    return SIGNER.sign(f"{user.pk}:{uuid.uuid4()}")


def read(request):
    """(primary key of the user, uuid) of the key in this request; None if it is no form of our own pages."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        return None
    try:
        pk, key = SIGNER.unsign(request.POST.get("sleutel", ""), max_age=AGE).split(":")
        return uuid.UUID(pk), uuid.UUID(key)
    except (signing.BadSignature, ValueError):
        return None
