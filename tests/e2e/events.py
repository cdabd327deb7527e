"""Reading a session's events as a client does."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import httpx

PATIENCE = 240.0


async def stream(client: httpx.AsyncClient, session_id: str, **headers: str) -> AsyncGenerator[dict[str, Any]]:
    """Yield events as they come, checking that frame and envelope agree."""
    path = f"/sessions/{session_id}/events"
    async with client.stream("GET", path, headers=headers) as answer:
        lines = answer.aiter_lines()
        frame: dict[str, str] = {}
        async for line in lines:
            name, _, value = line.partition(": ")
            if name:
                frame[name] = value
            elif "data" in frame:
                event = json.loads(frame["data"])
                assert (frame["id"], frame["event"]) == (str(event["n"]), event["type"])
                yield event
                frame = {}
            else:
                frame = {}


async def take(count: int, client: httpx.AsyncClient, session_id: str, **headers: str) -> list[dict[str, Any]]:
    """Read so many events, then hang up; fewer when the stream ends before."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE), aclosing(stream(client, session_id, **headers)) as events:
        async for event in events:
            found.append(event)
            if len(found) == count:
                break
    return found


async def rest_of(events: AsyncGenerator[dict[str, Any]]) -> list[dict[str, Any]]:
    """Read until the server ends the stream."""
    async with asyncio.timeout(PATIENCE):
        return [event async for event in events]
