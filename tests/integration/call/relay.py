"""Twilio's side of calls, before a real server: it asks for TwiML, opens the socket it is sent to, and talks."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree.ElementTree import Element, fromstring

import httpx
from twilio.request_validator import RequestValidator
from websockets.asyncio.client import ClientConnection, connect

ACCOUNT, TOKEN = "AC0123", "the account's auth token"
PUBLIC = "https://calls.example.com"
NUMBER, CALLER = "+15005550001", "+15005550006"


@dataclass
class RelaySocket:
    """The socket of one call; what it is told to say is read word by word."""

    socket: ClientConnection
    said: list[str] = field(default_factory=list)

    async def send(self, kind: str, **message: Any) -> None:
        """Tell the server something."""
        await self.socket.send(json.dumps({"type": kind, **message}))

    async def hear(self, words: str) -> None:
        """Tell what the caller said."""
        await self.send("prompt", voicePrompt=words, lang="en-US", last=True)

    async def until_said(self, last: str) -> None:
        """Read up to a sentence."""
        async with asyncio.timeout(60):
            while last not in self.said:
                self._note(json.loads(await self.socket.recv()))

    async def until_end(self) -> None:
        """Read up to the end that the server tells."""
        async with asyncio.timeout(60):
            while (message := json.loads(await self.socket.recv()))["type"] != "end":
                self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        if message["type"] == "text" and message["token"]:
            self.said.append(message["token"].strip())


@dataclass
class Exchange:
    """A Twilio that reaches a server at `url`, which knows itself by its public address."""

    url: str

    async def post(self, path: str, query: str = "", **fields: str) -> httpx.Response:
        """Post a webhook, signed."""
        target = f"{path}?{query}" if query else path
        form = {"AccountSid": ACCOUNT, "From": CALLER, "To": NUMBER, "Direction": "inbound", **fields}
        signature = RequestValidator(TOKEN).compute_signature(PUBLIC + target, form)
        async with httpx.AsyncClient(base_url=self.url) as client:
            return await client.post(target, data=form, headers={"x-twilio-signature": signature})

    async def ask(self, call_sid: str, path: str = "/twilio/voice", query: str = "", **fields: str) -> Element:
        """Ask what to do with a call."""
        answer = await self.post(path, query, CallSid=call_sid, **fields)
        assert answer.status_code == 200, answer.text
        return fromstring(answer.text)

    @asynccontextmanager
    async def call(self) -> AsyncIterator[tuple[RelaySocket, str]]:
        """Call, and open the socket that is named; yields it with the call's session."""
        call_sid = f"CA{uuid4().hex}"
        twiml = await self.ask(call_sid)
        async with self.relay(call_sid, twiml) as relay:
            yield relay, session_in(twiml)

    @asynccontextmanager
    async def relay(self, call_sid: str, twiml: Element) -> AsyncIterator[RelaySocket]:
        """Open the socket that a TwiML document names."""
        noun = next(twiml.iter("ConversationRelay"))
        path = urlsplit(noun.attrib["url"]).path
        signature = RequestValidator(TOKEN).compute_signature(noun.attrib["url"], {})
        parameters = {each.attrib["name"]: each.attrib["value"] for each in noun.iter("Parameter")}
        where = f"{self.url.replace('http', 'ws')}{path}"
        async with connect(where, additional_headers={"x-twilio-signature": signature}) as socket:
            relay = RelaySocket(socket)
            await relay.send(
                "setup",
                sessionId=f"VX{uuid4().hex}",
                accountSid=ACCOUNT,
                callSid=call_sid,
                customParameters=parameters,
            )
            yield relay


def session_in(twiml: Element) -> str:
    """The session that a TwiML document's line belongs to."""
    return next(each.attrib["value"] for each in twiml.iter("Parameter") if each.attrib["name"] == "session")
