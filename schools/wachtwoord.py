"""A password that is made of what everybody here knows, is refused."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError

from schools.models import School

LEAST = 8  # letters that must be left when the known words are taken out
DIFFERENT = 5  # characters
EVERYWHERE = ["expertteam", "passend onderwijs", "welkom", "wachtwoord", "password", "iloveyou", "qwerty", "1234567890"]
LOOKS_LIKE = str.maketrans("013457@$", "oieastas")


def plain(text):
    """Small letters without accents, spaces or signs; a digit that looks like a letter is that letter."""
    text = unicodedata.normalize("NFKD", text.casefold()).translate(LOOKS_LIKE)
    return re.sub(r"[\W_]", "", text)


class ContextValidator:
    """Refuses a password that is little more than the name of a person, of a school, of the verband or of this."""

    def validate(self, password, user=None):
        whole = left = plain(password)
        names = [*School.objects.order_by().values_list("naam", flat=True), settings.SWV_NAAM, *EVERYWHERE]
        names += [user.voornaam, user.achternaam] if user else []
        for word in sorted({plain(name) for name in names}, key=lambda word: (-len(word), word)):
            left = left.replace(word, "") if len(word) > 3 else left
        made_of_them = left != whole and sum(letter.isalpha() for letter in left) < LEAST
        if made_of_them or len(set(password)) < DIFFERENT:
            raise ValidationError(self.get_help_text(), code="password_context")

    def get_help_text(self):
        return "Dit is makkelijk te raden. Neem een zin van vier woorden, zonder je naam en zonder je school."
