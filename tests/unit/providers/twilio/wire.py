"""The other end of a WebSocket, in memory; and a carrier that only remembers what it was asked."""

import asyncio
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from starlette.types import Message
from starlette.websockets import WebSocket

from domain.errors import Fault, ProviderUnavailable
from ports.telephony import LineStart, OutboundCall
from providers.twilio.line import TwilioLine
from providers.twilio.text_socket import TextSocket

ACCOUNT, CALL, STREAM = "AC0123", "CA4567", "MZ89ab"
START = LineStart(tenant_id="demo", session_id="s-1", call_id=CALL, stream_id=STREAM)


@dataclass
class Wire:
    """A client as a server sees it: what it says is put into `inbox`, what it hears is in `heard`."""

    inbox: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)
    heard: list[dict[str, Any]] = field(default_factory=list)
    closed: tuple[int, str] | None = None
    denied: int | None = None
    denial: bytes = b""
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    takes_nothing: bool = False
    gone: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.inbox.put_nowait({"type": "websocket.connect"})

    def say(self, message: object) -> None:
        """Send a message of text; anything but a string as JSON."""
        text = message if isinstance(message, str) else orjson.dumps(message).decode()
        self.inbox.put_nowait({"type": "websocket.receive", "text": text})

    def leave(self, code: int = 1005) -> None:
        """Close the socket from this end."""
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": code})

    async def hears(self, messages: int) -> None:
        """Wait until so many messages have been heard (TimeoutError)."""
        async with asyncio.timeout(60):
            while len(self.heard) < messages:
                self.news.clear()
                await self.news.wait()

    async def accepted(self) -> WebSocket:
        """The server's end, accepted."""
        websocket = WebSocket({"type": "websocket", "headers": []}, self.inbox.get, self.take)
        await websocket.accept()
        return websocket

    async def socket(self, *, silence: float | None = None) -> TextSocket:
        """The server's end, as a socket of text."""
        return TextSocket(await self.accepted(), silence=silence)

    async def take(self, message: Any) -> None:
        """Take what the server sends."""
        if self.gone:
            raise OSError("nobody is there")
        if self.takes_nothing:
            await asyncio.Event().wait()
        if message["type"] == "websocket.send":
            self.heard.append(orjson.loads(message["text"]))
            self.news.set()
        elif message["type"] == "websocket.close":
            self.closed = (message["code"], message["reason"])
            self.leave(message["code"])
        elif message["type"] == "websocket.accept":
            self.opened.set()
        elif message["type"] == "websocket.http.response.start":
            self.denied = message["status"]
        else:
            self.denial += message["body"]


@dataclass
class NotedCarrier:
    """Does nothing, and remembers it."""

    fails: bool = False
    ended: list[str] = field(default_factory=list)
    transferred: list[tuple[str, str]] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)
    name: str = "noted"

    async def call(self, call: OutboundCall) -> str:
        """Place no call."""
        return f"call to {call.to}"

    async def hang_up(self, call_id: str) -> None:
        """Note that a call is to end."""
        self.ended.append(call_id)
        if self.fails:
            raise ProviderUnavailable("noted", Fault.SERVER)

    async def look_for(self, call: OutboundCall, since: datetime) -> str | None:
        """Find nothing."""

    async def leave_message(self, call_id: str, words: str) -> None:
        """Note that a call is to end."""
        self.ended.append(call_id)

    async def start_recording(self, call_id: str) -> None:
        """Note a recording."""
        self.recorded.append(call_id)

    async def stop_recording(self, call_id: str) -> None:
        """Note the end of a recording."""
        self.recorded.remove(call_id)

    async def transfer(self, start: LineStart, phone: str) -> None:
        """Note a number."""
        self.transferred.append((start.call_id, phone))


async def open_line(wire: Wire, carrier: NotedCarrier | None = None, *, silence: float | None = None) -> TwilioLine:
    """A line on the wire whose start has been read."""
    return TwilioLine(await wire.socket(silence=silence), START, carrier or NotedCarrier())


def start(*, call: str = CALL, account: str = ACCOUNT, parameters: dict[str, str] | None = None) -> dict[str, Any]:
    """A start as Twilio sends it."""
    inner = {
        "accountSid": account,
        "streamSid": STREAM,
        "callSid": call,
        "tracks": ["inbound"],
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
        "customParameters": parameters or {},
    }
    return {"event": "start", "sequenceNumber": "1", "start": inner, "streamSid": STREAM}


def media(data: bytes, number: int, stream: str = STREAM) -> dict[str, Any]:
    """A media message as Twilio sends it."""
    payload = b64encode(data).decode()
    inner = {"track": "inbound", "chunk": str(number), "timestamp": str(number * 20), "payload": payload}
    return {"event": "media", "sequenceNumber": str(number), "media": inner, "streamSid": stream}


def mark(name: str, number: int) -> dict[str, Any]:
    """A mark that comes back."""
    return {"event": "mark", "sequenceNumber": str(number), "streamSid": STREAM, "mark": {"name": name}}


def dtmf(digit: str, number: int) -> dict[str, Any]:
    """A key that was pressed."""
    inner = {"track": "inbound_track", "digit": digit}
    return {"event": "dtmf", "streamSid": STREAM, "sequenceNumber": str(number), "dtmf": inner}


CONNECTED = {"event": "connected", "protocol": "Call", "version": "1.0.0"}
STOP = {
    "event": "stop",
    "sequenceNumber": "9999",
    "stop": {"accountSid": ACCOUNT, "callSid": CALL},
    "streamSid": STREAM,
}
