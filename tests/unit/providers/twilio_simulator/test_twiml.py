"""TwiML: what Twilio's own library writes is read; what Twilio would refuse is refused by number."""

import pytest
from twilio.twiml.voice_response import Connect as ConnectVerb
from twilio.twiml.voice_response import VoiceResponse

from providers.twilio_simulator.twiml import (
    BadTwiml,
    Connect,
    Dial,
    Hangup,
    Pause,
    Redirect,
    Reject,
    Say,
    read_twiml,
)


def test_what_the_library_writes_is_read() -> None:
    response, connect = VoiceResponse(), ConnectVerb(action="/after")
    stream = connect.stream(url="wss://voice.example.com/media")
    stream.parameter(name="session", value="a & b")
    stream.parameter(name="token", value="")
    response.say("Hello")
    response.pause(length=2)
    response.append(connect)
    response.redirect("/voice?resume=1")
    assert read_twiml(str(response)) == [
        Say("Hello"),
        Pause(2),
        Connect("wss://voice.example.com/media", {"session": "a & b", "token": ""}, "/after"),
        Redirect("/voice?resume=1"),
    ]


def test_the_ends_of_a_call_are_read() -> None:
    response = VoiceResponse()
    response.dial("+15005550009")
    response.reject(reason="busy")
    response.hangup()
    assert read_twiml(str(response)) == [Dial("+15005550009"), Reject("busy"), Hangup()]
    inner = "<Response><Dial><Number>+15005550009</Number></Dial></Response>"
    assert read_twiml(inner) == [Dial("+15005550009")]


def _stream(attributes: str, inside: str = "") -> str:
    return f"<Response><Connect><Stream {attributes}>{inside}</Stream></Connect></Response>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 12100),
        ("not XML", 12100),
        ("<Reply/>", 12100),
        ('<!DOCTYPE r [<!ENTITY a "b">]><Response/>', 12100),
        (f"<Response>{' ' * 65_536}</Response>", 11750),
        ("<Response><Sing/></Response>", 12200),
        ("<Response><Connect/></Response>", 12200),
        ("<Response><Redirect/></Response>", 12200),
        ("<Response><Dial/></Response>", 12200),
        ('<Response><Pause length="long"/></Response>', 12200),
        ('<Response><Redirect method="GET">/voice</Redirect></Response>', 12200),
        (_stream('url="ws://example.com/media"'), 31920),
        (_stream('url="wss://example.com/media?token=1"'), 31920),
        (_stream(""), 31920),
        (_stream('url="wss://example.com/media"', '<Parameter name="a"/>'), 12200),
        (_stream('url="wss://example.com/media"', f'<Parameter name="a" value="{"b" * 499}"/>'), 12200),
    ],
)
def test_what_twilio_would_refuse_is_refused(text: str, code: int) -> None:
    with pytest.raises(BadTwiml) as caught:
        read_twiml(text)
    assert caught.value.code == code
