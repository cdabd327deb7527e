"""An event loop whose clock stands still while there is work, and leaps to the next thing that waits."""

import asyncio
import selectors
from collections.abc import Callable, Mapping
from typing import Any


class _Leaping(selectors.BaseSelector):
    """Never waits: it tells how long it would have."""

    def __init__(self, leap: Callable[[float], None]) -> None:
        self._real = selectors.DefaultSelector()
        self._leap = leap

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = self._real.select(0)
        if not ready and timeout is None:
            raise RuntimeError("everything waits, and for nothing that will come")
        if not ready and timeout:
            self._leap(timeout)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on virtual time, which begins at 0; for work that waits for nothing outside the process."""

    def __init__(self) -> None:
        self._seconds = 0.0
        super().__init__(_Leaping(self._leap))

    def time(self) -> float:
        """Return the virtual seconds since the loop was made."""
        return self._seconds

    def _leap(self, seconds: float) -> None:
        self._seconds += seconds
