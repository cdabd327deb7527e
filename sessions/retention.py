"""Retention: what a tenant's calls leave behind goes when its time has come, a batch at a time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from ports.clock import Clock
from ports.retention import RetentionStore
from ports.store import SessionStore

BATCH = 500

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Spans:
    """How long things are kept; None is for ever."""

    sessions: timedelta | None = None
    answers: timedelta | None = None
    deliveries: timedelta | None = None


@dataclass(frozen=True)
class Retention:
    """Lets go of what is too old, for every tenant."""

    store: RetentionStore
    sessions: SessionStore
    clock: Clock
    spans: Spans

    async def retain(self) -> None:
        """Look through all tenants once."""
        for tenant_id in await self.sessions.tenants():
            counts = {
                "sessions": await self._repeat(self.spans.sessions, tenant_id, self._erase),
                "answers": await self._repeat(self.spans.answers, tenant_id, self.store.forget_answers),
                "deliveries": await self._repeat(self.spans.deliveries, tenant_id, self.store.forget_deliveries),
            }
            if any(counts.values()):
                log.info("retained", tenant_id=tenant_id, **counts)

    async def _repeat(
        self, span: timedelta | None, tenant_id: str, work: Callable[[str, datetime, int], Awaitable[int]]
    ) -> int:
        """Do batches until one is not full; return how many things went."""
        if span is None:
            return 0
        before, total = self.clock.now() - span, 0
        while True:
            done = await work(tenant_id, before, BATCH)
            total += done
            if done < BATCH:
                return total

    async def _erase(self, tenant_id: str, before: datetime, limit: int) -> int:
        expired = await self.store.expired_sessions(tenant_id, before, limit)
        for session_id in expired:
            await self.sessions.erase(tenant_id, session_id)
        return len(expired)
