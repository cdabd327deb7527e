"""One request for each row of the contract's table of bad input."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

CONSENT_ID = "0f6e2a34-6a55-4c3c-9a0c-3f0b6a7d2b10"


@dataclass(frozen=True)
class Sender:
    """A client, an open session and a closed one; `stranger` belongs to another tenant, `viewer` may only read."""

    client: httpx.AsyncClient
    open_id: str
    closed_id: str
    foreign_id: str
    nobody: httpx.AsyncClient
    viewer: httpx.AsyncClient
    hurried: httpx.AsyncClient

    async def open(self, **body: Any) -> httpx.Response:
        """Send POST /sessions."""
        return await self.client.post("/sessions", json=body)

    async def turn(self, *, at: str = "", **body: Any) -> httpx.Response:
        """Send a text turn."""
        return await self.client.post(f"/sessions/{at or self.open_id}/turns", json={"speaker": "User"} | body)

    async def sound(self, data: bytes, kind: str, **body: Any) -> httpx.Response:
        """Send a spoken turn."""
        turn = json.dumps({"speaker": "User"} | body)
        files: dict[str, tuple[str | None, str | bytes, str]] = {
            "turn": (None, turn, "application/json"),
            "audio": ("audio", data, kind),
        }
        return await self.client.post(f"/sessions/{self.open_id}/turns", files=files)

    async def get(self, path: str) -> httpx.Response:
        """Send GET."""
        return await self.client.get(path)

    async def decide(self, consent_id: str, decision: str) -> httpx.Response:
        """Decide a consent."""
        path = f"/sessions/{self.open_id}/consents/{consent_id}"
        return await self.client.post(path, json={"decision": decision, "by": "maria"})

    async def post(self, content: Any, kind: str) -> httpx.Response:
        """Send bytes to POST /sessions."""
        return await self.client.post("/sessions", content=content, headers={"Content-Type": kind})


async def _other_uuids(sender: Sender) -> httpx.Response:
    session_id = str(uuid4())
    for written in (f"{{{session_id}}}", f"urn:uuid:{session_id}", session_id.replace("-", "")):
        answers = [await sender.get(f"/sessions/{written}"), await sender.open(playbook="lumen", session_id=written)]
        if (strange := next((answer for answer in answers if answer.status_code != 422), None)) is not None:
            return strange
    return answers[1]


async def _second_session(sender: Sender) -> httpx.Response:
    await sender.open(playbook="lumen", session_id=(session_id := str(uuid4())))
    return await sender.open(playbook="lumen", session_id=session_id, channel="phone")


async def _second_turn(sender: Sender) -> httpx.Response:
    await sender.turn(raw_text="hello", turn_id="taken")
    return await sender.turn(raw_text="goodbye", turn_id="taken")


async def _two_keys(sender: Sender) -> httpx.Response:
    body = {"speaker": "User", "raw_text": "hello", "turn_id": "one"}
    headers = {"Idempotency-Key": "two"}
    return await sender.client.post(f"/sessions/{sender.open_id}/turns", json=body, headers=headers)


async def _raw_turn(sender: Sender, text: str) -> httpx.Response:
    content = '{"speaker": "User", "raw_text": "' + text + '"}'
    headers = {"Content-Type": "application/json"}
    return await sender.client.post(f"/sessions/{sender.open_id}/turns", content=content, headers=headers)


async def _utf_16(sender: Sender) -> httpx.Response:
    return await sender.post(json.dumps({"playbook": "lumen"}).encode("utf-16"), "application/json")


async def _utf_16_turn(sender: Sender) -> httpx.Response:
    content = json.dumps({"speaker": "User", "raw_text": "hello"}).encode("utf-16-le")
    headers = {"Content-Type": "application/json"}
    return await sender.client.post(f"/sessions/{sender.open_id}/turns", content=content, headers=headers)


async def _list_turn(sender: Sender) -> httpx.Response:
    return await sender.client.post(f"/sessions/{sender.open_id}/turns", json=[])


async def _too_many(sender: Sender) -> httpx.Response:
    answer = await sender.hurried.get("/sessions")
    for _ in range(10_000):
        if answer.status_code == 429:
            return answer
        answer = await sender.hurried.get("/sessions")
    return answer


async def _bad_credential(sender: Sender) -> httpx.Response:
    return await sender.nobody.get("/sessions", headers={"Authorization": "Bearer nonsense"})


REQUESTS: dict[str, Callable[[Sender], Awaitable[httpx.Response]]] = {
    "session_id that is no UUID, in a path": lambda s: s.get("/sessions/call-7"),
    "session_id that is no UUID, in a body": lambda s: s.open(playbook="lumen", session_id="call-7"),
    "session_id with braces, as a URN or without hyphens": _other_uuids,
    "unknown session": lambda s: s.get(f"/sessions/{uuid4()}"),
    "another tenant's session": lambda s: s.get(f"/sessions/{s.foreign_id}"),
    "turn for a closed session": lambda s: s.turn(at=s.closed_id, raw_text="hello"),
    "same session_id, other body": _second_session,
    "same turn_id, other body": _second_turn,
    "unknown playbook": lambda s: s.open(playbook="nobody"),
    "neither playbook nor agent_id": lambda s: s.open(),
    "playbook and agent_id that differ": lambda s: s.open(playbook="lumen", agent_id="other"),
    "name in a call context over 500 characters": lambda s: s.open(
        playbook="lumen", call_context={"business": "x" * 501}
    ),
    "term over 200 characters": lambda s: s.open(playbook="lumen", call_context={"key_terms": ["x" * 201]}),
    "text in a profile over 1,000 characters": lambda s: s.open(
        playbook="lumen", customer_profile={"user_name": "x" * 1_001}
    ),
    "profile over 20,000 characters": lambda s: s.open(
        playbook="lumen", customer_profile={"business_insights": {"marketing_channels": ["x" * 999] * 20}}
    ),
    "unknown field in a body": lambda s: s.open(playbook="lumen", colour="red"),
    "unknown speaker": lambda s: s.turn(speaker="Eve", raw_text="hello"),
    "speaker in letters that only look alike": lambda s: s.turn(speaker="U\u017fer", raw_text="hello"),
    "neither raw_text nor audio": lambda s: s.turn(),
    "text over 8,000 characters": lambda s: s.turn(raw_text="a" * 8_001),
    "NUL character in a text": lambda s: s.turn(raw_text="a\0b"),
    "half of a surrogate pair in a text": lambda s: _raw_turn(s, "\\ud83d"),
    "text with audio": lambda s: s.sound(b"\xff" * 80, "audio/basic", raw_text="hello"),
    "audio that is not what it says": lambda s: s.sound(b"not a WAV file", "audio/wav"),
    "audio of an unknown type": lambda s: s.sound(b"\xff" * 80, "video/mp4"),
    "audio type that names a parameter twice": lambda s: s.sound(b"\0" * 80, "audio/L16;rate=8000;rate=16000"),
    "audio over 10 MB": lambda s: s.sound(b"\xff" * 10_000_001, "audio/L16;rate=48000"),
    "audio over 120 s": lambda s: s.sound(b"\xff" * (121 * 8_000), "audio/basic"),
    "turn_id over 128 characters": lambda s: s.turn(raw_text="hello", turn_id="x" * 129),
    "turn_id with control characters, in a path": lambda s: s.get(f"/sessions/{s.open_id}/turns/%00"),
    "turn_id and Idempotency-Key that differ": _two_keys,
    "timestamp without a zone": lambda s: s.turn(raw_text="hello", timestamp="2026-05-04T09:30:00"),
    "timestamp that is a number": lambda s: s.turn(raw_text="hello", timestamp=1_700_000_000),
    "timestamp before 1970 or after 2099": lambda s: s.turn(raw_text="hello", timestamp="9999-12-31T23:59:59-23:59"),
    "confidence that is no number": lambda s: s.turn(raw_text="hello", stt={"confidence": "0.5"}),
    "confidence over 1": lambda s: s.turn(raw_text="hello", stt={"confidence": 1.5}),
    "unknown status in a list": lambda s: s.get("/sessions?status=asleep"),
    "playbook with control characters in a list": lambda s: s.get("/sessions?playbook=%00"),
    "limit over 200": lambda s: s.get("/sessions?limit=201"),
    "after that is no cursor": lambda s: s.get("/sessions?after=here"),
    "after an event that is not there yet": lambda s: s.get(f"/sessions/{s.open_id}/events?after=1000000000"),
    "unknown decision": lambda s: s.decide(CONSENT_ID, "perhaps"),
    "consent_id that is no UUID": lambda s: s.decide("first", "grant"),
    "unknown consent": lambda s: s.decide(str(uuid4()), "grant"),
    "body that is not JSON": lambda s: s.post(b"{", "application/json"),
    "body in UTF-16": _utf_16,
    "turn in UTF-16": _utf_16_turn,
    "turn that is no JSON object": _list_turn,
    "body of another type": lambda s: s.post(b"playbook=lumen", "application/x-www-form-urlencoded"),
    "body over 1 MiB": lambda s: s.post(b" " * 1_048_577, "application/json"),
    "unknown path": lambda s: s.get("/nowhere"),
    "path with a slash at its end": lambda s: s.client.post("/sessions/", json={"playbook": "lumen"}),
    "unknown method": lambda s: s.client.patch("/sessions"),
    "request line and headers over 32 KiB": lambda s: s.client.get("/sessions", headers={"X-Long": "x" * 33_000}),
    "no credential": lambda s: s.nobody.get("/sessions"),
    "bad credential": _bad_credential,
    "wrong role": lambda s: s.viewer.post("/sessions", json={"playbook": "lumen"}),
    "too many requests": _too_many,
}
