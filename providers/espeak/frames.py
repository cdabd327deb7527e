"""What we and the worker say to each other over pipes: kind, number of the sentence, length, bytes."""

import struct
from asyncio import StreamReader
from enum import IntEnum
from typing import BinaryIO, NamedTuple

_HEAD = struct.Struct("<BII")


class Kind(IntEnum):
    """What a frame is."""

    SPEAK = 1
    """To the worker: say this text."""
    CANCEL = 2
    """To the worker: nobody listens to this sentence any more."""
    READY = 3
    """From the worker: the voice is loaded; the number is its sample rate."""
    SOUND = 4
    """From the worker: 16-bit samples of a sentence."""
    END = 5
    """From the worker: the sentence is said, or stopped."""
    FAILED = 6
    """From the worker: the engine would not say the sentence."""


class Frame(NamedTuple):
    """One message."""

    kind: Kind
    number: int = 0
    data: bytes = b""


def pack(frame: Frame) -> bytes:
    """Write one frame."""
    return _HEAD.pack(frame.kind, frame.number, len(frame.data)) + frame.data


def read_frame(stream: BinaryIO) -> Frame | None:
    """Wait for the next frame; None when the other side has gone."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, number, size = _HEAD.unpack(head)
    data = stream.read(size)
    return Frame(Kind(kind), number, data) if len(data) == size else None


async def receive_frame(stream: StreamReader) -> Frame:
    """Wait for the next frame without blocking the event loop.

    Raises:
        asyncio.IncompleteReadError: the other side has gone.
    """
    kind, number, size = _HEAD.unpack(await stream.readexactly(_HEAD.size))
    return Frame(Kind(kind), number, await stream.readexactly(size))
