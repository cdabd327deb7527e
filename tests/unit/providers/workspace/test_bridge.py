"""Blocking code in a thread: what it waits for runs on the event loop, and ends with who asked."""

import asyncio
import threading

import pytest

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from providers.google_account.bridge import Bridge, Waiting
from tests.eventually import eventually

NAME = "toy"


@pytest.fixture
def bridge() -> Bridge:
    return Bridge(NAME)


async def test_it_waits_on_the_event_loop(bridge: Bridge) -> None:
    async def thread() -> str:
        return threading.current_thread().name

    def work(waiting: Waiting) -> tuple[str, str]:
        return threading.current_thread().name, waiting.wait_for(thread)

    here = threading.current_thread().name
    there, waited = await bridge.run(work)
    assert there.startswith("parley-toy")
    assert waited == here
    bridge.close()


async def test_what_goes_wrong_on_the_loop_goes_wrong_in_the_thread_and_here(bridge: Bridge) -> None:
    async def fail() -> None:
        raise ProviderRejected(NAME, Fault.REFUSED)

    with pytest.raises(ProviderRejected):
        await bridge.run(lambda waiting: waiting.wait_for(fail))
    bridge.close()


async def test_who_leaves_ends_the_thread_and_what_it_waits_for(bridge: Bridge) -> None:
    ended: list[str] = []
    begun = asyncio.Event()

    async def forever() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("loop")

    def work(waiting: Waiting) -> None:
        for _ in range(2):
            try:
                waiting.wait_for(forever)
            except ProviderUnavailable:
                ended.append("thread")

    running = asyncio.create_task(bridge.run(work))
    await begun.wait()
    running.cancel()
    await eventually(lambda: ended.count("thread") == 2)
    assert (ended.count("loop"), running.cancelled()) == (1, True)
    bridge.close()
    await eventually(lambda: not any(each.name.startswith("parley-toy") for each in threading.enumerate()))
