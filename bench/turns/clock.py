"""Taking time, and taking turns at it: what is compared is measured in alternation, so that drift hits all alike."""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from typing import Any, Protocol, TypeVar

from bench.turns.words import caller_says

T = TypeVar("T")

WARM_UP = 5
"""Turns before a block whose times do not count: connections, plans and caches."""


class Engine(Protocol):
    """What is measured: sessions that take a caller's turns."""

    async def open_session(self) -> str:
        """Start a session and return its id."""
        ...

    async def say(self, session_id: str, words: str) -> Any:
        """Take a caller's turn and wait for what comes of it."""
        ...


async def timed(work: Awaitable[T]) -> tuple[float, T]:
    """Wait for `work`; return how long it took (ms) and what it gave."""
    started = time.perf_counter()
    value = await work
    return (time.perf_counter() - started) * 1000, value


async def speak(engine: Engine, session_id: str, turns: range) -> list[tuple[float, Any]]:
    """Take the given turns of a session one after the other; milliseconds and result of each."""
    return [await timed(engine.say(session_id, caller_says(turn))) for turn in turns]


async def speak_in_crowd(engine: Engine, sessions: int, seconds: float) -> float:
    """Let so many new sessions talk at once, each without a pause; return turns per second."""
    ids = [await engine.open_session() for _ in range(sessions)]
    for session_id in ids[:WARM_UP]:
        await speak(engine, session_id, range(1, 2))
    started = time.perf_counter()
    until = started + seconds
    counts = await asyncio.gather(*(_speak_until(engine, session_id, until) for session_id in ids))
    return sum(counts) / (time.perf_counter() - started)


async def _speak_until(engine: Engine, session_id: str, until: float) -> int:
    turn = 0
    while time.perf_counter() < until:
        turn += 1
        await engine.say(session_id, caller_says(turn))
    return turn


def alternating(names: Sequence[str], rounds: int) -> list[str]:
    """The order of blocks: every second round goes backwards, so that nobody always comes first."""
    order: list[str] = []
    for place in range(rounds):
        order += names if place % 2 == 0 else reversed(names)
    return order
