"""Tasks that end together, and sources that are closed by whoever reads them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")


async def end_all(*tasks: asyncio.Future[Any]) -> None:
    """Cancel tasks and wait until they are gone; what they raise stays with them."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def owned(source: AsyncIterator[Item]) -> AsyncIterator[AsyncIterator[Item]]:
    """Close a generator when its reader is done with it."""
    try:
        yield source
    finally:
        if isinstance(source, AsyncGenerator):
            await source.aclose()
