"""What a provider says of somebody counts while it is fresh, for us, and from the provider of the settings."""

import time

import jwt
import pytest
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

HERE = "https://pas.example"
GOOD = {"iss": HERE, "aud": "expertteam", "sub": "abel", "email": "abel@aed.test"}
KEY = "een sleutel die lang genoeg is om mee te ondertekenen"
WRONG = {
    "out of date": {"exp": -3600},
    "for another": {"aud": "iemand anders"},
    "for nobody": {"aud": None},
    "of another provider": {"iss": "https://elders.example"},
}


@pytest.fixture
def adapter(rf):
    """allauth's own, after it fetched a token straight from the provider, as it does in production."""
    adapter = OpenIDConnectOAuth2Adapter(rf.get("/"), "oidc")
    adapter._openid_config = {"issuer": HERE, "jwks_uri": f"{HERE}/jwks"}
    adapter.did_fetch_access_token = True
    return adapter


def said(adapter, **claims):
    """What is believed of a token with these claims."""
    claims = GOOD | {"exp": 3600, "jti": str(time.time_ns())} | claims
    claims["exp"] += time.time()
    token = jwt.encode({name: value for name, value in claims.items() if value is not None}, KEY, algorithm="HS256")
    return adapter._decode_id_token(SocialApp(client_id="expertteam"), token)


def test_a_good_token_is_believed(adapter, db):
    assert said(adapter)["email"] == "abel@aed.test"


@pytest.mark.parametrize("what", WRONG)
def test_a_token_is_refused_that_is(adapter, db, what):
    with pytest.raises(OAuth2Error):
        said(adapter, **WRONG[what])


@pytest.mark.parametrize("what", WRONG)
def test_that_test_sees_a_token_that_nobody_looked_at(adapter, db, monkeypatch, what):
    decode = jwt.decode

    def careless(token, **options):
        return decode(token, options={"verify_signature": False})

    monkeypatch.setattr("allauth.socialaccount.internal.jwtkit.jwt.decode", careless)
    assert said(adapter, **WRONG[what])["sub"] == "abel"
