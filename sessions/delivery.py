"""From the outbox to the outside: claimed before it is sent, settled after, and never sent twice blindly."""

import asyncio
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from domain.errors import NotDelivered
from ports.clock import Clock
from ports.outbox import Busy, Deliverer, Entry, EntryStatus, OutboxStore, Receipt
from ports.store import SessionStore

MOST_ATTEMPTS = 20
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(hours=1)
LEASE = timedelta(seconds=20)
"""How long an entry is its worker's own; whoever finds it claimed for longer takes the worker for dead."""
LONGEST_TRY = timedelta(seconds=15)
"""After which a try is given up, whatever the deliverer waits for: what became of it is settled within the lease."""

SWEPT_AFTER = timedelta(minutes=1)
"""How late a lane's head has to be to get a job of its own."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Sweep:
    """Looks for lanes that nobody works on, by the clock: the job of one may be lost with its worker."""

    outbox: OutboxStore
    sessions: SessionStore

    async def sweep(self) -> None:
        """Look through all tenants once."""
        for tenant_id in await self.sessions.tenants():
            await self.outbox.sweep(tenant_id, SWEPT_AFTER)


@dataclass
class Delivery:
    """Delivers entries by their kind."""

    outbox: OutboxStore
    clock: Clock
    deliverers: Iterable[Deliverer]
    chance: random.Random = field(default_factory=random.Random)

    async def deliver(self, tenant_id: str, lane: str) -> datetime | None:
        """Deliver what waits in a lane, in order; return when to come back, None when nothing is left to do here."""
        while True:
            entry = await self.outbox.claim(tenant_id, lane, LEASE)
            if isinstance(entry, Busy):
                return entry.until
            if entry is None:
                return None
            again = await self._deliver(entry)
            if again is not None:
                return again

    async def _deliver(self, entry: Entry) -> datetime | None:
        """Try one entry once; return when it is due again, None when it is settled."""
        deliverer = next((each for each in self.deliverers if each.kind == entry.kind), None)
        if deliverer is None:
            fault = NotDelivered(f"nothing here delivers {entry.kind}", again=False)
            return await self._failed(entry, fault, idempotent=True)
        try:
            receipt = await self._send(deliverer, entry)
        except NotDelivered as fault:
            return await self._failed(entry, fault, idempotent=deliverer.idempotent)
        await self.outbox.settle(entry, EntryStatus.DONE, proof=receipt.proof)
        return None

    async def _send(self, deliverer: Deliverer, entry: Entry) -> Receipt:
        """Send it; after a worker that fell silent, find out first whether it was sent."""
        try:
            async with asyncio.timeout(LONGEST_TRY.total_seconds()):
                if not entry.interrupted or deliverer.idempotent:
                    return await deliverer.deliver(entry)
                return await deliverer.read_back(entry) or await deliverer.deliver(entry)
        except TimeoutError as error:
            raise NotDelivered("it took too long", again=True, sent=True) from error

    async def _failed(self, entry: Entry, fault: NotDelivered, *, idempotent: bool) -> datetime | None:
        status = _after(fault, entry, idempotent=idempotent)
        again = status is EntryStatus.INTENDED
        next_at = self.clock.now() + self.pause_after(entry.attempts, fault.retry_after) if again else None
        await self.outbox.settle(entry, status, fault=fault.message, next_at=next_at)
        log.warning("not_delivered", key=entry.key, status=status, attempts=entry.attempts, why=fault.message)
        return next_at

    def pause_after(self, attempts: int, asked: float | None) -> timedelta:
        """How long to wait after so many attempts: doubling, between half and all of it by chance, not sooner than the
        service asked for (seconds), but never longer than an hour.
        """
        longest = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
        pause: timedelta = longest * self.chance.uniform(0.5, 1.0)
        return max(pause, timedelta(seconds=min(asked or 0.0, LONGEST_PAUSE.total_seconds())))


def _after(fault: NotDelivered, entry: Entry, *, idempotent: bool) -> EntryStatus:
    """What an entry becomes that did not arrive, as far as anybody knows."""
    if not idempotent and (fault.sent or entry.interrupted):
        return EntryStatus.UNKNOWN
    if fault.again and entry.attempts < MOST_ATTEMPTS:
        return EntryStatus.INTENDED
    return EntryStatus.DEAD
