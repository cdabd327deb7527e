"""The end of a program of ours, started by asyncio."""

import asyncio
from asyncio.subprocess import Process
from contextlib import suppress

_PATIENCE_SECONDS = 5.0


async def stop(process: Process) -> None:
    """Kill a process if it still runs, and take its exit status and what its input broke with; safe to call twice."""
    if process.returncode is None:
        process.kill()
    async with asyncio.timeout(_PATIENCE_SECONDS):
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
            with suppress(ConnectionError):  # 3.11.2 logs one that nobody has taken
                await process.stdin.wait_closed()
