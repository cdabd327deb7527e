"""Google's credentials: what is wrong with them is said, and nothing of them."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from domain.errors import ConfigError
from providers.google_account import sdk
from providers.google_account.account import GoogleAccount, build_google_account
from providers.google_account.sdk import load_sdk
from tests.loopback_google_workspace import CLIENT, Workspace

WORKSPACE = Workspace(url="https://oauth2.googleapis.com")


def test_a_service_account_acts_for_a_user() -> None:
    account = build_google_account(WORKSPACE.service_account(), "desk@renova.example.com")
    made: Any = account.credentials(["scope"])
    assert (made.service_account_email, made.scopes, made.valid) == (CLIENT, ["scope"], False)
    assert made._subject == "desk@renova.example.com"


def test_a_user_lets_us_act_for_them() -> None:
    made: Any = build_google_account(WORKSPACE.user_token()).credentials(["scope"])
    assert (made.refresh_token, made.valid) == ("shh-user", False)


def test_nothing_of_an_account_is_shown() -> None:
    assert "PRIVATE" not in repr(build_google_account(WORKSPACE.service_account()))
    assert "shh" not in repr(build_google_account(WORKSPACE.user_token()))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"shh", "not JSON"),
        (b"[]", "must be of type"),
        (b"\x80\x04pickle", "not JSON"),
        (orjson.dumps({"type": "external_account"}), "must be of type"),
        (orjson.dumps({"type": ["service_account"]}), "must be of type"),
        (WORKSPACE.service_account(private_key=7), "lack private_key"),
        (WORKSPACE.user_token(refresh_token="", client_id=None), "lack client_id, refresh_token"),
    ],
    ids=["text", "list", "pickle", "external", "odd type", "service", "user"],
)
def test_what_is_no_account_is_said(text: bytes, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as raised:
        build_google_account(text)
    assert "shh" not in str(raised.value)


def test_a_key_that_is_none_is_said() -> None:
    account = build_google_account(WORKSPACE.service_account(private_key="shh"))
    with pytest.raises(ConfigError, match="private key") as raised:
        account.credentials(["scope"])
    assert "shh" not in str(raised.value)


def test_a_user_acts_for_nobody_else() -> None:
    with pytest.raises(ConfigError, match="subject"):
        build_google_account(WORKSPACE.user_token(), "desk@renova.example.com")


@pytest.mark.parametrize(
    "use", [lambda: load_sdk("googleapiclient.discovery"), GoogleAccount({"type": "x"}).credentials]
)
def test_without_the_sdk_the_extra_is_named(use: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    load_sdk.cache_clear()
    monkeypatch.setattr(sdk, "import_module", missing)
    with pytest.raises(ConfigError, match=r"parley\[google\]"):
        use(*([["scope"]] if use.__name__ == "credentials" else []))
