"""A caller as a voice stack is one: it sends each turn until it has its answer, whoever dies in between."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import orjson

from tests.e2e.crash.script import YES, Line, line

AGAIN_SECONDS = 0.1
PAGE = 200
Document = dict[str, Any]


@dataclass
class Call:
    """One session, its turns in order; `answers` holds each turn's first answer, `faults` what should not have been."""

    urls: Callable[[], Sequence[str]]
    """The servers that may be asked; the next one when one does not answer."""
    answer: str = YES
    session_id: str = field(default_factory=lambda: str(uuid4()))
    opened: bool = False
    sent: int = 0
    answers: dict[str, Document] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _tries: int = 0

    async def talk(self, enough: Callable[[], bool]) -> None:
        """Open the session, then send turn after turn until it is enough; the one begun is always ended."""
        async with httpx.AsyncClient(timeout=60) as client:
            await self._until(client, "POST", "/sessions", json={"playbook": "lumen", "session_id": self.session_id})
            self.opened = True
            while not enough():
                self.sent += 1
                await self._next(client)
            await self._look_back(client)

    def turn_ids(self) -> list[str]:
        """The turns that were sent, in order."""
        return [f"turn-{number + 1}" for number in range(self.sent)]

    async def _next(self, client: httpx.AsyncClient) -> None:
        turn_id = f"turn-{self.sent}"
        self.answers[turn_id] = await self._say(client, self.sent)
        for called in self.answers[turn_id]["function_calls"]:
            if called["status"] == "held":
                await self._grant(client, called["result"]["consent_id"])

    async def _say(self, client: httpx.AsyncClient, number: int) -> Document:
        said = line(number, answer=self.answer)
        return await self._until(client, "POST", f"{self._path}/turns", **_body(said, f"turn-{number}"))

    async def _grant(self, client: httpx.AsyncClient, consent_id: str) -> None:
        """Grant what is held, and once more: the same decision has the same answer."""
        path, granted = f"{self._path}/consents/{consent_id}", {"decision": "grant", "by": "maria"}
        first = await self._until(client, "POST", path, json=granted)
        if await self._until(client, "POST", path, json=granted) != first:
            self.faults.append(f"{path}: another answer to the same decision")

    async def _look_back(self, client: httpx.AsyncClient) -> None:
        """Ask for the last turn again, and for the transcript: both say what was said before."""
        if self.sent and await self._say(client, self.sent) != self.answers[f"turn-{self.sent}"]:
            self.faults.append(f"turn-{self.sent} has another answer upon a retry")
        shown = await self._transcript(client)
        if [(turn["seq"], turn["turn_id"]) for turn in shown] != list(enumerate(self.turn_ids(), start=1)):
            self.faults.append("the transcript is not what was said")
        if {turn["status"] for turn in shown} - {"done"}:
            self.faults.append("a turn that was answered is not done")

    async def _transcript(self, client: httpx.AsyncClient) -> list[Document]:
        turns: list[Document] = []
        query: Document = {"limit": PAGE}
        while True:
            page = await self._until(client, "GET", f"{self._path}/turns", params=query)
            turns += page["items"]
            if page["next"] is None:
                return turns
            query["after"] = page["next"]

    @property
    def _path(self) -> str:
        return f"/sessions/{self.session_id}"

    async def _until(self, client: httpx.AsyncClient, method: str, path: str, **sent: Any) -> Document:
        """Ask until there is an answer; 202 and 503 are asked again, anything else is a fault too."""
        while True:
            urls = self.urls()
            try:
                answer = await client.request(method, urls[self._tries % len(urls)] + path, **sent)
            except httpx.TransportError:
                self._tries += 1
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            if answer.status_code in (200, 201):
                found: Document = answer.json()
                return found
            if answer.status_code not in (202, 503):
                self.faults.append(f"{path}: {answer.status_code} {answer.text[:200]}")
            self._tries += 1
            await asyncio.sleep(AGAIN_SECONDS)


def _body(said: Line, turn_id: str) -> Document:
    """A turn as a request: JSON, or its sound beside it."""
    turn = {"speaker": said.speaker, "turn_id": turn_id}
    if said.sound is None:
        return {"json": turn | {"raw_text": said.words}}
    part = (None, orjson.dumps(turn), "application/json")
    return {"files": {"turn": part, "audio": ("turn.wav", said.sound, "audio/wav")}}
