"""Signatures against Twilio's published examples, the wrong ones on purpose, and where a server really listens."""

import pytest
from twilio.request_validator import RequestValidator

from providers.twilio_simulator.account import Account, Reach, Signer, new_sid
from providers.twilio_simulator.faults import Trick

ACCOUNT = Account("AC1", "12345")
FORM = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "To": "+18005551212"}
VOICE, STREAM = "https://voice.example.com/voice?a=1", "wss://voice.example.com/media"


@pytest.mark.parametrize(
    ("host", "number", "signature"),
    [
        ("example", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("mycompany", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_known_signatures(host: str, number: str, signature: str) -> None:
    form = {**FORM, "From": number, "Caller": number}
    assert ACCOUNT.sign(f"https://{host}.com/myapp.php?foo=1&bar=2", form) == signature


def test_requests_and_upgrades_are_signed_for_their_public_address() -> None:
    check = RequestValidator(ACCOUNT.token)
    signer = Signer(ACCOUNT)
    assert check.validate(VOICE, FORM, signer.webhook(VOICE, FORM)["X-Twilio-Signature"])
    assert check.validate(STREAM, {}, signer.stream(STREAM)["x-twilio-signature"])


@pytest.mark.parametrize("trick", [trick for trick in Trick if trick.name.startswith(("WEBHOOK", "STREAM"))])
def test_a_trick_spoils_the_signature_of_its_own_door_only(trick: Trick) -> None:
    check, signer = RequestValidator(ACCOUNT.token), Signer(ACCOUNT, trick)
    webhook = check.validate(VOICE, FORM, signer.webhook(VOICE, FORM).get("X-Twilio-Signature", ""))
    stream = check.validate(STREAM, {}, signer.stream(STREAM).get("x-twilio-signature", ""))
    assert (webhook, stream) == ((False, True) if trick.name.startswith("WEBHOOK") else (True, False))


@pytest.mark.parametrize(
    ("url", "real"),
    [
        ("https://voice.example.com/voice?a=1", "http://127.0.0.1:8080/voice?a=1"),
        ("wss://voice.example.com/media", "ws://127.0.0.1:8080/media"),
        ("wss://VOICE.example.com:443/media", "ws://127.0.0.1:8080/media"),
        ("wss://voice.example.com:8443/media", "wss://voice.example.com:8443/media"),
        ("https://other.example.com/voice", "https://other.example.com/voice"),
    ],
)
def test_the_public_address_is_asked_where_the_server_listens(url: str, real: str) -> None:
    assert Reach("http://127.0.0.1:8080", "https://voice.example.com").real(url) == real


def test_a_server_that_is_its_own_public_address() -> None:
    local, remote = "http://127.0.0.1:8080", "https://voice.example.com"
    assert Reach(local, local).real("wss://127.0.0.1:8080/media") == "ws://127.0.0.1:8080/media"
    assert Reach(remote, remote).real("wss://voice.example.com/media") == "wss://voice.example.com/media"


def test_the_token_is_not_printed() -> None:
    assert "12345" not in repr(Signer(ACCOUNT))


def test_ids_look_like_twilios() -> None:
    sid = new_sid("CA")
    assert (sid[:2], len(sid), int(sid[2:], 16) >= 0) == ("CA", 34, True)
