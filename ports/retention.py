"""What is kept for a while only."""

from datetime import datetime
from typing import Protocol


class RetentionStore(Protocol):
    """Looks for what is too old, a batch at a time."""

    async def expired_sessions(self, tenant_id: str, before: datetime, limit: int) -> list[str]:
        """Sessions that ended before a time, oldest first."""
        ...

    async def forget_answers(self, tenant_id: str, before: datetime, limit: int) -> int:
        """Drop what models answered in turns that ended before a time; return in how many."""
        ...

    async def forget_deliveries(self, tenant_id: str, before: datetime, limit: int) -> int:
        """Drop entries of the outbox that were done before a time; return how many."""
        ...
