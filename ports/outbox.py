"""What leaves for the outside: entries, their receipts, and who delivers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol


class EntryStatus(StrEnum):
    """Where an entry stands."""

    INTENDED = "intended"
    CLAIMED = "claimed"  # committed before anything is sent
    DONE = "done"
    UNKNOWN = "unknown"  # sent perhaps; only a person can tell
    DEAD = "dead"  # refused for good, or tried too often
    SUPERSEDED = "superseded"  # not to leave any more: something later in its lane says otherwise


@dataclass(frozen=True)
class Entry:
    """Something to be delivered. `key` is its idempotency key."""

    tenant_id: str
    key: str
    session_id: str
    kind: str
    lane: str
    """What shares a lane leaves in order."""
    status: EntryStatus
    attempts: int
    webhook_id: str | None = None
    event_n: int | None = None
    payload: Mapping[str, Any] | None = None
    fault: str | None = None
    created_at: datetime | None = None
    interrupted: bool = False
    """True when an earlier worker had claimed it and was never heard of again."""


@dataclass(frozen=True)
class Busy:
    """Another worker may be at it still."""

    until: datetime


@dataclass(frozen=True)
class Receipt:
    """Proof that it arrived, as the service gave it: ids and statuses, nothing personal."""

    proof: dict[str, Any] = field(default_factory=dict)


class Deliverer(Protocol):
    """Brings entries of one kind to their service."""

    @property
    def kind(self) -> str:
        """The kind of entry it delivers."""
        ...

    @property
    def idempotent(self) -> bool:
        """True when the service takes an entry's key twice and acts once."""
        ...

    async def deliver(self, entry: Entry) -> Receipt:
        """Send it, once.

        Raises:
            NotDelivered: it did not arrive, or nobody knows whether it did; says whether and when to try again.
        """
        ...

    async def read_back(self, entry: Entry) -> Receipt | None:
        """Ask the service whether the entry arrived; None when it did not.

        Raises:
            NotDelivered: the service cannot be asked.
        """
        ...


class OutboxStore(Protocol):
    """The outbox by what is done with it."""

    async def claim(self, tenant_id: str, lane: str, lease: timedelta) -> Entry | Busy | None:
        """Commit that the first open entry of a lane is about to be sent; None when there is none, or it is not due."""
        ...

    async def settle(
        self,
        entry: Entry,
        status: EntryStatus,
        *,
        fault: str | None = None,
        proof: Mapping[str, Any] | None = None,
        next_at: datetime | None = None,
    ) -> None:
        """Commit what became of a claimed entry, and when it is due again."""
        ...

    async def sweep(self, tenant_id: str, after: timedelta) -> None:
        """Queue a job for every lane whose head should have left so long ago: its own was lost."""
        ...

    async def revive(self, tenant_id: str, keys: Sequence[str] | None) -> list[str]:
        """Intend dead and unknown entries again, the named ones or (None) all dead ones; return their keys."""
        ...

    async def page_of(self, tenant_id: str, status: EntryStatus | None, limit: int) -> list[Entry]:
        """List entries that are not done, or those of one status, oldest first."""
        ...

    async def decide(self, tenant_id: str, key: str, status: EntryStatus) -> bool:
        """Settle an unknown entry by a person's word; False when it is not unknown."""
        ...
