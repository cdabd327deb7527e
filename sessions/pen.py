"""The pen of a session, for what is no turn: while it is held no turn runs, in any process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

from domain.errors import Unavailable
from ports.store import Inbox

LEASE = timedelta(seconds=15)
PATIENCE_SECONDS = 10.0
ASK_AGAIN_SECONDS = 0.05


@asynccontextmanager
async def hold_pen(inbox: Inbox, tenant_id: str, session_id: str) -> AsyncIterator[None]:
    """Hold the pen for the length of the block, which must be shorter than the lease.

    Raises:
        Unavailable: a turn takes too long to end.
    """
    owner = str(uuid4())
    try:
        await _take(inbox, tenant_id, session_id, owner)
        yield
    finally:  # also after a wait that was given up: it may have been the moment in which the pen was taken
        await inbox.release(tenant_id, session_id, owner=owner)


async def _take(inbox: Inbox, tenant_id: str, session_id: str, owner: str) -> None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await inbox.take_pen(tenant_id, session_id, owner=owner, lease=LEASE):  # noqa: ASYNC110  (rows)
                await asyncio.sleep(ASK_AGAIN_SECONDS)
    except TimeoutError as error:
        raise Unavailable("A turn of this session is still running; ask again.", retry_after=2) from error
