"""A loopback Twilio REST interface: calls are placed, read and ended as documented, and failures are answered on order.

Source of the paths, fields and errors: https://www.twilio.com/docs/voice/api/call-resource
"""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from tests.listening import open_listener
from tests.loopback_http import HttpRequest, read_request

Form = dict[str, list[str]]

JSON, HTML = "application/json", "text/html"


@dataclass(frozen=True)
class Answer:
    """What is sent back; without a status nothing is, and the connection stays open."""

    status: int | None
    body: bytes = b""
    kind: str = JSON


HANG = Answer(None)
PAGE = Answer(200, b"<html>Down for maintenance</html>", HTML)


def error(status: int, number: int, message: str = "about +15005550006") -> Answer:
    """An error as Twilio words it."""
    document = {"code": number, "message": message, "more_info": "https://www.twilio.com/docs", "status": status}
    return Answer(status, orjson.dumps(document))


@dataclass
class LoopbackTwilio:
    """One account. `answers` are given before the interface's own, one a request; `asked` holds every request."""

    account_sid: str
    auth_token: str
    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    calls: list[dict[str, str]] = field(default_factory=list)
    asked: list[tuple[str, str, Form]] = field(default_factory=list)

    def place(self, to: str, caller_id: str, *, at: datetime | None = None, direction: str = "outbound-api") -> str:
        """Keep a call and return its SID; it was made now, or `at`."""
        sid = f"CA{len(self.calls):032x}"
        made = format_datetime(at or datetime.now(UTC))
        call = {"sid": sid, "to": to, "from": caller_id, "status": "queued", "direction": direction}
        self.calls.append(call | {"date_created": made})
        return sid

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take requests off one connection."""
        while True:
            answer = self._answer(await read_request(reader))
            if answer.status is not None:
                writer.write(_written(answer))
                await writer.drain()

    def _answer(self, request: HttpRequest) -> Answer:
        url = urlsplit(request.target)
        form = parse_qs(request.body.decode() or url.query, keep_blank_values=True)
        self.asked.append((request.method, url.path, form))
        shown = b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if shown != f"{self.account_sid}:{self.auth_token}":
            return error(401, 20003, "Authenticate")
        if self.answers:
            return self.answers.pop(0)
        return self._served(request.method, url.path.removeprefix(f"/2010-04-01/Accounts/{self.account_sid}/"), form)

    def _served(self, method: str, path: str, form: Form) -> Answer:
        if (method, path) == ("POST", "Calls.json"):
            self.place(form["To"][0], form["From"][0])
            return _shown(201, self.calls[-1])
        if (method, path) == ("GET", "Calls.json"):
            found = [call for call in self.calls if [call["to"], call["from"]] == [form["To"][0], form["From"][0]]]
            return _shown(200, {"calls": found[::-1], "page": 0, "page_size": 50})
        return self._updated(path.removeprefix("Calls/").removesuffix(".json"), form)

    def _updated(self, sid: str, form: Form) -> Answer:
        call = next((call for call in self.calls if call["sid"] == sid), None)
        if call is None:
            return error(404, 20404)
        if call["status"] == "completed":
            return error(400, 21220)
        call["status"] = form.get("Status", ["in-progress"])[0]
        return _shown(200, call)


def _shown(status: int, document: Any) -> Answer:
    return Answer(status, orjson.dumps(document))


def _written(answer: Answer) -> bytes:
    head = f"HTTP/1.1 {answer.status} -\r\ncontent-type: {answer.kind}\r\ncontent-length: {len(answer.body)}\r\n\r\n"
    return head.encode() + answer.body


@asynccontextmanager
async def open_loopback_twilio(account_sid: str, auth_token: str) -> AsyncIterator[LoopbackTwilio]:
    """Serve an account on a free port."""
    twilio = LoopbackTwilio(account_sid, auth_token)
    async with open_listener(twilio.serve) as port:
        twilio.url = f"http://127.0.0.1:{port}"
        yield twilio
