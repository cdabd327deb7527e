"""The media stream's messages as Twilio sends and takes them (its "Media Streams: WebSocket Messages").

Numbers travel as strings; `connected` comes first and has no number. What a server may send is media, mark and clear,
with the documented fields and no others (Twilio's warning 31951).
"""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from binascii import b2a_base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CONNECTED = '{"event":"connected","protocol":"Call","version":"1.0.0"}'


@dataclass(frozen=True)
class StreamNames:
    """Whose stream it is."""

    account_sid: str
    call_sid: str
    stream_sid: str


class Messages:
    """Writes one stream's messages, numbered as they are written."""

    def __init__(self, names: StreamNames) -> None:
        self._names = names
        self._tail = f'"streamSid":"{names.stream_sid}"}}'
        self._number = 0
        self._chunk = 0

    def start(self, parameters: Mapping[str, str]) -> str:
        """Write what the stream is."""
        start = {
            "accountSid": self._names.account_sid,
            "streamSid": self._names.stream_sid,
            "callSid": self._names.call_sid,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": dict(parameters),
        }
        return self._write("start", "start", json.dumps(start))

    def media(self, sound: bytes, at_ms: int) -> str:
        """Write the caller's next sound; `at_ms` is when it began, from the stream's start."""
        self._chunk += 1
        payload = b2a_base64(sound, newline=False).decode("ascii")
        media = f'{{"track":"inbound","chunk":"{self._chunk}","timestamp":"{at_ms}","payload":"{payload}"}}'
        return self._write("media", "media", media)

    def dtmf(self, digit: str) -> str:
        """Write that a key was pressed."""
        return self._write("dtmf", "dtmf", json.dumps({"track": "inbound_track", "digit": digit}))

    def mark(self, name: str) -> str:
        """Write that a mark has been reached."""
        return self._write("mark", "mark", json.dumps({"name": name}))

    def stop(self) -> str:
        """Write that the stream or the call has ended."""
        stop = {"accountSid": self._names.account_sid, "callSid": self._names.call_sid}
        return self._write("stop", "stop", json.dumps(stop))

    def _write(self, event: str, key: str, body: str) -> str:
        self._number += 1
        return f'{{"event":"{event}","sequenceNumber":"{self._number}","{key}":{body},{self._tail}'


class InvalidMessage(ValueError):
    """A server's message is not as Twilio documents it."""


@dataclass(frozen=True)
class Media:
    """Sound to be played."""

    sound: bytes


@dataclass(frozen=True)
class MarkAsked:
    """A mark to be sent back."""

    name: str


@dataclass(frozen=True)
class ClearAsked:
    """What waits is to be thrown away."""


ServerMessage = Media | MarkAsked | ClearAsked


def read_message(text: str | bytes, stream_sid: str) -> ServerMessage:
    """Read what a server sent.

    Raises:
        InvalidMessage: with what is wrong with it.
    """
    message = _object(text)
    event = message.pop("event", None)
    if message.pop("streamSid", None) != stream_sid:
        raise InvalidMessage("the streamSid is not this stream's")
    if event == "clear" and not message:
        return ClearAsked()
    if event == "media":
        return Media(_payload(_only(message, "media", "payload")))
    if event == "mark":
        return MarkAsked(_only(message, "mark", "name"))
    raise InvalidMessage(f"the event is {event!r}, with {sorted(message)}")


def _object(text: str | bytes) -> dict[str, Any]:
    if isinstance(text, bytes):
        raise InvalidMessage("it is a binary message")
    try:
        message = json.loads(text)
    except ValueError as error:
        raise InvalidMessage("it is not JSON") from error
    if not isinstance(message, dict):
        raise InvalidMessage("it is not a JSON object")
    return message


def _only(message: dict[str, Any], key: str, inner: str) -> str:
    """Return the one string that a message is to hold, at `key` and `inner`."""
    body = message.get(key)
    if len(message) != 1 or not isinstance(body, dict) or list(body) != [inner] or not isinstance(body[inner], str):
        raise InvalidMessage(f"a {key} holds {key}.{inner}, a string, and nothing else")
    value: str = body[inner]
    return value


def _payload(text: str) -> bytes:
    try:
        sound = b64decode(text, validate=True)
    except (NotBase64, ValueError) as error:
        raise InvalidMessage("the payload is not base64") from error
    if sound[:4] == b"RIFF":
        raise InvalidMessage("the payload begins with a WAV file's header")
    return sound
