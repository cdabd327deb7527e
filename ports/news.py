"""Word between processes that a session has news: a hint, no more. The rows are the truth; a lost one costs a wait."""

from collections.abc import Callable
from typing import Protocol

Listener = Callable[[str], None]
"""Called with a session id; must not block."""


class News(Protocol):
    """What this process says to the others, and hears from them."""

    @property
    def connected(self) -> bool:
        """False while others cannot be heard."""
        ...

    def tell(self, session_id: str) -> None:
        """Say that a session has news: soon, together with others, and without waiting."""
        ...

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every session of which another process has told."""
        ...


class Silence:
    """News of a process that is alone, or has nobody to tell."""

    connected = False

    def tell(self, session_id: str) -> None:
        """Say it to nobody."""

    def listen(self, listener: Listener) -> None:
        """There is nothing to hear."""
