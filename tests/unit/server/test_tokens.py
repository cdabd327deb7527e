"""Tokens: which hold and which do not."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from pydantic import SecretStr

from domain.errors import ConfigError, Unauthenticated
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner
from tests.unit.server.face import SECRET, HandClock

CALLER = Caller("demo", AccessRole.AGENT, "key:abc")


def signer(clock: HandClock | None = None, secret: str = SECRET) -> TokenSigner:
    return TokenSigner(SecretStr(secret), clock or HandClock())


def claims(**changes: Any) -> dict[str, Any]:
    now = HandClock().now().timestamp()
    made = {"sub": "me", "tenant_id": "demo", "role": "agent", "exp": now + 60} | changes
    return {name: value for name, value in made.items() if value is not None}


def test_a_token_says_who_it_is_for() -> None:
    token = signer().make(CALLER, lifetime=timedelta(minutes=1))
    assert signer().read(token).caller == CALLER


def test_the_four_claims_are_enough() -> None:
    token = jwt.encode(claims(), SECRET, "HS256")
    assert signer().read(token).caller == Caller("demo", AccessRole.AGENT, "me")


def test_clocks_may_differ_by_a_minute() -> None:
    soon = HandClock().now().timestamp() + 59
    assert signer().read(jwt.encode(claims(nbf=soon, iat=soon), SECRET, "HS256")).caller.subject == "me"


def test_a_token_ends_on_time() -> None:
    clock = HandClock()
    token = signer(clock).make(CALLER, lifetime=timedelta(minutes=1))
    clock.move(timedelta(seconds=59))
    assert signer(clock).read(token).caller == CALLER
    clock.move(timedelta(seconds=1))
    with pytest.raises(Unauthenticated):
        signer(clock).read(token)


@pytest.mark.parametrize(
    "wrong",
    [
        {"exp": None},
        {"exp": "soon"},
        {"sub": None},
        {"tenant_id": None},
        {"tenant_id": 7},
        {"tenant_id": ""},
        {"tenant_id": "a\nb"},
        {"role": "owner"},
        {"role": None},
        {"auth_time": "x"},
        {"exp": 1e30},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"nbf": HandClock().now().timestamp() + 61},
        {"iat": HandClock().now().timestamp() + 61},
        {"nbf": "soon"},
    ],
    ids=str,
)
def test_claims_that_do_not_hold(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        signer().read(jwt.encode(claims(**wrong), SECRET, "HS256"))


@pytest.mark.parametrize("token", ["", "a.b.c", "é", jwt.encode(claims(), "another secret, also long enough for it")])
def test_tokens_of_others(token: str) -> None:
    with pytest.raises(Unauthenticated):
        signer().read(token)


def test_an_unsigned_token_does_not_hold() -> None:
    with pytest.raises(Unauthenticated):
        signer().read(jwt.encode(claims(), "", "none"))


def test_another_algorithm_does_not_hold() -> None:
    secret = SECRET * 2
    with pytest.raises(Unauthenticated):
        signer(secret=secret).read(jwt.encode(claims(), secret, "HS512"))


def test_a_short_secret_is_refused_with_a_remedy() -> None:
    with pytest.raises(ConfigError, match="token_urlsafe"):
        signer(secret="short")
