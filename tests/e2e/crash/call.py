"""A caller as a voice stack is one: it sends each turn until it has its answer, whoever dies in between."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

AGAIN_SECONDS = 0.1
QUESTION = "Shall I go ahead and create the demo for you?"


def line(number: int) -> tuple[str, str]:
    """The turn of a number: facts, the agent's words, and a consent, each with a number of its own."""
    match number % 5:
        case 1:
            return "User", f"we get {1_000 + number} visitors a month"
        case 2:
            return "lumen", f"I see, that is line {number}."
        case 3:
            return "User", f"we get {1_000 + number} calls a month"
        case 4:
            return "lumen", QUESTION
        case _:
            return "User", "yes, go ahead please"


@dataclass
class Call:
    """One session, its turns in order; `answers` holds each turn's first answer."""

    url: Callable[[], str]
    session_id: str = ""
    sent: int = 0
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    async def talk(self, enough: Callable[[], bool]) -> None:
        """Open the session, then send turn after turn until it is enough; the one begun is always ended."""
        async with httpx.AsyncClient(timeout=60) as client:
            if not self.session_id:
                key = {"Idempotency-Key": f"call-{id(self)}"}
                opened = await self._until(client, "/sessions", {"playbook": "lumen"}, key)
                self.session_id = opened["session_id"]
            while not enough():
                self.sent += 1
                await self._say(client, self.sent)

    async def _say(self, client: httpx.AsyncClient, number: int) -> None:
        speaker, words = line(number)
        turn = {"speaker": speaker, "raw_text": words, "turn_id": f"turn-{number}"}
        path = f"/sessions/{self.session_id}/turns"
        self.answers[f"turn-{number}"] = await self._until(client, path, turn, {})

    async def _until(
        self, client: httpx.AsyncClient, path: str, body: dict[str, Any], headers: dict[str, str]
    ) -> dict[str, Any]:
        """Send until there is an answer; 202 and 503 are asked again, anything else is a fault."""
        while True:
            try:
                answer = await client.post(self.url() + path, json=body, headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            if answer.status_code in (200, 201):
                found: dict[str, Any] = answer.json()
                return found
            if answer.status_code not in (202, 503):
                self.faults.append(f"{path}: {answer.status_code} {answer.text[:200]}")
            await asyncio.sleep(AGAIN_SECONDS)
