"""A Deepgram on this machine: its handshake, its messages and its ways to fail."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from providers.google.loopback.guest import stop_accepting

KEY = "dg-the-key-that-must-not-leak"

Ending = Literal["metadata", "close", "hang", "cut", "shut"]


def results(
    text: str,
    start: float = 0.0,
    duration: float = 1.0,
    *,
    final: bool = True,
    confidence: float = 0.9,
    others: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> str:
    """Write a Results message as Deepgram documents it."""
    words = [
        {"word": word.lower(), "start": start, "end": start + duration, "confidence": confidence}
        for word in text.split()
    ]
    best: dict[str, Any] = {"transcript": text, "confidence": confidence, "words": words}
    if languages:
        best["languages"] = list(languages)
    rest = [{"transcript": other, "confidence": confidence / 2, "words": []} for other in others]
    message = {
        "type": "Results",
        "channel_index": [0, 1],
        "duration": duration,
        "start": start,
        "is_final": final,
        "speech_final": final,
        "from_finalize": False,
        "channel": {"alternatives": [best, *rest]},
        "metadata": {"request_id": "loopback", "model_uuid": "loopback", "model_info": {"name": "loopback"}},
    }
    return json.dumps(message)


METADATA = json.dumps({"type": "Metadata", "request_id": "loopback", "duration": 1.0, "channels": 1})


@dataclass
class Deepgram:
    """How the loopback behaves, and what it received.

    `refuse` answers the handshake with a status and body, `hang` leaves it unanswered. `on_sound` is sent when sound
    first comes, `on_finalize` at each Finalize and `on_close` at CloseStream, each message after `latency` seconds;
    then comes the `ending`: `close` leaves out the metadata, `cut` drops the connection, `shut` closes it with `code`
    and `reason`. `ends_at` names the message that leads to the ending. `deaf` reads nothing.
    """

    on_sound: Sequence[str] = ()
    on_finalize: Sequence[str] = ()
    on_close: Sequence[str] = ()
    ending: Ending = "metadata"
    ends_at: str = "CloseStream"
    code: int = 1011
    reason: str = ""
    refuse: tuple[int, str] | None = None
    hang: bool = False
    deaf: bool = False
    latency: float = 0.0
    url: str = ""
    paths: list[str] = field(default_factory=list)
    sound: bytearray = field(default_factory=bytearray)
    pieces: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    said: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def asked(self) -> dict[str, list[str]]:
        """The parameters of the first stream."""
        return parse_qs(urlsplit(self.paths[0]).query)

    async def greet(self, connection: ServerConnection, request: Request) -> Response | None:
        """Take or refuse a handshake."""
        self.paths.append(request.path)
        self.came.set()
        if self.hang:
            await connection.wait_closed()
            self.left.set()
        if request.headers.get("authorization") != f"Token {KEY}":
            return _refusal(401, '{"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials."}')
        return _refusal(*self.refuse) if self.refuse else None

    async def talk(self, connection: ServerConnection) -> None:
        """Serve one stream until it ends."""
        try:
            if self.deaf:
                connection.transport.pause_reading()
                await connection.wait_closed()
            await self._listen(connection)
        except ConnectionClosed:
            pass
        finally:
            self.left.set()

    async def _listen(self, connection: ServerConnection) -> None:
        async for message in connection:
            if isinstance(message, bytes):
                first = not self.sound
                self.pieces.append(len(message))
                self.sound += message
                await self._say(connection, self.on_sound if first else ())
                continue
            self.texts.append(message)
            self.said.set()
            kind = json.loads(message)["type"]
            if kind == "Finalize":
                await self._say(connection, self.on_finalize)
            if kind == "CloseStream":
                await self._say(connection, self.on_close)
            if kind == self.ends_at:
                return await self._end(connection)
        return None

    async def _say(self, connection: ServerConnection, messages: Sequence[str]) -> None:
        for message in messages:
            await asyncio.sleep(self.latency)
            await connection.send(message)

    async def _end(self, connection: ServerConnection) -> None:
        match self.ending:
            case "metadata":
                await connection.send(METADATA)
            case "hang":
                await connection.wait_closed()
            case "cut":
                connection.transport.abort()
            case "shut":
                await connection.close(self.code, self.reason)


def _refusal(status: int, body: str) -> Response:
    headers = Headers({"content-type": "text/html", "dg-error": "refused", "content-length": str(len(body))})
    if 300 <= status < 400:
        headers["location"] = "ws://127.0.0.1:1/stolen"
    return Response(status, HTTPStatus(status).phrase, headers, body.encode())


@asynccontextmanager
async def open_deepgram(script: Deepgram) -> AsyncIterator[Deepgram]:
    """Serve on a free port of 127.0.0.1."""
    async with serve(script.talk, "127.0.0.1", 0, process_request=script.greet, close_timeout=0.2) as server:
        script.url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        try:
            yield script
        finally:
            await stop_accepting(server.sockets)
