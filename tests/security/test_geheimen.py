"""What cannot be guessed is drawn well and long enough; no digest can be forged; a password has no end."""

import ast
import math
import re
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal import auth as codes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.sessions.backends import base
from django.urls import reverse
from django.utils import timezone

from cases.roles import Role
from expertteam.sessies import SessionStore
from expertteam.tweede_stap import box
from tests.test_house import SOURCES, name

WEAK = re.compile(r"\b(md5|sha1)\b|^\s*(import|from) random\b|\brandom\.\w+\(", re.MULTILINE | re.IGNORECASE)
LOTTERY = {"cases/models/nakijken.py": ["md5"]}  # which looks are drawn for the review: no secret and no proof


def weak(source):
    """Digests and dice that somebody can foresee."""
    return [found[1] or found[0].strip() for found in WEAK.finditer(source)]


def test_no_digest_can_be_forged_and_no_dice_foreseen():
    found = {name(p): weak(p.read_text()) for p in SOURCES}
    assert {place: what for place, what in found.items() if what} == LOTTERY


@pytest.mark.parametrize("twin", ["hashlib.md5(x)", "hashlib.sha1(x)", "import random", "random.choice(x)"])
def test_that_test_sees_each_of_them(twin):
    assert len(weak(twin)) == 1


def made_of_input(source):
    """Regular expressions that are not a text of ours, as it stands."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    calls = [c for c in calls if isinstance(c.func, ast.Attribute) and getattr(c.func.value, "id", "") == "re"]
    return [ast.unparse(c.args[0]) for c in calls if not isinstance(c.args[0], ast.Constant)]


def test_no_regular_expression_is_made_of_what_somebody_typed():
    assert {name(p): found for p in SOURCES if (found := made_of_input(p.read_text()))} == {}
    assert made_of_input("re.search(q, x); re.compile(f'^{q}'); re.sub('a', q, x)") == ["q", "f'^{q}'"]  # broken


def test_a_password_of_ten_years_ago_is_still_one(people, client):
    user, text = people[Role.IB], "zeven groene fietsen in de regen"
    user.set_password(text)
    user.last_login = timezone.now() - timedelta(days=3650)
    user.save()
    given = {"login": user.email, "password": text}
    assert client.post(reverse("account_login"), given).headers["Location"] == reverse("start")


def bits(letters, length):
    return math.log2(len(letters)) * length


def test_the_name_of_a_session_has_at_least_128_bits(db):
    keys = {SessionStore()._get_new_session_key() for _ in range(50)}
    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}
    assert set("".join(keys)) <= set(base.VALID_KEY_CHARS)
    assert bits(base.VALID_KEY_CHARS, 32) >= 128
    assert bits(base.VALID_KEY_CHARS, 20) < 128  # a shorter name would not do


def test_the_secret_of_the_second_step_is_160_bits_from_the_system(monkeypatch):
    assert len({generate_totp_secret() for _ in range(50)}) == 50
    assert len(generate_totp_secret()) == 32  # of 32 letters: 160 bits
    drawn = []
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.secrets.token_bytes", lambda n: drawn.append(n) or bytes(n))
    assert generate_totp_secret() == "A" * 32
    assert drawn == [20]


def test_the_noodcodes_come_from_a_seed_of_the_system(monkeypatch):
    drawn = []
    monkeypatch.setattr("allauth.mfa.recovery_codes.internal.auth.secrets.token_hex", lambda n: drawn.append(n) or "ab")
    assert codes.RecoveryCodes.generate_seed() == "ab"
    assert drawn == [40]


def test_what_is_locked_cannot_be_changed_unseen():
    locked = box().encrypt(b"geheim")
    assert box().decrypt(locked) == b"geheim"
    for place in (10, len(locked) // 2, len(locked) - 10):
        other = b"A" if locked[place : place + 1] != b"A" else b"B"
        with pytest.raises(InvalidToken):
            box().decrypt(locked[:place] + other + locked[place + 1 :])


def test_passwords_are_hashed_by_argon2id_alone():
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
