"""How an answer's bytes travel: at once, late, in pieces, half, or never."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from starlette.types import Receive, Send

from providers.google.loopback.script import Ending, Received

HANG_LIMIT_S = 600.0
"""A hanging exchange is given up after this, so that no connection stays for ever."""


@dataclass(frozen=True)
class Parcel:
    """What to send: `pieces` are the body, `pause_s` passes before each piece but the first."""

    status: int
    content_type: bytes
    pieces: Iterator[bytes]
    latency_s: float = 0.0
    pause_s: float = 0.0
    hang: bool = False
    cut: bool = False


async def deliver(parcel: Parcel, request: Received, receive: Receive, send: Send) -> None:
    """Send a parcel and record how the exchange ended; cancelling counts as the client leaving."""
    ending: Ending = "disconnected"
    try:
        ending = await _send(parcel, receive, send)
    finally:
        request.end(parcel.status if ending == "answered" else None, ending)


async def _send(parcel: Parcel, receive: Receive, send: Send) -> Ending:
    wait_s = HANG_LIMIT_S if parcel.hang else parcel.latency_s
    if await _client_leaves_within(wait_s, receive) or parcel.hang:
        return "disconnected"
    headers = [(b"content-type", parcel.content_type)]
    await send({"type": "http.response.start", "status": parcel.status, "headers": headers})
    for index, piece in enumerate(parcel.pieces):
        if index and await _client_leaves_within(parcel.pause_s, receive):
            return "disconnected"
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    if parcel.cut:
        return "cut"  # the server closes a connection whose response was never completed
    await send({"type": "http.response.body", "body": b"", "more_body": False})
    return "answered"


async def _client_leaves_within(seconds: float, receive: Receive) -> bool:
    """Wait out a pause; True when the client closes the connection in it."""
    if seconds <= 0:
        return False
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                continue
    except TimeoutError:
        return False
    return True


def cut_short(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Send half of the only piece, or of a stream the first piece and half of the second."""
    *whole, broken = islice(pieces, 2)
    return chain(whole, [broken[: len(broken) // 2]])
