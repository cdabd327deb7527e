"""How often a credential, or an address without one, may ask."""

import math
from time import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from domain.errors import RateLimited
from server.security.roles import Caller


class RateLimiter:
    """Counts requests over a moving window, in this process."""

    def __init__(self, *, per_second: int = 100, anonymous_per_minute: int = 100) -> None:
        self.known = RateLimitItemPerSecond(per_second)
        self.anonymous = RateLimitItemPerMinute(anonymous_per_minute)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    async def count(self, caller: Caller | None, address: str) -> None:
        """Count one request. Raises RateLimited when it is one too many."""
        if caller is None:
            await self._hit(self.anonymous, "address", address)
        else:
            await self._hit(self.known, caller.tenant_id, caller.subject)

    async def _hit(self, item: RateLimitItem, *identity: str) -> None:
        if await self._window.hit(item, *identity):
            return
        stats = await self._window.get_window_stats(item, *identity)
        wait = max(1.0, math.ceil(stats.reset_time - time()))
        raise RateLimited(f"More than {item}.", retry_after=wait)
