"""What Twilio never does, and what others may try: at the door of a server, and on an open stream."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

from providers.twilio_simulator.messages import Messages, StreamNames


class Trick(StrEnum):
    """A wrong way in. Those of the webhook come with every request, those of the stream with every upgrade."""

    WEBHOOK_UNSIGNED = "webhook: no signature"
    WEBHOOK_FORGED = "webhook: signed with another token"
    WEBHOOK_ELSEWHERE = "webhook: signed for another host, which the Host header names"
    STREAM_UNSIGNED = "stream: no signature"
    STREAM_FORGED = "stream: signed with another token"
    STREAM_ELSEWHERE = "stream: signed for another host, which the Host header names"
    STREAM_AS_HTTPS = "stream: signed as https://"
    NO_START = "stream: connected, then nothing"
    NO_PARAMETERS = "stream: a start without its parameters"
    TOKEN_REPLAYED = "stream: after its end opened once more, as before"
    TOKEN_STOLEN = "stream: a start with the parameters of another call"


class Malformed(StrEnum):
    """Messages that a server has to survive or to refuse by name."""

    BAD_BASE64 = "media with a payload that is not base64"
    NO_PAYLOAD = "media without a payload"
    WRONG_TYPES = "media with numbers and lists where strings belong"
    WRONG_TRACK = "media of the outbound track"
    OTHER_STREAM = "media of another stream"
    EMPTY = "media with no sound"
    HUGE = "media of ten seconds in one message"
    UNKNOWN_EVENT = "an event that nobody knows"
    UNKNOWN_MARK = "a mark that was never sent"
    SECOND_START = "a second start"
    NOT_JSON = "no JSON"
    NOT_AN_OBJECT = "JSON that is no object"
    DEEP = "JSON nested ten thousand deep"
    BINARY = "a binary message"
    BIG_TEXT = "a message of 100 KB"
    FLOOD = "two thousand messages at once"


_FLOOD, _BIG, _DEEP = 2_000, 100_000, 10_000
_SECOND = bytes([0xFF]) * 8_000


def malformed(kind: Malformed, names: StreamNames, messages: Messages, now_ms: int) -> Iterator[str | bytes]:
    """Write the messages of one kind, numbered like the stream's own where they have a number."""
    match kind:
        case Malformed.SECOND_START:
            yield messages.start({})
        case Malformed.UNKNOWN_MARK:
            yield messages.mark("never-sent")
        case Malformed.EMPTY:
            yield messages.media(b"", now_ms)
        case Malformed.HUGE:
            yield messages.media(_SECOND * 10, now_ms)
        case Malformed.FLOOD:
            yield from (messages.media(b"", now_ms) for _ in range(_FLOOD))
        case Malformed.BINARY:
            yield messages.media(b"\xff", now_ms).encode()
        case Malformed.NOT_JSON | Malformed.NOT_AN_OBJECT | Malformed.DEEP:
            yield _NO_MESSAGE[kind]
        case _:
            yield json.dumps(_odd(kind, names))


_NO_MESSAGE: dict[Malformed, str] = {
    Malformed.NOT_JSON: '{"event":"media",',
    Malformed.NOT_AN_OBJECT: '["media"]',
    Malformed.DEEP: '{"event":' + "[" * _DEEP + "]" * _DEEP + "}",
}


def _odd(kind: Malformed, names: StreamNames) -> Mapping[str, object]:
    """Return a message that is nearly right."""
    media: dict[str, object] = {"track": "inbound", "chunk": "1", "timestamp": "0", "payload": "/w=="}
    message: dict[str, object] = {"event": "media", "sequenceNumber": "1", "media": media}
    message["streamSid"] = names.stream_sid
    match kind:
        case Malformed.BAD_BASE64:
            media["payload"] = "not*base64!"
        case Malformed.NO_PAYLOAD:
            del media["payload"]
        case Malformed.WRONG_TYPES:
            media.update(chunk=1, timestamp=0, payload=[255])
        case Malformed.WRONG_TRACK:
            media["track"] = "outbound"
        case Malformed.OTHER_STREAM:
            message["streamSid"] = "MZ" + "0" * 32
        case Malformed.UNKNOWN_EVENT:
            message["event"] = "weather"
        case _:
            message["padding"] = "x" * _BIG
    return message
