"""The wire: what is sent is what Twilio documents, and nothing else is taken."""

import json
from base64 import b64encode
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.twilio_simulator.faults import Malformed, malformed
from providers.twilio_simulator.messages import (
    CONNECTED,
    ClearAsked,
    InvalidMessage,
    MarkAsked,
    Media,
    Messages,
    StreamNames,
    read_message,
)

NAMES = StreamNames("AC1", "CA1", "MZ1")
UNREADABLE = (Malformed.NOT_JSON, Malformed.DEEP)


def test_a_stream_is_written_as_documented() -> None:
    messages = Messages(NAMES)
    sent = [messages.start({"k": 'v"'}), messages.media(b"\xff\x00", 0), messages.media(b"\x01", 20)]
    sent += [messages.dtmf("#"), messages.mark('a "mark"'), messages.stop()]
    start, first, second, dtmf, mark, stop = (json.loads(text) for text in sent)
    assert json.loads(CONNECTED) == {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    assert start == {
        "event": "start",
        "sequenceNumber": "1",
        "start": {
            "accountSid": "AC1",
            "streamSid": "MZ1",
            "callSid": "CA1",
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"k": 'v"'},
        },
        "streamSid": "MZ1",
    }
    assert first == {
        "event": "media",
        "sequenceNumber": "2",
        "media": {"track": "inbound", "chunk": "1", "timestamp": "0", "payload": "/wA="},
        "streamSid": "MZ1",
    }
    assert (second["media"]["chunk"], second["media"]["timestamp"]) == ("2", "20")
    assert dtmf["dtmf"] == {"track": "inbound_track", "digit": "#"}
    assert mark["mark"] == {"name": 'a "mark"'}
    assert stop["stop"] == {"accountSid": "AC1", "callSid": "CA1"}
    assert [message["sequenceNumber"] for message in (dtmf, mark, stop)] == ["4", "5", "6"]


@given(st.binary().filter(lambda sound: sound[:4] != b"RIFF"))
def test_sound_arrives_as_it_was_sent(sound: bytes) -> None:
    message = {"event": "media", "streamSid": "MZ1", "media": {"payload": b64encode(sound).decode()}}
    assert read_message(json.dumps(message), "MZ1") == Media(sound)


def test_marks_and_clears_are_read() -> None:
    mark = {"event": "mark", "streamSid": "MZ1", "mark": {"name": "m"}}
    assert read_message(json.dumps(mark), "MZ1") == MarkAsked("m")
    assert read_message('{"event":"clear","streamSid":"MZ1"}', "MZ1") == ClearAsked()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"streamSid": "MZ2"}, "streamSid"),
        ({"streamSid": None}, "streamSid"),
        ({"event": "stop"}, "event"),
        ({"event": "clear"}, "event"),
        ({"media": {"payload": "/w=="}, "mark": {"name": "m"}}, "nothing else"),
        ({"media": {"payload": "/w==", "track": "outbound"}}, "nothing else"),
        ({"media": {"payload": 1}}, "a string"),
        ({"media": "/w=="}, "a string"),
        ({"media": {"payload": "/w="}}, "base64"),
        ({"media": {"payload": "é"}}, "base64"),
        ({"media": {"payload": b64encode(b"RIFF\0\0\0\0WAVE").decode()}}, "header"),
    ],
)
def test_what_is_not_documented_is_invalid(change: dict[str, Any], why: str) -> None:
    message = {"event": "media", "streamSid": "MZ1", "media": {"payload": "/w=="}} | change
    with pytest.raises(InvalidMessage, match=why):
        read_message(json.dumps(message), "MZ1")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", b"{}"])
def test_what_is_no_json_object_is_invalid(text: str | bytes) -> None:
    with pytest.raises(InvalidMessage):
        read_message(text, "MZ1")


@pytest.mark.parametrize("kind", [kind for kind in Malformed if kind not in UNREADABLE])
def test_each_malformed_message_is_what_it_says(kind: Malformed) -> None:
    texts = list(malformed(kind, NAMES, Messages(NAMES), 40))
    assert len(texts) == (2_000 if kind is Malformed.FLOOD else 1)
    text = texts[0]
    assert isinstance(text, bytes) == (kind is Malformed.BINARY)
    assert isinstance(json.loads(text), dict) == (kind is not Malformed.NOT_AN_OBJECT)
    assert (len(text) > 65_536) == (kind in {Malformed.BIG_TEXT, Malformed.HUGE})


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_no_parser_should_read_is_not_read(kind: Malformed) -> None:
    (text,) = malformed(kind, NAMES, Messages(NAMES), 40)
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(text)
