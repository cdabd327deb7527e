"""What parent and worker say to each other over pipes: a JSON head, then bytes, each with its length before it."""

import json
import struct
from asyncio import StreamReader
from dataclasses import asdict, dataclass
from typing import BinaryIO

_LENGTHS = struct.Struct("<II")


@dataclass(frozen=True)
class Request:
    """One utterance: the hint's phrases; the sound follows as 16-bit samples at 16,000 Hz."""

    phrases: tuple[str, ...]
    narrowband: bool


@dataclass(frozen=True)
class Word:
    """A word, or a phrase of the hint as it was written there; seconds; log posterior probability."""

    text: str
    start: float
    end: float
    log_posterior: float


@dataclass(frozen=True)
class Decoded:
    """What the decoder heard.

    `speech_seconds` is how long voice activity detection takes the sound for speech.
    """

    words: tuple[Word, ...] = ()
    speech_seconds: float = 0.0
    alternatives: tuple[str, ...] = ()


def write_request(request: Request, samples: bytes) -> bytes:
    """Frame one request."""
    return _frame(json.dumps(asdict(request)).encode(), samples)


def read_request(stream: BinaryIO) -> tuple[Request, bytes] | None:
    """Wait for the next request; None when the parent has gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    head, body = stream.read(head_size), stream.read(body_size)
    if len(body) < body_size:
        return None
    fields = json.loads(head)
    return Request(tuple(fields["phrases"]), fields["narrowband"]), body


def write_reply(decoded: Decoded) -> bytes:
    """Frame one reply."""
    return _frame(json.dumps(asdict(decoded)).encode(), b"")


async def read_reply(stream: StreamReader) -> Decoded:
    """Wait for a reply.

    Raises:
        asyncio.IncompleteReadError: the worker ended instead.
    """
    head_size, body_size = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    head = json.loads(await stream.readexactly(head_size))
    await stream.readexactly(body_size)
    words = tuple(Word(**word) for word in head["words"])
    return Decoded(words, head["speech_seconds"], tuple(head["alternatives"]))


def _frame(head: bytes, body: bytes) -> bytes:
    return _LENGTHS.pack(len(head), len(body)) + head + body
