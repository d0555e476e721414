"""The very first beheerder: made at the server, because only a beheerder gives people a role."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from expertteam import mail
from schools.models import Aanstelling, Rol, User


class Command(BaseCommand):
    help = "Maak iemand beheerder en stuur een uitnodiging. Alleen voor de eerste; daarna doet een beheerder het."

    def add_arguments(self, parser):
        for name in ("email", "voornaam", "achternaam"):
            parser.add_argument(name)

    def handle(self, email, voornaam, achternaam, **options):
        here = Aanstelling.objects.using("owner").geldig().filter(rol=Rol.BEHEERDER)
        if here.filter(user__is_active=True).exclude(user__email=email.lower()).exists():
            raise CommandError("Er is al een beheerder. Die kan anderen een rol geven in /beheer/.")
        with transaction.atomic(using="owner"):
            user = User.objects.using("owner").filter(email=email.lower()).first() or User(email=email.lower())
            user.voornaam, user.achternaam, user.is_active = voornaam, achternaam, True
            if not user.password:
                user.set_unusable_password()
            user.save(using="owner")
            here.get_or_create(user=user, rol=Rol.BEHEERDER)
        mail.invite(user)
        self.stdout.write(f"{user} is beheerder. De uitnodiging gaat naar {user.email}.")
