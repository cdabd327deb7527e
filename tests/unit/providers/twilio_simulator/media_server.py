"""A server of media streams on this machine, written to Twilio's documented protocol and to nothing of ours."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from twilio.request_validator import RequestValidator

from providers.google.loopback.guest import open_guest

TOKEN = "the account's token"
PUBLIC = "https://voice.example.com"
STREAM_URL = "wss://voice.example.com/media"
CONNECT = f'<Connect><Stream url="{STREAM_URL}"><Parameter name="session" value="s-1"/></Stream></Connect>'

Json = dict[str, Any]


@dataclass
class Stream:
    """The server's side of one stream: every message that came, and what can be sent."""

    socket: WebSocket
    came: list[Json] = field(default_factory=list)
    closed: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def events(self, event: str) -> list[Json]:
        """The messages of one kind."""
        return [message for message in self.came if message["event"] == event]

    @property
    def marks(self) -> list[str]:
        """The marks that came back."""
        return [message["mark"]["name"] for message in self.events("mark")]

    @property
    def sound(self) -> bytes:
        """All sound that came, in the order of its coming."""
        return b"".join(base64.b64decode(message["media"]["payload"]) for message in self.events("media"))

    async def play(self, sound: bytes, size: int = 4_000) -> None:
        """Send sound in pieces of any size."""
        for at in range(0, len(sound), size):
            payload = base64.b64encode(sound[at : at + size]).decode()
            await self.send({"event": "media", "media": {"payload": payload}})

    async def mark(self, name: str) -> None:
        """Send a mark."""
        await self.send({"event": "mark", "mark": {"name": name}})

    async def clear(self) -> None:
        """Send a clear."""
        await self.send({"event": "clear"})

    async def send(self, message: Json) -> None:
        """Send a message of this stream, if anybody is there."""
        (start, *_) = self.events("start")
        with suppress(WebSocketDisconnect):
            await self.socket.send_json({**message, "streamSid": start["streamSid"]})

    async def until(self, holds: Callable[["Stream"], object], seconds: float = 10) -> None:
        """Wait until what came is what is wanted, or the other side has gone (TimeoutError)."""
        async with asyncio.timeout(seconds):
            while not holds(self) and not self.closed:
                self.news.clear()
                await self.news.wait()

    async def read(self) -> None:
        """Take messages until the other side goes."""
        try:
            while True:
                self.came.append(json.loads(await self.socket.receive_text()))
                self.news.set()
        except WebSocketDisconnect:
            self.closed = True
            self.news.set()


Agent = Callable[[Stream], Awaitable[None]]


async def silent(stream: Stream) -> None:
    """Say nothing until the caller goes."""
    await stream.until(lambda _: False)


@dataclass
class MediaServer:
    """What it answers, and what came. `signed` tells whether each request's signature held."""

    agent: Agent = silent
    first: Agent | None = None
    """What is done before a start comes."""
    documents: list[str] = field(default_factory=lambda: [CONNECT])
    url: str = ""
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    signed: list[bool] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    content_type: str = "text/xml"
    check: bool = True

    def told(self, path: str, key: str) -> list[str]:
        """One field of all the forms that came to a path."""
        return [form[key] for place, form in self.forms if place == path]

    async def webhook(self, request: Request) -> Response:
        """Answer a request for TwiML with the next document, or the last again; take whatever else is told."""
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        if not self._holds(PUBLIC + path, form, request):
            return Response(status_code=403)
        self.forms.append((path, form))
        if not path.startswith("/voice"):
            return Response(status_code=204)
        asked = len([place for place, _ in self.forms if place.startswith("/voice")])
        document = self.documents[min(asked, len(self.documents)) - 1]
        return Response(f"<Response>{document}</Response>", media_type=self.content_type)

    async def media(self, websocket: WebSocket) -> None:
        """Take a stream and let the agent speak; the stream is closed when the agent is done."""
        if not self._holds(STREAM_URL, {}, websocket):
            await websocket.close()
            return
        await websocket.accept()
        stream = Stream(websocket)
        self.streams.append(stream)
        reader = asyncio.create_task(stream.read())
        await stream.until(lambda stream: stream.came)
        if self.first:
            await self.first(stream)
        await stream.until(lambda stream: stream.events("start"))
        if not stream.closed:
            await self.agent(stream)
        if not stream.closed:
            await websocket.close()
        await reader

    def _holds(self, url: str, form: dict[str, str], request: Request | WebSocket) -> bool:
        signature = request.headers.get("x-twilio-signature", "")
        holds = bool(RequestValidator(TOKEN).validate(url, form, signature))
        self.signed.append(holds)
        self.hosts.append(request.headers["host"])
        return holds or not self.check


@asynccontextmanager
async def open_media_server(agent: Agent = silent, *documents: str) -> AsyncIterator[MediaServer]:
    """Serve on a free port of 127.0.0.1."""
    server = MediaServer(agent, documents=list(documents) or [CONNECT])
    app = Starlette(
        routes=[
            WebSocketRoute("/media", server.media),
            Route("/{path:path}", server.webhook, methods=["POST"]),
        ]
    )
    options: Json = {"lifespan": "off", "ws": "websockets-sansio", "timeout_graceful_shutdown": 1}
    async with open_guest(uvicorn.Config(app, log_config=None, access_log=False, **options)) as address:
        server.url = f"http://{address}"
        yield server
