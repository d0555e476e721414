"""Fills an empty, migrated database: the places and people of the demo, and trajecten that can go round for ever."""

import sys
from itertools import cycle
from types import SimpleNamespace

import django

PASSWORD = "alleen-om-te-breken-42"


def fill(count):
    """So many complex trajecten in evaluatie, each with its own leerling."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415
    from django.db import connections, transaction  # noqa: PLC0415

    from cases.management.commands.demo import Command  # noqa: PLC0415
    from cases.management.demo_werk import carry_out, child, contact, send  # noqa: PLC0415
    from expertteam import rechten  # noqa: PLC0415
    from expertteam.actor import acting_as  # noqa: PLC0415
    from schools.models import User  # noqa: PLC0415

    with transaction.atomic(using="owner"):
        rechten.apply(connections["owner"])
    command = Command()
    beheerder = command.eerste_beheerder()
    with acting_as(beheerder):
        p = SimpleNamespace(**command.people(command.places()))
        User.objects.update(password=make_password(PASSWORD))
        teams = cycle([(p.Noor, p.Rosa, p.Olga), (p.Sam, p.Abel, p.Olga), (p.Daan, p.Bente, p.Otto)])
        for n, (ib, ab, os) in zip(range(count), teams, strict=False):
            leerling = child(f"Leerling{n}", "Verzonnen", "complex", 3 + n % 5)
            a = contact(send(ib, 62, **leerling), ab, "oppakken_ab", days=60)
            carry_out(a.trajecten.get(), ab, os, 4)


if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    fill(int(sys.argv[1]))
