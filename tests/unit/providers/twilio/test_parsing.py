"""Twilio's messages: read as documented, refused by name, and never by anything else."""

from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.twilio.messages import (
    BadMessage,
    Clear,
    Connected,
    Dtmf,
    Mark,
    Media,
    MediaFormat,
    MessageFault,
    Play,
    Start,
    Stop,
    render,
)
from providers.twilio.parsing import parse
from tests.unit.providers.twilio.wire import ACCOUNT, CALL, CONNECTED, STOP, STREAM, dtmf, mark, media, start

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def write(message: object) -> str:
    """Write JSON."""
    return orjson.dumps(message, option=orjson.OPT_NON_STR_KEYS).decode()


def fault(message: object) -> tuple[MessageFault, str]:
    """What is wrong with a message."""
    with pytest.raises(BadMessage) as caught:
        parse(message if isinstance(message, str) else write(message))
    return caught.value.fault, caught.value.field


def changed(message: dict[str, Any], part: str, **fields: Any) -> dict[str, Any]:
    """A message with other fields in one of its parts; a field that is None is left out."""
    inner = {name: value for name, value in (message[part] | fields).items() if value is not None}
    return message | {part: inner}


def test_what_twilio_documents_is_read() -> None:
    assert parse(write(CONNECTED)) == Connected("Call", "1.0.0")
    sound = MediaFormat("audio/x-mulaw", 8_000, 1)
    assert parse(write(start(parameters={"a": "b"}))) == Start(
        STREAM, ACCOUNT, CALL, sound, ("inbound",), {"a": "b"}, 1
    )
    assert parse(write(media(b"\xff\x7f", 3))) == Media(STREAM, b"\xff\x7f", 3, 60, 3)
    assert parse(write(dtmf("#", 5))) == Dtmf(STREAM, "#", 5)
    assert parse(write(mark("m1", 4))) == Mark(STREAM, "m1", 4)
    assert parse(write(STOP)) == Stop(STREAM, 9_999)


def test_what_is_not_known_is_ignored() -> None:
    assert parse('{"event":"weather","sequenceNumber":"a"}') is None
    assert parse(write(mark("m1", 4) | {"colour": "red"})) == Mark(STREAM, "m1", 4)


def test_numbers_may_be_numbers() -> None:
    message = changed(media(b"", 3), "media", chunk=3, timestamp=60) | {"sequenceNumber": 3}
    assert parse(write(message)) == Media(STREAM, b"", 3, 60, 3)


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("", (MessageFault.NOT_JSON, "message")),
        ('{"event":"media",', (MessageFault.NOT_JSON, "message")),
        ('{"event":' + "[" * 10_000 + "]" * 10_000 + "}", (MessageFault.NOT_JSON, "message")),
        ("[]", (MessageFault.NOT_AN_OBJECT, "message")),
        ("null", (MessageFault.NOT_AN_OBJECT, "message")),
        ({}, (MessageFault.MISSING, "event")),
        ({"event": ["media"]}, (MessageFault.WRONG_TYPE, "event")),
        ({"event": "media"}, (MessageFault.MISSING, "media")),
        ({"event": "media", "media": "x"}, (MessageFault.WRONG_TYPE, "media")),
        (changed(media(b"a", 1), "media", track="outbound"), (MessageFault.WRONG_TRACK, "media.track")),
        (changed(media(b"a", 1), "media", track=None), (MessageFault.MISSING, "media.track")),
        (changed(media(b"a", 1), "media", payload=None), (MessageFault.MISSING, "media.payload")),
        (changed(media(b"a", 1), "media", payload=[1]), (MessageFault.WRONG_TYPE, "media.payload")),
        (changed(media(b"a", 1), "media", payload="not*base64"), (MessageFault.BAD_BASE64, "media.payload")),
        (changed(media(b"a", 1), "media", payload="YQ"), (MessageFault.BAD_BASE64, "media.payload")),
        (changed(media(b"a", 1), "media", payload="ÿÿÿÿ"), (MessageFault.BAD_BASE64, "media.payload")),
        (changed(media(b"a", 1), "media", chunk="-1"), (MessageFault.BAD_NUMBER, "media.chunk")),
        (changed(media(b"a", 1), "media", chunk="²"), (MessageFault.BAD_NUMBER, "media.chunk")),
        (changed(media(b"a", 1), "media", chunk="9" * 19), (MessageFault.BAD_NUMBER, "media.chunk")),
        (changed(media(b"a", 1), "media", chunk=True), (MessageFault.BAD_NUMBER, "media.chunk")),
        (changed(media(b"a", 1), "media", timestamp=None), (MessageFault.MISSING, "media.timestamp")),
        (media(b"a", 1) | {"streamSid": ""}, (MessageFault.MISSING, "streamSid")),
        (media(b"a", 1) | {"sequenceNumber": 1.5}, (MessageFault.BAD_NUMBER, "sequenceNumber")),
        (dtmf("12", 1), (MessageFault.BAD_DIGIT, "dtmf.digit")),
        (dtmf("x", 1), (MessageFault.BAD_DIGIT, "dtmf.digit")),
        (changed(mark("m", 1), "mark", name=7), (MessageFault.WRONG_TYPE, "mark.name")),
        (changed(start(), "start", callSid=None), (MessageFault.MISSING, "start.callSid")),
        (changed(start(), "start", tracks="inbound"), (MessageFault.WRONG_TYPE, "start.tracks")),
        (changed(start(), "start", mediaFormat={}), (MessageFault.MISSING, "start.mediaFormat.encoding")),
        (changed(start(), "start", mediaFormat=None), (MessageFault.MISSING, "mediaFormat")),
        (changed(start(), "start", customParameters={"a": 1}), (MessageFault.WRONG_TYPE, "start.customParameters")),
        ({"event": "stop"}, (MessageFault.MISSING, "streamSid")),
    ],
)
def test_what_is_wrong_is_named(message: object, named: tuple[MessageFault, str]) -> None:
    assert fault(message) == named


def test_a_fault_does_not_quote_the_message() -> None:
    with pytest.raises(BadMessage) as caught:
        parse(write(dtmf("my secret", 1)))
    assert "secret" not in str(caught.value)


@given(st.dictionaries(st.sampled_from(["event", "media", "start", "dtmf", "mark", "streamSid"]), JSON), JSON)
def test_nothing_else_is_raised(message: dict[str, Any], inner: Any) -> None:
    for event in ("media", "start", "dtmf", "mark", "stop", "connected", message.get("event")):
        with suppress(BadMessage):
            parse(write({**message, event if isinstance(event, str) else "x": inner, "event": event}))


@given(st.text() | st.binary())
def test_no_text_raises_anything_else(text: str | bytes) -> None:
    with suppress(BadMessage):
        assert parse(text) is None


@given(st.binary(max_size=2_000), st.integers(0, 10**12))
def test_sound_of_any_length_is_read_as_it_was_sent(data: bytes, number: int) -> None:
    read = parse(write(media(data, number)))
    assert isinstance(read, Media)
    assert (read.data, read.chunk) == (data, number)


@given(st.binary(max_size=400), st.text(max_size=40))
def test_ours_are_written_as_documented(data: bytes, name: str) -> None:
    play = orjson.loads(render(Play(STREAM, data)))
    assert play == {"event": "media", "streamSid": STREAM, "media": {"payload": media(data, 1)["media"]["payload"]}}
    assert orjson.loads(render(Mark(STREAM, name))) == {"event": "mark", "streamSid": STREAM, "mark": {"name": name}}
    assert orjson.loads(render(Clear(STREAM))) == {"event": "clear", "streamSid": STREAM}
