"""A program that ends while it is told something leaves no error behind that nobody has taken."""

import asyncio
import gc
import sys
from asyncio.subprocess import PIPE, Process

import pytest

from providers.stopping import stop

MORE_THAN_A_PIPE_HOLDS = bytes(1 << 20)


async def started(program: str) -> Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdin=PIPE)


async def test_one_that_is_gone_is_stopped_twice(caplog: pytest.LogCaptureFixture) -> None:
    process = await started("")
    assert process.stdin is not None
    process.stdin.write(MORE_THAN_A_PIPE_HOLDS)
    with pytest.raises(ConnectionError):
        await process.stdin.drain()
    assert await process.wait() == 0
    await stop(process)
    await stop(process)
    del process
    gc.collect()
    await asyncio.sleep(0)
    assert caplog.records == []


async def test_one_that_runs_is_killed() -> None:
    process = await started("import time; time.sleep(60)")
    await stop(process)
    assert process.returncode is not None
    assert process.returncode < 0
