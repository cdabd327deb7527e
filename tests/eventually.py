"""Waiting for what another process or task brings about, where nothing tells of it."""

import asyncio
from collections.abc import Callable

LOOK_SECONDS = 0.01


async def eventually(holds: Callable[[], bool], within: float = 120) -> None:
    """Look until it holds (TimeoutError)."""
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110  (there is no event to wait for)
            await asyncio.sleep(LOOK_SECONDS)
