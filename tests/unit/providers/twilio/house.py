"""An application with the doors open, a switchboard in memory behind it, and Twilio's side of every door."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, fromstring

import httpx
from fastapi import FastAPI
from twilio.request_validator import RequestValidator

from domain.errors import NotFound, ParleyError
from ports.telephony import Carrier, HungUp, Line, LineEvent, LineStart
from providers.twilio.account import MEDIA, VOICE, TwilioAccount
from providers.twilio.amd import Verdict
from providers.twilio.ports import ArrivingCall, CallProgress, CallReference, Door, OpenedCall
from providers.twilio.router import Doors, build_router
from providers.twilio.tokens import StreamTokens, UsedTokens
from server.problems import add_problem_handlers
from tests.unit.providers.twilio.relay_call import Scripted
from tests.unit.providers.twilio.wire import ACCOUNT, CALL, NotedCarrier, Wire

TOKEN = "the account's auth token"
PUBLIC, SOCKETS = "https://calls.example.com/parley", "wss://calls.example.com/parley"
CALLER, CALLED, NOBODY = "+15005550006", "+15005550001", "+15005550099"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Watch:
    """A clock that stands still until it is set."""

    time: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """The time it was set to."""
        return self.time


@dataclass
class Board:
    """Opens every call but those to NOBODY, and keeps what it is told."""

    opened: OpenedCall = field(default_factory=lambda: OpenedCall("demo", "session-1", "lumen"))
    fault: ParleyError | TimeoutError | None = None
    arrived: list[ArrivingCall] = field(default_factory=list)
    progress: list[CallProgress] = field(default_factory=list)
    verdicts: list[tuple[CallReference, Verdict]] = field(default_factory=list)

    async def open_call(self, call: ArrivingCall) -> OpenedCall:
        """Open a call."""
        self.arrived.append(call)
        if self.fault is not None:
            raise self.fault
        if call.called == NOBODY:
            raise NotFound("Nobody answers this number.")
        return self.opened

    async def progressed(self, progress: CallProgress) -> None:
        """Keep an entry of the feed."""
        self.progress.append(progress)

    async def briefing(self, tenant_id: str, session_id: str) -> str:
        """Say which call it is."""
        return f"{tenant_id}, {session_id}" if session_id else ""

    async def answered(self, call: CallReference, verdict: Verdict) -> None:
        """Keep a verdict."""
        self.verdicts.append((call, verdict))


@dataclass
class House:
    """Everything a test may want to reach; lines are listened to until they end."""

    tokens: tuple[str, ...] = (TOKEN,)
    with_words: bool = True
    public: str = PUBLIC
    board: Board = field(default_factory=Board)
    watch: Watch = field(default_factory=Watch)
    carrier: NotedCarrier = field(default_factory=NotedCarrier)
    starts: list[LineStart] = field(default_factory=list)
    heard: list[LineEvent] = field(default_factory=list)
    text_call: Scripted = field(default_factory=Scripted)
    fault: ParleyError | None = None

    def __post_init__(self) -> None:
        doors = Doors(
            account=TwilioAccount(ACCOUNT, self.tokens, self.public),
            tokens=StreamTokens("the service's secret", UsedTokens(self.watch), self.watch),
            board=self.board,
            carrier=self.carrier,
            take_line=self.take_line,
            open_text=self.open_text if self.with_words else None,
        )
        self.app = FastAPI()
        add_problem_handlers(self.app)
        self.app.include_router(build_router(doors))

    async def take_line(self, line: Line) -> None:
        """Listen to a line to its end; the first that is heard is answered with a mark."""
        self.starts.append(line.start)
        if self.fault is not None:
            raise self.fault
        async for event in line.events():
            self.heard.append(event)
            if len(self.heard) == 1 and not isinstance(event, HungUp):
                await line.mark("heard")

    async def open_text(self, start: LineStart, carrier: Carrier) -> Scripted:
        """Lead a call in words."""
        self.starts.append(start)
        return self.text_call

    async def post(
        self, path: str, fields: Mapping[str, str], *, query: str = "", signature: str | None = None
    ) -> httpx.Response:
        """Post a form as Twilio does, signed over the public address unless another signature is given."""
        return await self.send(path, urlencode(fields).encode(), FORM, query, signature or sign(path, fields, query))

    async def send(self, path: str, body: bytes, kind: str, query: str, signature: str) -> httpx.Response:
        """Post a body."""
        transport = httpx.ASGITransport(self.app)
        headers = {"content-type": kind, "x-twilio-signature": signature}
        async with httpx.AsyncClient(transport=transport, base_url="http://10.0.0.7:8000") as client:
            return await client.post(f"{path}?{query}" if query else path, content=body, headers=headers)

    async def ask(self, *, query: str = "", **fields: str) -> Element:
        """Ask what to do with a call, and read the TwiML."""
        answer = await self.post(VOICE, about(**fields), query=query)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
        return fromstring(answer.text)

    async def upgrade(self, wire: Wire, path: str = MEDIA, *, signed: str = "", query: str = "") -> None:
        """Open a WebSocket, signed over its public address unless another is given, and stay until it ends."""
        signature: str = RequestValidator(TOKEN).compute_signature(signed or SOCKETS + path, {})
        scope = {
            "type": "websocket",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"10.0.0.7:8000"), (b"x-twilio-signature", signature.encode())],
            "extensions": {"websocket.http.response": {}},
        }
        await self.app(scope, wire.inbox.get, wire.take)


def about(**fields: str) -> dict[str, str]:
    """What Twilio says with every request about a call."""
    given = {"CallSid": CALL, "AccountSid": ACCOUNT, "From": CALLER, "To": CALLED, "Direction": "inbound"}
    return given | {"CallStatus": "ringing", "CallerName": ""} | fields


def sign(path: str, fields: Mapping[str, str], query: str = "") -> str:
    """Sign a form at one of our public addresses."""
    url = f"{PUBLIC}{path}?{query}" if query else PUBLIC + path
    signature: str = RequestValidator(TOKEN).compute_signature(url, dict(fields))
    return signature


def parameters(twiml: Element) -> dict[str, str]:
    """The parameters of a stream or relay, as Twilio hands them on."""
    return {each.attrib["name"]: each.attrib["value"] for each in twiml.iter("Parameter")}


def relayed(door: Door = Door.RELAY) -> OpenedCall:
    """A call that is led in words."""
    return OpenedCall("demo", "session-1", "lumen", door)
