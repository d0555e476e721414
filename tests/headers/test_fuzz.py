"""What `make fuzz` must catch, it catches; what it sends is the same every time; and it goes everywhere."""

import uuid
from email.message import Message

import pytest

from bench import fuzz
from bench.verzoeken import Maker, addresses
from tests.access.addresses import routes
from tests.headers.test_logboek import line

GOOD = dict.fromkeys(fuzz.HEADERS, "x")
DOSSIER = uuid.UUID(int=7)


def answer(**headers):
    found = Message()
    for name, value in (GOOD | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value is not None:
            found[name] = value
    return found


def test_a_good_answer_has_no_fault():
    cookie = "__Host-sessionid=x; HttpOnly; Path=/; SameSite=Lax; Secure"
    assert fuzz.faults(302, answer(Location="/werklijst/", Set_Cookie=cookie), b"") == []


@pytest.mark.parametrize(
    ("status", "headers", "body", "fault"),
    [
        (500, {}, b"", "status 500"),
        (503, {}, b"", "status 503"),
        (302, {"Location": "https://elders.example/"}, b"", "leads to https://elders.example/"),
        (200, {"X_Ingespoten": "ja"}, b"", "a header that is not ours"),
        (200, {"Access_Control_Allow_Origin": "*"}, b"", "a header that is not ours"),
        (200, {}, b"Traceback (most recent call last)", "the inside of the program"),
        (200, {"Set_Cookie": "sessionid=x; Secure; HttpOnly; SameSite=Lax; Path=/"}, b"", "cookie sessionid"),
        (200, {"Set_Cookie": "__Host-sessionid=x; Secure; SameSite=Lax; Path=/"}, b"", "cookie __Host-sessionid"),
        (400, {"Permissions_Policy": None}, b"een pagina", "without Permissions-Policy"),
        (200, {"Cache_Control": None}, b"", "without Cache-Control"),
    ],
)
def test_each_fault_of_an_answer_is_seen(status, headers, body, fault):
    assert fuzz.faults(status, answer(**headers), body) == [fault]


class World:
    """Two people, of whom the first sees a dossier."""

    people = {"a@x.test": None, "b@x.test": None}
    pks, own = {"aanmelding": [DOSSIER]}, {"a@x.test": {"aanmelding": [DOSSIER]}, "b@x.test": {"aanmelding": []}}

    def seen(self):
        return {"a@x.test": {DOSSIER.hex}, "b@x.test": set()}


def test_a_word_of_a_dossier_is_a_leak_only_for_whoever_may_not_see_it():
    run = fuzz.Run(World(), 0, 1)
    run.words = [(who, who, DOSSIER.hex) for who in ("a@x.test", "b@x.test", "")]
    assert run.leaks(World().seen()) == [f"{who}: word of {DOSSIER.hex}" for who in ("b@x.test", "")]


def test_each_fault_of_the_log_is_seen():
    good = line("Niet gevonden: %s", "/a\nb").encode()
    bad = [b"[INFO] gewoon", b'{"message": "x"}', line("kanarie" + DOSSIER.hex).encode()]
    assert fuzz.log_faults([good]) == []
    assert len(fuzz.log_faults(bad)) == 3


def maker(seed):
    return Maker(seed, World.people, World.pks, World.own, lambda who: "sleutel")


def test_a_request_is_made_of_the_seed_and_its_number_alone():
    first, again, other = ([vars(maker(seed).make(n)) for n in range(200)] for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_it_goes_to_every_address():
    names = [name for name, _ in routes() if name != "niet_gevonden"]
    assert len(set(addresses())) >= len(set(names)) * 0.9
    one = maker(1)
    sent = {"".join(one.make(n).path.partition("?")[0].split("/")[1:2]) for n in range(3000)}
    assert {address.split("/")[1] for address in addresses() if "<" not in address.split("/")[1]} <= sent
