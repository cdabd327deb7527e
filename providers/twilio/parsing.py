"""Twilio's messages read: checked to the last field, and cheap, since one comes every 20 ms on every call.

Numbers come as strings; a number in its own right is read too. Events and fields that are not known are ignored.
"""

import binascii
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from providers.twilio.messages import (
    BadMessage,
    Connected,
    Dtmf,
    Inbound,
    Mark,
    Media,
    MediaFormat,
    MessageFault,
    Start,
    Stop,
)

DIGITS = frozenset("0123456789*#ABCD")
INBOUND = "inbound"
_LONGEST_NUMBER = 18

Document = dict[str, Any]


def parse(text: str | bytes) -> Inbound | None:
    """Read a message; None for an event that is not known.

    Raises:
        BadMessage: it is not what the protocol says.
    """
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadMessage(MessageFault.NOT_JSON, "message") from error
    if type(document) is not dict:
        raise BadMessage(MessageFault.NOT_AN_OBJECT, "message")
    event = document.get("event")
    read = _READERS.get(event if type(event) is str and event else read_text(document, "event"))
    return read(document) if read else None


def read_text(document: Document, key: str, where: str = "") -> str:
    """Read a field that has to be a string that is not empty; `where` leads to it, with a point at its end."""
    value = document.get(key)
    if type(value) is not str:
        raise BadMessage(MessageFault.MISSING if value is None else MessageFault.WRONG_TYPE, where + key)
    if not value:
        raise BadMessage(MessageFault.MISSING, where + key)
    return value


def read_part(document: Document, key: str) -> Document:
    """Read a field that has to be an object."""
    value = document.get(key)
    if type(value) is not dict:
        raise BadMessage(MessageFault.MISSING if value is None else MessageFault.WRONG_TYPE, key)
    return value


def read_texts(document: Document, key: str, where: str = "") -> Mapping[str, str]:
    """Read a field that may be there: an object of strings."""
    given = document.get(key)
    if given is None:
        return {}
    if type(given) is not dict or not all(type(value) is str for value in given.values()):
        raise BadMessage(MessageFault.WRONG_TYPE, where + key)
    return given


def _number(document: Document, key: str, where: str = "") -> int:
    value = document.get(key)
    if type(value) is str and len(value) <= _LONGEST_NUMBER and value.isdigit() and value.isascii():
        return int(value)
    if type(value) is int and value >= 0:
        return value
    raise BadMessage(MessageFault.MISSING if value is None else MessageFault.BAD_NUMBER, where + key)


def _sequence(document: Document) -> int | None:
    return _number(document, "sequenceNumber") if "sequenceNumber" in document else None


def _connected(document: Document) -> Connected:
    return Connected(document.get("protocol"), document.get("version"))


def _start(document: Document) -> Start:
    part = read_part(document, "start")
    tracks = part.get("tracks", [])
    if type(tracks) is not list or not all(type(track) is str for track in tracks):
        raise BadMessage(MessageFault.WRONG_TYPE, "start.tracks")
    return Start(
        stream_sid=read_text(document, "streamSid"),
        account_sid=read_text(part, "accountSid", "start."),
        call_sid=read_text(part, "callSid", "start."),
        sound=_sound(read_part(part, "mediaFormat")),
        tracks=tuple(tracks),
        parameters=read_texts(part, "customParameters", "start."),
        sequence=_sequence(document),
    )


def _sound(part: Document) -> MediaFormat:
    where = "start.mediaFormat."
    return MediaFormat(
        read_text(part, "encoding", where), _number(part, "sampleRate", where), _number(part, "channels", where)
    )


def _media(document: Document) -> Media:
    part = read_part(document, "media")
    if part.get("track") != INBOUND:
        raise BadMessage(MessageFault.WRONG_TRACK if "track" in part else MessageFault.MISSING, "media.track")
    payload = part.get("payload")
    if type(payload) is not str:
        raise BadMessage(MessageFault.MISSING if payload is None else MessageFault.WRONG_TYPE, "media.payload")
    try:
        data = binascii.a2b_base64(payload, strict_mode=True)
    except ValueError as error:
        raise BadMessage(MessageFault.BAD_BASE64, "media.payload") from error
    return Media(
        read_text(document, "streamSid"),
        data,
        _number(part, "chunk", "media."),
        _number(part, "timestamp", "media."),
        _sequence(document),
    )


def _dtmf(document: Document) -> Dtmf:
    digit = read_text(read_part(document, "dtmf"), "digit", "dtmf.")
    if digit not in DIGITS:
        raise BadMessage(MessageFault.BAD_DIGIT, "dtmf.digit")
    return Dtmf(read_text(document, "streamSid"), digit, _sequence(document))


def _mark(document: Document) -> Mark:
    name = read_text(read_part(document, "mark"), "name", "mark.")
    return Mark(read_text(document, "streamSid"), name, _sequence(document))


def _stop(document: Document) -> Stop:
    return Stop(read_text(document, "streamSid"), _sequence(document))


_READERS: Mapping[str, Callable[[Document], Inbound]] = {
    "connected": _connected,
    "start": _start,
    "media": _media,
    "dtmf": _dtmf,
    "mark": _mark,
    "stop": _stop,
}
