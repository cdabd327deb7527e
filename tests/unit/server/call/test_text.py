"""A call in words ends whole, whatever happens to whoever ends it."""

import asyncio
from typing import cast

import pytest

from playbooks.loader import load_playbooks
from ports.telephony import Carrier
from server.call.text import RelayCall
from sessions.service import Parley
from tests.eventually import eventually
from tests.unit.server.call.line import START


class Service:
    """A service whose sessions take their time to be closed."""

    speaking = None

    def __init__(self) -> None:
        self.asked = 0
        self.may = asyncio.Event()
        self.closed = False

    async def close_session(self, session_id: str, *, tenant_id: str) -> None:
        """Close it when it may be."""
        self.asked += 1
        await self.may.wait()
        self.closed = True


async def test_a_session_is_closed_with_its_call_though_the_line_is_lost_meanwhile() -> None:
    service = Service()
    call = RelayCall(START, cast(Parley, service), load_playbooks()["custom"], cast(Carrier, None))
    ending = asyncio.create_task(call.close(over=True))
    await eventually(lambda: service.asked > 0)
    ending.cancel()
    await asyncio.sleep(0)
    service.may.set()
    with pytest.raises(asyncio.CancelledError):
        await ending
    assert service.closed
