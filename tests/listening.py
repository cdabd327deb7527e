"""Servers of tests, closed so that nothing of them is left."""

import asyncio

_TURNS = 8


async def stop_listening(server: asyncio.Server) -> None:
    """Take no more connections; those that were taken and have not begun yet begin, so that somebody ends them."""
    server.close()
    for _ in range(_TURNS):
        await asyncio.sleep(0)
