"""Which passwords are good enough (V6 6.2)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from expertteam import mail
from schools.models import School
from schools.wachtwoord import ContextValidator, plain
from tests.accounts.steps import log_in

GOOD = [
    "zes geiten op het dak", "de berg is hoog en vol sneeuw", "paars-fietspad-lantaarn", "correct paard batterij",
    "Kopje thee om kwart over drie?", "ik eet nooit spruitjes", "welkom in mijn warme huis", "één zwarte zwaan op ijs",
    "\N{FOX FACE} rent door het bos", "xK3#vm9!qLw2", "zon maan zon maan zon maan", "a" + " b" * 60 + " c slotje",
    "Expertteam is niet mijn geheim hoor", "wandel elke dag vier keer", "день за днём идёт снег",
]  # fmt: skip
SHORT = ["", "kort", "elf tekens!", "x7$Kq!2", "           "]
COMMON = ["qwertyqwerty", "1q2w3e4r5t6y7u", "administrator", "professional", "jamesbond007", "qwertyuiop123"]
LIKE_ME = ["sam@berg.test", "sam@berg.test1", "Sam@Berg.Test!"]
KNOWN_WORDS = [
    "expertteam2026", "Expertteam!!!!", "expertteam123456789", "3xp3rtt34m 2026", "Expert-Team-Welkom",
    "obs De Regenboog", "deregenboog1234", "De Regenb00g 2026!", "de\u2003regenboog\u0301 12", "SWV Rijnmond 2026",
    "swvrijnmond!!!!", "welkomwelkom12", "sam.ibema2026", "samibema12345", "Ibema op De Regenboog", "passwordpassword",
    "123456789012", "iloveyouforever", "aaaaaaaaaaaaaaaa", "abababababababab", "Wachtwoord2026!",
    "wachtwoordwachtwoord", "Passend onderwijs 1", "regenboog regenboog",
]  # fmt: skip


@pytest.fixture
def here(sam, settings):
    """A verband and two schools with a name."""
    settings.SWV_NAAM = "SWV Rijnmond"
    for n, naam in enumerate(["De Regenboog", "obs De Regenboog", "Regenboog", "OBS"]):
        School.objects.create(naam=naam, brin6=f"98AA{n:02}")
    return sam


def codes(password, user):
    """Why a password is refused; empty when it is good."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {e.code for e in error.error_list}
    return set()


TABLE = [
    *((password, set()) for password in GOOD),
    *((password, {"password_too_short"}) for password in SHORT),
    *((password, {"password_too_common"}) for password in COMMON),
    *((password, {"password_too_similar"}) for password in LIKE_ME),
    *((password, {"password_context"}) for password in KNOWN_WORDS),
]


@pytest.mark.parametrize(("password", "why"), TABLE)
def test_a_password_is_refused_for(here, password, why):
    found = codes(password, here)
    assert why <= found if why else found == set()


def test_that_table_sees_a_validator_that_lets_everything_through(here, monkeypatch):
    monkeypatch.setattr(ContextValidator, "validate", lambda self, password, user=None: None)
    assert len([password for password in KNOWN_WORDS if not codes(password, here)]) > 10
    assert len(TABLE) >= 40


def test_the_refusal_says_what_to_do(here):
    with pytest.raises(ValidationError) as refused:
        validate_password("expertteam2026", here)
    assert refused.value.messages == [
        "Dit is makkelijk te raden. Neem een zin van vier woorden, zonder je naam en zonder je school."
    ]


@pytest.mark.parametrize(
    ("text", "same"), [("De Régenb00g!", "deregenboog"), ("Expert_Team 7", "expertteamt"), ("", "")]
)
def test_words_are_compared_without_accents_signs_and_tricks(text, same):
    assert plain(text) == same


def form(client, user):
    return client.get(mail.link(user).removeprefix("http://127.0.0.1:8000"), follow=True).redirect_chain[-1][0]


@pytest.mark.parametrize("length", [128, 1000])
def test_a_long_sentence_with_spaces_counts_to_the_last_letter(sam, client, settings, length):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    long = (" het regent de hele dag in de stad" * 40)[: length - 1] + "!"
    assert client.post(form(client, sam), {"password1": long, "password2": long}).status_code == 302
    sam.refresh_from_db()
    assert sam.password.startswith("argon2$argon2id$")
    assert [sam.check_password(tried) for tried in (long, long[:-1], long.strip(), long[:72])] == [
        True,
        False,
        False,
        False,
    ]
    assert log_in(client, sam, long).headers["Location"] == reverse("start")


def test_the_form_helps_a_password_manager(sam, client):
    page = client.get(form(client, sam)).content.decode()
    assert page.count('type="password"') == 2
    assert page.count('autocomplete="new-password"') == 2
    assert "maxlength" not in page
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in client.get(reverse("account_login")).content.decode()


def test_a_bad_password_comes_back_with_the_reason_and_changes_nothing(sam, client):
    page = client.post(form(client, sam), {"password1": "expertteam2026", "password2": "expertteam2026"})
    assert page.context["form"].errors == {
        "password1": ["Dit is makkelijk te raden. Neem een zin van vier woorden, zonder je naam en zonder je school."]
    }
    sam.refresh_from_db()
    assert not sam.check_password("expertteam2026")
