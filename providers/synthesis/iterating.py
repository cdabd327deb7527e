"""Iterators that are ended when their reader leaves, not when the garbage collector finds them."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def ended(iterator: AsyncIterator[Any]) -> AsyncIterator[None]:
    """Close an iterator at the end of the block, however it ends; one that cannot be closed is left alone."""
    try:
        yield
    finally:
        if isinstance(iterator, AsyncGenerator):
            await iterator.aclose()
