"""How many sessions a tenant may have open at once. Calls are bounded by their lines, not by this."""

from dataclasses import dataclass

from domain.errors import RateLimited
from domain.session import SessionFacts
from ports.store import SessionStore

MOST = 10_000
AGAIN_SECONDS = 60.0
"""How soon to ask again whether there is room: abandoned sessions are closed once a minute."""


@dataclass(frozen=True)
class Quota:
    """Refuses a session in writing that is one too many."""

    sessions: SessionStore
    most: int = MOST

    async def require_room(self, new: SessionFacts) -> None:
        """Let a session be opened, or found that was opened before.

        Raises:
            RateLimited: the tenant has as many sessions open as it may.
        """
        if await self.sessions.count_active(new.tenant_id, self.most) < self.most:
            return
        if await self.sessions.load(new.tenant_id, new.session_id) is None:
            raise RateLimited(f"More than {self.most} open sessions.", retry_after=AGAIN_SECONDS)
