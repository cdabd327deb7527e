"""An interruption ends waits, once, however often it comes."""

import asyncio

import pytest

from nodes.interruption import Interruption


async def test_a_second_interruption_finds_the_waits_ended() -> None:
    interruption, begun, cut = Interruption(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with interruption.wait(10):
            begun.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cut.set()
                await asyncio.sleep(0)
                raise

    work = asyncio.create_task(slow())
    await begun.wait()
    interruption.interrupt()
    await cut.wait()
    interruption.interrupt()
    with pytest.raises(TimeoutError):
        await work
    assert interruption.happened
