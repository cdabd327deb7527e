"""The messages of a media stream, both ways, and how ours are written.

Source: https://www.twilio.com/docs/voice/media-streams/websocket-messages
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import orjson

MU_LAW = "audio/x-mulaw"
RATE_HZ = 8_000


class MessageFault(StrEnum):
    """What is wrong with a message; stable, countable, safe to log."""

    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    BAD_NUMBER = "bad_number"
    BAD_BASE64 = "bad_base64"
    BAD_DIGIT = "bad_digit"
    WRONG_TRACK = "wrong_track"
    WRONG_STREAM = "wrong_stream"
    OUT_OF_ORDER = "out_of_order"


class BadMessage(Exception):
    """A message that the protocol does not know; `field` is where in it the fault lies, never what it says."""

    def __init__(self, fault: MessageFault, field: str) -> None:
        super().__init__(f"{fault}: {field}")
        self.fault = fault
        self.field = field


@dataclass(frozen=True, slots=True)
class Connected:
    """The first message; it names no stream."""

    protocol: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class MediaFormat:
    """How a stream sounds."""

    encoding: str
    rate_hz: int
    channels: int


@dataclass(frozen=True, slots=True)
class Start:
    """The second message, once a stream: what it belongs to, how it sounds, and the parameters of its TwiML."""

    stream_sid: str
    account_sid: str
    call_sid: str
    sound: MediaFormat
    tracks: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    sequence: int | None = None


class Media(NamedTuple):
    """What the caller says: `data` is mu-law at 8,000 Hz, of any length; `time_ms` counts from the stream's start.

    A tuple, since one is made every 20 ms on every call.
    """

    stream_sid: str
    data: bytes
    chunk: int
    time_ms: int
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Dtmf:
    """A key that was pressed."""

    stream_sid: str
    digit: str
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Ours to them: tell us when you are here. Theirs to us: here, or thrown away by a clear."""

    stream_sid: str
    name: str
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """The stream has ended: the call is over, or goes on without us."""

    stream_sid: str
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """Sound to be played after what was sent before: mu-law at 8,000 Hz, without a header."""

    stream_sid: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Clear:
    """Throw away what was sent and not played."""

    stream_sid: str


Inbound = Connected | Start | Media | Dtmf | Mark | Stop
Outbound = Play | Mark | Clear


def render(message: Outbound) -> str:
    """Write a message of ours."""
    document: dict[str, object] = {"event": "", "streamSid": message.stream_sid}
    match message:
        case Play(data=data):
            document |= {"event": "media", "media": {"payload": b64encode(data).decode()}}
        case Mark(name=name):
            document |= {"event": "mark", "mark": {"name": name}}
        case Clear():
            document["event"] = "clear"
    return orjson.dumps(document).decode()
