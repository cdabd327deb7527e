"""How often a credential, or an address without one, may ask."""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from time import monotonic

from domain.errors import RateLimited
from server.security.roles import Caller


@dataclass(frozen=True)
class MovingWindow:
    """Lets a key in `most` times within any `seconds`: its last `most` times say whether it may again.

    A request costs the same however many keys there are; of more than `keys`, who asked longest ago is forgotten.
    """

    most: int
    seconds: float
    now: Callable[[], float] = monotonic
    keys: int = 10_000
    _let_in: OrderedDict[Hashable, deque[float]] = field(default_factory=OrderedDict)

    def enter(self, key: Hashable) -> None:
        """Let a key in. Raises RateLimited when it is one time too many, which does not count."""
        times = self._let_in.setdefault(key, deque(maxlen=self.most))
        self._let_in.move_to_end(key)
        if len(self._let_in) > self.keys:
            self._let_in.popitem(last=False)
        now = self.now()
        if len(times) == self.most and (wait := times[0] + self.seconds - now) > 0:
            raise RateLimited(f"More than {self.most} requests in {self.seconds:g} s.", retry_after=wait)
        times.append(now)


class RateLimiter:
    """Counts the requests to this process."""

    def __init__(
        self, *, per_second: int = 100, anonymous_per_minute: int = 100, now: Callable[[], float] = monotonic
    ) -> None:
        self.known = MovingWindow(per_second, 1, now)
        self.anonymous = MovingWindow(anonymous_per_minute, 60, now)

    def count(self, caller: Caller | None, address: str) -> None:
        """Count one request. Raises RateLimited when it is one too many."""
        if caller is None:
            self.anonymous.enter(address)
        else:
            self.known.enter((caller.tenant_id, caller.subject))
