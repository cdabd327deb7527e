"""Twilio's signatures: published examples hold, everything else is refused, and nothing is let in by a mistake."""

import hmac
from base64 import b64encode
from hashlib import sha1, sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict

from domain.errors import Forbidden, Unavailable
from providers.twilio.signature import SignatureCheck, port_variants

TOKEN = "12345"
FORM = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "To": "+18005551212"}
SOCKET = "wss://calls.example.com/twilio/media"


def signed(text: str, token: str = TOKEN) -> str:
    """Sign as Twilio documents it: base64 of HMAC-SHA1."""
    return b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()


@pytest.mark.parametrize(
    ("url", "number", "signature"),
    [
        ("https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_the_published_examples_hold(url: str, number: str, signature: str) -> None:
    check = SignatureCheck([TOKEN])
    check.form(url, FORM | {"From": number, "Caller": number}, signature)
    with pytest.raises(Forbidden):
        check.form(url, FORM | {"From": number, "Caller": "+1"}, signature)
    with pytest.raises(Forbidden):
        check.form(f"{url}&", FORM | {"From": number, "Caller": number}, signature)


def test_a_name_that_comes_twice_counts_once_for_each_value() -> None:
    form = ImmutableMultiDict([("a", "2"), ("a", "1"), ("a", "2")])
    SignatureCheck([TOKEN]).form("https://x.example/", form, signed("https://x.example/a1a2"))


def test_without_a_token_nobody_is_let_in() -> None:
    for tokens in ([], [""]):
        with pytest.raises(Unavailable, match="no Twilio auth token"):
            SignatureCheck(tokens).socket(SOCKET, signed(SOCKET, ""))


@pytest.mark.parametrize("signature", [None, "", "x", "ÿ" * 28, signed(SOCKET, "other")])
def test_without_its_signature_nobody_is_let_in(signature: str | None) -> None:
    with pytest.raises(Forbidden):
        SignatureCheck([TOKEN]).socket(SOCKET, signature)


def test_while_a_token_is_replaced_both_hold() -> None:
    check = SignatureCheck(["new", TOKEN])
    check.socket(SOCKET, signed(SOCKET))
    check.socket(SOCKET, signed(SOCKET, "new"))


@pytest.mark.parametrize("url", [SOCKET, "wss://calls.example.com:443/twilio/media"])
def test_a_socket_is_signed_with_the_usual_port_or_without(url: str) -> None:
    for public in (SOCKET, "wss://calls.example.com:443/twilio/media"):
        SignatureCheck([TOKEN]).socket(public, signed(url))


@pytest.mark.parametrize("url", [SOCKET.replace("wss", "https"), f"{SOCKET}/", f"{SOCKET}?a=1", "wss://other/x"])
def test_a_socket_is_signed_exactly_as_it_is_named(url: str) -> None:
    with pytest.raises(Forbidden):
        SignatureCheck([TOKEN]).socket(SOCKET, signed(url))


def test_another_port_stays_what_it_is() -> None:
    url = "wss://calls.example.com:8443/twilio/media"
    assert port_variants(url) == [url]
    SignatureCheck([TOKEN]).socket(url, signed(url))


def test_a_body_is_vouched_for_by_its_hash() -> None:
    body = b'{"a": "\xc3\xa9"}'
    url = f"https://x.example/status?bodySHA256={sha256(body).hexdigest()}"
    check = SignatureCheck([TOKEN])
    check.body(url, body, signed(url))
    for other, address in ((b"{}", url), (body, "https://x.example/status"), (b"", "https://x.example/?bodySHA256=")):
        with pytest.raises(Forbidden):
            check.body(address, other, signed(address))


@given(st.text(max_size=60), st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_no_signature_that_is_made_up_is_taken(signature: str, form: dict[str, str]) -> None:
    with pytest.raises(Forbidden):
        SignatureCheck([TOKEN]).form("https://x.example/", form, signature)
